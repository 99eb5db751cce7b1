using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Engine;

namespace GridFlow.Workflows.Tests.Engine;

public sealed class TriggersTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 2, 30, 0, TimeSpan.Zero);
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.CreateCustomTimeZone("+8", TimeSpan.FromHours(8), "+8", "+8");

    [Theory]
    [InlineData("Elsa.Timer", "interval", "01:00:00", "2026-03-02T03:00:00Z")]
    [InlineData("Elsa.Timer", "interval", "00:30:00", "2026-03-02T03:00:00Z")]
    [InlineData("Elsa.Cron", "cronExpression", "0 0 8 * * *", "2026-03-03T00:00:00Z")]
    [InlineData("Elsa.StartAt", "dateTime", "2026-03-02T12:00:00", "2026-03-02T04:00:00Z")]
    [InlineData("Elsa.StartAt", "dateTime", "2026-03-02T12:00:00Z", "2026-03-02T12:00:00Z")]
    [InlineData("Elsa.StartAt", "dateTime", "2026-03-02T02:00:00Z", null)]
    public void A_workflow_begins_next_at_a_time_every_process_works_out_alike(string type, string input, string value, string? next)
    {
        var trigger = Assert.Single(Triggers.Of(Begins(type, input, value), Now, Zone));

        Assert.Equal(next is null ? null : DateTimeOffset.Parse(next, System.Globalization.CultureInfo.InvariantCulture), trigger.Next);
        Assert.Equal(trigger.InstanceIdFor("1"), Assert.Single(Triggers.Of(Begins(type, input, value), Now.AddMinutes(7), Zone)).InstanceIdFor("1"));
        Assert.NotEqual(trigger.InstanceIdFor("1"), trigger.InstanceIdFor("2"));
        Assert.True(trigger.InstanceIdFor("1").Length <= WorkflowInstance.MaxIdLength);
    }

    [Fact]
    public void A_workflow_begins_by_an_event_or_a_request()
    {
        Assert.Equal("Paid", Assert.Single(Triggers.Of(Begins("Elsa.Event", "eventName", "Paid"), Now, Zone)).EventName);
        var request = Assert.Single(Triggers.Of(Begins("Elsa.HttpEndpoint", "path", "lamps/{lamp}"), Now, Zone));
        Assert.Equal(("lamps/{lamp}", "GET"), (request.HttpPath, Assert.Single(request.HttpMethods)));
    }

    [Theory]
    [InlineData("Elsa.Cron", "cronExpression", "whenever")]
    [InlineData("Elsa.Timer", "interval", "00:00:00")]
    [InlineData("Elsa.Timer", "interval", "soon")]
    [InlineData("Elsa.Delay", "timeSpan", "00:01:00")]
    public void What_is_no_time_begins_nothing(string type, string input, string value) => Assert.Empty(Triggers.Of(Begins(type, input, value), Now, Zone));

    [Fact]
    public void An_activity_that_is_not_marked_as_the_beginning_only_waits() =>
        Assert.Empty(Triggers.Of(Begins("Elsa.Event", "eventName", "Paid", marked: false), Now, Zone));

    private static WorkflowDefinition Begins(string type, string input, string value, bool marked = true)
    {
        var drawn = new FlowBuilder("begins").Node("begin", type, (input, "Literal", value)).Definition();
        return drawn with { Root = drawn.Root with { Activities = [drawn.Root.Activities[0] with { CanStartWorkflow = marked }] } };
    }
}
