using System.Collections.Immutable;
using GridFlow.Workflows.Definitions;

namespace GridFlow.Designer.Canvas;

/// <summary>
/// Finds ways for the lines of a drawing: horizontal and vertical pieces, few corners and crossings, round the nodes and never
/// through them. Always the same answer for the same nodes.
/// </summary>
public static class EdgeRouter
{
    private const double Bend = 26;
    private const double Crossing = 34;
    private const double AgainstTheSwitch = 600;
    private const int Passes = 3;
    private static readonly Side[] Directions = [Side.Right, Side.Bottom, Side.Left, Side.Top];

    private sealed record Routed(ImmutableArray<CanvasPoint> Points, IReadOnlyList<int> Vertices, Port From, Port To);

    /// <summary>The points of each line, by its key, from border to border.</summary>
    /// <param name="nodes">The nodes; at their best a good 30 units apart.</param>
    /// <param name="requests">The lines; an end that is no node is left out of the answer.</param>
    /// <param name="obstacles">What else lines must not cross.</param>
    /// <param name="kept">Lines that stay as they are, by their keys; the others go round them.</param>
    public static IReadOnlyDictionary<string, ImmutableArray<CanvasPoint>> Route(
        IReadOnlyCollection<RoutedNode> nodes, IReadOnlyCollection<RouteRequest> requests, IReadOnlyCollection<Rect> obstacles,
        IReadOnlyDictionary<string, ImmutableArray<CanvasPoint>>? kept = null)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        ArgumentNullException.ThrowIfNull(requests);
        ArgumentNullException.ThrowIfNull(obstacles);
        var byId = nodes.ToDictionary(node => node.Id, StringComparer.Ordinal);
        var standing = requests.Where(request => kept?.ContainsKey(request.Key) == true).ToDictionary(request => request.Key, request => kept![request.Key], StringComparer.Ordinal);
        var grid = new RoutingGrid(nodes, obstacles, tracks: nodes.Count > 60 ? 1 : 3, [.. standing.Values.SelectMany(points => points)]);
        var routed = new Dictionary<string, Routed>(StringComparer.Ordinal);

        // Short ones first take the straight way; on later passes everyone gives way to what has been drawn since.
        var order = requests.Where(request => byId.ContainsKey(request.Source) && byId.ContainsKey(request.Target))
            .OrderBy(request => Distance(byId[request.Source].Bounds.Center, byId[request.Target].Bounds.Center))
            .ThenBy(request => request.Key, StringComparer.Ordinal).ToList();
        foreach (var request in order.Where(request => standing.ContainsKey(request.Key)))
        {
            var points = standing[request.Key];
            var vertices = grid.VerticesOf(points);
            grid.Take(request, vertices);
            routed[request.Key] = new Routed(points, vertices, new Port(points[0], Side.Right, 0), new Port(points[^1], Side.Left, 0));
        }

        for (var pass = 0; pass < Passes; pass++)
        {
            foreach (var request in order.Where(request => !standing.ContainsKey(request.Key)))
            {
                if (routed.Remove(request.Key, out var before))
                {
                    grid.Release(request, before.Vertices);
                }

                var found = Search(grid, request, byId[request.Source], byId[request.Target], order, routed)
                    ?? Direct(byId[request.Source].Bounds, byId[request.Target].Bounds);
                grid.Take(request, found.Vertices);
                routed[request.Key] = found;
            }
        }

