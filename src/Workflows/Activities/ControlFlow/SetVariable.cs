using System.Collections.Immutable;
using System.Text.Json;
using GridFlow.Workflows.Definitions;

namespace GridFlow.Workflows.Activities.ControlFlow;

/// <summary>Gives a variable of the workflow a value.</summary>
internal sealed class SetVariable : Activity
{
    public override string Type => "Elsa.SetVariable";

    public override ImmutableArray<string> RequiredInputs(ActivityNode node) => ["variable"];

    public override bool IsWorthTelling => false;

    public override ActivityResult Execute(ActivityContext context)
    {
        if (!context.Node.Inputs.TryGetValue("variable", out var variable) || variable.Value.ValueKind != JsonValueKind.Object
            || !variable.Value.TryGetProperty("name", out var name) || name.GetString() is not { Length: > 0 } variableName)
        {
            throw new ActivityException($"'{context.Node.Id}' does not say which variable to set");
        }

        context.SetVariable(variableName, context.Input("value"));
        return ActivityResult.Done;
    }
}
