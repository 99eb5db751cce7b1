using System.Collections.Immutable;
using GridFlow.Workflows.Engine;

namespace GridFlow.Workflows.Tests.Engine;

public sealed class FlowchartTests
{
    private static readonly (string, string, object) TwoBranches = ("branches", "Object", "[\"A\",\"B\"]");

    [Fact]
    public void Where_parallel_branches_meet_the_next_step_waits_for_both()
    {
        var run = new FlowRun(new FlowBuilder().Node("fork", "Elsa.FlowFork", TwoBranches).Task("a").Task("b").Task("c")
            .Lines("fork.A -> a", "fork.B -> b", "a.Done -> c", "b.Done -> c"));

        Assert.Equal("a b", run.Open);
        Assert.Equal("b", run.Do("a").Open);
        Assert.Equal("c", run.Do("b").Open);
        Assert.True(run.Do("c").IsFinished);
    }

    [Fact]
    public void A_branch_that_was_not_taken_is_not_waited_for()
    {
        var run = new FlowRun(new FlowBuilder().Task("ask", "Yes", "No").Task("a").Task("b").Task("c")
            .Lines("ask.Yes -> a", "ask.No -> b", "a.Done -> c", "b.Done -> c"));

        Assert.Equal("c", run.Do("ask", "Yes").Do("a").Open);
    }

    [Fact]
    public void A_branch_that_ends_by_another_way_is_no_longer_waited_for()
    {
        var run = new FlowRun(new FlowBuilder().Node("fork", "Elsa.FlowFork", TwoBranches).Task("a").Task("b", "Join", "Away").Task("c").Task("d")
            .Lines("fork.A -> a", "fork.B -> b", "a.Done -> c", "b.Join -> c", "b.Away -> d"));

        Assert.Equal("b", run.Do("a").Open);
        Assert.Equal("c d", run.Do("b", "Away").Open);
    }

    [Fact]
    public void A_loop_may_lead_back_into_what_was_joined_any_number_of_times()
    {
        var run = new FlowRun(new FlowBuilder().Node("fork", "Elsa.FlowFork", TwoBranches).Task("a").Task("b").Task("check", "Good", "Again").Task("end")
            .Lines("fork.A -> a", "fork.B -> b", "a.Done -> check", "b.Done -> check", "check.Again -> a", "check.Good -> end"));

        run.Do("a").Do("b");
        for (var round = 0; round < 5; round++)
        {
            Assert.Equal("a", run.Do("check", "Again").Open);
            Assert.Equal("check", run.Do("a").Open);
        }

        Assert.Equal("end", run.Do("check", "Good").Open);
    }

    [Fact]
    public void A_join_that_waits_for_any_takes_the_first_and_cancels_the_others()
    {
        var run = new FlowRun(new FlowBuilder().Node("fork", "Elsa.FlowFork", TwoBranches).Task("a").Task("b").Node("join", "Elsa.FlowJoin", ("mode", "Literal", "WaitAny")).Task("c")
            .Lines("fork.A -> a", "fork.B -> b", "a.Done -> join", "b.Done -> join", "join.Done -> c"));

        Assert.Equal("c", run.Do("b").Open);
        Assert.Single(run.History, entry => entry.Kind == HistoryKind.WorkItemCancelled);
    }

    [Fact]
    public void A_join_that_waits_for_any_is_passed_once_by_two_ways_that_arrive_at_once()
    {
        var run = new FlowRun(new FlowBuilder().Node("fork", "Elsa.FlowFork", TwoBranches).Node("join", "Elsa.FlowJoin", ("mode", "Literal", "WaitAny")).Task("c")
            .Lines("fork.A -> join", "fork.B -> join", "join.Done -> c"));

        Assert.Equal("c", run.Open);
    }

    [Fact]
    public void A_branch_that_begins_in_the_moment_in_which_another_wins_does_not_begin()
    {
        var run = new FlowRun(new FlowBuilder().Node("fork", "Elsa.FlowFork", TwoBranches).Task("b").Node("join", "Elsa.FlowJoin", ("mode", "Literal", "WaitAny")).Task("c")
            .Lines("fork.A -> join", "fork.B -> b", "b.Done -> join", "join.Done -> c"));

        Assert.Equal("c", run.Open);
    }

    [Fact]
    public void What_can_go_on_elsewhere_does_so_before_a_join_that_never_can_becomes_an_incident()
    {
        var run = new FlowRun(new FlowBuilder().Node("fork", "Elsa.FlowFork", TwoBranches).Task("a", "Yes", "No").Task("b", "Yes", "No")
            .Node("stuck", "Elsa.FlowJoin", ("mode", "Literal", "WaitAll")).Task("meet")
            .Lines("fork.A -> a", "fork.B -> b", "a.Yes -> stuck", "a.No -> stuck", "a.No -> meet", "b.Yes -> meet"));

        Assert.Equal("meet", run.Do("a", "Yes").Do("b", "Yes").Open);
        Assert.Equal("!test-flow", run.Do("meet").Open);
    }

