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
            return Build(definition, words);
        }

        var byLanguage = Drawn.GetOrCreateValue(definition);
        lock (byLanguage)
        {
            var language = CultureInfo.CurrentUICulture.Name;
            return byLanguage.TryGetValue(language, out var drawing) ? drawing : byLanguage[language] = Build(definition, words);
        }
    }

    private static FlowDrawing Build(WorkflowDefinition definition, StepWords words)
    {
        var (activities, connections) = Content(definition.Root);
        var ids = activities.ToDictionary(node => node.Id, StringComparer.Ordinal);
        var nodes = Nodes(activities, connections, definition.Root.Start, words);
        var lines = connections.Where(connection => ids.ContainsKey(connection.Source) && ids.ContainsKey(connection.Target))
            .GroupBy(connection => (connection.Source, connection.Target))
            .Select(group => (Key: $"{group.Key.Source}>{group.Key.Target}", group.Key.Source, group.Key.Target, Ports: group.Select(connection => connection.SourcePort).Distinct().ToImmutableArray()))
            .ToList();

        var captions = nodes.Select(node => node.Caption).OfType<Rect>().ToList();
        var routes = EdgeRouter.Route(
            [.. nodes.Select(node => new RoutedNode(node.Id, node.Bounds, node.Kind.Shape))],
            [.. lines.Select(line => new RouteRequest(line.Key, line.Source, line.Target))], captions);
        var labels = LabelPlacer.Place(
            routes,
            lines.ToDictionary(line => line.Key, line => LabelOf(line.Source, line.Ports)),
            [.. nodes.Select(node => node.Bounds.Inflate(2)), .. captions, .. nodes.Where(node => node.Kind.Shape == StepShape.Task).Select(BadgeOf)]);

        ImmutableArray<DrawnEdge> edges = [.. lines.Select(line => new DrawnEdge(line.Source, line.Target, line.Ports, routes[line.Key], labels.GetValueOrDefault(line.Key)))];
        return new FlowDrawing([.. nodes], edges, BoundsOf(nodes, edges));

        string LabelOf(string source, ImmutableArray<string> ports) =>
            ports.Length > 1 && lines.Count(line => line.Source == source) == 1
                ? ""
                : string.Join('\n', ports.Select(port => words.Outcome(ids[source], port)).Where(label => label.Length > 0).Distinct());
    }

    // A sequence is a flowchart without branches; any other activity alone is one step.
    private static (List<ActivityNode> Activities, List<Connection> Connections) Content(ActivityNode root)
    {
        if (root.Activities.IsEmpty)
        {
            return root.Type == "Elsa.Flowchart" ? ([], []) : ([root], []);
        }

        var activities = root.Activities.DistinctBy(node => node.Id, StringComparer.Ordinal).ToList();
        return root.Connections.IsEmpty && root.Type != "Elsa.Flowchart"
            ? (activities, [.. activities.Zip(activities.Skip(1), (from, to) => new Connection(from.Id, "Done", to.Id))])
            : (activities, [.. root.Connections]);
    }

    private static List<DrawnNode> Nodes(List<ActivityNode> activities, List<Connection> connections, string? start, StepWords words)
    {
        var placed = activities.ConvertAll(node => NodeDrawer.Draw(node, CenterOf(node), words));
        var isPlaced = activities.Any(node => node.Position != default) && !placed.Exists(node => placed.Exists(other => other != node && other.Bounds.Inflate(8).Overlaps(node.Bounds)));
        if (isPlaced || activities.Count < 2)
        {
            return placed;
        }

        var centers = LayeredLayout.Place(
            [.. activities.OrderByDescending(node => node.Id == start).ThenByDescending(node => node.Type == "Elsa.Start").ThenByDescending(node => node.CanStartWorkflow).Select(node => node.Id)],
            [.. connections.Select(connection => (connection.Source, connection.Target))]);
        return activities.ConvertAll(node => NodeDrawer.Draw(node, centers[node.Id], words));
    }

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
