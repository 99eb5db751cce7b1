using System.Collections.Immutable;
using GridFlow.Workflows.Definitions;

namespace GridFlow.Workflows.Activities.Looping;

/// <summary>Ends the loop it is in, with everything still alive there.</summary>
internal sealed class Break : Activity
{
    public override string Type => "Elsa.Break";

    public override ImmutableArray<string> Ports(ActivityNode node) => [];

    public override bool IsWorthTelling => false;

    public override ActivityResult Execute(ActivityContext context) => new ActivityResult.Breaks();
}