    [Fact]
    public void A_join_that_waits_for_all_and_never_can_becomes_an_incident_instead_of_a_lost_case()
    {
        var run = new FlowRun(new FlowBuilder().Task("ask", "Yes", "No").Task("a").Task("b").Node("join", "Elsa.FlowJoin", ("mode", "Literal", "WaitAll")).Task("c")
            .Lines("ask.Yes -> a", "ask.No -> b", "a.Done -> join", "b.Done -> join", "join.Done -> c"));

        Assert.Equal("!test-flow", run.Do("ask", "Yes").Do("a").Open);
        Assert.Contains("join", Assert.Single(run.Instance.WorkItems).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_join_that_waits_for_all_goes_on_when_all_are_there()
    {
        var run = new FlowRun(new FlowBuilder().Node("fork", "Elsa.FlowFork", TwoBranches).Task("a").Task("b").Node("join", "Elsa.FlowJoin", ("mode", "Literal", "WaitAll")).Task("c")
            .Lines("fork.A -> a", "fork.B -> b", "a.Done -> join", "b.Done -> join", "join.Done -> c"));

        Assert.Equal("b", run.Do("a").Open);
        Assert.Equal("c", run.Do("b").Open);
    }

    [Fact]
    public void A_loop_without_a_wait_is_stopped_and_becomes_an_incident()
    {
        var run = new FlowRun(new FlowBuilder().Node("a", "Elsa.FlowDecision", ("condition", "Literal", true)).Node("b", "Elsa.Start")
            .Lines("a.True -> b", "b.Done -> a"));

        Assert.StartsWith("!", run.Open, StringComparison.Ordinal);
        Assert.Contains(run.History, entry => entry.Kind == HistoryKind.Incident && entry.Data["problem"].Contains("loop", StringComparison.Ordinal));
    }

    [Fact]
    public void A_step_that_fails_waits_for_the_administrator_who_may_try_again_or_skip_it()
    {
        var flow = new FlowBuilder().Node("bad", "Elsa.FlowDecision", ("condition", "JavaScript", "case.nothing.there")).Task("next").Lines("bad.Done -> next");
        var run = new FlowRun(flow);

        Assert.Equal("!bad", run.Open);
        Assert.Equal("!bad", run.Do("bad", "Retry").Open);
        Assert.Equal("next", run.Do("bad", "Skip").Open);
    }

    [Fact]
    public void A_called_workflow_tells_its_caller_how_it_ended()
    {
        var child = new FlowBuilder("child").Task("work", "Good", "Bad").Node("good", "Elsa.Complete", ("outcomes", "Literal", (string[])["Fine"])).Node("bad", "Elsa.Complete", ("outcomes", "Literal", (string[])["Poor"]))
            .Lines("work.Good -> good", "work.Bad -> bad");
        var parent = new FlowBuilder("parent").Node("call", "Elsa.ExecuteWorkflow", ("workflowDefinitionId", "Literal", "child")).Task("fine").Task("poor")
            .Lines("call.Fine -> fine", "call.Poor -> poor").With(child);

        Assert.Equal("poor", new FlowRun(parent).Do("work", "Bad").Open);
        Assert.Equal("fine", new FlowRun(parent).Do("work", "Good").Open);
    }

    [Fact]
    public void Completing_a_workflow_takes_back_what_is_still_open_in_it()
    {
        var run = new FlowRun(new FlowBuilder().Node("fork", "Elsa.FlowFork", TwoBranches).Task("a").Node("wait", "Elsa.Delay", ("timeSpan", "Literal", "01:00:00")).Node("end", "Elsa.Finish")
            .Lines("fork.A -> a", "fork.B -> wait", "wait.Done -> end"));

        run.NextTimer();

        Assert.True(run.IsFinished);
        Assert.Empty(run.Instance.WorkItems);
        Assert.Empty(run.Instance.Timers);
    }

    [Fact]
    public void An_overdue_task_reminds_then_is_marked_then_leaves_by_its_port()
    {
        var run = new FlowRun(new FlowBuilder().Node("task", "GridFlow.HumanTask", ("unit", "Literal", "dept:x"), ("limit", "Literal", "4wh")).Task("above").Lines("task.Overdue -> above"));

        run.NextTimer();
        Assert.Contains(run.History, entry => entry.Kind == HistoryKind.Reminded);
        run.NextTimer();
        Assert.True(Assert.Single(run.Instance.WorkItems).IsOverdue);
        Assert.Equal("above", run.NextTimer().Open);
    }

    [Fact]
    public void Whoever_did_the_work_may_not_also_check_it()
    {
        var run = new FlowRun(new FlowBuilder().Task("work").Node("check", "GridFlow.HumanTask", ("unit", "Literal", "dept:x"), ("notBy", "Literal", "work")).Lines("work.Done -> check"));
        var item = Assert.Single(run.Do("work").Instance.WorkItems);

        Assert.Equal(Refusal.SecondPersonNeeded, Assert.IsType<Decision.Refused>(run.Decide(new Stimulus.CompleteWorkItem(item.Id, "Done", ImmutableDictionary<string, object?>.Empty, null, new Actor("clerk", "王芳")))).Reason);
        Assert.IsType<Decision.Accepted>(run.Decide(new Stimulus.CompleteWorkItem(item.Id, "Done", ImmutableDictionary<string, object?>.Empty, null, new Actor("other", "李明"))));
    }

    [Fact]
    public void A_bad_completion_is_refused_and_nothing_changes()
    {
        var run = new FlowRun(new FlowBuilder().Task("task"));
        var before = InstanceJson.Write(run.Instance);
        var item = Assert.Single(run.Instance.WorkItems);

        Assert.Equal(Refusal.UnknownOutcome, Assert.IsType<Decision.Refused>(run.Decide(new Stimulus.CompleteWorkItem(item.Id, "Nonsense", ImmutableDictionary<string, object?>.Empty, null, new Actor("b", "李四")))).Reason);
        Assert.IsType<Decision.Accepted>(run.Decide(new Stimulus.ClaimWorkItem(item.Id, new Actor("a", "王芳"))));
        Assert.IsType<Decision.TooLate>(run.Decide(new Stimulus.CompleteWorkItem("C1.w99", "Done", ImmutableDictionary<string, object?>.Empty, null, new Actor("b", "李四"))));
        Assert.Equal(before, InstanceJson.Write(run.Instance));
    }
}
