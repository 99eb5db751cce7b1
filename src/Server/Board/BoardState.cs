using System.Collections.Concurrent;
using GridFlow.Server.Cases;
using GridFlow.Server.Persistence;
using GridFlow.Workflows.Cases;
using Microsoft.EntityFrameworkCore;

namespace GridFlow.Server.Board;

/// <summary>The open cases at one moment.</summary>
/// <param name="Version">Another for another content.</param>
/// <param name="At">When it was read.</param>
/// <param name="Cases">In no order.</param>
public sealed record BoardSnapshot(long Version, DateTimeOffset At, IReadOnlyList<OpenCase> Cases);

/// <summary>
/// The one picture of all open cases that every viewer of the board looks at, through their own scope. It is read whole once,
/// then kept up by what the change feed tells, at most once in <see cref="Pause"/> however much happens and however many watch;
/// and read whole again now and then, for what another machine did. While nobody watches it costs nothing.
/// </summary>
public sealed class BoardState : IDisposable
{
    private const int Batch = 500;

    /// <summary>With more changes than these, reading all is less work.</summary>
    private const int MostChanges = 5_000;

    /// <summary>The least time between two readings.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>How long what another machine did may be missing.</summary>
    private static readonly TimeSpan WholeAgain = TimeSpan.FromMinutes(1);

    private readonly IDbContextFactory<GridFlowDbContext> _database;
    private readonly ChangeFeed _feed;
    private readonly TimeProvider _time;
    private readonly ILogger<BoardState> _logger;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly ConcurrentDictionary<string, bool> _changed = [];
    private readonly ConcurrentDictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OpenCase> _cases = new(StringComparer.Ordinal);
    private readonly ITimer _timer;
    private BoardSnapshot? _snapshot;
    private DateTimeOffset _wholeAt;
    private int _watchers;

    public BoardState(IDbContextFactory<GridFlowDbContext> database, ChangeFeed feed, TimeProvider time, ILogger<BoardState> logger)
    {
        (_database, _feed, _time, _logger) = (database, feed, time, logger);
        _timer = time.CreateTimer(_ => _ = TickAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _feed.Changed += Note;
    }

    /// <summary>Raised after each reading, and every few seconds while time alone makes cases late. Handlers must not throw.</summary>
    public event Action? Refreshed;

    /// <summary>The picture, at most <see cref="Pause"/> old.</summary>
    public async Task<BoardSnapshot> GetAsync(CancellationToken cancellationToken = default)
    {
        var now = _time.GetUtcNow();
        if (_snapshot is { } fresh && now - fresh.At < Pause)
        {
            return fresh;
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            // Whoever waited finds what the one before them read.
            now = _time.GetUtcNow();
            return _snapshot is { } read && now - read.At < Pause ? read : _snapshot = await ReadAsync(now, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Has the picture kept up for as long as what it returns is not disposed.</summary>
    public IDisposable Watch()
    {
        Count(1);
        return new Watching(this);
    }

    public void Dispose()
    {
        _feed.Changed -= Note;
        _timer.Dispose();
        _turn.Dispose();
    }

    private void Count(int watchers)
    {
        lock (_timer)
        {
            _watchers += watchers;
            var pause = _watchers > 0 ? Pause : Timeout.InfiniteTimeSpan;
            _timer.Change(pause, pause);
        }
    }

    private void Note(CaseChange change)
    {
        // Beyond that many all is read again, so there is no use in knowing which.
        if (_changed.Count <= MostChanges)
        {
            _changed[change.CaseNumber] = true;
        }
    }

    private async Task TickAsync()
    {
        try
        {
            await GetAsync();
            Refreshed?.Invoke();
        }
        catch (Exception problem)
        {
            Log.LoopFailed(_logger, problem, nameof(BoardState));
        }
    }

    private async Task<BoardSnapshot> ReadAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await _database.CreateDbContextAsync(cancellationToken);
        var changed = _changed.Keys.ToList();
        if (_snapshot is null || now - _wholeAt >= WholeAgain || changed.Count > MostChanges)
        {
            _changed.Clear();
            _cases.Clear();
            _texts.Clear();
            await TakeAsync(db.Cases.Where(row => row.Status == CaseStatus.Open), cancellationToken);
            _wholeAt = now;
        }
        else if (changed.Count == 0)
        {
            return _snapshot with { At = now };
        }
        else
        {
            foreach (var numbers in changed.Chunk(Batch))
            {
                // Taken out first: what changes while it is read is read again.
                foreach (var number in numbers)
                {
                    _changed.TryRemove(number, out _);
                    _cases.Remove(number);
                }

                await TakeAsync(db.Cases.Where(row => numbers.Contains(row.Number) && row.Status == CaseStatus.Open), cancellationToken);
            }
        }

        return new BoardSnapshot((_snapshot?.Version ?? 0) + 1, now, [.. _cases.Values]);
    }

    private async Task TakeAsync(IQueryable<CaseRow> rows, CancellationToken cancellationToken)
    {
        var found = rows.AsNoTracking().Select(row => new
        {
            row.Number, row.AreaPath, row.LeadUnit, row.AssistingUnits, row.Category, row.Place, row.Tier, row.Stage, row.Urgency, row.AcceptedAt, DueAt = row.HandledAt == null ? row.DueAt : null,
        });
        await foreach (var row in found.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            _cases[row.Number] = new OpenCase(row.Number, Once(row.AreaPath)!, Once(row.LeadUnit), Once(row.AssistingUnits)!, Once(row.Category), Once(Plain(row.Place))!)
            {
                Tier = row.Tier, Stage = row.Stage, Urgency = row.Urgency, AcceptedAt = row.AcceptedAt, DueAt = row.DueAt,
            };
        }
    }

    // A hundred thousand cases lie in some thousand places: each text is kept once.
    private string? Once(string? text) => text is null ? null : _texts.GetOrAdd(text, text);

    private static string Plain(string? place) => place is null ? "" : string.Concat(place.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    private sealed class Watching(BoardState state) : IDisposable
    {
        private int _isOver;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isOver, 1) == 0)
            {
                state.Count(-1);
            }
        }
    }
}
