using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using GridFlow.Workflows.Acts;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Engine;

namespace GridFlow.Workflows.Activities.Cases;

/// <summary>What a person sees of a work item: its title, its instructions, its outcomes and its fields, all from the definition.</summary>
public sealed record WorkItemForm(LocalizedText Title, LocalizedText Instructions, ImmutableArray<WorkItemOutcome> Outcomes, ImmutableArray<FormField> Fields)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { RespectNullableAnnotations = true, Converters = { new JsonStringEnumConverter() } };
    private static readonly ConditionalWeakTable<ActivityNode, WorkItemForm> Compiled = [];

    /// <summary>The form of a work item.</summary>
    /// <exception cref="JsonException">Outcomes or fields in the definition have the wrong form; the validator refuses to publish such a definition.</exception>
    public static WorkItemForm Of(WorkflowDefinition definition, WorkItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return Of(definition, item.Kind, item.ActivityId);
    }

    /// <summary>The form of a work item of this kind that this activity opened.</summary>
    public static WorkItemForm Of(WorkflowDefinition definition, WorkItemKind kind, string activityId, bool drivesCase = true)
    {
        ArgumentNullException.ThrowIfNull(definition);
        if (CaseActCatalog.ActOf(activityId) is { } act)
        {
            return act == nameof(Acts.Whistling.Whistle) ? Acts.Whistling.Whistle.FormOf(kind) : CaseActCatalog.Find(act)?.Request ?? new WorkItemForm(LocalizedText.Same(act), LocalizedText.Empty, [], []);
        }

        return kind != WorkItemKind.Incident && definition.FindActivity(activityId) is { } node && ActivityCatalog.Find(node.Type) is { HasForm: true }
            ? Of(node)
            : IncidentForm.Of(definition, activityId, drivesCase);
    }

    /// <summary>The form an activity gives its work items; one without outcomes and fields for an activity that opens none.</summary>
    public static WorkItemForm Of(ActivityNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        return ActivityCatalog.Find(node.Type) is { HasForm: true } ? Compiled.GetValue(node, Read) : new WorkItemForm(node.DisplayText, LocalizedText.Empty, [], []);
    }

    /// <summary>The outcome with this name, or null.</summary>
    public WorkItemOutcome? FindOutcome(string name) => Outcomes.FirstOrDefault(outcome => outcome.Name == name);

    /// <summary>The fields to fill in for an outcome.</summary>
    public IEnumerable<FormField> FieldsOf(WorkItemOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        return Fields.Where(field => field.For.IsEmpty || field.For.Contains(outcome.Name));
    }

    private static WorkItemForm Read(ActivityNode node) => new(
        node.Inputs.ContainsKey("title") && Text(node, "title") is var title && title != LocalizedText.Empty ? title : node.Called,
        Text(node, "instructions"),
        List<WorkItemOutcome>(node, "outcomes") is { Length: > 0 } outcomes ? outcomes : DefaultOutcomes(node.Type),
        List<FormField>(node, "fields"));

    private static ImmutableArray<WorkItemOutcome> DefaultOutcomes(string type) => type switch
    {
        Approval.TypeName =>
        [
            new WorkItemOutcome { Name = "Approved", Label = new LocalizedText("同意", "Approve") },
            new WorkItemOutcome { Name = "Rejected", Label = new LocalizedText("不同意", "Refuse"), NeedsComment = true },
        ],
        AskRating.TypeName =>
        [
            new WorkItemOutcome { Name = "Satisfied", Label = new LocalizedText("满意", "Satisfied") },
            new WorkItemOutcome { Name = "Dissatisfied", Label = new LocalizedText("不满意", "Not satisfied") },
        ],
        _ => [new WorkItemOutcome { Name = "Done", Label = new LocalizedText("办结", "Done") }],
    };

    // Forms are plain settings of an activity, never computed: what a person is asked must not depend on when they look.
    private static LocalizedText Text(ActivityNode node, string name) =>
        node.Inputs.TryGetValue(name, out var input) ? InputReader.ToLocalizedText(InputReader.Constant(input)) : LocalizedText.Empty;

    private static ImmutableArray<T> List<T>(ActivityNode node, string name)
        where T : class
    {
        if (!node.Inputs.TryGetValue(name, out var input) || input.Text.Length == 0)
        {
            return [];
        }

        var list = JsonSerializer.Deserialize<ImmutableArray<T>>(input.Text, Options);
        return list.Contains(null!) ? throw new JsonException($"'{name}' has an empty entry.") : list;
    }
}
