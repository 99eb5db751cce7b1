using GridFlow.Designer.Canvas;
using GridFlow.Designer.Editing;
using GridFlow.Tests;
using GridFlow.Workflows.Activities;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Definitions;

namespace GridFlow.Designer.Tests.Editing;

public sealed class FlowEditsTests
{
    [Fact]
    public void A_step_put_between_two_others_is_passed_by_every_outcome_that_led_from_one_to_the_other()
    {
        var hard = Shipped("hard");

        var edited = FlowEdits.Insert(hard, "hard-flow", NewStep.Of("GridFlow.Approval", hard), "plan", "whistle");

        Assert.Contains(new Connection("plan", "Whistle", "approve"), edited.Root.Connections);
        Assert.Contains(new Connection("approve", "Approved", "whistle"), edited.Root.Connections);
        Assert.DoesNotContain(edited.Root.Connections, link => link is { Source: "plan", Target: "whistle" });
        Assert.Equal(["Rejected", "Overdue"], FlowEdits.OpenPorts(edited.Root, edited.FindActivity("approve")!));
    }

    [Fact]
    public void A_step_taken_away_is_passed_over_where_all_led_on_to_one_other()
    {
        var hard = Shipped("hard");

        var edited = FlowEdits.Remove(hard, ["handled"]);

        Assert.Null(edited.FindActivity("handled"));
        Assert.Contains(edited.Root.Connections, link => link is { Source: "answer", SourcePort: "Answered", Target: "verify" });
    }

    [Fact]
    public void A_step_with_several_ways_on_leaves_a_gap()
    {
        var edited = FlowEdits.Remove(Shipped("hard"), ["plan"]);

        Assert.DoesNotContain(edited.Root.Connections, link => link.Source is "plan" or "begin" || link.Target == "plan");
    }

    [Fact]
    public void An_outcome_leads_to_one_place()
    {
        var edited = FlowEdits.Connect(Shipped("hard"), "hard-flow", "plan", "Whistle", "answer");

        Assert.Equal("answer", Assert.Single(edited.Root.Connections, link => link is { Source: "plan", SourcePort: "Whistle" }).Target);
    }

    [Fact]
    public void A_line_can_be_led_elsewhere_at_both_ends()
    {
        var hard = Shipped("hard");

        var elsewhere = FlowEdits.Reconnect(hard, "hard-flow", "plan", "whistle", "plan", "answer");
        var fromElsewhere = FlowEdits.Reconnect(hard, "hard-flow", "plan", "whistle", "handled", "whistle");

        Assert.Contains(new Connection("plan", "Whistle", "answer"), elsewhere.Root.Connections);
        Assert.Contains(new Connection("handled", "Done", "whistle"), fromElsewhere.Root.Connections);
        Assert.DoesNotContain(fromElsewhere.Root.Connections, link => link is { Source: "plan", Target: "whistle" });
    }

    [Fact]
    public void Copies_get_ids_of_their_own_and_keep_the_lines_among_them()
    {
        var hard = Shipped("hard");
        var fragment = FlowFragment.Copy(hard.Root, new HashSet<string> { "plan", "whistle" });

        var (pasted, ids) = FlowFragment.Paste(hard, "hard-flow", fragment, new CanvasPoint(0, 200));
        var (other, sameIds) = FlowFragment.Paste(Shipped("callback"), "callback-flow", fragment, default);

        Assert.Equal(["plan2", "whistle2"], ids);
        Assert.Contains(pasted.Root.Connections, link => link is { Source: "plan2", SourcePort: "Whistle", Target: "whistle2" });
        Assert.Equal(hard.FindActivity("plan")!.Inputs["unit"].Text, pasted.FindActivity("plan2")!.Inputs["unit"].Text);
        Assert.Equal(hard.FindActivity("plan")!.Position.Y + 200, pasted.FindActivity("plan2")!.Position.Y);
        Assert.Equal(["plan", "whistle"], sameIds);
        Assert.NotNull(other.FindActivity("whistle"));
        Assert.Empty(FlowFragment.Paste(hard, "hard-flow", "not a fragment", default).Ids);
    }

