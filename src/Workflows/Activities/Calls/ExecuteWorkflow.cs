using System.Collections.Immutable;
using GridFlow.Workflows.Definitions;

namespace GridFlow.Workflows.Activities.Calls;

/// <summary>
/// Calls another workflow of the same bundle and waits for its end. It runs within the same instance, so caller and called
/// change together or not at all; the outcomes it completes with are followed from this activity's ports. One that is not
/// waited for, or has a correlation id of its own, becomes an instance of its own.
/// </summary>
internal sealed class ExecuteWorkflow : Activity
{
    public override string Type => "Elsa.ExecuteWorkflow";

    public override ImmutableArray<string> RequiredInputs(ActivityNode node) => ["workflowDefinitionId"];

    public override bool MayWait(ActivityNode node) => true;

    public override ImmutableArray<string> Ports(ActivityNode node) =>
        node.Inputs.TryGetValue("outcomes", out var outcomes) ? InputReader.ToList(InputReader.Constant(outcomes)) : ["Done"];

    public override ActivityResult Execute(ActivityContext context)
    {
        var waits = !context.Node.Inputs.ContainsKey("waitForCompletion") || context.Flag("waitForCompletion");
        return waits && context.Text("correlationId").Length == 0
            ? new ActivityResult.Calls(context.Text("workflowDefinitionId"), DispatchWorkflow.InputOf(context))
            : DispatchWorkflow.Dispatch(context, waits);
    }

    public override ActivityResult OnBookmark(ActivityContext context, Engine.InstanceBookmark bookmark, object? payload)
    {
        var (results, outcomes) = DispatchWorkflow.Read(payload);
        return OnWorkflowEnded(context, results, outcomes);
    }

    public override ActivityResult OnWorkflowEnded(ActivityContext context, IReadOnlyDictionary<string, object?> results, ImmutableArray<string> outcomes)
    {
        context.SetOutput("result", new Dictionary<string, object?>
        {
            ["output"] = new Dictionary<string, object?>(results),
            ["status"] = "Finished",
            ["subStatus"] = "Finished",
        });
        // Elsa's ends with Done whatever the called workflow said; ours tells how it ended, where the drawing asks.
        return outcomes.Any(context.IsConnected) || context.Node.Inputs.ContainsKey("outcomes") ? ActivityResult.CompletedWith(outcomes) : ActivityResult.Done;
    }
}
