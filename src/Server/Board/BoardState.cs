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
/// then kept up by what the change feed tells, at most once in <see cref="Pause"/> however much happens and however many watch.
/// Now and then it is read whole again behind the scenes, for what another machine did; nobody waits for that.
/// </summary>
public sealed class BoardState : IDisposable
{
    private const int Batch = 500;

    /// <summary>The least time between two readings.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>While nobody watches, so that the next who does has it at once.</summary>
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(30);

    /// <summary>How long what another machine did may be missing.</summary>
    private static readonly TimeSpan WholeAgain = TimeSpan.FromMinutes(5);

    private readonly IDbContextFactory<GridFlowDbContext> _database;
    private readonly ChangeFeed _feed;
    private readonly TimeProvider _time;
    private readonly ILogger<BoardState> _logger;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly ConcurrentDictionary<string, bool> _changed = [];
    private readonly ITimer _timer;
    private Dictionary<string, OpenCase> _cases = new(StringComparer.Ordinal);
    private ConcurrentDictionary<string, bool>? _changedMeanwhile;
    private BoardSnapshot? _snapshot;
    private DateTimeOffset _wholeAt;
    private bool _isBegun;
    private int _watchers;
    private int _isTicking;

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
        if (Fresh() is { } fresh)
        {
            return fresh;
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            // Whoever waited finds what the one before them read.
            return Fresh() ?? (_snapshot is null ? await BeginAsync(cancellationToken) : await KeepUpAsync(cancellationToken));
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>The picture with this open case in it, even where it came a moment ago or through another machine.</summary>
    public async Task<BoardSnapshot> GetWithAsync(string caseNumber, CancellationToken cancellationToken = default)
    {
        var picture = await GetAsync(cancellationToken);
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_cases.ContainsKey(caseNumber))
            {
                return _snapshot ?? picture;
            }

            _changed[caseNumber] = true;
            return await KeepUpAsync(cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Has the picture kept up closely for as long as what it returns is not disposed.</summary>
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

    private BoardSnapshot? Fresh() => _snapshot is { } read && _time.GetUtcNow() - read.At < Pause ? read : null;

    private void Count(int watchers)
    {
        lock (_timer)
        {
            _watchers += watchers;
            var pause = _watchers > 0 ? Pause : Idle;
            _timer.Change(pause, pause);
        }
    }

    private void Note(CaseChange change)
    {
        if (_isBegun)
        {
            _changed[change.CaseNumber] = true;
            if (_changedMeanwhile is { } meanwhile)
            {
                meanwhile[change.CaseNumber] = true;
            }
        }
    }

    private async Task TickAsync()
    {
        if (Interlocked.Exchange(ref _isTicking, 1) == 1)
        {
            return;
        }

        try
        {
            await GetAsync();
            Refreshed?.Invoke();
            if (_time.GetUtcNow() - _wholeAt >= WholeAgain)
            {
                await ReadAgainAsync();
            }
        }
        catch (Exception problem)
        {
            Log.LoopFailed(_logger, problem, nameof(BoardState));
        }
        finally
        {
            Interlocked.Exchange(ref _isTicking, 0);
        }
    }

    private async Task<BoardSnapshot> BeginAsync(CancellationToken cancellationToken)
    {
        // From here on changes are noted: what happens while it is read is read after it.
        _isBegun = true;
        await using var db = await _database.CreateDbContextAsync(cancellationToken);
        (_cases, _wholeAt) = (await ReadWholeAsync(db, cancellationToken), _time.GetUtcNow());
        return Show();
    }

    private async Task<BoardSnapshot> KeepUpAsync(CancellationToken cancellationToken)
    {
        if (_changed.IsEmpty)
        {
            return _snapshot = _snapshot! with { At = _time.GetUtcNow() };
        }

        await using var db = await _database.CreateDbContextAsync(cancellationToken);
        foreach (var numbers in _changed.Keys.Chunk(Batch))
        {
            // Taken out first: what changes while it is read is read again.
            foreach (var number in numbers)
            {
                _changed.TryRemove(number, out _);
                _cases.Remove(number);
            }

            await TakeAsync(_cases, db.Cases.Where(row => EF.Parameter(numbers).Contains(row.Number) && row.Status == CaseStatus.Open), cancellationToken);
        }

        return Show();
    }

    private async Task ReadAgainAsync()
    {
        _changedMeanwhile = [];
        await using var db = await _database.CreateDbContextAsync();
        var whole = await ReadWholeAsync(db, CancellationToken.None);
        await _turn.WaitAsync();
        try
        {
            foreach (var number in _changedMeanwhile.Keys)
            {
                _changed[number] = true;
            }

            (_cases, _wholeAt, _changedMeanwhile) = (whole, _time.GetUtcNow(), null);
            await KeepUpAsync(CancellationToken.None);
            Show();
        }
        finally
        {
            _turn.Release();
        }
    }

    private BoardSnapshot Show() => _snapshot = new BoardSnapshot((_snapshot?.Version ?? 0) + 1, _time.GetUtcNow(), [.. _cases.Values]);

    private static async Task<Dictionary<string, OpenCase>> ReadWholeAsync(GridFlowDbContext db, CancellationToken cancellationToken)
    {
        var cases = new Dictionary<string, OpenCase>(StringComparer.Ordinal);
        await TakeAsync(cases, db.Cases.Where(row => row.Status == CaseStatus.Open), cancellationToken);
        return cases;
    }

    private static async Task TakeAsync(Dictionary<string, OpenCase> into, IQueryable<CaseRow> rows, CancellationToken cancellationToken)
    {
        // A hundred thousand cases lie in some thousand places: each text is kept once.
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        var found = rows.AsNoTracking().Select(row => new
        {
            row.Number,
            row.AreaPath,
            row.LeadUnit,
            row.AssistingUnits,
            row.Category,
            row.Place,
            row.Title,
            row.Tier,
            row.Stage,
            row.Urgency,
            row.AcceptedAt,
            DueAt = row.HandledAt == null ? row.DueAt : null,
        });
        await foreach (var row in found.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            into[row.Number] = new OpenCase(row.Number, Once(row.AreaPath)!, Once(row.LeadUnit), Once(row.AssistingUnits)!, Once(row.Category), Once(Plain(row.Place))!)
            {
                Words = Once(MatterWords.Of(row.Title))!,
                Tier = row.Tier,
                Stage = row.Stage,
                Urgency = row.Urgency,
                AcceptedAt = row.AcceptedAt,
                DueAt = row.DueAt,
            };
        }

        string? Once(string? text) => text is null ? null : texts.TryGetValue(text, out var known) ? known : texts[text] = text;
    }

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
