using GridFlow.Server.Persistence;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Engine;
using Microsoft.EntityFrameworkCore;

namespace GridFlow.Server.Cases;

/// <summary>The books: accepted must equal open, closed, merged and withdrawn together, and every open case must have something that moves it.</summary>
public sealed record Ledger(int Accepted, int Open, int Closed, int Merged, int Withdrawn)
{
    /// <summary>Open cases without an open work item, a timer or a bookmark, by number.</summary>
    public required IReadOnlyList<string> Stranded { get; init; }

    /// <summary>Cases that no workflow drives.</summary>
    public required IReadOnlyList<string> WithoutInstance { get; init; }

    /// <summary>Cases that are over and still have open work, a timer or a bookmark.</summary>
    public required IReadOnlyList<string> Misfiled { get; init; }

    /// <summary>Instances that took in a case which is no longer there.</summary>
    public required IReadOnlyList<string> WithoutCase { get; init; }

    /// <summary>Cases whose inboxes, timers or bookmarks do not hold what their workflow waits for.</summary>
    public required IReadOnlyList<string> Adrift { get; init; }

    /// <summary>Cases whose history has a gap, a changed entry or a missing end.</summary>
    public required IReadOnlyList<string> BrokenHistory { get; init; }

    public bool IsBalanced => Accepted == Open + Closed + Merged + Withdrawn && Stranded.Count + WithoutInstance.Count + WithoutCase.Count + Misfiled.Count + Adrift.Count + BrokenHistory.Count == 0;
}

/// <summary>Checks the books, at any moment, from what is stored.</summary>
public sealed class ConservationLedger(IDbContextFactory<GridFlowDbContext> database)
{
    private const int Page = 500;

    public async Task<Ledger> CheckAsync(IProgress<double> progress, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);

        // One transaction, so that all counts are of the same moment while cases come in.
        await using var transaction = await db.BeginReadSnapshotAsync(cancellationToken);
        var counts = await db.Cases.GroupBy(row => row.Status).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, cancellationToken);
        var accepted = await db.History.CountAsync(row => row.Number == 1 && row.Kind == HistoryKind.Accepted, cancellationToken);
        var stranded = await db.Cases.Where(row => row.Status == CaseStatus.Open
                && !db.WorkItems.Any(item => item.CaseNumber == row.Number && item.ClosedAt == null) && !db.Timers.Any(timer => timer.InstanceId == row.Number)
                && !db.Bookmarks.Any(bookmark => bookmark.InstanceId == row.Number))
            .Select(row => row.Number).ToListAsync(cancellationToken);
        var orphans = await db.Cases.Where(row => !db.Instances.Any(instance => instance.Id == row.Number)).Select(row => row.Number).ToListAsync(cancellationToken);
        var lost = await db.History.Where(row => row.Number == 1 && row.Kind == HistoryKind.Accepted && !db.Cases.Any(found => found.Number == row.InstanceId))
            .Select(row => row.InstanceId).ToListAsync(cancellationToken);

        // An appeal comes after the end, with a clock of its own, and what was copied to somebody may still be read.
        var misfiled = await db.Cases.Where(row => row.Status != CaseStatus.Open
                && (db.WorkItems.Any(item => item.CaseNumber == row.Number && item.ClosedAt == null && item.Kind != WorkItemKind.Request && item.Kind != WorkItemKind.Reading)
                    || (db.Timers.Any(timer => timer.InstanceId == row.Number) && !db.WorkItems.Any(item => item.CaseNumber == row.Number && item.ClosedAt == null && item.Kind == WorkItemKind.Request))
                    || db.Bookmarks.Any(bookmark => bookmark.InstanceId == row.Number)))
            .Select(row => row.Number).ToListAsync(cancellationToken);
        var (broken, adrift) = await CheckInstancesAsync(db, accepted, progress, cancellationToken);
        return new Ledger(accepted, Count(CaseStatus.Open), Count(CaseStatus.Closed), Count(CaseStatus.Merged), Count(CaseStatus.Withdrawn))
        {
            Stranded = stranded,
            WithoutInstance = orphans,
            WithoutCase = lost,
            Misfiled = misfiled,
            Adrift = adrift,
            BrokenHistory = broken,
        };

        int Count(CaseStatus status) => counts.GetValueOrDefault(status);
    }

    private static async Task<(List<string> Broken, List<string> Adrift)> CheckInstancesAsync(GridFlowDbContext db, int total, IProgress<double> progress, CancellationToken cancellationToken)
    {
        var broken = new List<string>();
        var adrift = new List<string>();
        var checkedSoFar = 0;
        var last = "";
        while (true)
        {
            var instances = await db.Instances.AsNoTracking().Where(row => row.Id.CompareTo(last) > 0).OrderBy(row => row.Id).Take(Page).ToListAsync(cancellationToken);
            if (instances.Count == 0)
            {
                return (broken, adrift);
            }

            var ids = instances.Select(instance => instance.Id).ToList();
            var history = (await db.History.AsNoTracking().Where(row => ids.Contains(row.InstanceId)).OrderBy(row => row.Number).ToListAsync(cancellationToken)).ToLookup(row => row.InstanceId);
            var items = (await db.WorkItems.AsNoTracking().Where(row => ids.Contains(row.CaseNumber) && row.ClosedAt == null).Select(row => new { row.CaseNumber, row.Id }).ToListAsync(cancellationToken))
                .ToLookup(row => row.CaseNumber, row => row.Id);
            var timers = (await db.Timers.AsNoTracking().Where(row => ids.Contains(row.InstanceId)).Select(row => new { row.InstanceId, row.Id }).ToListAsync(cancellationToken))
                .ToLookup(row => row.InstanceId, row => row.Id);
            var bookmarks = (await db.Bookmarks.AsNoTracking().Where(row => ids.Contains(row.InstanceId)).Select(row => new { row.InstanceId, row.Id }).ToListAsync(cancellationToken))
                .ToLookup(row => row.InstanceId, row => row.Id);
            foreach (var instance in instances)
            {
                var state = InstanceJson.Read(instance.State);
                if (!items[instance.Id].ToHashSet().SetEquals(state.WorkItems.Select(item => item.Id)) || !timers[instance.Id].ToHashSet().SetEquals(state.Timers.Select(timer => timer.Id))
                    || !bookmarks[instance.Id].ToHashSet().SetEquals(state.Bookmarks.Select(bookmark => bookmark.Id)))
                {
                    adrift.Add(instance.Id);
                }

                if (!HistoryChain.IsWhole(instance, [.. history[instance.Id]]))
                {
                    broken.Add(instance.Id);
                }
            }

            last = ids[^1];
            checkedSoFar += instances.Count;
            progress.Report(total == 0 ? 1 : (double)checkedSoFar / total);
        }
    }
}
