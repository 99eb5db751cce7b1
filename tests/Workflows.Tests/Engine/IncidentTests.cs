using System.Collections.Immutable;
using System.Globalization;
using GridFlow.Workflows.Activities.Cases;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Engine;

namespace GridFlow.Workflows.Tests.Engine;

public sealed class IncidentTests
{
    private static readonly RetryPolicy ThreeTimes = new(3, TimeSpan.FromMinutes(1), 5);
    private static readonly Actor Admin = new("admin", "管理员");

    [Fact]
    public void A_step_that_depends_on_nothing_outside_goes_to_a_person_at_once()
    {
        var run = new FlowRun(new FlowBuilder().Task("a").Node("bad", "Elsa.FlowDecision", ("condition", "JavaScript", "variables.x.y.z +")).Lines("a.Done -> bad"));

        run.Do("a");

        Assert.Equal("!bad", run.Open);
        Assert.Empty(run.Instance.Timers);
    }

    [Fact]
    public void A_policy_backs_off_and_then_asks_a_person_telling_each_attempt()
    {
        var run = new FlowRun(Failing(ThreeTimes));
        run.Do("a");
        var pauses = new List<double>();
        while (run.Open.Length == 0)
        {
            Assert.Equal(InstanceStatus.Running, run.Instance.Status);
            var timer = Assert.Single(run.Instance.Timers);
            pauses.Add((timer.DueAt - run.Now).TotalMinutes);
            run.NextTimer();
        }

        Assert.Equal([1, 5, 25], pauses);
        Assert.Equal("!bad", run.Open);
        Assert.Empty(run.Instance.Timers);
        var told = run.History.Where(entry => entry.Kind == HistoryKind.Incident).ToList();
        Assert.Equal(["1", "2", "3", "4"], told.Select(entry => entry.Data["attempt"]));
        Assert.Equal([true, true, true, false], told.Select(entry => entry.Data.ContainsKey("next")));
        Assert.Equal(told[1].At, DateTimeOffset.Parse(told[0].Data["next"], CultureInfo.InvariantCulture));
    }

    [Fact]
    public void An_attempt_that_succeeds_goes_on_and_leaves_nothing_behind()
    {
        // The step fails as long as the case has no lead unit; meanwhile somebody names one.
        var flow = new FlowBuilder().Node("fork", "Elsa.FlowFork", ("branches", "Object", "[\"A\",\"B\"]"))
            .Node("whistle", "GridFlow.Whistle").Retrying("whistle", ThreeTimes)
            .Node("name", "GridFlow.HumanTask", ("unit", "Literal", "dept:x"), ("fields", "Literal", new[] { new { name = "lead", kind = "Unit", fills = "lead" } }))
            .Lines("fork.A -> whistle", "fork.B -> name");
        var run = new FlowRun(flow);
        Assert.Equal("name", run.Open);

        var item = run.Instance.WorkItems.Single();
        run.Send(new Stimulus.CompleteWorkItem(item.Id, "Done", ImmutableDictionary<string, object?>.Empty.Add("lead", "dept:urban"), null, Admin));
        run.NextTimer();

        Assert.Equal("whistle", run.Open);
        Assert.All(run.Instance.Runs, alive => Assert.All(alive.Failures ?? [], failure => Assert.Empty(failure.Waits)));
        Assert.True(run.Do("whistle").IsFinished);
    }

