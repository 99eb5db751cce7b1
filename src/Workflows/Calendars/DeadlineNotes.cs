namespace GridFlow.Workflows.Calendars;

/// <summary>Walks the days a deadline was counted over and notes what was left out, bounded however long the walk.</summary>
internal sealed class DeadlineNotes
{
    private const int DatesPerNote = 8;
    private const int HolidayNotes = 8;

    private readonly List<DeadlineNote> _hours = [];
    private readonly List<CalendarDay> _weekends = [];
    private readonly List<List<CalendarDay>> _holidays = [];
    private readonly List<CalendarDay> _makeUpDays = [];
    private readonly SortedSet<int> _unknownYears = [];

    public static IReadOnlyList<DeadlineNote> OfWorkingHours(
        WorkingCalendar calendar, DateTimeOffset start, DateTimeOffset running, DateTimeOffset due)
    {
        var notes = new DeadlineNotes();
        var last = calendar.DateOf(due);
        if (running > start)
        {
            notes._hours.Add(new(DeadlineNoteKind.StartedOutsideHours, At: running));
        }

        var first = calendar.DateOf(running);
        if (Enumerable.Range(0, last.DayNumber - first.DayNumber + 1).Any(day => LunchWithin(calendar, first.AddDays(day), start, due)))
        {
            notes._hours.Add(new(DeadlineNoteKind.LunchLeftOut));
        }

        if (first < last)
        {
            notes._hours.Add(new(DeadlineNoteKind.NightLeftOut));
        }

        for (var date = calendar.DateOf(start); date <= last; date = date.AddDays(1))
        {
            var day = calendar.Describe(date);
            // A make-up day whose hours were over when the clock was set contributed nothing.
            if (!day.IsWorking || date >= first)
            {
                notes.Add(day);
            }
        }

        return notes.ToList();
    }

    public static IReadOnlyList<DeadlineNote> OfWorkingDays(WorkingCalendar calendar, DateOnly received, DateOnly due)
    {
        var notes = new DeadlineNotes();
        for (var date = received.AddDays(1); date <= due; date = date.AddDays(1))
        {
            notes.Add(calendar.Describe(date));
        }

        return notes.ToList();
    }

    private static bool LunchWithin(WorkingCalendar calendar, DateOnly date, DateTimeOffset start, DateTimeOffset due)
    {
        var sessions = calendar.SessionsOf(date).ToList();
        return sessions.Zip(sessions.Skip(1)).Any(pair =>
            pair.First.Closes < pair.Second.Opens && pair.First.Closes < due && pair.Second.Opens > start);
    }

    private void Add(CalendarDay day)
    {
        if (!day.IsKnown)
        {
            _unknownYears.Add(day.Date.Year);
        }

        switch (day.Kind)
        {
            case CalendarDayKind.Weekend:
                _weekends.Add(day);
                break;
            case CalendarDayKind.MakeUpDay:
                _makeUpDays.Add(day);
                break;
            case CalendarDayKind.Holiday when _holidays.LastOrDefault() is { } run
                && run[^1].Name == day.Name && run[^1].Date.AddDays(1) == day.Date:
                run.Add(day);
                break;
            case CalendarDayKind.Holiday:
                _holidays.Add([day]);
                break;
            case CalendarDayKind.Workday:
                break;
        }
    }

    private List<DeadlineNote> ToList()
    {
        List<DeadlineNote> notes = [.. _hours];
        if (_weekends.Count > 0)
        {
            notes.Add(Note(DeadlineNoteKind.WeekendLeftOut, _weekends));
        }

        notes.AddRange(_holidays.Take(HolidayNotes).Select(run =>
            Note(DeadlineNoteKind.HolidayLeftOut, run) with { Name = run[0].Name, EnglishName = run[0].EnglishName }));
        if (_holidays.Count > HolidayNotes)
        {
            notes.Add(Note(DeadlineNoteKind.HolidayLeftOut, [.. _holidays.Skip(HolidayNotes).SelectMany(run => run)]));
        }

        if (_makeUpDays.Count > 0)
        {
            notes.Add(Note(DeadlineNoteKind.MakeUpDayCounted, _makeUpDays));
        }

        notes.AddRange(_unknownYears.Select(year => new DeadlineNote(DeadlineNoteKind.CalendarUnknown, Year: year)));
        return notes;
    }

    private static DeadlineNote Note(DeadlineNoteKind kind, List<CalendarDay> days) =>
        new(kind, days.Count, [.. days.Take(DatesPerNote).Select(day => day.Date)]);
}
