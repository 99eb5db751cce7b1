using GridFlow.Server.Cases;

namespace GridFlow.Server.Inbox;

/// <summary>When something is due, as a person plans a day; in the order of an inbox.</summary>
public enum InboxGroup
{
    Overdue,
    Today,
    Tomorrow,
    ThisWeek,
    Later,
    NoLimit,
}

/// <summary>Rows under a heading.</summary>
public sealed record InboxRows(InboxGroup Group, IReadOnlyList<InboxRow> Rows);

public static class InboxGroups
{
    /// <summary>The group of a due date, by the days of the deployment's zone; a week ends with its Sunday.</summary>
    public static InboxGroup Of(DateTimeOffset? dueAt, DateTimeOffset now)
    {
        if (dueAt is not { } due)
        {
            return InboxGroup.NoLimit;
        }

        if (due < now)
        {
            return InboxGroup.Overdue;
        }

        const int sunday = 7;
        var today = Day(now);
        var days = Day(due).DayNumber - today.DayNumber;
        var daysLeftInWeek = sunday - (today.DayOfWeek == DayOfWeek.Sunday ? sunday : (int)today.DayOfWeek);
        return days switch
        {
            0 => InboxGroup.Today,
            1 => InboxGroup.Tomorrow,
            _ when days <= daysLeftInWeek => InboxGroup.ThisWeek,
            _ => InboxGroup.Later,
        };
    }

    /// <summary>Rows under their headings. They come sorted, so a heading stands once.</summary>
    public static IReadOnlyList<InboxRows> Group(IEnumerable<InboxRow> rows, DateTimeOffset now) =>
        [.. rows.GroupBy(row => Of(row.Due?.At, now)).OrderBy(group => group.Key).Select(group => new InboxRows(group.Key, [.. group]))];

    private static DateOnly Day(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, CaseWords.Zone).DateTime);
}
