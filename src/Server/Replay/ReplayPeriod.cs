using System.Globalization;
using GridFlow.Server.Cases;

namespace GridFlow.Server.Replay;

/// <summary>The cases accepted from the first day to the last, both included, by the clock of the deployment.</summary>
public sealed record ReplayPeriod(DateOnly From, DateOnly To)
{
    /// <summary>The first instant of it, UTC.</summary>
    public DateTimeOffset Begin => Midnight(From);

    /// <summary>The first instant after it, UTC.</summary>
    public DateTimeOffset End => Midnight(To.AddDays(1));

    public bool IsInOrder => From <= To;

    public static DateOnly Today(DateTimeOffset now) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, CaseWords.Zone).DateTime);

    /// <summary>The calendar month before this one.</summary>
    public static ReplayPeriod LastMonth(DateTimeOffset now)
    {
        var first = new DateOnly(Today(now).Year, Today(now).Month, 1);
        return new ReplayPeriod(first.AddMonths(-1), first.AddDays(-1));
    }

    /// <summary>So many days up to today.</summary>
    public static ReplayPeriod LastDays(DateTimeOffset now, int days) => new(Today(now).AddDays(1 - days), Today(now));

    /// <summary>As an address and a file name have it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{From:yyyy-MM-dd}..{To:yyyy-MM-dd}");

    private static DateTimeOffset Midnight(DateOnly day)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(local, CaseWords.Zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
