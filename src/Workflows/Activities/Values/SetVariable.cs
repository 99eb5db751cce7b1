using System.Collections.Immutable;
using System.Text.Json;
using GridFlow.Workflows.Definitions;

namespace GridFlow.Workflows.Activities.Values;

/// <summary>Gives a variable a value: that of the innermost container which has it, else the workflow's.</summary>
internal sealed class SetVariable : Activity
{
    public override string Type => "Elsa.SetVariable";

    public override ImmutableArray<string> RequiredInputs(ActivityNode node) => ["variable"];

    public override bool IsWorthTelling => false;

    public override ActivityResult Execute(ActivityContext context)
    {
        if (Target(context) is not { Length: > 0 } variable)
        {
            throw new ActivityException($"'{context.Node.Id}' does not say which variable to set");
        }

        context.SetVariable(variable, context.Input("value"));
        return ActivityResult.Done;
    }

    private static string? Target(ActivityContext context)
    {
        if (!context.Node.Inputs.TryGetValue("variable", out var variable) || variable.Value.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        return Text("id") is { Length: > 0 } id && context.HasVariable(id) ? id : Text("name");

        string? Text(string property) => variable.Value.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
    }
}
