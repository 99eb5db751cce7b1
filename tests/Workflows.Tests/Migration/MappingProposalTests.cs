using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Engine;
using GridFlow.Workflows.Migration;
using GridFlow.Workflows.Routing;
using GridFlow.Workflows.Tests.Engine;

namespace GridFlow.Workflows.Tests.Migration;

public sealed class MappingProposalTests
{
    private static readonly (string, string, object) TwoBranches = ("branches", "Object", "[\"A\",\"B\"]");

    [Fact]
    public void Unchanged_flows_map_onto_themselves()
    {
        var proposal = MappingProposal.Between(ShippedBundle.Read(1), ShippedBundle.Read(2));

        Assert.All(proposal.Activities, mapped => Assert.Equal((mapped.From.Id, MappingReason.SameId), (mapped.To?.Id, mapped.Reason)));
    }

    [Fact]
    public void Renamed_steps_are_found_by_their_text()
    {
        var proposal = MappingProposal.Between(ShippedBundle.Read(1), EditedFlows.Publish(2));

        Assert.All(proposal.Activities, mapped => Assert.Equal(mapped.From.Id, EditedFlows.Original(mapped.To?.Id ?? "nothing")));
        Assert.Contains(proposal.Activities, mapped => mapped.Reason == MappingReason.SameText);
    }

    [Fact]
    public void Steps_without_a_text_are_found_by_what_they_are_connected_to_from_neighbour_to_neighbour()
    {
        var proposal = Propose(
            new FlowBuilder().Task("ask", "Yes", "No").Task("a").Task("b").Task("c").Lines("ask.Yes -> a", "ask.No -> b", "a.Done -> c"),
            new FlowBuilder().Task("ask", "Yes", "No").Task("z").Task("y").Task("x").Lines("ask.Yes -> x", "ask.No -> y", "x.Done -> z"));

        Assert.Equal(["test-flow>test-flow", "ask>ask", "a>x", "b>y", "c>z"], proposal.Activities.Select(mapped => $"{mapped.From.Id}>{mapped.To?.Id}"));
        Assert.Equal(3, proposal.Activities.Count(mapped => mapped.Reason == MappingReason.SameNeighbours));
    }

    [Fact]
    public void A_step_of_another_type_is_not_proposed_whatever_it_is_called()
    {
        var proposal = Propose(new FlowBuilder().Task("a").Task("b").Lines("a.Done -> b"), new FlowBuilder().Node("a", "Elsa.Delay").Task("b").Lines("a.Done -> b"));

        Assert.Null(proposal.Activities.Single(mapped => mapped.From.Id == "a").To);
        Assert.NotNull(proposal.Activities.Single(mapped => mapped.From.Id == "b").To);
    }

    [Fact]
    public void Two_steps_that_look_the_same_are_left_to_a_person()
    {
        var proposal = Propose(
            new FlowBuilder().Node("fork", "Elsa.FlowFork", TwoBranches).Task("a").Lines("fork.A -> a"),
            new FlowBuilder().Node("fork", "Elsa.FlowFork", TwoBranches).Task("x").Task("y").Lines("fork.A -> x", "fork.A -> y"));

        Assert.Null(proposal.Activities.Single(mapped => mapped.From.Id == "a").To);
    }

    [Theory]
    [InlineData(ObstacleKind.ActivityGone)]
    [InlineData(ObstacleKind.TypeChanged)]
    [InlineData(ObstacleKind.WorkflowGone)]
    [InlineData(ObstacleKind.ConnectionGone)]
    public void What_is_impossible_is_named(ObstacleKind kind)
    {
        var flow = new FlowBuilder().Node("fork", "Elsa.FlowFork", TwoBranches).Task("a").Task("b").Task("c").Lines("fork.A -> a", "fork.B -> b", "a.Done -> c", "b.Done -> c");
        var run = new FlowRun(flow);
        if (kind == ObstacleKind.ConnectionGone)
        {
            run.Do("a");
        }

        var from = flow.Bundle();
        var to = Number(2, kind switch
        {
            ObstacleKind.ActivityGone => new FlowBuilder().Node("fork", "Elsa.FlowFork", TwoBranches).Task("a").Task("c").Lines("fork.A -> a", "a.Done -> c"),
            ObstacleKind.TypeChanged => new FlowBuilder().Node("fork", "Elsa.FlowFork", TwoBranches).Task("a").Node("b", "Elsa.Delay").Task("c").Lines("fork.A -> a", "fork.B -> b", "a.Done -> c", "b.Done -> c"),
            ObstacleKind.ConnectionGone => new FlowBuilder().Node("fork", "Elsa.FlowFork", TwoBranches).Task("a").Task("b").Task("c").Lines("fork.A -> a", "fork.B -> b", "b.Done -> c"),
            _ => new FlowBuilder("another").Task("a"),
        });

        var preview = MigrationPlan.Preview(run.Instance, from, to, MappingProposal.Between(from, to).ToMapping());

        var obstacle = Assert.Single(preview.Obstacles);
        Assert.Equal(kind, obstacle.Kind);
        Assert.NotEqual("", obstacle.Describe(from).Zh);
        Assert.NotEqual(obstacle.Describe(from).Zh, obstacle.Describe(from).En);
        Assert.Equal([obstacle], MigrationObstacle.Read(MigrationObstacle.Write(preview.Obstacles)));
        var before = InstanceJson.Write(run.Instance);
        Assert.IsType<Decision.Refused>(WorkflowExecutor.Decide(from, run.Instance, new Stimulus.MoveToBundle(1, to, MappingProposal.Between(from, to).ToMapping(), "r", "", Actor.System), run.Now));
        Assert.Equal(before, InstanceJson.Write(run.Instance));
    }

