using System.Collections.Immutable;

namespace GridFlow.Workflows.Activities.Branching;

/// <summary>Runs its activities at the same time and waits for all of them.</summary>
internal sealed class Parallel : Activity
{
    public override string Type => "Elsa.Parallel";

    public override ActivityResult Execute(ActivityContext context) =>
        context.Node.InSlot("").Select(node => new Scheduled(node)).ToImmutableArray() is { Length: > 0 } all ? new ActivityResult.Schedules(all) : ActivityResult.Done;

    public override ActivityResult OnChildCompleted(ActivityContext context, string childId, ImmutableArray<string> outcomes) =>
        context.Children.Any() ? ActivityResult.Waiting : ActivityResult.Done;
}
