using System.Collections.Immutable;
using GridFlow.Workflows.Definitions;

namespace GridFlow.Workflows.Activities.Values;

/// <summary>Gives something back to whoever called the workflow.</summary>
internal sealed class SetOutput : Activity
{
    public override string Type => "Elsa.SetOutput";

    public override ImmutableArray<string> RequiredInputs(ActivityNode node) => ["outputName"];

    public override bool IsWorthTelling => false;

    public override ActivityResult Execute(ActivityContext context)
    {
        var name = context.Text("outputName");
        context.Scope.Results[name.Length > 0 ? name : throw new ActivityException($"'{context.Node.Id}' does not name the output to set")] = context.Input("outputValue");
        return ActivityResult.Done;
    }
}
