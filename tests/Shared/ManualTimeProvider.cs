namespace GridFlow.Tests;

/// <summary>A clock that stands still until a test moves it. Timers made from it fire when it is moved past their time.</summary>
internal sealed class ManualTimeProvider(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<ManualTimer> _timers = [];
    private DateTimeOffset _now = start;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _now;
        }
    }

    /// <summary>What is measured passes as the clock is moved.</summary>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        lock (_lock)
        {
            _timers.Add(timer);
        }

        return timer;
    }

    /// <summary>Moves the clock to an instant not before now, firing what falls due on the way.</summary>
    public void MoveTo(DateTimeOffset instant)
    {
        lock (_lock)
        {
            _now = instant > _now ? instant : _now;
        }

        foreach (var timer in Snapshot())
        {
            timer.FireIfDue();
        }
    }

    public void Advance(TimeSpan by) => MoveTo(GetUtcNow() + by);

    private List<ManualTimer> Snapshot()
    {
        lock (_lock)
        {
            return [.. _timers];
        }
    }

    private void Remove(ManualTimer timer)
    {
        lock (_lock)
        {
            _timers.Remove(timer);
        }
    }

    private sealed class ManualTimer(ManualTimeProvider clock, TimerCallback callback, object? state) : ITimer
    {
        private DateTimeOffset? _due;
        private TimeSpan _period;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _due = dueTime == Timeout.InfiniteTimeSpan ? null : clock.GetUtcNow() + dueTime;
            _period = period;
            return true;
        }

        public void FireIfDue()
        {
            if (_due is { } due && due <= clock.GetUtcNow())
            {
                _due = _period > TimeSpan.Zero ? clock.GetUtcNow() + _period : null;
                callback(state);
            }
        }

        public void Dispose() => clock.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