        return routed.ToImmutableDictionary(route => route.Key, route => route.Value.Points);
    }

    private static Routed? Search(
        RoutingGrid grid, RouteRequest request, RoutedNode source, RoutedNode target, List<RouteRequest> order, Dictionary<string, Routed> routed)
    {
        var starts = Ends(grid, source, routed, order, request, leaving: true);
        var goals = Ends(grid, target, routed, order, request, leaving: false).GroupBy(end => (end.Vertex, Opposite(end.Port.Side)))
            .ToDictionary(group => group.Key, group => group.MinBy(end => end.Port.Cost).Port);
        if (goals.Count == 0)
        {
            return null;
        }

        var cost = new Dictionary<(int Vertex, Side Direction), double>();
        var from = new Dictionary<(int Vertex, Side Direction), (int Vertex, Side Direction)>();
        var begun = new Dictionary<(int Vertex, Side Direction), Port>();
        var open = new PriorityQueue<(int Vertex, Side Direction), double>();
        foreach (var (vertex, port) in starts)
        {
            if (!cost.TryGetValue((vertex, port.Side), out var known) || port.Cost < known)
            {
                cost[(vertex, port.Side)] = port.Cost;
                begun[(vertex, port.Side)] = port;
                open.Enqueue((vertex, port.Side), port.Cost);
            }
        }

        (double Cost, (int Vertex, Side Direction) State, Port Port)? best = null;
        var closed = new HashSet<(int Vertex, Side Direction)>();
        while (open.TryDequeue(out var state, out var reached) && (best is null || reached < best.Value.Cost))
        {
            if (!closed.Add(state))
            {
                continue;
            }

            foreach (var direction in Directions)
            {
                // The last piece runs straight into the node, so a turn may happen at the very end.
                if (direction != Opposite(state.Direction) && goals.TryGetValue((state.Vertex, direction), out var port))
                {
                    var total = cost[state] + port.Cost + (direction == state.Direction ? 0 : Bend);
                    if (best is null || total < best.Value.Cost)
                    {
                        best = (total, state, port);
                    }
                }

                if (direction == Opposite(state.Direction) || grid.Step(state.Vertex, direction) is var next && next < 0)
                {
                    continue;
                }

                var through = cost[state] + (direction == state.Direction ? 0 : Bend) + CostOf(grid, request, state.Vertex, next, direction);
                if (!cost.TryGetValue((next, direction), out var known) || through < known)
                {
                    cost[(next, direction)] = through;
                    from[(next, direction)] = state;
                    begun.Remove((next, direction));
                    open.Enqueue((next, direction), through);
                }
            }
        }

        if (best is not { } found)
        {
            return null;
        }

        var vertices = new List<int> { found.State.Vertex };
        var at = found.State;
        while (!begun.ContainsKey(at))
        {
            at = from[at];
            vertices.Add(at.Vertex);
        }

        vertices.Reverse();
        return new Routed(Straighten([begun[at].At, .. vertices.Select(vertex => new CanvasPoint(grid.X(vertex), grid.Y(vertex))), found.Port.At]), vertices, begun[at], found.Port);
    }

    private static double CostOf(RoutingGrid grid, RouteRequest request, int from, int to, Side direction)
    {
        var length = Math.Abs(grid.X(from) - grid.X(to)) + Math.Abs(grid.Y(from) - grid.Y(to));
        var users = grid.UsersOf(from, to);
        var cost = length;
        if (users.Count > 0)
        {
            cost = users.All(user => user.Target == request.Target)
                ? length * 0.55
                : users.All(user => user.Source == request.Source || user.Target == request.Target) ? (length * 3) + 8 : (length * 8) + 40;
        }

        return cost + (grid.IsCrossed(to, direction, request) ? Crossing : 0);
    }

    private static List<(int Vertex, Port Port)> Ends(
        RoutingGrid grid, RoutedNode node, Dictionary<string, Routed> routed, List<RouteRequest> order, RouteRequest request, bool leaving)
    {
        var ends = new List<(int, Port)>();
        foreach (var port in node.Ports())
        {
            var vertex = grid.FindOutward(port.At, port.Side);
            if (vertex >= 0)
            {
                ends.Add((vertex, port with { Cost = port.Cost + SideCost(port.Side, leaving) + (node.Shape == StepShape.Switch && port.Side == Side.Right && !leaving ? AgainstTheSwitch : 0) + Sharing(port) }));
            }
        }

        return ends;

        // Lines that enter together are one stream; lines that leave together, or pass each other at a port, are hard to tell apart.
        double Sharing(Port port)
        {
            var cost = 0d;
            foreach (var other in order.Where(other => other != request && routed.ContainsKey(other.Key)))
            {
                var way = routed[other.Key];
                if (way.From.At == port.At)
                {
                    cost += leaving && other.Source == request.Source ? 60 : 160;
                }

                if (way.To.At == port.At && leaving)
                {
                    cost += 160;
                }
            }

            return cost;
        }
    }

    // Reading goes from left to right.
    private static double SideCost(Side side, bool leaving) => (side, leaving) switch
    {
        (Side.Right, true) or (Side.Left, false) => 0,
        (Side.Left, true) or (Side.Right, false) => 90,
        _ => 22,
    };

    /// <summary>Where nodes lie so close that there is no way round them: the plain way, across whatever is there.</summary>
    private static Routed Direct(Rect source, Rect target)
    {
        var from = new CanvasPoint(source.Right, source.Center.Y);
        var to = new CanvasPoint(target.X, target.Center.Y);
        var middle = (from.X + to.X) / 2;
        return new Routed(
            Straighten([from, new CanvasPoint(middle, from.Y), new CanvasPoint(middle, to.Y), to]), [], new Port(from, Side.Right, 0), new Port(to, Side.Left, 0));
    }

    private static ImmutableArray<CanvasPoint> Straighten(List<CanvasPoint> points)
    {
        var kept = new List<CanvasPoint>();
        foreach (var point in points)
        {
            if (kept.Count > 0 && kept[^1] == point)
            {
                continue;
            }

            if (kept.Count > 1 && ((kept[^2].X == kept[^1].X && kept[^1].X == point.X) || (kept[^2].Y == kept[^1].Y && kept[^1].Y == point.Y)))
            {
                kept[^1] = point;
            }
            else
            {
                kept.Add(point);
            }
        }

        return [.. kept];
    }

    private static Side Opposite(Side side) => (Side)(((int)side + 2) % 4);

    private static double Distance(CanvasPoint a, CanvasPoint b) => Math.Abs(a.X - b.X) + Math.Abs(a.Y - b.Y);
}
