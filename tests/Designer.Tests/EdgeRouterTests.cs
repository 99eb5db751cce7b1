using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using GridFlow.Designer.Canvas;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Definitions;

namespace GridFlow.Designer.Tests;

public sealed class EdgeRouterTests
{
    [Fact]
    public void Two_nodes_side_by_side_are_joined_by_a_straight_line()
    {
        var route = Route([Box("a", 0, 0), Box("b", 300, 0)], ("a", "b"))["a>b"];

        Assert.Equal([new CanvasPoint(160, 30), new CanvasPoint(300, 30)], route);
    }

    [Fact]
    public void A_line_goes_round_the_node_in_between()
    {
        var nodes = new[] { Box("a", 0, 0), Box("wall", 300, 0), Box("b", 600, 0) };

        var route = Route(nodes, ("a", "b"))["a>b"];

        Assert.True(route.Length > 2);
        Assert.DoesNotContain(Pieces(route), piece => nodes[1].Bounds.IsCrossedBy(piece.From, piece.To));
    }

    [Fact]
    public void A_loop_back_does_not_run_over_the_way_there()
    {
        var routes = Route([Box("a", 0, 0), Box("b", 300, 0)], ("a", "b"), ("b", "a"));

        Assert.Empty(routes["a>b"].Intersect(routes["b>a"]));
    }

    [Fact]
    public void A_step_may_lead_to_itself()
    {
        var node = Box("a", 0, 0);

        var route = Route([node], ("a", "a"))["a>a"];

        Assert.True(node.Bounds.HasOnBorder(route[0]) && node.Bounds.HasOnBorder(route[^1]));
    }

    [Fact]
    public void Nodes_on_top_of_each_other_still_get_a_line()
    {
        var routes = Route([Box("a", 0, 0), Box("b", 10, 5)], ("a", "b"));

        Assert.True(routes["a>b"].Length >= 2);
    }

    [Fact]
    public void Any_nodes_with_room_between_them_get_level_lines_from_border_to_border_that_cross_no_node()
    {
        // A node in each of some cells of a raster, moved about in its cell so that a lane stays free.
        var cells = Gen.Choose(0, 35).Select(cell => cell).ListOf(8).Select(list => list.Distinct().ToList()).Where(list => list.Count >= 2);
        var worlds = from taken in cells
                     from moves in Gen.Choose(0, 40).ListOf(taken.Count * 2)
                     from ends in Gen.Choose(0, taken.Count - 1).ListOf(12)
                     select (Nodes: taken.Select((cell, i) => Box($"n{i}", ((cell % 6) * 260) + moves[i], ((cell / 6) * 150) + moves[^(i + 1)])).ToArray(),
                         Edges: ends.Chunk(2).Select(pair => ($"n{pair[0]}", $"n{pair[1]}")).Distinct().ToArray());

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(60), Prop.ForAll(worlds.ToArbitrary(), world =>
        {
            var routes = Route(world.Nodes, world.Edges);
            return world.Edges.All(edge => IsGood(routes[$"{edge.Item1}>{edge.Item2}"], edge, world.Nodes));
        }));
    }

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public void In_every_shipped_flow_no_line_crosses_a_node_and_no_two_nodes_touch(string culture)
    {
        foreach (var definition in ShippedBundle.Read(1).Definitions)
        {
            var drawing = Pictures.In(culture, () => FlowDrawer.Draw(definition, Pictures.Words));
            var nodes = drawing.Nodes.Select(node => new RoutedNode(node.Id, node.Bounds, node.Kind.Shape)).ToArray();

            Assert.All(drawing.Edges, edge => Assert.True(IsGood(edge.Points, (edge.Source, edge.Target), nodes), $"{definition.DefinitionId}: {edge.Source} → {edge.Target}"));
            Assert.DoesNotContain(nodes, node => nodes.Any(other => other != node && other.Bounds.Inflate(8).Overlaps(node.Bounds)));
        }
    }

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public void In_every_shipped_flow_labels_cover_neither_nodes_nor_each_other(string culture)
    {
        foreach (var definition in ShippedBundle.Read(1).Definitions)
        {
            var drawing = Pictures.In(culture, () => FlowDrawer.Draw(definition, Pictures.Words));
            var labels = drawing.Edges.Select(edge => edge.Label).OfType<DrawnLabel>().ToList();

            Assert.All(labels, label => Assert.DoesNotContain(drawing.Nodes, node => node.Bounds.Overlaps(label.Bounds)));
            Assert.All(labels, label => Assert.DoesNotContain(labels, other => other != label && other.Bounds.Overlaps(label.Bounds)));
        }
    }

    private static bool IsGood(ImmutableArray<CanvasPoint> route, (string From, string To) edge, RoutedNode[] nodes) =>
        nodes.Single(node => node.Id == edge.From).Bounds.HasOnBorder(route[0])
        && nodes.Single(node => node.Id == edge.To).Bounds.HasOnBorder(route[^1])
        && Pieces(route).All(piece => (piece.From.X == piece.To.X || piece.From.Y == piece.To.Y)
            && !nodes.Any(node => node.Bounds.IsCrossedBy(piece.From, piece.To)));

    private static IEnumerable<(CanvasPoint From, CanvasPoint To)> Pieces(ImmutableArray<CanvasPoint> route) => route.Zip(route.Skip(1));

    private static RoutedNode Box(string id, double x, double y) => new(id, new Rect(x, y, 160, 60), StepShape.Step);

    private static IReadOnlyDictionary<string, ImmutableArray<CanvasPoint>> Route(RoutedNode[] nodes, params (string From, string To)[] edges) =>
        EdgeRouter.Route(nodes, [.. edges.Select(edge => new RouteRequest($"{edge.From}>{edge.To}", edge.From, edge.To))], []);
}
