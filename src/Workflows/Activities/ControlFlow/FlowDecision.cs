using System.Collections.Immutable;
using GridFlow.Workflows.Definitions;

namespace GridFlow.Workflows.Activities.ControlFlow;

/// <summary>Goes on by True or by False.</summary>
internal sealed class FlowDecision : Activity
{
    public override string Type => "Elsa.FlowDecision";

    public override ImmutableArray<string> RequiredInputs(ActivityNode node) => ["condition"];

    public override ImmutableArray<string> Ports(ActivityNode node) => ["True", "False"];

    public override ActivityResult Execute(ActivityContext context) => ActivityResult.CompletedWith(context.Flag("condition") ? "True" : "False");
}
