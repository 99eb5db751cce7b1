using System.Collections.Immutable;
using GridFlow.Workflows.Acts.Whistling;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Engine;

namespace GridFlow.Workflows.Activities.Cases;

/// <summary>
/// 吹哨: calls the lead and the assisting units at once, each with a work item of its own, and goes on when all have done their
/// part. The response clock of each starts now, whether or not it signs.
/// </summary>
internal sealed class Whistle : Activity
{
    public override string Type => "GridFlow.Whistle";

    // Each unit tells that it is done; only this tells that all are.
    public override bool HasForm => true;

    public override ImmutableArray<string> Ports(ActivityNode node) => ["Done", WorkItemClock.OverduePort];

    public override ActivityResult Execute(ActivityContext context)
    {
        if (context.Case.LeadUnit is not { } lead)
        {
            throw new ActivityException("nobody leads this case yet: a whistle needs a lead unit");
        }

        context.ChangeCase(@case => @case with { Stage = CaseStage.Handling });
        var due = context.DeadlineOf("limit");
        List<WorkItem> items = [context.OpenWorkItem(WorkItemKind.Whistle, lead, null, due)];
        items.AddRange(context.Case.AssistingUnits.Where(unit => unit != lead).Distinct().Select(unit => context.OpenWorkItem(WorkItemKind.Whistle, unit, null, due, UnitPart.Assisting)));
        foreach (var item in items)
        {
            WorkItemClock.Start(context.Step, item);
        }

        // A drawn whistle is a whistle as any other: it signs, comes, and is on the board.
        Whistles.Sound(context.Step, items, UnitKey.Resolve("@town", context.Case) ?? lead);

        return ActivityResult.Waiting;
    }

    public override ActivityResult OnWorkItemCompleted(ActivityContext context, WorkItem item, Stimulus.CompleteWorkItem completion) =>
        context.WorkItems.Any() ? ActivityResult.Waiting : ActivityResult.Done;

    public override ActivityResult OnTimer(ActivityContext context, InstanceTimer timer) => WorkItemClock.OnTimer(context, timer);
}
