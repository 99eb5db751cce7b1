using System.Collections.Immutable;
using System.Text.Json;
using GridFlow.Designer;
using GridFlow.Server.Cases;
using GridFlow.Server.Persistence;
using GridFlow.Server.Security;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Engine;
using Microsoft.EntityFrameworkCore;

namespace GridFlow.Server.Flows;

/// <summary>What went through a workflow lately, and of how many cases that is told.</summary>
/// <param name="Traffic">The figures.</param>
/// <param name="Cases">Cases accepted in the time that the reader may see.</param>
/// <param name="Sampled">Cases the figures are of: all of those, or as many spread evenly over the time.</param>
public sealed record TrafficView(FlowTraffic Traffic, int Cases, int Sampled);

/// <summary>
/// Reads what went through a workflow. What that costs is bounded however many cases there are: four statements by index, over
/// at most <see cref="Sample"/> cases, taken from <see cref="Slices"/> equal parts of the last <see cref="Days"/> days.
/// </summary>
public sealed class TrafficQueries(IDbContextFactory<GridFlowDbContext> database, TimeProvider time)
{
    /// <summary>How far back it looks.</summary>
    public const int Days = 30;

    /// <summary>The most cases it reads the history of; a share is then right to about three in a hundred.</summary>
    public const int Sample = 1_000;

    private const int Slices = 20;

    public async Task<TrafficView> FindAsync(WorkflowDefinition definition, CurrentUser user, CancellationToken cancellationToken = default)
    {
        var id = definition.DefinitionId;
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        var begin = now - TimeSpan.FromDays(Days);
        var cases = await db.Cases.AsNoTracking().VisibleTo(user, db).CountAsync(row => row.AcceptedAt >= begin, cancellationToken);
        var numbers = await NumbersAsync(db, user, begin, now, cases, cancellationToken);
        var done = await db.WorkItems.AsNoTracking()
            .Where(item => numbers.Contains(item.CaseNumber) && item.DefinitionId == id && item.Outcome != null && item.Kind != WorkItemKind.Incident)
            .Select(item => new { item.ActivityId, item.OpenedAt, item.ClosedAt }).ToListAsync(cancellationToken);
        var history = await db.History.AsNoTracking().Where(entry => numbers.Contains(entry.InstanceId))
            .Select(entry => new { entry.Number, entry.At, entry.Kind, entry.Data }).ToListAsync(cancellationToken);
        var entries = history.Where(entry => entry.Data.Contains(id, StringComparison.Ordinal)).Select(entry => new HistoryEntry(
            entry.Number, entry.At, entry.Kind, Actor.System, false, JsonSerializer.Deserialize<Dictionary<string, string>>(entry.Data, BundleJson.Options)!.ToImmutableSortedDictionary(StringComparer.Ordinal), ""));
        var medians = done.GroupBy(item => item.ActivityId).ToDictionary(group => group.Key, group => Median([.. group.Select(item => item.ClosedAt!.Value - item.OpenedAt).Order()]));
        return new TrafficView(new FlowTraffic(RunPath.Of(entries, definition).Ports, medians), cases, numbers.Count);
    }

    private static Task<List<string>> NumbersAsync(GridFlowDbContext db, CurrentUser user, DateTimeOffset begin, DateTimeOffset now, int cases, CancellationToken cancellationToken)
    {
        var visible = db.Cases.AsNoTracking().VisibleTo(user, db);
        if (cases <= Sample)
        {
            return visible.Where(row => row.AcceptedAt >= begin).OrderBy(row => row.AcceptedAt).Take(Sample).Select(row => row.Number).ToListAsync(cancellationToken);
        }

        // The newest alone would be those that have not come far yet.
        IQueryable<string>? slices = null;
        for (var index = 0; index < Slices; index++)
        {
            var (from, to) = (begin + ((now - begin) * index / Slices), begin + ((now - begin) * (index + 1) / Slices));
            var slice = visible.Where(row => row.AcceptedAt >= from && row.AcceptedAt < to).OrderBy(row => row.AcceptedAt).Take(Sample / Slices).Select(row => row.Number);
            slices = slices is null ? slice : slices.Concat(slice);
        }

        return slices!.ToListAsync(cancellationToken);
    }

    private static TimeSpan Median(ImmutableArray<TimeSpan> spans) => spans[(spans.Length - 1) / 2];
}
