namespace GridFlow.Workflows.Calendars;

/// <summary>
/// An instant by which something is due, with all that is needed to say how it came about even after the calendar has
/// changed. Stored as compact JSON by <see cref="DeadlineJson"/>, put into words by <see cref="DeadlineExplainer"/>.
/// </summary>
/// <param name="StartedAt">When the clock was set, UTC.</param>
/// <param name="Limit">The limit that was added.</param>
/// <param name="DueAt">The last instant that is still on time, UTC.</param>
/// <param name="Notes">What was left out or counted on the way, at most a few dozen however long the limit.</param>
public sealed record Deadline(DateTimeOffset StartedAt, TimeLimit Limit, DateTimeOffset DueAt, IReadOnlyList<DeadlineNote> Notes)
{
    /// <summary>The deadline this one took the place of, without its notes; null for one that was never moved.</summary>
    public Deadline? Before { get; init; }

    /// <summary>When the matter began to rest, where that is what moved the deadline; null where it was extended. UTC.</summary>
    public DateTimeOffset? RestedFrom { get; init; }

    /// <summary>When it goes on, or went on, where it rested. UTC.</summary>
    public DateTimeOffset? RestedUntil { get; init; }

    /// <summary>The deadline as it was first set.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public Deadline Original => Before?.Original ?? this;

    /// <summary>One more of a limit, reckoned from this deadline by a calendar; this one stays visible in it.</summary>
    public Deadline Extended(WorkingCalendar calendar, TimeLimit limit)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        return calendar.Add(DueAt, limit) with { Before = this with { Notes = [] } };
    }

    /// <summary>
    /// Moved by a rest: clocks that run day and night go on where they stopped; of working time, what was left of it, but at
    /// least a quarter of an hour, is counted from the end of the rest.
    /// </summary>
    public Deadline Rested(WorkingCalendar calendar, DateTimeOffset from, DateTimeOffset until)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        if (Limit.Unit is TimeUnit.UrgentHour or TimeUnit.NaturalDay)
        {
            return new Deadline(StartedAt, Limit, DueAt + (until - from), []) { Before = this with { Notes = [] }, RestedFrom = from, RestedUntil = until };
        }

        var left = Math.Max(calendar.WorkingTimeBetween(from, DueAt).TotalMinutes, 15);
        var moved = calendar.Add(until, TimeLimit.WorkingMinutes((decimal)Math.Round(left)));
        return new Deadline(StartedAt, Limit, moved.DueAt, moved.Notes) { Before = this with { Notes = [] }, RestedFrom = from, RestedUntil = until };
    }

    /// <summary>True once the due instant has passed; the due instant itself is still on time.</summary>
    public bool IsOverdue(DateTimeOffset now) => now > DueAt;
}
