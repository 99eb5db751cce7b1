using System.Collections.Immutable;
using GridFlow.Workflows.Acts.Approvals;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Engine;
using GridFlow.Workflows.Expressions;

namespace GridFlow.Workflows.Activities.Cases;

/// <summary>How several approvers decide.</summary>
internal enum ApprovalMode
{
    /// <summary>会签: all must agree; the first who does not decides.</summary>
    All,

    /// <summary>或签: whoever answers first decides.</summary>
    Any,

    /// <summary>票签: agreed once a share of them has agreed, refused once that cannot be reached any more.</summary>
    Share,
}

/// <summary>
/// Asks one or several units to say yes or no. The outcome drawn first is the yes; any other ends it the way it says. Approvers
/// may be added while it waits.
/// </summary>
internal sealed class Approval : Activity
{
    public const string TypeName = "GridFlow.Approval";

    private const string Yes = "yes";
    private const string Answered = "answered";

    public override string Type => TypeName;

    public override bool IsWorthTelling => false;

    public override bool HasForm => true;

    public override ImmutableArray<string> Ports(ActivityNode node) => [.. WorkItemForm.Of(node).Outcomes.Select(outcome => outcome.Name), WorkItemClock.OverduePort];

    public override ActivityResult Execute(ActivityContext context)
    {
        var units = context.List("units");
        if (units.Length == 0)
        {
            HumanTask.Open(context, WorkItemKind.Approval);
            return ActivityResult.Waiting;
        }

        var role = context.Choice<Role>("role");
        foreach (var unit in units.Select(context.ResolveUnit).Distinct())
        {
            HumanTask.OpenFor(context, WorkItemKind.Approval, unit, role);
        }

        return ActivityResult.Waiting;
    }

    public override ActivityResult OnTimer(ActivityContext context, InstanceTimer timer) => WorkItemClock.OnTimer(context, timer);

    public override ActivityResult OnWorkItemCompleted(ActivityContext context, WorkItem item, Stimulus.CompleteWorkItem completion)
    {
        var isYes = completion.Outcome == WorkItemForm.Of(context.Node).Outcomes[0].Name;
        if (isYes && item.Then is { Count: > 0 } next)
        {
            AddApprover.Open(context.Step, item, next[0], next.RemoveAt(0));
            return ActivityResult.Waiting;
        }

        var open = context.WorkItems.Count();
        var yes = Count(context, Yes) + (isYes ? 1 : 0);
        var answered = Count(context, Answered) + 1;
        context.Run.Locals[Yes] = (double)yes;
        context.Run.Locals[Answered] = (double)answered;
        return Ends(context, isYes, yes, answered, open) ? ActivityResult.CompletedWith(completion.Outcome) : ActivityResult.Waiting;
    }

    // Whether this answer ends it; what is still open then is taken back with the run.
    private static bool Ends(ActivityContext context, bool isYes, int yes, int answered, int open)
    {
        switch (context.Choice<ApprovalMode>("mode") ?? ApprovalMode.All)
        {
            case ApprovalMode.Any:
                return true;
            case ApprovalMode.Share:
                var needed = Math.Max(1, (int)Math.Ceiling((answered + open) * (ExpressionValue.ToNumber(context.Input("share")) is > 0 and <= 100 and var share ? share : 50) / 100));
                return isYes ? yes >= needed : yes + open < needed;
            default:
                return !isYes || open == 0;
        }
    }

    private static int Count(ActivityContext context, string name) => context.Run.Locals.GetValueOrDefault(name) is double count ? (int)count : 0;
}
