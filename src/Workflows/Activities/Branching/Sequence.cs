using System.Collections.Immutable;
using GridFlow.Workflows.Activities.ControlFlow;
using GridFlow.Workflows.Expressions;

namespace GridFlow.Workflows.Activities.Branching;

/// <summary>Runs its activities one after the other, to the last or to an end.</summary>
internal sealed class Sequence : Activity
{
    private const string Next = "next";

    public override string Type => "Elsa.Sequence";

    public override ActivityResult Execute(ActivityContext context) => Continue(context);

    public override ActivityResult OnChildCompleted(ActivityContext context, string childId, ImmutableArray<string> outcomes) =>
        context.Node.Activities.Any(step => step.Id == childId && step.Type == End.TypeName) ? ActivityResult.Done : Continue(context);

    private static ActivityResult Continue(ActivityContext context)
    {
        var index = (int)ExpressionValue.ToNumber(context.Run.Locals.GetValueOrDefault(Next));
        var steps = context.Node.InSlot("").ToList();
        if (index >= steps.Count)
        {
            return ActivityResult.Done;
        }

        context.Run.Locals[Next] = (double)(index + 1);
        return new ActivityResult.Schedules([steps[index]]);
    }
}
