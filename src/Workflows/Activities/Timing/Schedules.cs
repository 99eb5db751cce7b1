using Quartz;

namespace GridFlow.Workflows.Activities.Timing;

/// <summary>Cron expressions, as Quartz reads them: seconds first, then minutes, hours, day of the month, month, day of the week.</summary>
public static class Schedules
{
    /// <summary>What is wrong with a cron expression, in Quartz's words; null when it is sound.</summary>
    public static string? Problem(string text)
    {
        try
        {
            CronExpression.Parse(text);
            return null;
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            return exception.Message;
        }
    }

    /// <summary>The next instant after <paramref name="after"/>, on the clocks of <paramref name="zone"/>; null when there is none.</summary>
    public static DateTimeOffset? Next(string text, DateTimeOffset after, TimeZoneInfo zone) => new CronExpression(text, zone).GetNextValidTimeAfter(after);
}
