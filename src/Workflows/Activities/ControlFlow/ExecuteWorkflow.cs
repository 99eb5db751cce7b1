using System.Collections.Immutable;
using GridFlow.Workflows.Definitions;

namespace GridFlow.Workflows.Activities.ControlFlow;

/// <summary>
/// Calls another workflow of the same bundle and waits for its end. It runs within the same instance, so caller and called
/// change together or not at all; the outcomes it completes with are followed from this activity's ports.
/// </summary>
internal sealed class ExecuteWorkflow : Activity
{
    public override string Type => "Elsa.ExecuteWorkflow";

    public override ImmutableArray<string> RequiredInputs(ActivityNode node) => ["workflowDefinitionId"];

    public override bool MayWait(ActivityNode node) => true;

    public override ImmutableArray<string> Ports(ActivityNode node) =>
        node.Inputs.TryGetValue("outcomes", out var outcomes) ? InputReader.ToList(InputReader.Constant(outcomes)) : ["Done"];

    public override ActivityResult Execute(ActivityContext context) => new ActivityResult.Calls(
        context.Text("workflowDefinitionId"),
        context.Input("input") is IReadOnlyDictionary<string, object?> input ? input.ToImmutableDictionary() : ImmutableDictionary<string, object?>.Empty);
}
