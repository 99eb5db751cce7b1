using System.Text.Json.Nodes;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Drafts;
using GridFlow.Workflows.Tests.Elsa;

namespace GridFlow.Workflows.Tests.Drafts;

public sealed class CellChangeTests
{
    private const int Trials = 300;
    private static readonly Bundle Shipped = ShippedBundle.Read(1);

    [Fact]
    public void Applying_the_changes_between_two_bundles_leads_from_one_to_the_other_and_their_inverse_back()
    {
        foreach (var seed in Enumerable.Range(0, Trials))
        {
            var random = new Random(seed);
            var before = Edited(Shipped, random, random.Next(4));
            var after = Edited(before, random, random.Next(1, 8));
            var changes = BundleEdits.Between(before, after);

            var applied = BundleEdits.Apply(before, changes);
            var back = BundleEdits.Apply(applied.Content, CellChanges.Inverse(changes));

            Assert.True(applied.IsDone && back.IsDone, $"seed {seed}");
            AssertSame(after, applied.Content, seed);
            AssertSame(before, back.Content, seed);
        }
    }

    [Fact]
    public void Two_peoples_edits_come_out_the_same_in_either_order_or_are_refused_in_both()
    {
        var bothKept = 0;
        foreach (var seed in Enumerable.Range(0, Trials))
        {
            var random = new Random(seed);
            var mine = BundleEdits.Between(Shipped, Edited(Shipped, random, 2));
            var yours = BundleEdits.Between(Shipped, Edited(Shipped, random, 2));

            var mineFirst = BundleEdits.Apply(BundleEdits.Apply(Shipped, mine).Content, yours);
            var yoursFirst = BundleEdits.Apply(BundleEdits.Apply(Shipped, yours).Content, mine);

            // Where something stands is the last one's to say, and what was moved may be removed.
            if (mine.IntersectBy(yours.Select(change => change.Path), change => change.Path).Any(change => CellChanges.IsArrangement(change.Path)))
            {
                continue;
            }

            Assert.True(mineFirst.IsDone == yoursFirst.IsDone, $"seed {seed}: {mineFirst.Conflicts.FirstOrDefault()} {yoursFirst.Conflicts.FirstOrDefault()}");
            if (mineFirst.IsDone)
            {
                bothKept++;
                AssertSame(mineFirst.Content, yoursFirst.Content, seed);
            }
        }

        Assert.InRange(bothKept, Trials / 6, Trials);
    }

    [Fact]
    public void A_value_that_somebody_changed_meanwhile_is_not_overwritten()
    {
        var hard = Shipped.FindDefinition("hard")!;
        var task = hard.Root.Activities.First(node => node.Inputs.ContainsKey("limit"));
        var mine = FlowChanges.Between(hard, WithLimit(hard, task, "3wd"));
        var theirs = WithLimit(hard, task, "5wd");

        var applied = FlowChanges.Apply(theirs, mine);

        Assert.Equal($"definitions/hard/nodes/{task.Id}/inputs/limit", Assert.Single(applied.Conflicts).Path);
        Assert.Same(theirs, applied.Content);
    }

    [Fact]
    public void A_line_cannot_be_drawn_to_a_step_that_somebody_removed_nor_a_step_removed_that_somebody_connected()
    {
        var hard = Shipped.FindDefinition("hard")!;
        var gone = hard.Root.Activities[^1];
        var kept = hard.Root.Activities[0];
        var removed = hard with
        {
            Root = hard.Root with
            {
                Activities = hard.Root.Activities.Remove(gone),
                Connections = [.. hard.Root.Connections.Where(connection => connection.Source != gone.Id && connection.Target != gone.Id)],
            },
        };
        var connected = hard with { Root = hard.Root with { Connections = hard.Root.Connections.Add(new Connection(kept.Id, "Extra", gone.Id)) } };

        Assert.NotEmpty(FlowChanges.Apply(removed, FlowChanges.Between(hard, connected)).Conflicts);
        Assert.NotEmpty(FlowChanges.Apply(connected, FlowChanges.Between(hard, removed)).Conflicts);
    }

    [Fact]
    public void A_note_for_a_row_that_somebody_removed_is_a_conflict()
    {
        var row = Shipped.Routing.Rows[0];
        var noted = With(Shipped.Routing.Rows.Replace(row, row with { Workflow = "small" }));
        var removed = With(Shipped.Routing.Rows.Remove(row));

        Assert.Contains(BundleEdits.Apply(removed, BundleEdits.Between(Shipped, noted)).Conflicts, conflict => conflict.Path == "routing/1/workflow");

        static Bundle With(IEnumerable<Workflows.Routing.RoutingRow> rows) => new(1, Shipped.Definitions, new Workflows.Routing.RoutingTable(rows), Shipped.Categories, Shipped.Calendar);
    }

    [Fact]
    public void Moving_a_step_is_one_small_change()
    {
        var hard = Shipped.FindDefinition("hard")!;
        var moved = hard with { Root = hard.Root with { Activities = hard.Root.Activities.SetItem(0, hard.Root.Activities[0] with { Position = new CanvasPoint(7, 8) }) } };

        var change = Assert.Single(FlowChanges.Between(hard, moved));

        Assert.Equal($"definitions/hard/nodes/{hard.Root.Activities[0].Id}/at", change.Path);
        Assert.Equal("""{"x":7,"y":8}""", change.After);
    }

    [Fact]
    public void Every_sample_of_Elsa_goes_through_cells_unchanged_in_meaning()
    {
        foreach (var (name, definition) in Samples.Read())
        {
            var empty = definition with { Root = new ActivityNode { Id = definition.Root.Id, Type = "Elsa.Flowchart" }, Source = null };
            var changes = FlowChanges.Between(empty, definition);

            var built = FlowChanges.Apply(definition, [.. changes.Select(change => change with { Before = change.After })]);

            Assert.True(built.IsDone, name);
            Assert.True(JsonNode.DeepEquals(ElsaJson.Write(definition), ElsaJson.Write(built.Content)), name);
        }
    }

    private static Bundle Edited(Bundle bundle, Random random, int times) =>
        Enumerable.Range(0, times).Aggregate(bundle, (edited, _) => RandomEdits.Bundle(edited, random));

    private static WorkflowDefinition WithLimit(WorkflowDefinition flow, ActivityNode node, string limit) => flow with
    {
        Root = flow.Root with { Activities = flow.Root.Activities.Replace(node, node with { Inputs = node.Inputs.SetItem("limit", node.Inputs["limit"] with { Value = RandomEdits.Literal(limit).Value }) }) },
    };

    private static void AssertSame(Bundle expected, Bundle actual, int seed)
    {
        var differences = BundleEdits.Between(expected, actual);
        Assert.True(differences.IsEmpty, $"seed {seed}: {string.Join("; ", differences.Take(3))}");
    }
}
