using System.Collections.Immutable;
using System.Text.Json;
using GridFlow.Workflows.Definitions;

namespace GridFlow.Workflows.Activities.Calls;

/// <summary>
/// Another workflow of the bundle, used as an activity: its type is that workflow's name. It runs within the same instance, under
/// the version of the bundle, whatever version the drawing names.
/// </summary>
internal sealed class CalledWorkflow : Activity
{
    private const string Definition = "workflowDefinitionId";

    // No definition has this type; each names another workflow.
    public override string Type => "";

    public override bool MayWait(ActivityNode node) => true;

    /// <summary>Whether a node of a type nobody knows is such a call.</summary>
    public static bool Is(ActivityNode node) => !node.Type.StartsWith("Elsa.", StringComparison.Ordinal) && DefinitionOf(node) is not null;

    /// <summary>The workflow the node calls.</summary>
    public static string? DefinitionOf(ActivityNode node) =>
        node.Inputs.TryGetValue(Definition, out var called) && called.Value.ValueKind == JsonValueKind.String ? called.Value.GetString() : null;

    // How it may end stands in the other workflow.
    public override ImmutableArray<string> Ports(ActivityNode node) => default;

    public override ActivityResult Execute(ActivityContext context)
    {
        var id = DefinitionOf(context.Node)!;
        var inputs = context.Bundle.FindDefinition(id)?.Inputs ?? [];
        var given = from input in inputs
                    from property in context.Node.Inputs.Keys
                    where string.Equals(property, input.Name, StringComparison.OrdinalIgnoreCase)
                    select (input.Name, Value: context.Input(property));
        return new ActivityResult.Calls(id, given.ToImmutableDictionary(input => input.Name, input => (object?)input.Value));
    }

    public override ActivityResult OnWorkflowEnded(ActivityContext context, IReadOnlyDictionary<string, object?> results, ImmutableArray<string> outcomes)
    {
        foreach (var (name, value) in results)
        {
            context.SetOutput(JsonNamingPolicy.CamelCase.ConvertName(name), value);
        }

        return ActivityResult.CompletedWith(outcomes);
    }
}