    [Fact]
    public void Every_kind_of_step_can_be_added_and_brings_no_problem_but_what_it_must_be_told()
    {
        string[] asksForMore = ["missing-input", "open-branch", "open-port", "unreachable", "several-starts", "unknown-workflow"];
        foreach (var type in ActivityCatalog.Types)
        {
            var hard = Shipped("hard");
            var added = FlowEdits.Add(hard, "hard-flow", NewStep.Of(type, hard));

            var known = DefinitionValidator.Validate(hard, _ => true, _ => true).Select(problem => problem.Path).ToHashSet();
            var news = DefinitionValidator.Validate(added, _ => true, _ => true).Where(problem => !known.Contains(problem.Path));
            Assert.All(news, problem => Assert.True(asksForMore.Contains(problem.Code), $"{type}: {problem.Code} {problem.Message.En}"));
        }
    }

    [Theory]
    [InlineData("approve", "approve")]
    [InlineData("plan", "plan2")]
    [InlineData("plan2", "plan2")]
    public void New_ids_can_be_read(string wanted, string given) => Assert.Equal(given, NewStep.UniqueId(Shipped("hard"), wanted));

    [Fact]
    public void Steps_are_lined_up_and_spread()
    {
        var steps = new Dictionary<string, Rect> { ["a"] = new(0, 0, 100, 40), ["b"] = new(300, 30, 100, 60), ["c"] = new(120, 10, 100, 40) };

        Assert.All(Arrange.Align(steps, Alignment.Middle).Values, center => Assert.Equal(45, center.Y));
        Assert.Equal([50, 50, 50], Arrange.Align(steps, Alignment.Left).Values.Select(center => center.X));
        Assert.Equal(new CanvasPoint(200, 30), Arrange.Distribute(steps, isAcross: true)["c"]);
        Assert.Equal(35, Arrange.Distribute(steps, isAcross: false)["c"].Y);
    }

    [Fact]
    public void A_step_finds_room_beside_what_stands_there()
    {
        var others = new[] { new Rect(0, 0, 160, 60), new Rect(0, 80, 160, 60) };

        var center = Arrange.FindRoom(others, new Rect(10, 10, 160, 60));

        Assert.DoesNotContain(others, other => other.Inflate(8).Overlaps(Rect.Around(center, 160, 60)));
    }

    [Fact]
    public void A_redrawn_flow_has_good_lines_and_keeps_those_far_away()
    {
        var large = LargeFlow.Of(60);
        var before = FlowDrawer.Draw(large.Root, Pictures.Words, null);
        var moved = FlowEdits.Place(large, large.Root.Id, new Dictionary<string, CanvasPoint> { ["step25"] = new(before.Nodes[25].Bounds.Center.X + 20, before.Nodes[25].Bounds.Center.Y + 60) });

        var after = FlowDrawer.Draw(moved.Root, Pictures.Words, before);

        Assert.True(FlowDrawer.IsPlaced(moved.Root, after));
        Assert.Equal(before.Edges.Where(edge => Far(edge, "step25")).Select(edge => edge.Points), after.Edges.Where(edge => Far(edge, "step25")).Select(edge => edge.Points));
        Assert.All(after.Edges.Where(edge => !Far(edge, "step25")), edge => Assert.DoesNotContain(after.Nodes, node => edge.Points.Zip(edge.Points.Skip(1)).Any(piece => node.Bounds.IsCrossedBy(piece.First, piece.Second))));
    }

    private static bool Far(DrawnEdge edge, string step) => edge.Source != step && edge.Target != step && !edge.Points.Any(point => Math.Abs(point.X - 1300) < 250 && Math.Abs(point.Y - 200) < 150);

    private static WorkflowDefinition Shipped(string id) => ShippedBundle.Read(1).FindDefinition(id)!;
}