    [Fact]
    public void What_is_asked_outside_and_answers_with_a_problem_counts_its_attempts_until_a_person_is_asked()
    {
        var run = new FlowRun(new FlowBuilder().Node("wait", "Elsa.Event", ("eventName", "Literal", "answer")).Retrying("wait", new RetryPolicy(2, TimeSpan.FromMinutes(1), 1)));
        for (var attempt = 0; attempt < 2; attempt++)
        {
            run.Send(new Stimulus.ResumeBookmark(run.Instance.Bookmarks.Single().Id, null, "503", Actor.System));
            Assert.Empty(run.Instance.Bookmarks);
            run.NextTimer();
        }

        run.Send(new Stimulus.ResumeBookmark(run.Instance.Bookmarks.Single().Id, null, "503", Actor.System));

        Assert.Equal("!wait", run.Open);
        Assert.Empty(run.Instance.Bookmarks);
        Assert.Equal(["1", "2", "3"], run.History.Where(entry => entry.Kind == HistoryKind.Incident).Select(entry => entry.Data["attempt"]));
    }

    [Fact]
    public void Retrying_by_hand_asks_again_when_it_fails_again()
    {
        var run = new FlowRun(Failing(null)).Do("a");
        var first = run.Instance.WorkItems.Single().Id;

        run.Do("bad", "Retry");

        Assert.Equal("!bad", run.Open);
        Assert.NotEqual(first, run.Instance.WorkItems.Single().Id);
        Assert.Equal("2", run.History.Last(entry => entry.Kind == HistoryKind.Incident).Data["attempt"]);
    }

    [Theory]
    [InlineData("True", "yes")]
    [InlineData("False", "no")]
    public void Skipping_goes_on_by_the_outcome_the_administrator_names(string port, string next)
    {
        var run = new FlowRun(Failing(null)).Do("a");
        var item = run.Instance.WorkItems.Single();

        Assert.Equal(Refusal.InvalidField, Assert.IsType<Decision.Refused>(run.Decide(Complete(item, "Skip", null))).Reason);
        Assert.Equal(Refusal.InvalidField, Assert.IsType<Decision.Refused>(run.Decide(Complete(item, "Skip", "Sideways"))).Reason);
        run.Send(Complete(item, "Skip", port));

        Assert.Equal(next, run.Open);
        Assert.Contains(run.History, entry => entry.Kind == HistoryKind.WorkItemCompleted && entry.Data["comment"] == "因为" && entry.Data["field:port"] == port);
    }

    [Fact]
    public void Skipping_and_ending_need_a_reason()
    {
        var run = new FlowRun(Failing(null)).Do("a");
        var item = run.Instance.WorkItems.Single();

        foreach (var outcome in (string[])["Skip", "Cancel"])
        {
            var refused = Assert.IsType<Decision.Refused>(run.Decide(Complete(item, outcome, "True") with { Comment = " " }));
            Assert.Equal("comment", refused.Detail);
        }
    }

    [Fact]
    public void Ending_takes_the_case_back_with_the_reason_in_public()
    {
        var run = new FlowRun(Failing(null)).Do("a");

        run.Send(Complete(run.Instance.WorkItems.Single(), "Cancel", null));

        Assert.Equal(InstanceStatus.Cancelled, run.Instance.Status);
        Assert.Equal(CaseStatus.Withdrawn, run.Instance.Case!.Status);
        Assert.Empty(run.Instance.Runs);
        Assert.Empty(run.Instance.WorkItems);
        Assert.Contains(run.History, entry => entry is { Kind: HistoryKind.Withdrawn, IsPublic: true } && entry.Data["reason"] == "因为" && entry.Actor == Admin);
    }

    [Fact]
    public void A_reminder_that_fails_leaves_the_work_with_the_person_who_has_it()
    {
        var run = new FlowRun(new FlowBuilder()
            .Node("task", "GridFlow.HumanTask", ("unit", "Literal", "dept:x"), ("limit", "Literal", "4wh"), ("passUpTo", "Literal", "nobody"), ("grace", "Literal", "1wh"))
            .Retrying("task", new RetryPolicy(1, TimeSpan.FromMinutes(2), 1)));
        run.NextTimer().NextTimer().NextTimer();
        Assert.Equal("task", run.Open);
        run.NextTimer();
        Assert.Equal("!task task", run.Open);

        var incident = run.Instance.WorkItems.Single(item => item.Kind == WorkItemKind.Incident);
        run.Send(Complete(incident, "Retry", null));

        Assert.Equal("!task task", run.Open);
        run.Send(new Stimulus.CompleteWorkItem(run.Instance.WorkItems.Single(item => item.Kind == WorkItemKind.Task).Id, "Done", ImmutableDictionary<string, object?>.Empty, null, Admin));
        Assert.True(run.IsFinished);
        Assert.Empty(run.Instance.WorkItems);
    }

