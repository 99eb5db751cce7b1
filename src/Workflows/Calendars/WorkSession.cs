namespace GridFlow.Workflows.Calendars;

/// <summary>
/// A stretch of working time inside one day, in the calendar's own time zone. The clock runs from
/// <paramref name="From"/> up to <paramref name="To"/>; a limit may end exactly at <paramref name="To"/>.
/// </summary>
public readonly record struct WorkSession(TimeOnly From, TimeOnly To);
