using System.Text.Json.Nodes;
using GridFlow.Workflows.Engine;
using static GridFlow.Workflows.Tests.Elsa.Drawn;

namespace GridFlow.Workflows.Tests.Elsa;

public sealed class CallTests
{
    [Fact]
    public void A_script_sets_variables_and_outcomes_and_returns_its_last_value()
    {
        const string Script = "const n = variables.n + 1; setN(n); if (n > 1) { setOutcome('Many'); } else { setOutcome('One'); } return { n };";
        var run = Run(Workflow(Sequence(Node("Elsa.RunJavaScript", ("script", Script)), Say("=variables.n"), Say("=getLastResult().n")), ("n", "Int32", 1)));

        Assert.Equal(["2", "2"], run.Lines);
        Assert.Equal(["Many"], run.Trace.Single(entry => entry is { Type: "Elsa.RunJavaScript", Event: TraceEvent.Completed }).Outcomes);
    }

    [Fact]
    public void Outputs_are_read_by_the_activitys_id_or_name()
    {
        var script = Node("Elsa.RunJavaScript", ("script", "({ total: 3 })"));
        script["name"] = "Sum1";

        Assert.Equal("3 3 3", Lines(Workflow(Sequence(script, Say("=getOutputFrom('Sum1').total"), Say($"=getOutputFrom('{script["id"]}', 'Result').total"), Say("=getResultFromSum1().total")))));
    }

    [Fact]
    public void A_dispatched_workflow_is_an_instance_of_its_own_and_answers_once()
    {
        var child = Workflow("child", Sequence(Node("Elsa.Delay", ("timeSpan", "01:00:00")), Node("Elsa.SetOutput", ("outputName", "Answer"), ("outputValue", "=getInput('Question') * 2"))));
        var run = Begin(Workflow(Sequence(Node("Elsa.DispatchWorkflow", ("workflowDefinitionId", "child"), ("waitForCompletion", true), ("input", "=({ Question: 21 })")), Say("=getLastResult().Answer"))), child);

        Assert.Equal(2, run.Instances.Count());
        Assert.Equal(run.Messages[0].Id, run.Instances.Last().Id);
        Assert.Single(run.Instance.Bookmarks);
        Assert.True(run.NextTimer());
        Assert.Equal(["42"], run.Lines);
        Assert.All(run.Instances, instance => Assert.Equal(InstanceStatus.Finished, instance.Status));
        Assert.IsType<Decision.TooLate>(run.Send(run.Instance.Id, new Stimulus.ResumeBookmark(run.Messages[^1].Recipient, null, null, Actor.System)));
    }

    [Fact]
    public void Whoever_waits_for_a_workflow_that_is_ended_hears_of_it()
    {
        var child = Workflow("child", Sequence(Node("Elsa.Fault", ("message", "broken"))));
        var run = Begin(Workflow(Sequence(Node("Elsa.DispatchWorkflow", ("workflowDefinitionId", "child"), ("waitForCompletion", true)), Say("went on"))), child);
        var incident = Assert.Single(run.Instances.Last().WorkItems);

        run.Send(run.Instances.Last().Id, new Stimulus.CompleteWorkItem(incident.Id, "Cancel", System.Collections.Immutable.ImmutableDictionary<string, object?>.Empty, "no use", new Actor("admin", "Admin")));
        run.Deliver();

        Assert.Equal(InstanceStatus.Cancelled, run.Instances.Last().Status);
        Assert.EndsWith("was ended: no use", Assert.Single(run.Instance.WorkItems).Problem, StringComparison.Ordinal);
        Assert.Empty(run.Instance.Bookmarks);
    }

    [Fact]
    public void Many_dispatched_workflows_are_all_waited_for()
    {
        var child = Workflow("child", Say("=getInput('Item')"));
        Assert.Equal("a b end", Lines(Workflow(Sequence(Node("Elsa.BulkDispatchWorkflows", ("workflowDefinitionId", "child"), ("waitForCompletion", true), ("items", "=['a', 'b']")), Say("end"))), child));
    }

