using System.Collections.Immutable;
using System.Text.Json;
using GridFlow.Server.Accounts;
using GridFlow.Server.Bundles;
using GridFlow.Server.Persistence;
using GridFlow.Server.Security;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Engine;
using Microsoft.EntityFrameworkCore;

namespace GridFlow.Server.Cases;

/// <summary>The history of a case in plain sentences, newest first.</summary>
public sealed class TimelineQueries(IDbContextFactory<GridFlowDbContext> database, BundleStore bundles, NameLookup lookup, AccountQueries accounts, CaseWords words)
{
    /// <summary>Null when there is no such case for this reader.</summary>
    public async Task<IReadOnlyList<TimelineEntry>?> FindAsync(string number, CurrentUser user, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        if (!await db.Cases.AsNoTracking().VisibleTo(user, db).AnyAsync(row => row.Number == number, cancellationToken))
        {
            return null;
        }

        var rows = await db.History.AsNoTracking().Where(row => row.InstanceId == number).OrderByDescending(row => row.Number).ToListAsync(cancellationToken);
        var bundle = await db.Instances.Where(row => row.Id == number).Select(row => row.Bundle).FirstOrDefaultAsync(cancellationToken);
        var items = await db.WorkItems.AsNoTracking().Where(row => row.CaseNumber == number)
            .Select(row => new HistoryItem(row.Id, row.Bundle, row.DefinitionId, row.ActivityId, row.Kind)).ToDictionaryAsync(item => item.Id, cancellationToken);
        var entries = rows.Select(row => new HistoryEntry(row.Number, row.At, row.Kind, new Actor(row.ActorId, row.ActorName, row.ActorUnit), row.IsPublic, Read(row.Data), row.Hash)).ToList();

        var names = await lookup.FindAsync(entries.SelectMany(Units), [], cancellationToken);
        var people = await accounts.GetNamesAsync([.. entries.Select(entry => entry.Actor.Id).Distinct()], cancellationToken);
        var rules = new Dictionary<int, Bundle>();
        foreach (var used in items.Values.Select(item => item.Bundle).Append(bundle).Distinct())
        {
            rules[used] = await bundles.GetAsync(used, cancellationToken);
        }

        var history = new HistoryWords(words, names, people, items, rules, rules[bundle]);
        return [.. entries.Select(history.Tell)];
    }

    internal static ImmutableSortedDictionary<string, string> Read(string data) =>
        JsonSerializer.Deserialize<ImmutableSortedDictionary<string, string>>(data, BundleJson.Options)!.WithComparers(StringComparer.Ordinal);

    private static IEnumerable<string?> Units(HistoryEntry entry) =>
    [
        entry.Actor.Unit, .. ((string[])["unit", "lead", "from", "recipient"]).Select(name => entry.Data.GetValueOrDefault(name)),
        .. entry.Data.GetValueOrDefault("assisting", "").Split(','),
        .. entry.Data.Where(detail => detail.Key.StartsWith(HistoryWords.FieldPrefix, StringComparison.Ordinal)).SelectMany(detail => detail.Value.Split(',')).Where(UnitKey.IsWellFormed),
    ];
}

/// <summary>What is needed of a work item to name it.</summary>
public sealed record HistoryItem(string Id, int Bundle, string DefinitionId, string ActivityId, WorkItemKind Kind);
