using System.Text.Json.Serialization;

namespace GridFlow.Workflows.Calendars;

/// <summary>What a <see cref="DeadlineNote"/> tells.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DeadlineNoteKind>))]
public enum DeadlineNoteKind
{
    /// <summary>The clock was set outside working time and began to run at <see cref="DeadlineNote.At"/>.</summary>
    StartedOutsideHours,

    /// <summary>A break between two sessions of one day was left out.</summary>
    LunchLeftOut,

    /// <summary>The time between closing and the next opening was left out.</summary>
    NightLeftOut,

    /// <summary>Days free by the weekly pattern were left out.</summary>
    WeekendLeftOut,

    /// <summary>Days free by the holiday plan were left out; several holidays beyond the first ones share a note without a name.</summary>
    HolidayLeftOut,

    /// <summary>Make-up working days were counted.</summary>
    MakeUpDayCounted,

    /// <summary>The holiday plan of <see cref="DeadlineNote.Year"/> was unknown, so only the weekly pattern was counted.</summary>
    CalendarUnknown,
}

/// <summary>One reason why a deadline lies where it does.</summary>
/// <param name="Kind">What is told; it says which of the other members are set.</param>
/// <param name="Days">How many days were left out or counted.</param>
/// <param name="Dates">The first of those days, in the calendar's time zone; <paramref name="Days"/> has the full number.</param>
/// <param name="Name">The holiday, in Chinese.</param>
/// <param name="EnglishName">The holiday, in English.</param>
/// <param name="At">When the clock began to run, UTC.</param>
/// <param name="Year">The year without a holiday plan.</param>
public sealed record DeadlineNote(
    DeadlineNoteKind Kind,
    int Days = 0,
    IReadOnlyList<DateOnly>? Dates = null,
    string? Name = null,
    string? EnglishName = null,
    DateTimeOffset? At = null,
    int? Year = null);