    [Fact]
    public void A_published_event_reaches_those_who_wait_for_it_and_no_others()
    {
        var waiting = Workflow("waiting", Sequence(Node("Elsa.Correlate", ("correlationId", "=getInput('Group')")), Node("Elsa.Event", ("eventName", "Paid")), Say("=getInput('Group') + getLastResult().sum")));
        var run = Run(
            Workflow(Sequence(
                Node("Elsa.DispatchWorkflow", ("workflowDefinitionId", "waiting"), ("input", "=({ Group: 'north' })")),
                Node("Elsa.DispatchWorkflow", ("workflowDefinitionId", "waiting"), ("input", "=({ Group: 'south' })")),
                Node("Elsa.Delay", ("timeSpan", "00:01:00")),
                Node("Elsa.PublishEvent", ("eventName", "Paid"), ("correlationId", "south"), ("payload", "=({ sum: 7 })")),
                Node("Elsa.Delay", ("timeSpan", "00:01:00")),
                Node("Elsa.PublishEvent", ("eventName", "Paid"), ("payload", "=({ sum: 8 })")))),
            waiting);

        Assert.Equal(["south7", "north8"], run.Lines);
    }

    [Fact]
    public void A_task_that_fails_outside_becomes_an_incident()
    {
        var run = Begin(Workflow(Sequence(Node("Elsa.RunTask", ("taskName", "Print")), Say("printed"))));
        var bookmark = Assert.Single(run.Instance.Bookmarks);

        run.Send(run.Instance.Id, new Stimulus.ResumeBookmark(bookmark.Id, null, "out of paper", Actor.System));

        Assert.Equal("out of paper", Assert.Single(run.Incidents).Problem);
        Assert.Empty(run.Instance.Bookmarks);
        Assert.Empty(run.Lines);
    }

    [Theory]
    [InlineData(200, "ok end")]
    [InlineData(404, "other end")]
    public void A_request_goes_on_by_the_status_of_its_answer(int status, string lines)
    {
        var request = Node("Elsa.SendHttpRequest", ("url", "https://example.org/x"), ("method", "POST"), ("content", "=({ a: 1 })"),
            ("expectedStatusCodes", new JsonArray(new JsonObject { ["statusCode"] = 200, ["activity"] = Say("=getOutputFrom('ask', 'ParsedContent').said") })), ("unmatchedStatusCode", Say("other")));
        request["id"] = "ask";
        var workflow = Workflow(Sequence(request, Say("end")));
        var run = new DryRun(BundleOf(workflow), Samples.Begin)
        {
            Answer = _ => new Dictionary<string, object?> { ["status"] = (double)status, ["content"] = new Dictionary<string, object?> { ["said"] = "ok" } },
        };

        run.Start("test");

        Assert.Equal(lines, string.Join(' ', run.Lines));
        Assert.Equal("""{"a":1}""", (string?)JsonNode.Parse(run.Messages[0].Payload!)!["content"]);
    }

    [Fact]
    public void A_service_that_cannot_be_reached_is_an_incident_unless_the_drawing_says_what_then()
    {
        var run = Begin(Workflow(Sequence(Node("Elsa.FlowSendHttpRequest", ("url", "https://example.org/x")))));

        run.Send(run.Instance.Id, new Stimulus.ResumeBookmark(run.Instance.Bookmarks[0].Id, new Dictionary<string, object?> { ["failure"] = "Failed to connect" }, null, Actor.System));

        Assert.Equal("no answer from 'example.org': Failed to connect", Assert.Single(run.Incidents).Problem);
    }

    [Fact]
    public void A_name_and_an_output_stay_with_the_instance()
    {
        var run = Run(Workflow(Sequence(Node("Elsa.SetName", ("value", "Lamp 7")), Node("Elsa.SetOutput", ("outputName", "Lamp"), ("outputValue", 7)))));

        Assert.Equal("Lamp 7", run.Instance.Name);
        Assert.Equal(7d, run.Instance.Results["Lamp"]);
    }

    [Theory]
    [InlineData("Elsa.Timer", "interval", "00:05:00", "2026-03-02T02:05:00Z")]
    [InlineData("Elsa.StartAt", "dateTime", "2026-03-02T12:00:00", "2026-03-02T04:00:00Z")]
    [InlineData("Elsa.StartAt", "dateTime", "2026-03-01T12:00:00Z", "2026-03-02T02:00:00Z")]
    [InlineData("Elsa.Cron", "cronExpression", "0 0 8 * * *", "2026-03-03T00:00:00Z")]
    [InlineData("Elsa.Cron", "cronExpression", "0 30 9 ? * MON", "2026-03-09T01:30:00Z")]
    public void Times_are_waited_for_on_the_calendars_clock(string type, string input, string value, string until)
    {
        var run = Run(Workflow(Sequence(Node(type, (input, value)), Say("now"))));

        Assert.Equal(DateTimeOffset.Parse(until, System.Globalization.CultureInfo.InvariantCulture), run.Now);
    }
}
