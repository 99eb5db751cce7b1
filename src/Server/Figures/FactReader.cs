using System.Collections.Concurrent;
using System.Text.Json;
using GridFlow.Server.Bundles;
using GridFlow.Server.Persistence;
using GridFlow.Server.Photos;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Engine;
using Microsoft.EntityFrameworkCore;

namespace GridFlow.Server.Figures;

/// <summary>Reads the facts that figures need: of the cases, of their work items, and the version both stand at.</summary>
public sealed class FactReader(BundleStore bundles)
{
    private readonly ConcurrentDictionary<(int Bundle, string Definition, string Activity), bool> _checks = [];

    /// <summary>The facts of those of the cases that are there; at most some hundreds at a time.</summary>
    public async Task<IReadOnlyList<FigureFacts>> ReadAsync(GridFlowDbContext db, IReadOnlyCollection<string> numbers, CancellationToken cancellationToken)
    {
        // The version is read before what hangs on it: facts that are newer than their version are merely read once more.
        var versions = await db.Instances.AsNoTracking().Where(row => EF.Parameter(numbers).Contains(row.Id)).Select(row => new { row.Id, row.Version })
            .ToDictionaryAsync(row => row.Id, row => (int)row.Version, cancellationToken);
        var rows = await db.Cases.AsNoTracking().Where(row => EF.Parameter(numbers).Contains(row.Number)).Select(row => new
        {
            row.Number,
            row.AreaPath,
            row.Place,
            row.LeadUnit,
            row.Category,
            row.Tier,
            row.Status,
            row.Channel,
            Length = row.Detail.Length,
            row.AcceptedAt,
            row.HandledAt,
            row.DueAt,
            row.ClosedAt,
            row.Round,
            row.RatedAt,
            row.RatedSolved,
            row.RatedSatisfied,
            row.FirstClaimedAt,
            row.Returns,
            row.Extensions,
            row.Holds,
            row.WasOverdue,
            row.IsExempted,
        }).ToListAsync(cancellationToken);
        var items = (await db.WorkItems.AsNoTracking().Where(item => EF.Parameter(numbers).Contains(item.CaseNumber) && item.Kind != WorkItemKind.Incident && item.Kind != WorkItemKind.Rating)
            .Select(item => new Item(item.CaseNumber, item.Bundle, item.DefinitionId, item.ActivityId, item.Kind, item.ClaimedAt, item.DueAt, item.ClosedAt, item.Outcome))
            .ToListAsync(cancellationToken)).ToLookup(item => item.CaseNumber);
        var whistled = (await db.Whistles.Where(whistle => EF.Parameter(numbers).Contains(whistle.CaseNumber)).Select(whistle => whistle.CaseNumber).Distinct().ToListAsync(cancellationToken)).ToHashSet();
        var photographed = (await db.Set<PhotoRow>().Where(photo => EF.Parameter(numbers).Contains(photo.CaseNumber)).Select(photo => photo.CaseNumber).Distinct().ToListAsync(cancellationToken)).ToHashSet();
        var judged = await JudgedBeforeAsync(db, [.. rows.Where(row => row is { Round: > 1, RatedAt: null }).Select(row => row.Number)], cancellationToken);
        var facts = new List<FigureFacts>(rows.Count);
        foreach (var row in rows)
        {
            var mine = items[row.Number].ToList();
            facts.Add(new FigureFacts
            {
                Number = row.Number,
                AreaPath = row.AreaPath,
                Place = row.Place,
                LeadUnit = row.LeadUnit,
                Category = row.Category,
                Tier = row.Tier,
                Status = row.Status,
                Channel = row.Channel,
                DetailLength = row.Length,
                AcceptedAt = row.AcceptedAt,
                FirstClaimedAt = row.FirstClaimedAt ?? mine.Min(item => item.ClaimedAt),
                HandledAt = row.HandledAt,
                DueAt = row.DueAt,
                ClosedAt = row.ClosedAt,
                Round = row.Round,
                Returns = row.Returns,
                Extensions = row.Extensions,
                Holds = row.Holds,
                WasOverdue = row.WasOverdue,
                IsExempted = row.IsExempted,
                RatedSolved = row.RatedAt is null ? judged.GetValueOrDefault(row.Number)?.Solved : row.RatedSolved == true,
                RatedSatisfied = row.RatedAt is null ? judged.GetValueOrDefault(row.Number)?.Satisfied : row.RatedSatisfied == true,
                CheckedInTime = await CheckedInTimeAsync(mine, cancellationToken),
                IsWhistled = whistled.Contains(row.Number) || mine.Exists(item => item.Kind == WorkItemKind.Whistle),
                HasPhoto = photographed.Contains(row.Number),
                Version = versions.GetValueOrDefault(row.Number),
            });
        }

        return facts;
    }

    /// <summary>
    /// How cases that were taken up again were judged last. A new round begins without a judgement; until it has one, that of the
    /// round before counts, or those who were not content would count nowhere.
    /// </summary>
    private static async Task<Dictionary<string, Judgement>> JudgedBeforeAsync(GridFlowDbContext db, List<string> numbers, CancellationToken cancellationToken)
    {
        var entries = numbers.Count == 0 ? [] : await db.History.AsNoTracking().Where(entry => EF.Parameter(numbers).Contains(entry.InstanceId) && entry.Kind == HistoryKind.Rated)
            .OrderBy(entry => entry.Number).Select(entry => new { entry.InstanceId, entry.Data }).ToListAsync(cancellationToken);
        var judged = new Dictionary<string, Judgement>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            using var data = JsonDocument.Parse(entry.Data);
            judged[entry.InstanceId] = new Judgement(IsYes(data, "solved"), IsYes(data, "satisfied"));
        }

        return judged;

        static bool IsYes(JsonDocument data, string name) => data.RootElement.TryGetProperty(name, out var value) && value.GetString() == "true";
    }

    // Every check of what was done counts, also that which found it wanting: one late check makes it late.
    private async Task<bool?> CheckedInTimeAsync(List<Item> items, CancellationToken cancellationToken)
    {
        bool? inTime = null;
        foreach (var item in items.Where(item => item.ClosedAt is not null && item.Outcome is not null && item.DueAt is not null))
        {
            if (await IsCheckAsync(item, cancellationToken))
            {
                inTime = inTime != false && item.ClosedAt <= item.DueAt;
            }
        }

        return inTime;
    }

    // A step says by its stage that it checks, whatever it is called.
    private async ValueTask<bool> IsCheckAsync(Item item, CancellationToken cancellationToken)
    {
        var step = (item.Bundle, item.DefinitionId, item.ActivityId);
        if (_checks.TryGetValue(step, out var isCheck))
        {
            return isCheck;
        }

        var node = (await bundles.GetAsync(item.Bundle, cancellationToken)).FindDefinition(item.DefinitionId)?.FindActivity(item.ActivityId);
        return _checks[step] = node?.Inputs.GetValueOrDefault("stage")?.Text == nameof(CaseStage.Verifying);
    }

    private sealed record Item(
        string CaseNumber, int Bundle, string DefinitionId, string ActivityId, WorkItemKind Kind, DateTimeOffset? ClaimedAt, DateTimeOffset? DueAt, DateTimeOffset? ClosedAt, string? Outcome);

    private sealed record Judgement(bool Solved, bool Satisfied);
}
