using System.Text;
using System.Text.Json;
using GridFlow.Tests;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Engine;
using GridFlow.Workflows.Storage;

namespace GridFlow.Workflows.Tests.Engine;

public sealed class RunPathTests
{
    [Fact]
    public void The_way_taken_is_told_with_every_marker_passed_and_how_often_a_loop_was_gone_round()
    {
        var flow = new FlowBuilder().Node("start", "Elsa.Start").Node("set", "Elsa.SetVariable", ("variable", "Literal", new { name = "x" }), ("value", "Literal", 1))
            .Task("do").Task("check", "Good", "Again").Node("note", "Elsa.SetVariable", ("variable", "Literal", new { name = "y" })).Node("end", "Elsa.End")
            .Lines("start.Done -> set", "set.Done -> do", "do.Done -> check", "check.Again -> do", "check.Good -> note", "note.Done -> end");
        var run = new FlowRun(flow);
        run.Do("do").Do("check", "Again").Do("do").Do("check", "Again").Do("do").Do("check", "Good");
        Assert.True(run.IsFinished);

        var path = RunPath.Of(run.History, flow.Definition());

        Assert.Equal((1, 1, 3, 3, 1, 1), (path.Visits["start"], path.Visits["set"], path.Visits["do"], path.Visits["check"], path.Visits["note"], path.Visits["end"]));
        Assert.Equal((2, 1), (path.Ports["check:Again"], path.Ports["check:Good"]));
        Assert.Equal(["check:Again", "check:Good", "do:Done", "end:Done", "note:Done", "set:Done", "start:Done"], path.Ports.Keys.Order(StringComparer.Ordinal));
        Assert.All(run.History, entry => Assert.NotEqual(HistoryKind.ActivityCompleted, entry.Kind));
    }

    [Fact]
    public void A_decision_tells_what_it_saw()
    {
        var run = new FlowRun(new FlowBuilder().Task("a").Node("if", "Elsa.FlowDecision", ("condition", "JavaScript", "case.tier === 'Hard' || outputs.a.comment == 'x'")).Task("yes").Task("no")
            .Lines("a.Done -> if", "if.True -> yes", "if.False -> no"));

        run.Do("a");

        var told = Assert.Single(run.History, entry => entry.Kind == HistoryKind.ActivityCompleted);
        Assert.Equal("True", told.Data[HistoryData.Outcome]);
        Assert.Equal("tier=—\noutputs.a.comment=x", told.Data[HistoryData.Saw]);
    }

    [Fact]
    public void A_task_taken_away_because_it_was_overdue_tells_by_which_port_it_left()
    {
        var flow = new FlowBuilder().Node("task", "GridFlow.HumanTask", ("unit", "Literal", "dept:x"), ("limit", "Literal", "4wh"), ("grace", "Literal", "1wh")).Task("late").Lines("task.Overdue -> late");
        var run = new FlowRun(flow).NextTimer().NextTimer().NextTimer();

        Assert.Equal("late", run.Open);
        Assert.Equal(1, RunPath.Of(run.History, flow.Definition()).Ports["task:Overdue"]);
    }

    [Fact]
    public void A_timer_tells_until_when_it_waits()
    {
        var run = new FlowRun(new FlowBuilder().Node("wait", "Elsa.Delay", ("timeSpan", "Literal", "01:00:00")).Task("a").Lines("wait.Done -> a"));

        Assert.Equal(run.Now.AddHours(1).ToString("O"), Assert.Single(run.History, entry => entry.Kind == HistoryKind.TimerSet).Data["due"]);
    }

    [Fact]
    public void What_was_seen_is_kept_short()
    {
        var run = new FlowRun(new FlowBuilder().Node("set", "Elsa.SetVariable", ("variable", "Literal", new { name = "x" }), ("value", "JavaScript", $"'{new string('字', 500)}'"))
            .Node("if", "Elsa.FlowDecision", ("condition", "JavaScript", "variables.x == 'y'")).Task("a").Lines("set.Done -> if", "if.False -> a"));

        Assert.All(run.History, entry => Assert.All(entry.Data, detail => Assert.True(detail.Value.Length < 250, detail.Key)));
    }

    [Fact]
    public void The_whole_history_of_a_small_case_with_two_tasks_stays_within_two_kilobytes()
    {
        var run = new FlowRun(new FlowBuilder().Node("start", "Elsa.Start").Node("set", "Elsa.SetVariable", ("variable", "Literal", new { name = "x" }), ("value", "Input", new { name = "kind" }))
            .Node("if", "Elsa.FlowDecision", ("condition", "JavaScript", "variables.x != 'b'")).Task("first").Task("second").Node("last", "Elsa.SetVariable", ("variable", "Literal", new { name = "done" }), ("value", "Literal", true))
            .Lines("start.Done -> set", "set.Done -> if", "if.True -> first", "first.Done -> second", "second.Done -> last"));
        run.Do("first").Do("second");
        Assert.True(run.IsFinished);

        // A row: its details, who, what kind, and 60 bytes for the hash, the number, the time and the key.
        var bytes = run.History.Sum(entry => Encoding.UTF8.GetByteCount(JsonSerializer.Serialize(entry.Data, BundleJson.Options) + entry.Kind + entry.Actor.Id + entry.Actor.Name + entry.Actor.Unit) + 60);
        Assert.InRange(bytes, 1, 2048);
        TestContext.Current.TestOutputHelper?.WriteLine($"{bytes} bytes in {run.History.Count} entries");
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task Every_step_of_the_shipped_flows_that_was_begun_and_is_over_is_on_the_way(string name)
    {
        var script = CaseScript.All.Single(script => script.Name == name);
        var store = new InMemoryWorkflowStore();
        await new CaseDriver(() => store, new ManualTimeProvider(CaseScript.Begin)).PlayAsync(script, "C1", TestContext.Current.CancellationToken);
        var history = store.HistoryOf("C1");

        foreach (var definition in ShippedBundle.Read(1).Definitions)
        {
            var path = RunPath.Of(history, definition);
            var connections = definition.Root.Connections;

            // Without holes: whatever was visited was led to by a port that was taken, or is where the workflow begins.
            var reached = connections.Where(connection => path.Ports.ContainsKey($"{connection.Source}:{connection.SourcePort}")).Select(connection => connection.Target).ToHashSet();
            var entries = path.Visits.Keys.Where(id => id != definition.Root.Id && !reached.Contains(id)).ToList();
            Assert.True(entries.Count <= 1, $"{definition.DefinitionId}: nothing leads to {string.Join(", ", entries)}");
            // What was begun and taken away before its end, because another branch was quicker, is told of by what it waited for.
            var begun = history.Where(entry => entry.Kind is HistoryKind.TimerSet or HistoryKind.WorkItemOpened).Select(entry => entry.Data["activity"]).ToHashSet();
            Assert.All(reached, id => Assert.True(path.Visits.ContainsKey(id) || begun.Contains(id), $"{definition.DefinitionId}: {id} was reached and not told of"));
        }
    }

    public static TheoryData<string> Scripts => [.. CaseScript.All.Select(script => script.Name)];
}