    [Fact]
    public void A_loop_without_a_wait_is_stopped_and_can_be_left_by_skipping()
    {
        var run = new FlowRun(new FlowBuilder().Node("a", "Elsa.SetVariable", ("variable", "Literal", new { name = "x" })).Node("b", "Elsa.FlowDecision", ("condition", "Literal", true)).Task("end")
            .Lines("a.Done -> b", "b.True -> a", "b.False -> end"));

        var item = Assert.Single(run.Instance.WorkItems);
        Assert.Equal(WorkItemKind.Incident, item.Kind);
        Assert.Contains("loop", item.Problem, StringComparison.Ordinal);
        var atDecision = item.ActivityId == "b";
        if (!atDecision)
        {
            // Trying again only goes round again, and stops again.
            run.Send(Complete(item, "Retry", null));
            Assert.Single(run.Instance.WorkItems);
        }
    }

    [Fact]
    public void The_form_names_the_step_and_where_each_outcome_leads_in_both_languages()
    {
        var definition = new FlowBuilder().Node("bad", "Elsa.FlowDecision").Task("yes").Lines("bad.True -> yes").Definition();
        var form = WorkItemForm.Of(definition, WorkItemKind.Incident, "bad");

        Assert.Equal(new LocalizedText("流程故障：bad", "Failed: bad"), form.Title);
        Assert.Equal(["Retry", "Skip", "Cancel"], form.Outcomes.Select(outcome => outcome.Name));
        var port = Assert.Single(form.Fields);
        Assert.Equal(["True", "False"], port.Options.Select(option => option.Value));
        Assert.Equal(new LocalizedText("否", "no"), port.Options[1].Label);
    }

    [Fact]
    public void A_retry_policy_is_read_from_a_definition_and_written_back()
    {
        const string Json = """{"definitionId":"d","root":{"type":"Elsa.Flowchart","id":"r","activities":[{"id":"a","type":"Elsa.Delay","customProperties":{"retry":{"attempts":2,"delay":"90m","factor":2}}}]}}""";
        var read = ElsaJson.Read(Json).FindActivity("a")!;
        Assert.Equal(new RetryPolicy(2, TimeSpan.FromMinutes(90), 2), read.Retry);
        Assert.Equal(read.Retry, ElsaJson.Read(ElsaJson.Write(ElsaJson.Read(Json)).ToJsonString()).FindActivity("a")!.Retry);
        Assert.Throws<DefinitionFormatException>(() => ElsaJson.Read(Json.Replace("90m", "soon", StringComparison.Ordinal)));
    }

    [Fact]
    public void Pauses_never_grow_longer_than_a_week() => Assert.Equal(RetryPolicy.LongestPause, new RetryPolicy(20, TimeSpan.FromDays(1), 100).PauseAfter(20));

    private static FlowBuilder Failing(RetryPolicy? policy) => new FlowBuilder().Task("a").Node("bad", "Elsa.FlowDecision", ("condition", "JavaScript", "nothing.like.this")).Retrying("bad", policy)
        .Task("yes").Task("no").Lines("a.Done -> bad", "bad.True -> yes", "bad.False -> no");

    private static Stimulus.CompleteWorkItem Complete(WorkItem item, string outcome, string? port) => new(
        item.Id, outcome, port is null ? ImmutableDictionary<string, object?>.Empty : ImmutableDictionary<string, object?>.Empty.Add("port", port), "因为", Admin);
}
