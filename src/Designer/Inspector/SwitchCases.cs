using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using GridFlow.Workflows.Definitions;

namespace GridFlow.Designer.Inspector;

/// <summary>One case of a switch.</summary>
/// <param name="Label">Its name; a port, where the switch stands in a flowchart.</param>
/// <param name="Condition">When it is taken.</param>
/// <param name="Before">Its index before the edit; -1 for a new one.</param>
public sealed record SwitchCase(string Label, ActivityInput Condition, int Before);

/// <summary>Reads and edits the cases of a switch; whatever else a case holds goes with it, the step inside it too.</summary>
public static class SwitchCases
{
    private const string Input = "cases";

    /// <summary>The cases; one without a readable condition has an empty expression.</summary>
    public static ImmutableArray<SwitchCase> Of(ActivityNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        return InputValues.JsonOf(node.Inputs.GetValueOrDefault(Input)) is JsonArray cases
            ? [.. cases.Select((item, index) => Read(JsonSerializer.SerializeToElement(item), index))]
            : [];
    }

    /// <summary>The workflow in which a switch has these cases: connections follow a case that is renamed, and go with one that is removed.</summary>
    public static WorkflowDefinition Change(WorkflowDefinition definition, string id, ImmutableArray<SwitchCase> cases)
    {
        ArgumentNullException.ThrowIfNull(definition);
        if (definition.FindActivity(id) is not { } node)
        {
            return definition;
        }

        var before = Of(node);
        var changed = definition.Change(id, current => With(current, cases));
        foreach (var removed in before.Where(old => cases.All(now => now.Before != old.Before) && cases.All(now => now.Label != old.Label)))
        {
            changed = changed.ClearPort(id, removed.Label);
        }

        // Two cases that swap names must not take each other's connections: all leave by a name of nobody first.
        var renamed = cases.Where(now => now.Before >= 0 && now.Before < before.Length && before[now.Before].Label != now.Label).ToList();
        changed = renamed.Aggregate(changed, (flow, now) => flow.MovePort(id, before[now.Before].Label, Between(now)));
        return renamed.Aggregate(changed, (flow, now) => flow.MovePort(id, Between(now), now.Label));

        static string Between(SwitchCase now) => string.Create(CultureInfo.InvariantCulture, $"\0{now.Before}");
    }

    private static ActivityNode With(ActivityNode node, ImmutableArray<SwitchCase> cases)
    {
        var input = node.Inputs.GetValueOrDefault(Input);
        var old = InputValues.JsonOf(input) as JsonArray ?? [];
        var json = new JsonArray();
        foreach (var item in cases)
        {
            var entry = item.Before >= 0 && item.Before < old.Count && old[item.Before] is JsonObject kept ? kept.DeepClone().AsObject() : [];
            entry["label"] = item.Label;
            var condition = entry["condition"] as JsonObject ?? [];
            condition["type"] = item.Condition.ExpressionType;
            condition["value"] = item.Condition.Value.ValueKind == JsonValueKind.Undefined ? null : JsonNode.Parse(item.Condition.Value.GetRawText());
            if (condition.Parent is null)
            {
                entry["condition"] = condition;
            }

            json.Add((JsonNode)entry);
        }

        return node.With(Input, InputValues.Plain(input, json)) with { Activities = Moved(node.Activities, cases) };
    }

    // The step inside a case stands in a slot named by the case's index.
    private static ImmutableArray<ActivityNode> Moved(ImmutableArray<ActivityNode> activities, ImmutableArray<SwitchCase> cases)
    {
        var moved = ImmutableArray.CreateBuilder<ActivityNode>();
        foreach (var child in activities)
        {
            var way = child.Slot.Split('/');
            if (way.Length < 3 || way[0] != Input || !int.TryParse(way[1], CultureInfo.InvariantCulture, out var index))
            {
                moved.Add(child);
                continue;
            }

            var now = -1;
            for (var at = 0; at < cases.Length; at++)
            {
                now = cases[at].Before == index ? at : now;
            }

            if (now >= 0)
            {
                moved.Add(child with { Slot = string.Create(CultureInfo.InvariantCulture, $"{Input}/{now}/{way[2]}") });
            }
        }

        return moved.ToImmutable();
    }

    private static SwitchCase Read(JsonElement item, int index)
    {
        var label = InputValues.Property(item, "label") ?? "";
        return item.ValueKind == JsonValueKind.Object && item.TryGetProperty("condition", out var condition) && InputValues.Property(condition, "type") is { } type && condition.TryGetProperty("value", out var value)
            ? new SwitchCase(label, new ActivityInput("Boolean", type, value), index)
            : new SwitchCase(label, InputValues.Expression("Boolean", ""), index);
    }
}
