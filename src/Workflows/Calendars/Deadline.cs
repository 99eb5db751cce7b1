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
    /// <summary>True once the due instant has passed; the due instant itself is still on time.</summary>
    public bool IsOverdue(DateTimeOffset now) => now > DueAt;
}
