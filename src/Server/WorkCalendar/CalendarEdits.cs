using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Calendars;

namespace GridFlow.Server.WorkCalendar;

/// <summary>Pure edits of the calendar of a bundle.</summary>
public static class CalendarEdits
{
    private static readonly TimeOnly Morning = new(8, 30);

    public static Bundle With(this Bundle bundle, WorkingCalendar calendar)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        return bundle.Copy(calendar: calendar);
    }

    /// <summary>Puts a day off or a make-up day, in place of what was said of that date.</summary>
    public static WorkingCalendar Put(this WorkingCalendar calendar, CalendarOverride one)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        return calendar.With([one], []);
    }

    /// <summary>The date follows the weekly pattern again.</summary>
    public static WorkingCalendar Clear(this WorkingCalendar calendar, DateOnly date)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        return Rebuilt(calendar, overrides: [.. calendar.Overrides.Where(one => one.Date != date)]);
    }

    /// <summary>Says whether a year's holidays are announced.</summary>
    public static WorkingCalendar Know(this WorkingCalendar calendar, int year, bool isKnown)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        return Rebuilt(calendar, years: [.. calendar.KnownYears.Where(known => known != year), .. isKnown ? new[] { year } : []]);
    }

    /// <summary>Works a day of the week, or not. The last one cannot be taken away.</summary>
    public static WorkingCalendar Work(this WorkingCalendar calendar, DayOfWeek day, bool isWorked)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        DayOfWeek[] days = [.. calendar.WorkingDays.Where(other => other != day), .. isWorked ? new[] { day } : []];
        return days.Length == 0 ? calendar : Rebuilt(calendar, days: [.. days.Order()]);
    }

    /// <summary>Other sessions.</summary>
    /// <exception cref="ArgumentException">They end before they begin, or overlap.</exception>
    public static WorkingCalendar Sessions(this WorkingCalendar calendar, IReadOnlyList<WorkSession> sessions)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        return calendar.WithSessions([.. sessions]);
    }

    /// <summary>A session after the last one, of an hour; null where the day is full.</summary>
    public static WorkSession? NextSession(WorkingCalendar calendar)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        var from = calendar.Sessions.Count == 0 ? Morning : calendar.Sessions[^1].To;
        return from < new TimeOnly(22, 0) ? new WorkSession(from, from.AddHours(1)) : null;
    }

    private static WorkingCalendar Rebuilt(WorkingCalendar calendar, IReadOnlyList<DayOfWeek>? days = null, IReadOnlyList<CalendarOverride>? overrides = null, IReadOnlyList<int>? years = null) =>
        new(calendar.TimeZone, days ?? calendar.WorkingDays, calendar.Sessions, overrides ?? calendar.Overrides, years ?? calendar.KnownYears);
}
