namespace GridFlow.EndToEnd.Tests;

/// <summary>The machine's clock, put on by as much as a test says. Timers run as ever: what is due by the new time is found at the next look.</summary>
internal sealed class MovedTime : TimeProvider
{
    private long _ticks;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Interlocked.Read(ref _ticks));

    /// <summary>Puts the clock on.</summary>
    public void Advance(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);

    /// <summary>Puts the clock on until an instant is over.</summary>
    public void Pass(DateTimeOffset instant) => Advance(instant - GetUtcNow() is { Ticks: > 0 } left ? left + TimeSpan.FromSeconds(1) : TimeSpan.Zero);
}
