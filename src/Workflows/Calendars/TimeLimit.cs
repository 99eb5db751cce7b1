using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;

namespace GridFlow.Workflows.Calendars;

/// <summary>
/// An amount of time on one of the four clocks. Its text, which is also its JSON, is the amount followed by
/// <c>uh</c>, <c>wh</c>, <c>wd</c> or <c>nd</c>; hours may be given in minutes as <c>um</c> and <c>wm</c>,
/// so <c>15wm</c> and <c>0.25wh</c> are the same limit.
/// </summary>
/// <param name="Amount">
/// Positive when the limit was parsed; <see cref="WorkingCalendar.Add"/> refuses anything else. Hours and natural days
/// may be fractions, working days may not.
/// </param>
/// <param name="Unit">The clock the amount runs on.</param>
[JsonConverter(typeof(TimeLimitJsonConverter))]
public readonly record struct TimeLimit(decimal Amount, TimeUnit Unit)
{
    private const int MinutesPerHour = 60;

    /// <summary>A limit of so many hours running day and night.</summary>
    public static TimeLimit UrgentHours(decimal amount) => new(amount, TimeUnit.UrgentHour);

    /// <summary>A limit of so many hours of working time.</summary>
    public static TimeLimit WorkingHours(decimal amount) => new(amount, TimeUnit.WorkingHour);

    /// <summary>A limit of so many minutes of working time.</summary>
    public static TimeLimit WorkingMinutes(decimal amount) => new(amount / MinutesPerHour, TimeUnit.WorkingHour);

    /// <summary>A limit of so many working days.</summary>
    public static TimeLimit WorkingDays(int amount) => new(amount, TimeUnit.WorkingDay);

    /// <summary>A limit of so many days of 24 hours.</summary>
    public static TimeLimit NaturalDays(decimal amount) => new(amount, TimeUnit.NaturalDay);

    /// <summary>Reads the compact form.</summary>
    /// <exception cref="FormatException">The text is not a limit; the message shows the forms that are.</exception>
    public static TimeLimit Parse(string text) =>
        TryParse(text, out var limit)
            ? limit
            : throw new FormatException($"'{text}' is not a time limit. Write 2uh, 4wh, 15wm, 5wd or 3nd.");

    /// <summary>Reads the compact form. Refuses zero, negative amounts and fractions of a working day.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out TimeLimit limit)
    {
        limit = default;
        if (text is null || text.Length < 3
            || !decimal.TryParse(text.AsSpan(0, text.Length - 2), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
            || amount <= 0)
        {
            return false;
        }

        TimeLimit? read = text[^2..] switch
        {
            "uh" => new TimeLimit(amount, TimeUnit.UrgentHour),
            "um" => new TimeLimit(amount / MinutesPerHour, TimeUnit.UrgentHour),
            "wh" => new TimeLimit(amount, TimeUnit.WorkingHour),
            "wm" => new TimeLimit(amount / MinutesPerHour, TimeUnit.WorkingHour),
            "wd" when amount == decimal.Truncate(amount) => new TimeLimit(amount, TimeUnit.WorkingDay),
            "nd" => new TimeLimit(amount, TimeUnit.NaturalDay),
            _ => null,
        };
        limit = read.GetValueOrDefault();
        return read is not null;
    }

    /// <summary>
    /// The amount in whole minutes, when it is an amount of hours that people say in minutes: less than an hour,
    /// or not a number of hours with two decimals.
    /// </summary>
    internal int? Minutes
    {
        get
        {
            if (Unit is TimeUnit.WorkingDay or TimeUnit.NaturalDay || Amount > WorkingCalendar.LongestHours || Amount <= 0)
            {
                return null;
            }

            var minutes = decimal.Round(Amount * MinutesPerHour, 10);
            var saidInMinutes = Amount < 1 || Amount != decimal.Round(Amount, 2);
            return saidInMinutes && minutes == decimal.Truncate(minutes) ? (int)minutes : null;
        }
    }

    /// <summary>The compact form, independent of culture; <see cref="Parse"/> reads it back to an equal limit.</summary>
    public override string ToString()
    {
        if (Minutes is { } minutes)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{minutes}{(Unit == TimeUnit.UrgentHour ? "um" : "wm")}");
        }

        var suffix = Unit switch
        {
            TimeUnit.UrgentHour => "uh",
            TimeUnit.WorkingHour => "wh",
            TimeUnit.WorkingDay => "wd",
            TimeUnit.NaturalDay => "nd",
        };
        return Amount.ToString("0.############################", CultureInfo.InvariantCulture) + suffix;
    }
}
