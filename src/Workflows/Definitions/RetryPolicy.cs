namespace GridFlow.Workflows.Definitions;

/// <summary>How often a failed step is tried again by itself, and after what pauses, before a person is asked.</summary>
/// <param name="Attempts">How often it is tried again; none means that a person is asked at once.</param>
/// <param name="Delay">The pause before the first new attempt.</param>
/// <param name="Factor">By what each further pause is longer than the one before.</param>
public sealed record RetryPolicy(int Attempts, TimeSpan Delay, double Factor)
{
    /// <summary>The most attempts a definition may ask for.</summary>
    public const int MostAttempts = 20;

    /// <summary>The longest pause; a factor makes none longer.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromDays(7);

    /// <summary>For what fails the same way every time: an expression that cannot be computed, a unit that does not exist.</summary>
    public static readonly RetryPolicy None = new(0, TimeSpan.Zero, 1);

    /// <summary>For what touches the world outside: again after one minute, five, and twenty-five.</summary>
    public static readonly RetryPolicy Outside = new(3, TimeSpan.FromMinutes(1), 5);

    /// <summary>The pause after the failure with this number, counted from 1; null when it was the last.</summary>
    public TimeSpan? PauseAfter(int failure) => failure > Attempts
        ? null
        : TimeSpan.FromSeconds(Math.Min(Delay.TotalSeconds * Math.Pow(Factor, failure - 1), LongestPause.TotalSeconds));

    /// <summary>A pause as a definition writes it: <c>30s</c>, <c>1m</c>, <c>2h</c>, <c>1d</c>; false for anything else and for what is longer than a week.</summary>
    public static bool TryParsePause(string? text, out TimeSpan pause)
    {
        pause = default;
        if (text is null || text.Length < 2 || !int.TryParse(text.AsSpan(0, text.Length - 1), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        double seconds = text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86_400, _ => -1 };
        if (seconds < 0 || number * seconds > LongestPause.TotalSeconds)
        {
            return false;
        }

        pause = TimeSpan.FromSeconds(number * seconds);
        return true;
    }

    /// <summary>A pause in the largest unit that says it whole.</summary>
    public static string WritePause(TimeSpan pause)
    {
        var seconds = (long)pause.TotalSeconds;
        var (size, unit) = seconds switch
        {
            > 0 when seconds % 86_400 == 0 => (86_400, 'd'),
            > 0 when seconds % 3600 == 0 => (3600, 'h'),
            > 0 when seconds % 60 == 0 => (60, 'm'),
            _ => (1, 's'),
        };
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{seconds / size}{unit}");
    }
}
