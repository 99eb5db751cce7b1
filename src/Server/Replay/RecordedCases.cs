using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using GridFlow.Server.Cases;
using GridFlow.Server.Persistence;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Engine;
using GridFlow.Workflows.Replay;
using GridFlow.Workflows.Routing;
using Microsoft.EntityFrameworkCore;

namespace GridFlow.Server.Replay;

/// <summary>A case of a batch, its history not yet read.</summary>
public sealed record CaseHead(CaseState Case, string DefinitionId, string? Classification, string? Routing);

/// <summary>
/// Reads the recorded cases of a period in batches, two statements each however large a batch is: the cases by the date they
/// were accepted, and of their history the kinds a replay needs.
/// </summary>
public sealed class RecordedCases(IDbContextFactory<GridFlowDbContext> database)
{
    public const int BatchSize = 500;

    public async Task<int> CountAsync(ReplayPeriod period, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var (begin, end) = (period.Begin, period.End);
        return await db.Cases.CountAsync(row => row.AcceptedAt >= begin && row.AcceptedAt < end, cancellationToken);
    }

    /// <summary>The first and the last day cases were accepted on; null when there are none.</summary>
    public async Task<ReplayPeriod?> FindSpanAsync(CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var first = await db.Cases.OrderBy(row => row.AcceptedAt).Select(row => (DateTimeOffset?)row.AcceptedAt).FirstOrDefaultAsync(cancellationToken);
        var last = await db.Cases.OrderByDescending(row => row.AcceptedAt).Select(row => (DateTimeOffset?)row.AcceptedAt).FirstOrDefaultAsync(cancellationToken);
        return first is { } from && last is { } to ? new ReplayPeriod(ReplayPeriod.Today(from), ReplayPeriod.Today(to)) : null;
    }

    /// <summary>The cases of a period in the order they were accepted, a batch at a time.</summary>
    public async IAsyncEnumerable<ImmutableArray<CaseHead>> ReadAsync(ReplayPeriod period, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (last, number, end) = (period.Begin, "", period.End);
        while (true)
        {
            ImmutableArray<CaseHead> batch;
            await using (var db = await database.CreateDbContextAsync(cancellationToken))
            {
                batch = [.. await After(db, last, number, end).Take(BatchSize).ToListAsync(cancellationToken)];
            }

            if (batch.Length > 0)
            {
                yield return batch;
                (last, number) = (batch[^1].Case.AcceptedAt, batch[^1].Case.Number);
            }

            if (batch.Length < BatchSize)
            {
                yield break;
            }
        }
    }

    /// <summary>Cases with their books; null for one whose books do not tell how it came in.</summary>
    public async Task<ImmutableArray<(CaseHead Head, RecordedCase? Recorded)>> OpenAsync(ImmutableArray<CaseHead> heads, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var numbers = heads.Select(head => head.Case.Number).ToList();
        var kinds = RecordedCase.Kinds.ToList();
        var rows = await db.History.AsNoTracking().Where(row => numbers.Contains(row.InstanceId) && kinds.Contains(row.Kind))
            .Select(row => new { row.InstanceId, row.Number, row.At, row.Kind, row.ActorId, row.ActorName, row.ActorUnit, row.IsPublic, row.Data })
            .ToListAsync(cancellationToken);
        var entries = rows.ToLookup(row => row.InstanceId, row => new HistoryEntry(
            row.Number, row.At, row.Kind, new Actor(row.ActorId, row.ActorName, row.ActorUnit), row.IsPublic, DataOf(row.Data), ""));
        return [.. heads.Select(head => (head, RecordedCase.From(WithReasons(head), head.DefinitionId, entries[head.Case.Number])))];
    }

    /// <summary>Which of some cases a person may see.</summary>
    public async Task<HashSet<string>> VisibleAsync(IReadOnlyCollection<string> numbers, Security.CurrentUser reader, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.Cases.AsNoTracking().VisibleTo(reader, db).Where(row => numbers.Contains(row.Number)).Select(row => row.Number).ToHashSetAsync(cancellationToken);
    }

    /// <summary>Titles of some cases by their numbers; of those a person may see.</summary>
    public async Task<IReadOnlyDictionary<string, string>> TitlesAsync(IReadOnlyCollection<string> numbers, Security.CurrentUser reader, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.Cases.AsNoTracking().VisibleTo(reader, db).Where(row => numbers.Contains(row.Number)).Select(row => new { row.Number, row.Title })
            .ToDictionaryAsync(row => row.Number, row => row.Title, cancellationToken);
    }

    private static IQueryable<CaseHead> After(GridFlowDbContext db, DateTimeOffset last, string number, DateTimeOffset end) =>
        from row in db.Cases.AsNoTracking()
        where row.AcceptedAt >= last && row.AcceptedAt < end && (row.AcceptedAt > last || row.Number.CompareTo(number) > 0)
        orderby row.AcceptedAt, row.Number
        join instance in db.Instances.AsNoTracking() on row.Number equals instance.Id
        select new CaseHead(
            new CaseState
            {
                Number = row.Number,
                Title = row.Title,
                Detail = row.Detail,
                ReportedAt = row.ReportedAt,
                AcceptedAt = row.AcceptedAt,
                Channel = row.Channel,
                Nature = row.Nature,
                AreaPath = row.AreaPath,
                Place = row.Place,
                HasReporter = row.HasReporter,
            },
            instance.DefinitionId, row.Classification, row.Routing);

    // Only books from before it was recorded how a report came in need these.
    private static CaseState WithReasons(CaseHead head) => head.Case with
    {
        Classification = head.Classification is null ? null : JsonSerializer.Deserialize<Classification>(head.Classification, BundleJson.Options),
        Routing = head.Routing is null ? null : JsonSerializer.Deserialize<RoutingDecision>(head.Routing, BundleJson.Options),
    };

    private static ImmutableSortedDictionary<string, string> DataOf(string json) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(json, BundleJson.Options)!.ToImmutableSortedDictionary(StringComparer.Ordinal);
}
