using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Engine;

namespace GridFlow.Workflows.Acts;

/// <summary>The clocks that no drawing set: of what acts ask for, of a hold, and of whistled units.</summary>
internal static class ActClock
{
    /// <summary>The end of a hold.</summary>
    public const string ResumeTimer = "resume";

    private const string Due = "due";

    public static void Start(Step step, WorkItem item)
    {
        if (item.Due is { } due)
        {
            step.SetTimer(new InstanceTimer(step.NextId("t"), item.Run, due.DueAt, Due, item.Id));
        }
    }

    /// <summary>A timer without a run has struck; it is gone already.</summary>
    public static void OnTimer(Step step, InstanceTimer timer)
    {
        if (timer.Purpose == ResumeTimer)
        {
            Clocks.Resume.ByItself(step);
            return;
        }

        if (step.Instance.WorkItems.Find(item => item.Id == timer.WorkItem) is not { } item || step.Instance.Case is not { } @case)
        {
            return;
        }

        if (Whistling.WhistleClock.IsOne(timer))
        {
            Whistling.WhistleClock.OnTimer(step, timer, item);
            return;
        }

        step.Change(item with { IsOverdue = true });
        step.Record(HistoryKind.Overdue, Actor.System, false, ("item", item.Id), ("definition", item.DefinitionId), ("activity", item.ActivityId), ("unit", item.Unit));
        step.Send(MessageKind.Overdue, item.Unit, item.Role, new LocalizedText($"“{@case.Title}”有一项已逾期，请尽快办理，编号 {@case.Number}", $"Overdue: {@case.Title}, {@case.Number}"));
        if (UnitKey.Resolve("@county", @case) is { } county && county != item.Unit)
        {
            step.Send(MessageKind.Escalated, county, Role.Dispatcher, new LocalizedText($"“{@case.Title}”逾期未办，请督办，编号 {@case.Number}", $"Still not done, please supervise: {@case.Title}, {@case.Number}"));
        }
    }
}
