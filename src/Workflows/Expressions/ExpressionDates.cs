using System.Globalization;

namespace GridFlow.Workflows.Expressions;

/// <summary>What the date functions share.</summary>
internal static class ExpressionDates
{
    /// <summary>Reads an ISO date or instant; one without an offset is meant in <paramref name="zone"/>.</summary>
    public static bool TryRead(string text, TimeZoneInfo zone, out DateTimeOffset date)
    {
        date = default;
        // Only texts that begin like 2026-01: the framework would read a bare "5" as a day of this month.
        if (text.Length < 8 || !char.IsAsciiDigit(text[0]) || text[4] != '-'
            || !DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var read))
        {
            return false;
        }

        if (read.Kind == DateTimeKind.Unspecified)
        {
            date = new DateTimeOffset(read, zone.GetUtcOffset(read));
            return true;
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out date);
    }

    public static DateTimeOffset Local(ExpressionCall call) => TimeZoneInfo.ConvertTime(call.Date(0), call.Scope.TimeZone);

    public static object? Add(ExpressionCall call, long ticksPerUnit)
    {
        var (date, ticks) = (call.Date(0), call.Number(1) * ticksPerUnit);
        return double.IsFinite(ticks)
            && ticks >= DateTimeOffset.MinValue.UtcTicks - date.UtcTicks && ticks <= DateTimeOffset.MaxValue.UtcTicks - date.UtcTicks
            ? new DateTimeOffset(date.UtcTicks + (long)ticks, TimeSpan.Zero)
            : throw call.Fail($"'{call.Name}' leads to a date beyond the calendar.");
    }

    public static object? Format(ExpressionCall call)
    {
        try
        {
            return Local(call).ToString(call.Text(1), CultureInfo.InvariantCulture);
        }
        catch (FormatException)
        {
            throw call.Fail($"'{call.Text(1)}' is not a date format; write for example yyyy-MM-dd HH:mm.");
        }
    }
}
