using System.Collections.Immutable;

namespace GridFlow.Workflows.Activities.ControlFlow;

/// <summary>A node of a flowchart that holds another activity and ends as it does.</summary>
internal sealed class FlowNode : Activity
{
    public override string Type => "Elsa.FlowNode";

    public override ActivityResult Execute(ActivityContext context) =>
        context.Node.InSlot("body").FirstOrDefault() is { } body ? new ActivityResult.Schedules([body]) : ActivityResult.Done;

    public override ActivityResult OnChildCompleted(ActivityContext context, string childId, ImmutableArray<string> outcomes) => ActivityResult.CompletedWith(outcomes);
}
