namespace GridFlow.Workflows.Calendars;

/// <summary>A date on which the weekly pattern does not hold.</summary>
/// <param name="Date">The date, in the calendar's time zone.</param>
/// <param name="IsWorking">True for a make-up working day (调休上班), false for a day off.</param>
/// <param name="Name">The holiday it belongs to, in Chinese.</param>
/// <param name="EnglishName">The same in English; the Chinese name is shown where it is missing.</param>
public sealed record CalendarOverride(DateOnly Date, bool IsWorking, string Name, string? EnglishName = null);
