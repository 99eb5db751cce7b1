using GridFlow.Workflows.Calendars;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Engine;

namespace GridFlow.Workflows.Acts.Whistling;

/// <summary>The three clocks of a whistled unit: sign, contact, attend. Each strikes once and is told to the unit and to the street.</summary>
internal static class WhistleClock
{
    public const string Sign = "whistle-sign";
    public const string Contact = "whistle-contact";
    public const string Attend = "whistle-attend";

    public static bool IsOne(InstanceTimer timer) => timer.Purpose is Sign or Contact or Attend;

    /// <summary>Sets the clocks of a unit whose work item is open.</summary>
    public static WhistledUnit Start(Step step, WhistledUnit unit, WhistleCall call, WorkItem item)
    {
        return unit with { Item = item.Id, SignDue = Set(Sign), ContactDue = Set(Contact), AttendDue = Set(Attend) };

        DateTimeOffset Set(string purpose)
        {
            var due = DeadlineOf(step, call, purpose).DueAt;
            step.SetTimer(new InstanceTimer(step.NextId("t"), 0, due, purpose, item.Id));
            return due;
        }
    }

    /// <summary>The deadline of one of the clocks. They run from when the whistle sounds, for a unit that is called later too.</summary>
    public static Deadline DeadlineOf(Step step, WhistleCall call, string purpose)
    {
        var rules = step.Bundle.Rules;
        return step.Bundle.Calendar.Add(call.SoundedAt ?? step.Now, purpose switch
        {
            Sign => rules.WhistleSignLimit,
            Contact => rules.WhistleContactLimit,
            _ => call.Kind == WhistleKind.Push ? rules.WhistlePushLimit : rules.WhistleHardLimit,
        });
    }

    public static void Stop(Step step, string item, string purpose)
    {
        foreach (var timer in step.Instance.Timers.Where(timer => timer.WorkItem == item && timer.Purpose == purpose).ToList())
        {
            step.RemoveTimer(timer);
        }
    }

    public static void OnTimer(Step step, InstanceTimer timer, WorkItem item)
    {
        if (Whistles.Find(step, item.Id) is not var (call, unit))
        {
            return;
        }

        var clock = timer.Purpose["whistle-".Length..];
        step.Change(call.With(unit with { Late = unit.Late.Add(clock) }));
        step.Record(HistoryKind.Overdue, Actor.System, false, ("item", item.Id), ("definition", item.DefinitionId), ("activity", item.ActivityId), ("unit", item.Unit), ("clock", clock));
        var @case = step.Instance.Case!;
        var (zh, en) = clock switch
        {
            "sign" => ("未按时应哨签收", "not signed in time"),
            "contact" => ("未按时联系", "no contact in time"),
            _ => ("未按时到场报到", "not attended in time"),
        };
        step.Send(MessageKind.Overdue, item.Unit, item.Role, new LocalizedText($"吹哨{zh}：“{@case.Title}”，编号 {@case.Number}", $"Whistle, {en}: {@case.Title}, {@case.Number}"));
        step.Send(MessageKind.Overdue, call.Unit, null, new LocalizedText($"被吹哨单位{zh}：“{@case.Title}”，编号 {@case.Number}", $"A whistled unit, {en}: {@case.Title}, {@case.Number}"));
    }
}
