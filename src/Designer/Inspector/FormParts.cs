using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using GridFlow.Workflows.Activities.Cases;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Expressions.Conditions;

namespace GridFlow.Designer.Inspector;

/// <summary>
/// Edits the outcomes and the fields of a form as the definition holds them, entry by entry, so that what an entry holds beyond
/// what we know stays with it.
/// </summary>
public static class FormParts
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };
    private static readonly string[] OfOutcome = ["name", "label", "needsComment", "isReturn", "reports"];
    private static readonly string[] OfField = ["name", "label", "hint", "kind", "required", "options", "for", "fills"];

    /// <summary>The outcomes of a step, those of its type where the definition gives none; null where they have the wrong form.</summary>
    public static ImmutableArray<WorkItemOutcome>? OutcomesOf(ActivityNode node)
    {
        try
        {
            return WorkItemForm.Of(node).Outcomes;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The fields of a step; null where they have the wrong form.</summary>
    public static ImmutableArray<FormField>? FieldsOf(ActivityNode node)
    {
        try
        {
            return WorkItemForm.Of(node).Fields;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The step with other outcomes.</summary>
    /// <param name="node">The step.</param>
    /// <param name="outcomes">The outcomes, each with the index of the one it was before, or -1.</param>
    public static ActivityNode WithOutcomes(ActivityNode node, IEnumerable<(WorkItemOutcome Outcome, int Before)> outcomes) =>
        With(node, "outcomes", outcomes.Select(entry => (Json(entry.Outcome), entry.Before)), OfOutcome);

    /// <summary>The step with other fields.</summary>
    /// <param name="node">The step.</param>
    /// <param name="fields">The fields, each with the index of the one it was before, or -1.</param>
    public static ActivityNode WithFields(ActivityNode node, IEnumerable<(FormField Field, int Before)> fields) =>
        With(node, "fields", fields.Select(entry => (Json(entry.Field), entry.Before)), OfField);

    /// <summary>The workflow in which an outcome of a step has another name: its connections and its fields follow.</summary>
    public static WorkflowDefinition RenameOutcome(this WorkflowDefinition definition, string id, string from, string to)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return definition.Change(id, node =>
        {
            if (OutcomesOf(node) is not { } outcomes || FieldsOf(node) is not { } fields)
            {
                return node;
            }

            var renamed = WithOutcomes(node, outcomes.Select((outcome, index) => (outcome.Name == from ? outcome with { Name = to } : outcome, index)));
            return fields.Any(field => field.For.Contains(from))
                ? WithFields(renamed, fields.Select((field, index) => (field with { For = [.. field.For.Select(name => name == from ? to : name)] }, index)))
                : renamed;
        }).MovePort(id, from, to).ChangeConditions(row => row.Subject is { Source: ConditionSource.Output, Field: "outcome" } subject && subject.Name == id
            ? row with { Value = Renamed(row.Value, from, to) }
            : row);
    }

    /// <summary>The workflow in which a field of a step has another name: conditions that ask for its answer follow.</summary>
    public static WorkflowDefinition RenameField(this WorkflowDefinition definition, string id, string from, string to)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return definition.Change(id, node => FieldsOf(node) is { } fields
            ? WithFields(node, fields.Select((field, index) => (field.Name == from ? field with { Name = to } : field, index)))
            : node).ChangeConditions(row => row.Subject is { Source: ConditionSource.Output } subject && subject.Name == id && subject.Field == from
            ? row with { Subject = subject with { Field = to } }
            : row);
    }

    /// <summary>The workflow in which a step has no such outcome any more, nor connections from it.</summary>
    public static WorkflowDefinition RemoveOutcome(this WorkflowDefinition definition, string id, string name)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return definition.Change(id, node =>
        {
            if (OutcomesOf(node) is not { } outcomes || FieldsOf(node) is not { } fields)
            {
                return node;
            }

            var kept = outcomes.Select((outcome, index) => (outcome, index)).Where(entry => entry.outcome.Name != name);
            var without = WithOutcomes(node, kept);
            // A field of this outcome alone goes with it: belonging to none would make it one of all.
            return fields.Any(field => field.For.Contains(name))
                ? WithFields(without, fields.Select((field, index) => (field, index)).Where(entry => entry.field.For is not [var only] || only != name)
                    .Select(entry => (entry.field with { For = entry.field.For.Remove(name) }, entry.index)))
                : without;
        }).ClearPort(id, name);
    }

    private static ConditionOperand? Renamed(ConditionOperand? value, string from, string to) => value switch
    {
        ConditionLiteral { Value: string text } when text == from => new ConditionLiteral(to),
        ConditionList list => new ConditionList([.. list.Values.Select(item => item is string text && text == from ? to : item)]),
        _ => value,
    };

    private static ActivityNode With(ActivityNode node, string name, IEnumerable<(JsonObject Entry, int Before)> entries, string[] known)
    {
        ArgumentNullException.ThrowIfNull(node);
        var input = node.Inputs.GetValueOrDefault(name);
        var before = InputValues.JsonOf(input) as JsonArray ?? [];
        var after = new JsonArray();
        foreach (var (entry, index) in entries)
        {
            var kept = index >= 0 && index < before.Count && before[index] is JsonObject old ? old.DeepClone().AsObject() : [];
            foreach (var property in kept.Select(property => property.Key).Where(key => known.Contains(key, StringComparer.OrdinalIgnoreCase)).ToList())
            {
                kept.Remove(property);
            }

            foreach (var (key, value) in entry)
            {
                kept[key] = value?.DeepClone();
            }

            after.Add((JsonNode)kept);
        }

        return node.With(name, InputValues.Plain(input, after));
    }

    private static JsonObject Json(WorkItemOutcome outcome)
    {
        var json = new JsonObject { ["name"] = outcome.Name };
        AddText(json, "label", outcome.Label);
        AddFlag(json, "needsComment", outcome.NeedsComment);
        AddFlag(json, "isReturn", outcome.IsReturn);
        AddFlag(json, "reports", outcome.Reports);
        return json;
    }

    private static JsonObject Json(FormField field)
    {
        var json = new JsonObject { ["name"] = field.Name, ["kind"] = field.Kind.ToString() };
        AddText(json, "label", field.Label);
        AddText(json, "hint", field.Hint);
        AddFlag(json, "required", field.Required);
        AddList(json, "options", field.Options.Select(JsonNode? (option) => JsonSerializer.SerializeToNode(option, Options)));
        AddList(json, "for", field.For.Select(JsonNode? (outcome) => outcome));
        if (field.Fills is { Length: > 0 } fact)
        {
            json["fills"] = fact;
        }

        return json;
    }

    private static void AddText(JsonObject json, string name, LocalizedText text)
    {
        if (text is not { Zh.Length: 0, En.Length: 0 })
        {
            json[name] = InputValues.ToJson(text);
        }
    }

    private static void AddFlag(JsonObject json, string name, bool flag)
    {
        if (flag)
        {
            json[name] = true;
        }
    }

    private static void AddList(JsonObject json, string name, IEnumerable<JsonNode?> items)
    {
        if (items.ToArray() is { Length: > 0 } all)
        {
            json[name] = new JsonArray(all);
        }
    }
}