    [Fact]
    public void A_sequence_goes_on_behind_the_step_it_is_at_though_others_were_put_before_it()
    {
        var run = new FlowRun(Sequence("a", "b", "c"));
        run.Do("a");
        var from = Sequence("a", "b", "c").Bundle();
        var to = Number(2, Sequence("new", "a", "b", "more", "c"));
        var moved = Assert.IsType<Decision.Accepted>(run.Decide(new Stimulus.MoveToBundle(1, to, MappingProposal.Between(from, to).ToMapping(), "r", "", Actor.System))).Checkpoint.Instance;

        var next = Assert.IsType<Decision.Accepted>(WorkflowExecutor.Decide(to, moved, new Stimulus.CompleteWorkItem(moved.WorkItems[0].Id, "Done", System.Collections.Immutable.ImmutableDictionary<string, object?>.Empty, null, Actor.System), run.Now));

        Assert.Equal("more", Assert.Single(next.Checkpoint.Instance.WorkItems).ActivityId);
    }

    private static FlowBuilder Sequence(params string[] tasks)
    {
        var flow = new FlowBuilder();
        foreach (var task in tasks)
        {
            flow.Task(task);
        }

        return flow.InSequence();
    }

    [Fact]
    public void A_person_may_correct_the_proposal_but_not_make_two_steps_one()
    {
        var from = new FlowBuilder().Task("a").Task("b").Lines("a.Done -> b").Bundle();
        var to = Number(2, new FlowBuilder().Task("x").Task("y").Lines("x.Done -> y"));
        var mapping = ActivityMapping.Read("""{"test":{"a":"x","b":"x"}}""");

        Assert.Equal(ObstacleKind.TwoBecomeOne, Assert.Single(mapping.Check(from, to)).Kind);
        Assert.Empty(mapping.With("test", "b", "y").Check(from, to));
        Assert.Equal(ObstacleKind.UnknownActivity, Assert.Single(mapping.With("test", "b", "z").Check(from, to)).Kind);
        Assert.Equal("y", ActivityMapping.Read(mapping.With(ActivityMapping.Read("""{"test":{"b":"y"}}""")).Write()).Find("test", "b"));
        Assert.Throws<DefinitionFormatException>(() => ActivityMapping.Read("[]"));
    }

    [Fact]
    public void The_preview_says_where_a_case_will_stand_and_whose_form_changes()
    {
        var from = new FlowBuilder().Task("a", "Yes", "No").Bundle();
        var run = new FlowRun(new FlowBuilder().Task("a", "Yes", "No"));
        var to = Number(2, new FlowBuilder().Task("x", "Yes", "No", "Later"));

        var preview = MigrationPlan.Preview(run.Instance, from, to, ActivityMapping.Read("""{"test":{"a":"x","test-flow":"test-flow"}}"""));

        Assert.True(preview.IsPossible);
        Assert.Equal(new StandingPlace("test", "a", "x"), Assert.Single(preview.Stands));
        Assert.True(Assert.Single(preview.WorkItems).FormChanges);
        Assert.True(preview.IsVisible);
    }

    private static MappingProposal Propose(FlowBuilder from, FlowBuilder to) => MappingProposal.Between(from.Bundle(), Number(2, to));

    private static Bundle Number(int number, FlowBuilder flow)
    {
        var bundle = flow.Bundle();
        return new Bundle(number, bundle.Definitions, new RoutingTable([]), bundle.Categories, bundle.Calendar);
    }
}
