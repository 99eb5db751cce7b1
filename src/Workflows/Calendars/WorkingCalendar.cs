using System.Text.Json.Serialization;

namespace GridFlow.Workflows.Calendars;

/// <summary>
/// When a place works: a weekly pattern, the sessions of a day, and the dates on which a holiday plan overrides the
/// pattern. Immutable; serialises with System.Text.Json as part of a published bundle.
/// </summary>
public sealed class WorkingCalendar
{
    /// <summary>No limit may reach further than this: a longer one is a slip of the pen, and counting is day by day.</summary>
    public const int LongestYears = 20;

    internal const int LongestDays = LongestYears * 366;
    internal const int LongestHours = LongestDays * 24;

    private readonly TimeZoneInfo _zone;
    private readonly Dictionary<DateOnly, CalendarOverride> _overrides;
    private readonly HashSet<int> _years;

    /// <summary>Builds a calendar; of two overrides for one date the later wins.</summary>
    /// <param name="timeZone">IANA id of the zone in which dates and sessions are meant, e.g. <c>Asia/Shanghai</c>.</param>
    /// <param name="workingDays">The days of the week that are worked.</param>
    /// <param name="sessions">The sessions of every working day, in order and without overlap.</param>
    /// <param name="overrides">Days off and make-up working days.</param>
    /// <param name="knownYears">The years whose holiday plan is in <paramref name="overrides"/>.</param>
    /// <exception cref="ArgumentException">The zone is unknown, nothing is ever worked, or sessions overlap.</exception>
    [JsonConstructor]
    public WorkingCalendar(
        string timeZone,
        IReadOnlyList<DayOfWeek> workingDays,
        IReadOnlyList<WorkSession> sessions,
        IReadOnlyList<CalendarOverride> overrides,
        IReadOnlyList<int> knownYears)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var zone))
        {
            throw new ArgumentException($"The time zone '{timeZone}' is unknown.", nameof(timeZone));
        }

        if (workingDays.Count == 0)
        {
            throw new ArgumentException("A calendar needs at least one working day a week.", nameof(workingDays));
        }

        if (sessions.Count == 0
            || sessions.Any(session => session.From >= session.To)
            || sessions.Zip(sessions.Skip(1)).Any(pair => pair.First.To > pair.Second.From))
        {
            throw new ArgumentException(
                "A calendar needs sessions that end after they begin, in order and without overlap.", nameof(sessions));
        }

        _zone = zone;
        _overrides = [];
        foreach (var one in overrides)
        {
            _overrides[one.Date] = one;
        }

        _years = [.. knownYears];
        TimeZone = timeZone;
        WorkingDays = [.. workingDays.Distinct()];
        Sessions = [.. sessions];
        Overrides = [.. _overrides.Values.OrderBy(one => one.Date)];
        KnownYears = [.. _years.Order()];
    }

    /// <summary>
    /// Monday to Friday, 08:30–12:00 and 14:00–17:30 (seven hours, as most offices keep), Asia/Shanghai,
    /// with the national holiday plans of <see cref="ChinaHolidays"/>.
    /// </summary>
    public static WorkingCalendar China { get; } = new(
        "Asia/Shanghai",
        [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday],
        [new(new(8, 30), new(12, 0)), new(new(14, 0), new(17, 30))],
        ChinaHolidays.Overrides,
        ChinaHolidays.Years);

    /// <summary>IANA id of the zone in which dates and sessions are meant.</summary>
    public string TimeZone { get; }

    /// <summary>The days of the week worked where no override speaks.</summary>
    public IReadOnlyList<DayOfWeek> WorkingDays { get; }

    /// <summary>The sessions of every working day, make-up days included, in order.</summary>
    public IReadOnlyList<WorkSession> Sessions { get; }

    /// <summary>Days off and make-up days by date, one per date.</summary>
    public IReadOnlyList<CalendarOverride> Overrides { get; }

    /// <summary>Years whose holiday plan is known; a deadline that runs into another year says so.</summary>
    public IReadOnlyList<int> KnownYears { get; }

    /// <summary><see cref="TimeZone"/> resolved, for showing instants.</summary>
    [JsonIgnore]
    public TimeZoneInfo Zone => _zone;

    /// <summary>
    /// This calendar with further overrides merged by date (the given ones win) and further years known. A year's
    /// plan may hold dates of its neighbours, so the years are named apart.
    /// </summary>
    public WorkingCalendar With(IEnumerable<CalendarOverride> overrides, IEnumerable<int> knownYears) =>
        new(TimeZone, WorkingDays, Sessions, [.. Overrides, .. overrides], [.. KnownYears, .. knownYears]);

    /// <summary>This calendar with other sessions.</summary>
    public WorkingCalendar WithSessions(params IReadOnlyList<WorkSession> sessions) =>
        new(TimeZone, WorkingDays, sessions, Overrides, KnownYears);

    /// <summary>What kind of day a date is, and why.</summary>
    public CalendarDay Describe(DateOnly date)
    {
        if (_overrides.TryGetValue(date, out var one))
        {
            var kind = one.IsWorking ? CalendarDayKind.MakeUpDay : CalendarDayKind.Holiday;
            return new(date, kind, IsKnown: true, one.Name, one.EnglishName);
        }

        return new(date, WorkingDays.Contains(date.DayOfWeek) ? CalendarDayKind.Workday : CalendarDayKind.Weekend, _years.Contains(date.Year));
    }

    /// <summary>Whether a date is worked, and why.</summary>
    public bool IsWorkingDay(DateOnly date, out CalendarDay why)
    {
        why = Describe(date);
        return why.IsWorking;
    }

    /// <summary>
    /// The deadline of a limit whose clock is set at <paramref name="start"/>.
    /// <list type="bullet">
    /// <item><see cref="TimeUnit.UrgentHour"/>: plain elapsed hours.</item>
    /// <item><see cref="TimeUnit.WorkingHour"/>: the earliest instant by which so much session time has passed. Set outside
    /// a session, the clock waits for the next one; a limit used up exactly at a session's end is due at that end.</item>
    /// <item><see cref="TimeUnit.WorkingDay"/>: the end of the last session of the Nth working day after the day of receipt.
    /// The day of receipt never counts, whatever the hour and whether it is worked or not: received on Saturday,
    /// one working day is Monday at closing.</item>
    /// <item><see cref="TimeUnit.NaturalDay"/>: N times 24 hours later, which in China is the same time of day.</item>
    /// </list>
    /// Years without a holiday plan are counted by the weekly pattern and noted.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The amount is not positive, is a fraction of a working day, or reaches more than <see cref="LongestYears"/> years.
    /// </exception>
    public Deadline Add(DateTimeOffset start, TimeLimit limit)
    {
        Demand(limit.Amount > 0, nameof(limit), $"A time limit must be more than zero, not {limit}.");
        Demand(limit.Amount <= LongestHours, nameof(limit), TooLong(limit));
        Demand(start.Year is > 1 and < 9999 - LongestYears, nameof(start), $"No deadline can be counted from {start:O}.");

        start = start.ToUniversalTime();
        return limit.Unit switch
        {
            TimeUnit.UrgentHour => AddElapsed(start, limit, TimeSpan.TicksPerHour),
            TimeUnit.NaturalDay => AddElapsed(start, limit, TimeSpan.TicksPerDay),
            TimeUnit.WorkingHour => AddWorkingHours(start, limit),
            TimeUnit.WorkingDay => AddWorkingDays(start, limit),
        };
    }

    /// <summary>
    /// The session time between two instants: zero when no session lies between them, negative when
    /// <paramref name="to"/> is the earlier one, as time left is after a deadline.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The instants lie more than <see cref="LongestYears"/> years apart.</exception>
    public TimeSpan WorkingTimeBetween(DateTimeOffset from, DateTimeOffset to)
    {
        if (to < from)
        {
            return -WorkingTimeBetween(to, from);
        }

        Demand((to - from).TotalDays <= LongestDays, nameof(to), $"Working time is counted over at most {LongestYears} years.");

        var total = TimeSpan.Zero;
        var last = DateOf(to);
        for (var date = DateOf(from); date <= last; date = date.AddDays(1))
        {
            foreach (var (opens, closes) in SessionsOf(date))
            {
                var begin = opens > from ? opens : from;
                var end = closes < to ? closes : to;
                total += end > begin ? end - begin : TimeSpan.Zero;
            }
        }

        return total;
    }

    /// <summary>The date on which an instant falls in this calendar's zone.</summary>
    public DateOnly DateOf(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, _zone).DateTime);

    /// <summary>The sessions of a date as instants; none when the date is not worked.</summary>
    internal IEnumerable<(DateTimeOffset Opens, DateTimeOffset Closes)> SessionsOf(DateOnly date) =>
        Describe(date).IsWorking ? Sessions.Select(session => (Instant(date, session.From), Instant(date, session.To))) : [];

    private static Deadline AddElapsed(DateTimeOffset start, TimeLimit limit, long ticksPerUnit)
    {
        var elapsed = Duration(limit.Amount, ticksPerUnit);
        Demand(elapsed.TotalDays <= LongestDays, nameof(limit), TooLong(limit));
        return new(start, limit, start + elapsed, []);
    }

    private Deadline AddWorkingHours(DateTimeOffset start, TimeLimit limit)
    {
        var left = Duration(limit.Amount, TimeSpan.TicksPerHour);
        DateTimeOffset? running = null;
        var first = DateOf(start);
        for (var day = 0; day <= LongestDays; day++)
        {
            foreach (var (opens, closes) in SessionsOf(first.AddDays(day)))
            {
                if (closes <= start)
                {
                    continue;
                }

                var begin = opens > start ? opens : start;
                running ??= begin;
                if (closes - begin >= left)
                {
                    var due = begin + left;
                    return new(start, limit, due, DeadlineNotes.OfWorkingHours(this, start, running.Value, due));
                }

                left -= closes - begin;
            }
        }

        throw new ArgumentOutOfRangeException(nameof(limit), TooLong(limit));
    }

    private Deadline AddWorkingDays(DateTimeOffset start, TimeLimit limit)
    {
        Demand(
            limit.Amount == decimal.Truncate(limit.Amount),
            nameof(limit), $"Working days are counted whole, not as {limit}; give a part of a day in working hours.");

        var left = (int)limit.Amount;
        var first = DateOf(start);
        for (var day = 1; day <= LongestDays; day++)
        {
            var date = first.AddDays(day);
            if (Describe(date).IsWorking && --left == 0)
            {
                var due = Instant(date, Sessions[^1].To);
                return new(start, limit, due, DeadlineNotes.OfWorkingDays(this, first, date));
            }
        }

        throw new ArgumentOutOfRangeException(nameof(limit), TooLong(limit));
    }

    private DateTimeOffset Instant(DateOnly date, TimeOnly time)
    {
        // Not ConvertTimeToUtc: that throws for a time which a zone with summer time skips.
        var local = date.ToDateTime(time);
        return new DateTimeOffset(local, _zone.GetUtcOffset(local)).ToUniversalTime();
    }

    // Rounded, so that a third of an hour is 20 minutes to the tick; a positive limit never becomes nothing.
    private static TimeSpan Duration(decimal amount, long ticksPerUnit) =>
        TimeSpan.FromTicks(Math.Max(1, (long)decimal.Round(amount * ticksPerUnit)));

    private static string TooLong(TimeLimit limit) => $"The time limit {limit} reaches more than {LongestYears} years ahead.";

    private static void Demand(bool holds, string parameter, string otherwise)
    {
        if (!holds)
        {
            throw new ArgumentOutOfRangeException(parameter, otherwise);
        }
    }
}
