namespace GridFlow.Server.Cases;

/// <summary>
/// Calls a page back when cases change that concern it: soon after the first change, and once for however many come in the
/// meantime, so that a busy intake costs an open page one query a second.
/// </summary>
public sealed class LiveUpdates : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly ChangeFeed _feed;
    private readonly Func<CaseChange, bool> _concerns;
    private readonly ITimer _timer;
    private int _isPending;

    public LiveUpdates(ChangeFeed feed, TimeProvider time, Func<CaseChange, bool> concerns, Func<Task> changed)
    {
        _feed = feed;
        _concerns = concerns;
        _timer = time.CreateTimer(
            _ =>
            {
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
            _timer.Change(Pause, Timeout.InfiniteTimeSpan);
        }
    }
}
