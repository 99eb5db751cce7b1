using System.Globalization;
using GridFlow.Workflows.Expressions;

namespace GridFlow.Workflows.Activities.Timing;

/// <summary>Reads spans and instants of time as Elsa writes them.</summary>
internal static class Spans
{
    /// <summary>A span such as <c>1.00:00:00</c>.</summary>
    /// <exception cref="ActivityException">It is none, or negative, or more than ten years.</exception>
    public static TimeSpan Of(ActivityContext context, string input)
    {
        var text = context.Text(input);
        return TryParse(text, out var span) ? span : throw new ActivityException($"'{text}' is not a span of time like 1.00:00:00, between none and ten years");
    }

    public static bool TryParse(string text, out TimeSpan span) =>
        TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out span) && span >= TimeSpan.Zero && span < TimeSpan.FromDays(3660);

    /// <summary>An instant; one without an offset is meant in the calendar's zone.</summary>
    /// <exception cref="ActivityException">It is none.</exception>
    public static DateTimeOffset InstantOf(ActivityContext context, string input) => context.Input(input) switch
    {
        DateTimeOffset instant => instant,
        var value when ExpressionDates.TryRead(ExpressionValue.ToText(value), context.Bundle.Calendar.Zone, out var instant) => instant,
        var value => throw new ActivityException($"'{ExpressionValue.ToText(value)}' is not an instant like 2026-01-31T08:00:00Z"),
    };
}
