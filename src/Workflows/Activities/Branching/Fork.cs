using System.Collections.Immutable;

namespace GridFlow.Workflows.Activities.Branching;

/// <summary>Runs its branches at the same time. Waits for all of them, or goes on with the first and takes the others back.</summary>
internal sealed class Fork : Activity
{
    public override string Type => "Elsa.Fork";

    public override ActivityResult Execute(ActivityContext context) =>
        context.Node.InSlot("branches").Select(node => new Scheduled(node)).ToImmutableArray() is { Length: > 0 } all ? new ActivityResult.Schedules(all) : ActivityResult.Done;

    public override ActivityResult OnChildCompleted(ActivityContext context, string childId, ImmutableArray<string> outcomes)
    {
        if (!string.Equals(context.Text("joinMode"), "WaitAny", StringComparison.OrdinalIgnoreCase))
        {
            return context.Children.Any() ? ActivityResult.Waiting : ActivityResult.Done;
        }

        foreach (var other in context.Children.ToList())
        {
            context.Step.Cancel(other);
        }

        return ActivityResult.Done;
    }
}
