using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using GridFlow.Workflows.Definitions;

namespace GridFlow.Designer.Canvas;

/// <summary>Lays out a definition where its author placed the steps, in the reader's language.</summary>
public static class FlowDrawer
{
    private const double Margin = 18;
    private static readonly ConditionalWeakTable<WorkflowDefinition, Dictionary<string, FlowDrawing>> Drawn = [];

    /// <summary>The drawing of a definition; worked out once for each language, unless it names units of the host.</summary>
    public static FlowDrawing Draw(WorkflowDefinition definition, StepWords words)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(words);
        if (StepWords.UnitsIn(definition).Any())
        {
            return Build(definition.Root, words, null);
        }

        var byLanguage = Drawn.GetOrCreateValue(definition);
        lock (byLanguage)
        {
            var language = CultureInfo.CurrentUICulture.Name;
            return byLanguage.TryGetValue(language, out var drawing) ? drawing : byLanguage[language] = Build(definition.Root, words, null);
        }
    }

    /// <summary>The drawing of what one activity holds. What has not changed since it was drawn before keeps its lines, which makes a large one quick to draw again.</summary>
    public static FlowDrawing Draw(ActivityNode container, StepWords words, FlowDrawing? before)
    {
        ArgumentNullException.ThrowIfNull(container);
        ArgumentNullException.ThrowIfNull(words);
        return Build(container, words, before);
    }

    /// <summary>Whether what a container holds is drawn where its author placed it; else it is laid out.</summary>
    public static bool IsPlaced(ActivityNode container, FlowDrawing drawing)
    {
        ArgumentNullException.ThrowIfNull(container);
        ArgumentNullException.ThrowIfNull(drawing);
        var centers = container.Activities.DistinctBy(node => node.Id).ToDictionary(node => node.Id, CenterOf, StringComparer.Ordinal);
        return drawing.Nodes.All(node => centers.TryGetValue(node.Id, out var center) && Math.Abs(center.X - node.Bounds.Center.X) < 1 && Math.Abs(center.Y - node.Bounds.Center.Y) < 1);
    }

    /// <summary>Where the steps of a container stand when they are laid out anew.</summary>
    public static IReadOnlyDictionary<string, CanvasPoint> LayOut(ActivityNode container)
    {
        ArgumentNullException.ThrowIfNull(container);
        var (activities, connections) = Content(container);
        return LayOut(activities, connections, container.Start);
    }

    private static FlowDrawing Build(ActivityNode root, StepWords words, FlowDrawing? before)
    {
        var (activities, connections) = Content(root);
        var ids = activities.ToDictionary(node => node.Id, StringComparer.Ordinal);
        var nodes = Nodes(activities, connections, root, words);
        var lines = connections.Where(connection => ids.ContainsKey(connection.Source) && ids.ContainsKey(connection.Target))
            .GroupBy(connection => (connection.Source, connection.Target))
            .Select(group => (Key: $"{group.Key.Source}>{group.Key.Target}", group.Key.Source, group.Key.Target, Ports: group.Select(connection => connection.SourcePort).Distinct().ToImmutableArray()))
            .ToList();

        var captions = nodes.Select(node => node.Caption).OfType<Rect>().ToList();
        var kept = before is null ? [] : Kept(before, nodes);
        var routes = EdgeRouter.Route(
            [.. nodes.Select(node => new RoutedNode(node.Id, node.Bounds, node.Kind.Shape))],
            [.. lines.Select(line => new RouteRequest(line.Key, line.Source, line.Target))], captions,
            kept.ToDictionary(edge => edge.Key, edge => edge.Value.Points));
        var texts = lines.ToDictionary(line => line.Key, line => LabelOf(line.Source, line.Ports));
        var standing = lines.Where(line => kept.TryGetValue(line.Key, out var edge) && edge.Label is not null && edge.LabelText == texts[line.Key])
            .ToDictionary(line => line.Key, line => kept[line.Key].Label!);
        var labels = LabelPlacer.Place(
            routes,
            texts.Where(text => !standing.ContainsKey(text.Key)).ToDictionary(),
            [.. nodes.Select(node => node.Bounds.Inflate(2)), .. captions, .. nodes.Where(node => node.Kind.Shape == StepShape.Task).Select(BadgeOf), .. standing.Values.Select(label => label.Bounds)]);

        ImmutableArray<DrawnEdge> edges =
        [
            .. lines.Select(line => new DrawnEdge(line.Source, line.Target, line.Ports, routes[line.Key], standing.GetValueOrDefault(line.Key) ?? labels.GetValueOrDefault(line.Key)) { LabelText = texts[line.Key] }),
        ];
        return new FlowDrawing([.. nodes], edges, BoundsOf(nodes, edges));

        string LabelOf(string source, ImmutableArray<string> ports) =>
            ports.Length > 1 && lines.Count(line => line.Source == source) == 1
                ? ""
                : string.Join('\n', ports.Select(port => words.Outcome(ids[source], port)).Where(label => label.Length > 0).Distinct());
    }

    // Lines between steps that stand where they stood, and that nothing was put upon.
    private static Dictionary<string, DrawnEdge> Kept(FlowDrawing before, List<DrawnNode> nodes)
    {
        var was = before.Nodes.ToDictionary(node => node.Id, StringComparer.Ordinal);
        var isSame = nodes.Where(node => was.TryGetValue(node.Id, out var old) && old.Bounds == node.Bounds && old.Kind == node.Kind).Select(node => node.Id).ToHashSet(StringComparer.Ordinal);
        var news = nodes.Where(node => !isSame.Contains(node.Id)).Select(node => node.Bounds.Inflate(RoutingGrid.Clearance)).ToList();
        return before.Edges.Where(edge => isSame.Contains(edge.Source) && isSame.Contains(edge.Target)
                && !news.Exists(rect => edge.Points.Zip(edge.Points.Skip(1)).Any(piece => rect.IsCrossedBy(piece.First, piece.Second)) || (edge.Label is { } label && label.Bounds.Overlaps(rect))))
            .ToDictionary(edge => $"{edge.Source}>{edge.Target}", StringComparer.Ordinal);
    }

    // A sequence is a flowchart without branches; any other activity alone is one step, and the branches of others stand apart.
    private static (List<ActivityNode> Activities, List<Connection> Connections) Content(ActivityNode root)
    {
        if (root.Activities.IsEmpty)
        {
            return root.Type == "Elsa.Flowchart" ? ([], []) : ([root], []);
        }

        var activities = root.Activities.DistinctBy(node => node.Id, StringComparer.Ordinal).ToList();
        return root.Connections.IsEmpty && root.Type == "Elsa.Sequence"
            ? (activities, [.. activities.Zip(activities.Skip(1), (from, to) => new Connection(from.Id, "Done", to.Id))])
            : (activities, [.. root.Connections]);
    }

    private static List<DrawnNode> Nodes(List<ActivityNode> activities, List<Connection> connections, ActivityNode container, StepWords words)
    {
        var placed = activities.ConvertAll(node => NodeDrawer.Draw(node, CenterOf(node), words));
        if (activities.Count < 2 || (container.Type == "Elsa.Flowchart" && activities.Exists(node => node.Position != default) && !IsHeap(placed)))
        {
            return placed;
        }

        var centers = LayOut(activities, connections, container.Start);
        return activities.ConvertAll(node => NodeDrawer.Draw(node, centers[node.Id], words));
    }

    // Steps nobody placed lie in a heap. One that was pushed against its neighbour is no reason to move all the others.
    private static bool IsHeap(List<DrawnNode> placed)
    {
        var touching = 0;
        for (var i = 0; i < placed.Count; i++)
        {
            var room = placed[i].Bounds.Inflate(8);
            for (var j = i + 1; j < placed.Count; j++)
            {
                touching += room.Overlaps(placed[j].Bounds) ? 1 : 0;
            }
        }

        return touching * 4 >= placed.Count;
    }

    private static IReadOnlyDictionary<string, CanvasPoint> LayOut(List<ActivityNode> activities, List<Connection> connections, string? start) => LayeredLayout.Place(
        [.. activities.OrderByDescending(node => node.Id == start).ThenByDescending(node => node.Type == "Elsa.Start").ThenByDescending(node => node.CanStartWorkflow).Select(node => node.Id)],
        [.. connections.Select(connection => (connection.Source, connection.Target))]);

    private static CanvasPoint CenterOf(ActivityNode node)
    {
        var (width, height) = node.Size is { Width: > 0, Height: > 0 } size ? (size.Width, size.Height) : (NodeDrawer.Width, NodeDrawer.UsualHeight);
        return new CanvasPoint(node.Position.X + (width / 2), node.Position.Y + (height / 2));
    }

    // Where the number of cases is shown, whether or not there are any now: a picture should not change its shape with them.
    private static Rect BadgeOf(DrawnNode node) => new(node.Bounds.Right - NodeDrawer.BadgeRoom + 8, node.Bounds.Y - 12, NodeDrawer.BadgeRoom, 22);

    private static Rect BoundsOf(List<DrawnNode> nodes, ImmutableArray<DrawnEdge> edges)
    {
        var all = nodes.Select(node => node.Kind.Shape == StepShape.Task ? node.Bounds.Union(BadgeOf(node)) : node.Bounds)
            .Concat(nodes.Select(node => node.Caption).OfType<Rect>())
            .Concat(edges.Select(edge => edge.Label?.Bounds).OfType<Rect>())
            .Concat(edges.SelectMany(edge => edge.Points).Select(point => new Rect(point.X, point.Y, 0, 0))).ToList();
        return all.Count == 0 ? new Rect(0, 0, NodeDrawer.Width, NodeDrawer.UsualHeight) : all.Aggregate((a, b) => a.Union(b)).Inflate(Margin);
    }
}
