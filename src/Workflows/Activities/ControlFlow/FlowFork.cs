using System.Collections.Immutable;
using GridFlow.Workflows.Definitions;

namespace GridFlow.Workflows.Activities.ControlFlow;

/// <summary>Goes on by all its branches at once.</summary>
internal sealed class FlowFork : Activity
{
    public override string Type => "Elsa.FlowFork";

    public override bool IsWorthTelling => false;

    public override ImmutableArray<string> Ports(ActivityNode node) => node.Inputs.TryGetValue("branches", out var branches) ? InputReader.ToList(InputReader.Constant(branches)) : ["Done"];

    public override ActivityResult Execute(ActivityContext context) =>
        context.List("branches") is { Length: > 0 } branches ? ActivityResult.CompletedWith(branches) : ActivityResult.Done;
}
