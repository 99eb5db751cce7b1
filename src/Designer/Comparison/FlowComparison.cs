using System.Text.Json;
using System.Text.Json.Nodes;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Drafts;

namespace GridFlow.Designer.Comparison;

/// <summary>One difference between two versions of a workflow.</summary>
/// <param name="Mark">What became of it.</param>
/// <param name="Node">The step it is about; null for the workflow itself, or for a line.</param>
/// <param name="Line">The line it is about, or null.</param>
/// <param name="Field">Which of its values changed; empty for the step or line as a whole.</param>
/// <param name="Before">The value before, as JSON; null where there was none.</param>
/// <param name="After">The value after.</param>
public sealed record FlowDifference(NodeMark Mark, ActivityNode? Node, Connection? Line, string Field, string? Before, string? After);

/// <summary>Two versions of a workflow laid over each other: one drawing with marks, and the differences one by one.</summary>
public sealed class FlowComparison
{
    // Where a step stands, and what tools keep for themselves.
    private static readonly HashSet<string> Unseen = ["at", "size", "nodeId", "activities", "connections", "version", "metadata", "isLatest", "isPublished", "toolVersion", "createdAt"];

    private FlowComparison(WorkflowDefinition drawing, IReadOnlyDictionary<string, NodeMark> marks, IReadOnlyList<FlowDifference> differences)
    {
        Drawing = drawing;
        Marks = marks;
        Differences = differences;
    }

    /// <summary>The later version, with what was removed still in it.</summary>
    public WorkflowDefinition Drawing { get; }

    /// <summary>What became of steps, by id, and of lines, by <c>source>target</c>.</summary>
    public IReadOnlyDictionary<string, NodeMark> Marks { get; }

    /// <summary>The differences, those of one step together. Moved steps are none.</summary>
    public IReadOnlyList<FlowDifference> Differences { get; }

    /// <summary>Compares two versions; null for a workflow that is new, or gone.</summary>
    public static FlowComparison Between(WorkflowDefinition? before, WorkflowDefinition? after)
    {
        var drawing = before is null || after is null ? after ?? before ?? throw new ArgumentNullException(nameof(after)) : Union(before, after);
        if (before is null || after is null)
        {
            var mark = before is null ? NodeMark.Added : NodeMark.Removed;
            return new(drawing, drawing.Root.Activities.ToDictionary(node => node.Id, _ => mark, StringComparer.Ordinal), [new(mark, null, null, "", null, null)]);
        }

        var nodes = before.AllActivities().Concat(after.AllActivities()).GroupBy(node => node.Id, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Last(), StringComparer.Ordinal);
        var differences = FlowChanges.Between(before, after).Select(change => Difference(change, nodes)).OfType<FlowDifference>().ToList();
        var whole = differences.Where(difference => difference is { Node: not null, Field: "" }).Select(difference => difference.Node!.Id).ToHashSet(StringComparer.Ordinal);
        differences = [.. differences.Where(difference => difference.Node is null || difference.Field.Length == 0 || !whole.Contains(difference.Node.Id))
            .OrderBy(difference => difference.Line is not null).ThenBy(difference => difference.Node?.Id ?? "", StringComparer.Ordinal).ThenBy(difference => difference.Field, StringComparer.Ordinal)];
        return new(drawing, MarksOf(differences), differences);
    }

    private static Dictionary<string, NodeMark> MarksOf(List<FlowDifference> differences)
    {
        var marks = new Dictionary<string, NodeMark>(StringComparer.Ordinal);
        foreach (var difference in differences)
        {
            if (difference.Line is { } line)
            {
                marks[$"{line.Source}>{line.Target}"] = difference.Mark;
            }
            else if (difference.Node is { } node)
            {
                marks[node.Id] = difference.Field.Length == 0 ? difference.Mark : NodeMark.Changed;
            }
        }

        return marks;
    }

    private static FlowDifference? Difference(CellChange change, Dictionary<string, ActivityNode> nodes)
    {
        var mark = change.Before is null ? NodeMark.Added : change.After is null ? NodeMark.Removed : NodeMark.Changed;
        switch (CellPath.Split(change.Path))
        {
            case [_, _, "nodes", var key]:
                var id = (string?)JsonNode.Parse(change.After ?? change.Before!)!["id"];
                return new(mark, nodes.GetValueOrDefault(id ?? key), null, "", change.Before, change.After);
            case [_, _, "nodes", var key, .. var field] when !Unseen.Contains(field[0]) || field is ["metadata", "displayText" or "displayTextEn"]:
                return nodes.TryGetValue(key, out var node) ? new(mark, node, null, field[^1], change.Before, change.After) : null;
            case [_, _, "links", ..]:
                return new(mark, null, ReadLine(change.After ?? change.Before!), "", null, null);
            case [_, _, "nodes", ..]:
                return null;
            case [_, _, var field] when !Unseen.Contains(field):
                return new(NodeMark.Changed, null, null, field, change.Before, change.After);
            default:
                return null;
        }
    }

    private static Connection ReadLine(string json)
    {
        var line = JsonNode.Parse(json)!;
        return new Connection((string)line["source"]!["activity"]!, (string?)line["source"]!["port"] ?? "Done", (string)line["target"]!["activity"]!, (string?)line["target"]!["port"] ?? "In");
    }

    private static WorkflowDefinition Union(WorkflowDefinition before, WorkflowDefinition after)
    {
        var now = after.AllActivities().Select(node => node.Id).ToHashSet(StringComparer.Ordinal);
        var gone = before.Root.Activities.Where(node => !now.Contains(node.Id)).ToList();
        var drawn = after.Root.Activities.Concat(gone).Select(node => node.Id).ToHashSet(StringComparer.Ordinal);
        var lines = before.Root.Connections.Where(line => drawn.Contains(line.Source) && drawn.Contains(line.Target) && !after.Root.Connections.Any(other => IsSame(line, other)));
        return after with { Root = after.Root with { Activities = [.. after.Root.Activities, .. gone], Connections = [.. after.Root.Connections, .. lines] } };
    }

    private static bool IsSame(Connection a, Connection b) => (a.Source, a.SourcePort, a.Target, a.TargetPort) == (b.Source, b.SourcePort, b.Target, b.TargetPort);

    /// <summary>A value as a person would read it: what stands in an input, the text of a text; null where it is too much to show.</summary>
    public static string? Readable(string? json)
    {
        const int longest = 80;
        if (json is null)
        {
            return "";
        }

        using var document = JsonDocument.Parse(json);
        var value = document.RootElement;
        while (value.ValueKind == JsonValueKind.Object && (value.TryGetProperty("expression", out var inner) || value.TryGetProperty("value", out inner)))
        {
            value = inner;
        }

        if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty("zh", out _))
        {
            value = JsonSerializer.SerializeToElement(value.Deserialize<LocalizedText>(BundleJson.Options)!.ToString());
        }

        var text = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Array when value.EnumerateArray().All(item => item.ValueKind is JsonValueKind.String or JsonValueKind.Number) => string.Join(", ", value.EnumerateArray()),
            JsonValueKind.Object or JsonValueKind.Array => null,
            JsonValueKind.Null => "",
            _ => value.GetRawText(),
        };
        return text is { Length: > longest } ? text[..longest] + "…" : text;
    }
}
