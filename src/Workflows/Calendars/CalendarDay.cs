namespace GridFlow.Workflows.Calendars;

/// <summary>Why a date is or is not worked.</summary>
public enum CalendarDayKind
{
    /// <summary>Worked by the weekly pattern.</summary>
    Workday,

    /// <summary>Free by the weekly pattern.</summary>
    Weekend,

    /// <summary>Free because the holiday plan says so.</summary>
    Holiday,

    /// <summary>Worked because the holiday plan says so, though the weekly pattern would leave it free.</summary>
    MakeUpDay,
}

/// <summary>What a calendar says of one date.</summary>
/// <param name="Date">The date asked for.</param>
/// <param name="Kind">Why it is or is not worked.</param>
/// <param name="IsKnown">False when the year's holiday plan is unknown, so that only the weekly pattern was asked.</param>
/// <param name="Name">The holiday's name in Chinese, for holidays and make-up days.</param>
/// <param name="EnglishName">The holiday's name in English, where the calendar has one.</param>
public readonly record struct CalendarDay(
    DateOnly Date, CalendarDayKind Kind, bool IsKnown, string? Name = null, string? EnglishName = null)
{
    /// <summary>Whether working time runs on this date.</summary>
    public bool IsWorking => Kind is CalendarDayKind.Workday or CalendarDayKind.MakeUpDay;
}
