using System.Collections.Immutable;
using GridFlow.Workflows.Activities.ControlFlow;

namespace GridFlow.Workflows.Activities.Branching;

/// <summary>Runs its activities one after the other, to the last or to an end.</summary>
internal sealed class Sequence : Activity
{
    public override string Type => "Elsa.Sequence";

    public override ActivityResult Execute(ActivityContext context) => Begin(context, 0);

    // Where it is follows from what has just ended, not from a count: steps may have been put before it since, in a newer drawing.
    public override ActivityResult OnChildCompleted(ActivityContext context, string childId, ImmutableArray<string> outcomes) =>
        context.Node.Activities.Any(step => step.Id == childId && step.Type == End.TypeName)
            ? ActivityResult.Done
            : Begin(context, context.Node.InSlot("").ToList().FindIndex(step => step.Id == childId) + 1);

    private static ActivityResult Begin(ActivityContext context, int index) =>
        context.Node.InSlot("").ElementAtOrDefault(index) is { } step ? new ActivityResult.Schedules([step]) : ActivityResult.Done;
}
