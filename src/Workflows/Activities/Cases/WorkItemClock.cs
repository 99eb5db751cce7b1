using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Engine;

namespace GridFlow.Workflows.Activities.Cases;

/// <summary>
/// The clock of a work item: reminds when four fifths of the time are gone, marks it overdue when it is due, and passes it up
/// when it is still open a while later. One timer at a time, each setting the next.
/// </summary>
internal static class WorkItemClock
{
    /// <summary>The port by which an overdue item leaves its activity, where the drawing connects it.</summary>
    public const string OverduePort = "Overdue";

    private const string Remind = "remind";
    private const string Due = "due";
    private const string PassUp = "pass-up";
    private const string DefaultGrace = "1wd";
    private static readonly TimeSpan WorthReminding = TimeSpan.FromMinutes(30);

    /// <summary>Sets the clock of an item that was opened, given to another unit, or whose deadline moved.</summary>
    public static void Start(Step step, WorkItem item)
    {
        if (item.Due is not { } due)
        {
            return;
        }

        var span = due.DueAt - step.Now;
        var (purpose, at) = span >= WorthReminding ? (Remind, step.Now + (span * 0.8)) : (Due, due.DueAt);
        step.SetTimer(new InstanceTimer(step.NextId("t"), item.Run, at, purpose, item.Id));
    }

    /// <summary>Whether a timer that watches an item is this clock's, not one of a whistle's three.</summary>
    public static bool IsItsTimer(InstanceTimer timer) => timer.Purpose is Remind or Due or PassUp;

    public static ActivityResult OnTimer(ActivityContext context, InstanceTimer timer)
    {
        if (context.WorkItems.FirstOrDefault(item => item.Id == timer.WorkItem) is not { Due: { } due } item)
        {
            return ActivityResult.Waiting;
        }

        switch (timer.Purpose)
        {
            case Remind:
                Tell(context, item, HistoryKind.Reminded, MessageKind.Reminder, item.Unit, item.Role, new LocalizedText("“{title}”即将到期，编号 {number}", "Due soon: {title}, {number}"));
                context.SetTimer(Due, due.DueAt, item.Id);
                return ActivityResult.Waiting;
            case Due:
                context.ChangeWorkItem(item with { IsOverdue = true });
                if (item.Part == UnitPart.Lead && context.Case.Due?.DueAt == due.DueAt && context.Case.Handled is null)
                {
                    context.ChangeCase(@case => @case with { WasOverdue = true });
                }

                Tell(context, item, HistoryKind.Overdue, MessageKind.Overdue, item.Unit, item.Role, new LocalizedText("“{title}”已逾期，请尽快办理，编号 {number}", "Overdue: {title}, {number}"));
                var grace = context.DeadlineOf("grace") ?? context.Bundle.Calendar.Add(context.Now, Calendars.TimeLimit.Parse(DefaultGrace));
                context.SetTimer(PassUp, grace.DueAt, item.Id);
                return ActivityResult.Waiting;
            default:
                return PassItUp(context, item);
        }
    }

    private static ActivityResult PassItUp(ActivityContext context, WorkItem item)
    {
        if (context.IsConnected(OverduePort))
        {
            return ActivityResult.CompletedWith(OverduePort);
        }

        // Nothing drawn for this: the item stays where it is, and those above are told.
        var above = context.ResolveUnit(context.Text("passUpTo", "@county"));
        Tell(context, item, HistoryKind.Escalated, MessageKind.Escalated, above, Role.Dispatcher, new LocalizedText("“{title}”逾期未办，请督办，编号 {number}", "Still not done, please supervise: {title}, {number}"));
        return ActivityResult.Waiting;
    }

    private static void Tell(ActivityContext context, WorkItem item, HistoryKind kind, MessageKind message, string unit, Role? role, LocalizedText text)
    {
        context.Record(kind, false, ("item", item.Id), ("definition", item.DefinitionId), ("activity", item.ActivityId), ("unit", unit), ("from", item.Unit == unit ? null : item.Unit));
        context.Send(message, unit, role, context.Fill(text));
    }
}
