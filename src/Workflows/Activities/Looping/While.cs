using System.Collections.Immutable;

namespace GridFlow.Workflows.Activities.Looping;

/// <summary>Runs its body again and again as long as a condition holds.</summary>
internal sealed class While : Activity
{
    public override string Type => "Elsa.While";

    public override bool IsLoop => true;

    public override ActivityResult Execute(ActivityContext context) =>
        context.Flag("condition") && context.Node.InSlot("body").FirstOrDefault() is { } body ? new ActivityResult.Schedules([body]) : ActivityResult.Done;

    public override ActivityResult OnChildCompleted(ActivityContext context, string childId, ImmutableArray<string> outcomes) => Execute(context);
}
