namespace GridFlow.Server.Cases;

/// <summary>
/// Calls a page back when cases change that concern it: soon after a change, and not again within a second, however many come in the
/// meantime, so that a busy intake costs an open page one query a second.
/// </summary>
public sealed class LiveUpdates : IDisposable
{
    // What is done at once, such as a report that is sorted and handed out, comes within this.
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly ChangeFeed _feed;
    private readonly Func<CaseChange, bool> _concerns;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private int _isPending;
    private long _called;

    public LiveUpdates(ChangeFeed feed, TimeProvider time, Func<CaseChange, bool> concerns, Func<Task> changed)
    {
        _feed = feed;
        _concerns = concerns;
        _time = time;
        _called = time.GetTimestamp() - (long)(Pause.TotalSeconds * time.TimestampFrequency);
        _timer = time.CreateTimer(
            _ =>
            {
                Interlocked.Exchange(ref _called, _time.GetTimestamp());
                Interlocked.Exchange(ref _isPending, 0);
                _ = changed();
            },
            null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _feed.Changed += Note;
    }

    public void Dispose()
    {
        _feed.Changed -= Note;
        _timer.Dispose();
    }

    private void Note(CaseChange change)
    {
        if (_concerns(change) && Interlocked.Exchange(ref _isPending, 1) == 0)
        {
            var left = Pause - _time.GetElapsedTime(Interlocked.Read(ref _called));
            _timer.Change(left > Soon ? left : Soon, Timeout.InfiniteTimeSpan);
        }
    }
}
