using System.Collections.Immutable;

namespace GridFlow.Workflows.Activities.Branching;

/// <summary>Runs one activity or another, or none, as a condition says.</summary>
internal sealed class If : Activity
{
    public override string Type => "Elsa.If";

    public override ActivityResult Execute(ActivityContext context)
    {
        var holds = context.Flag("condition");
        context.SetOutput("result", holds);
        return context.Node.InSlot(holds ? "then" : "else").FirstOrDefault() is { } chosen ? new ActivityResult.Schedules([chosen]) : ActivityResult.Done;
    }

    public override ActivityResult OnChildCompleted(ActivityContext context, string childId, ImmutableArray<string> outcomes) => ActivityResult.Done;
}
