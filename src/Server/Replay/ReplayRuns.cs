using System.Collections.Concurrent;

namespace GridFlow.Server.Replay;

public enum ReplayState
{
    /// <summary>Another replay is under way; one at a time leaves the machine to those who work.</summary>
    Waiting,
    Running,
    Done,
    Cancelled,
    Failed,
}

/// <summary>A replay somebody asked for. Goes on when they look elsewhere.</summary>
public sealed class ReplayRun : IProgress<double>
{
    private readonly CancellationTokenSource _cancel;

    internal ReplayRun(ReplayOrder order, int draftId, int version, CancellationToken stopping)
    {
        (Order, DraftId, Version) = (order, draftId, version);
        _cancel = CancellationTokenSource.CreateLinkedTokenSource(stopping);
    }

    public ReplayOrder Order { get; }

    public int DraftId { get; }

    /// <summary>The version of the draft that was replayed; it may have been edited since.</summary>
    public int Version { get; }

    public ReplayState State { get; internal set; }

    /// <summary>How much is done, from 0 to 1.</summary>
    public double Share { get; private set; }

    /// <summary>What it gave, once it is done.</summary>
    public ReplayResult? Result { get; internal set; }

    public bool IsOver => State is ReplayState.Done or ReplayState.Cancelled or ReplayState.Failed;

    internal CancellationToken Cancelled => _cancel.Token;

    public void Cancel() => _cancel.Cancel();

    public void Report(double value) => Share = Math.Max(Share, value);
}

/// <summary>
/// Replays under way in this process, and the results of the last ones: one for each person and draft, a few in all. They are
/// a look at a moment, not books, so they are kept in memory and gone with the process.
/// </summary>
public sealed class ReplayRuns(ReplayRunner runner, IHostApplicationLifetime lifetime, ILogger<ReplayRuns> logger) : IDisposable
{
    private const int MostKept = 12;
    private readonly ConcurrentDictionary<(string Account, int DraftId, int? Row), ReplayRun> _runs = [];
    private readonly ConcurrentQueue<(string Account, int DraftId, int? Row)> _order = [];
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Begins a replay; one of the same person over the same draft is given up.</summary>
    public ReplayRun Begin(ReplayOrder order, int draftId, int version)
    {
        var run = new ReplayRun(order, draftId, version, lifetime.ApplicationStopping);
        var key = (order.Reader.AccountId, draftId, order.Row);
        Find(order.Reader.AccountId, draftId, order.Row)?.Cancel();
        _runs[key] = run;
        _order.Enqueue(key);
        while (_order.Count > MostKept && _order.TryDequeue(out var oldest))
        {
            Forget(oldest);
        }

        _ = Task.Run(() => CarryOutAsync(run));
        return run;
    }

    /// <summary>The last replay of a draft by a person, or null.</summary>
    public ReplayRun? Find(string accountId, int draftId, int? row = null) => _runs.GetValueOrDefault((accountId, draftId, row));

    public void Dispose() => _turn.Dispose();

    private void Forget((string Account, int DraftId, int? Row) oldest)
    {
        if (!_order.Contains(oldest) && _runs.TryRemove(oldest, out var run))
        {
            run.Cancel();
        }
    }

    private async Task CarryOutAsync(ReplayRun run)
    {
        try
        {
            await _turn.WaitAsync(run.Cancelled);
            try
            {
                run.State = ReplayState.Running;
                run.Result = await runner.RunAsync(run.Order, run, run.Cancelled);
                run.State = ReplayState.Done;
            }
            finally
            {
                _turn.Release();
            }
        }
        catch (OperationCanceledException)
        {
            run.State = ReplayState.Cancelled;
        }
        catch (Exception problem)
        {
            run.State = ReplayState.Failed;
            Log.LoopFailed(logger, problem, nameof(ReplayRuns));
        }
    }
}
