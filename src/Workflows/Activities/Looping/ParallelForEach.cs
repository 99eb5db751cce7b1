using System.Collections.Immutable;

namespace GridFlow.Workflows.Activities.Looping;

/// <summary>Runs its body for all items at the same time and waits for all of them.</summary>
internal sealed class ParallelForEach : Activity
{
    public override string Type => "Elsa.ParallelForEach";

    public override bool IsLoop => true;

    public override ActivityResult Execute(ActivityContext context)
    {
        var items = ForEach.ItemsOf(context);
        return items.Count > 0 && context.Node.InSlot("body").FirstOrDefault() is { } body
            ? new ActivityResult.Schedules([.. items.Select((item, index) => new Scheduled(body, ForEach.Current(index, item)))])
            : ActivityResult.Done;
    }

    public override ActivityResult OnChildCompleted(ActivityContext context, string childId, ImmutableArray<string> outcomes) =>
        context.Children.Any() ? ActivityResult.Waiting : ActivityResult.Done;
}
