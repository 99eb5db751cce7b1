using System.Collections.Concurrent;
using GridFlow.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace GridFlow.Server.Figures;

/// <summary>
/// Hands out the entries of days. Those read lately are kept, up to a bound, so that a page asked again costs one short
/// statement that tells which days were counted anew.
/// </summary>
public sealed class FigurePages(IDbContextFactory<GridFlowDbContext> database)
{
    /// <summary>The most that is kept, in bytes: a million cases and a half.</summary>
    public const long MostKept = 56_000_000;

    private const int DaysAtOnce = 64;
    private readonly ConcurrentDictionary<(FigureBasis Basis, int Day), Kept> _kept = [];
    private long _bytes;
    private long _turn;

    private sealed record Kept(DateTimeOffset CountedAt, byte[] Entries)
    {
        public long UsedAt { get; set; }
    }

    /// <summary>The entries of every counted day of a span, in the order of the days.</summary>
    public async Task<IReadOnlyList<(int Day, byte[] Entries)>> ReadAsync(FigureBasis basis, int from, int to, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var days = await db.Set<FigureDayRow>().AsNoTracking()
            .Where(row => row.Basis == basis && row.Day >= from && row.Day <= to && row.Rules == FigureRules.Version && row.Cases > 0)
            .OrderBy(row => row.Day).Select(row => new { row.Day, row.CountedAt }).ToListAsync(cancellationToken);
        var turn = Interlocked.Increment(ref _turn);
        var found = new Dictionary<int, byte[]>();
        foreach (var day in days)
        {
            if (_kept.TryGetValue((basis, day.Day), out var kept) && kept.CountedAt == day.CountedAt)
            {
                kept.UsedAt = turn;
                found[day.Day] = kept.Entries;
            }
        }

        foreach (var missing in days.Select(day => day.Day).Where(day => !found.ContainsKey(day)).Chunk(DaysAtOnce))
        {
            var rows = await db.Set<FigureDayRow>().AsNoTracking().Where(row => row.Basis == basis && missing.Contains(row.Day))
                .Select(row => new { row.Day, row.CountedAt, row.Entries }).ToListAsync(cancellationToken);
            foreach (var row in rows)
            {
                found[row.Day] = row.Entries;
                Keep((basis, row.Day), new Kept(row.CountedAt, row.Entries) { UsedAt = turn });
            }
        }

        return [.. days.Select(day => (day.Day, found[day.Day]))];
    }

    private void Keep((FigureBasis, int) key, Kept page)
    {
        if (_kept.TryRemove(key, out var old))
        {
            Interlocked.Add(ref _bytes, -old.Entries.Length);
        }

        if (_kept.TryAdd(key, page))
        {
            Interlocked.Add(ref _bytes, page.Entries.Length);
        }

        if (Interlocked.Read(ref _bytes) <= MostKept)
        {
            return;
        }

        foreach (var (stale, _) in _kept.ToArray().OrderBy(entry => entry.Value.UsedAt).Take(_kept.Count / 4))
        {
            if (_kept.TryRemove(stale, out var gone))
            {
                Interlocked.Add(ref _bytes, -gone.Entries.Length);
            }
        }
    }
}
