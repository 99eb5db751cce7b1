using System.Collections.Immutable;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Engine;

namespace GridFlow.Workflows.Activities.Cases;

/// <summary>
/// Asks one unit to do something and waits for it. Outcomes and form fields come from the drawing; so does the unit, which may
/// be named by its relation to the case. Connect the port Overdue to take the matter away when it stays undone.
/// </summary>
internal sealed class HumanTask : Activity
{
    public override string Type => "GridFlow.HumanTask";

    public override bool IsWorthTelling => false;

    public override bool HasForm => true;

    public override ImmutableArray<string> Ports(ActivityNode node) => [.. WorkItemForm.Of(node).Outcomes.Select(outcome => outcome.Name), WorkItemClock.OverduePort];

    public override ActivityResult Execute(ActivityContext context)
    {
        Open(context, WorkItemKind.Task);
        return ActivityResult.Waiting;
    }

    public override ActivityResult OnTimer(ActivityContext context, InstanceTimer timer) => WorkItemClock.OnTimer(context, timer);

    internal static void Open(ActivityContext context, WorkItemKind kind)
    {
        if (context.Choice<CaseStage>("stage") is { } stage)
        {
            context.ChangeCase(@case => @case with { Stage = stage });
        }

        var (unit, role) = Checker(context, context.ResolveUnit(context.Text("unit", "@lead")), context.Choice<Role>("role"));
        OpenFor(context, kind, unit, role);
    }

    internal static void OpenFor(ActivityContext context, WorkItemKind kind, string unit, Role? role)
    {
        var item = context.OpenWorkItem(kind, unit, role, context.DeadlineOf("limit"));
        WorkItemClock.Start(context.Step, item);
    }

    // What a unit did itself is checked by the area above it: in a village with one grid leader nobody else could.
    private static (string Unit, Role? Role) Checker(ActivityContext context, string unit, Role? role) =>
        context.Text("notBy") is { Length: > 0 } done && context.OutputOf(done, "unit") == unit && UnitKey.Above(unit, context.Case) is { } above
            ? (above, Role.Dispatcher)
            : (unit, role);
}
