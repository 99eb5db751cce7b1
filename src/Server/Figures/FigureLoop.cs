using System.Collections.Concurrent;
using GridFlow.Server.Cases;

namespace GridFlow.Server.Figures;

/// <summary>How far the counting has come, for those who read figures.</summary>
public sealed class FigureProgress
{
    /// <summary>All figures hold what happened up to then; null until the first round over all days is done.</summary>
    public DateTimeOffset? CompleteAt { get; internal set; }

    public int DaysDone { get; internal set; }

    public int DaysInAll { get; internal set; }
}

/// <summary>
/// Has cases counted. What changes here is told by the change feed and counted within seconds. What the feed did not tell (the
/// process died between a commit and the counting, another machine or an operator's verb did it) is found by comparing versions,
/// day by day, all days at the start and round and round after that. So a step of a case pays nothing for being counted, no
/// order of commits can hide one, and nothing has to be remembered over a crash.
/// </summary>
internal sealed class FigureLoop(FigureCounter counter, ChangeFeed feed, FigureProgress progress, TimeProvider time, ILogger<FigureLoop> logger) : Loop(Pause, time, logger)
{
    private const int DaysATurn = 5;

    // A day whose cases are all over is looked at on every so many rounds only.
    private const int SettledEvery = 20;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Round = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<string, bool> _changed = [];
    private readonly Queue<int> _days = [];
    private DateTimeOffset _roundBegan;
    private int _rounds;

    public override void Dispose()
    {
        feed.Changed -= Note;
        base.Dispose();
    }

    /// <summary>Counts what has changed, and compares the next days of the round; true while the round goes on.</summary>
    internal async Task<bool> TurnAsync(CancellationToken cancellationToken)
    {
        var now = Time.GetUtcNow();
        await CountChangedAsync(cancellationToken);
        if (_days.Count == 0)
        {
            if (progress.CompleteAt is not null && now - _roundBegan < Round)
            {
                progress.CompleteAt = now;
                return false;
            }

            await BeginRoundAsync(now, cancellationToken);
        }

        for (var turn = 0; turn < DaysATurn && _days.TryPeek(out var day); turn++)
        {
            await counter.CompareAsync(day, cancellationToken);
            _days.Dequeue();
            progress.DaysDone++;
        }

        if (_days.Count == 0)
        {
            progress.CompleteAt = now;
        }

        return _days.Count > 0;
    }

    internal void Listen() => feed.Changed += Note;

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Listen();
        return base.ExecuteAsync(stoppingToken);
    }

    // The first round goes through without pauses; after that, a few days at a time.
    protected override async Task TakeTurnAsync(CancellationToken cancellationToken)
    {
        while (await TurnAsync(cancellationToken) && progress.CompleteAt is null)
        {
        }
    }

    private void Note(CaseChange change) => _changed[change.CaseNumber] = true;

    private async Task CountChangedAsync(CancellationToken cancellationToken)
    {
        while (_changed.Keys.Take(FigureCounter.Batch).ToList() is { Count: > 0 } numbers)
        {
            // Taken out first: what changes while it is counted is counted again.
            foreach (var number in numbers)
            {
                _changed.TryRemove(number, out _);
            }

            try
            {
                await counter.CountAsync(numbers, cancellationToken);
            }
            catch
            {
                foreach (var number in numbers)
                {
                    _changed[number] = true;
                }

                throw;
            }
        }
    }

    private async Task BeginRoundAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        _roundBegan = now;
        progress.DaysDone = 0;
        if (await counter.FindDaysAsync(cancellationToken) is { } days)
        {
            var passed = _rounds % SettledEvery == 0 ? [] : await counter.FindSettledAsync(cancellationToken);
            for (var day = days.Last; day >= days.First; day--)
            {
                if (!passed.Contains(day))
                {
                    _days.Enqueue(day);
                }
            }
        }

        progress.DaysInAll = _days.Count;
        _rounds++;
    }
}
