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
    public async Task<IReadOnlyList<TimelineEntry>?> FindAsync(string number, CurrentUser user, CancellationToken cancellationToken = default) =>
        await LoadAsync(number, user, cancellationToken) is { } history ? [.. history.Entries.Reverse().Select(history.Words.Tell)] : null;

    /// <summary>The history of a case one may see, with the words to tell it; null when there is no such case for this reader.</summary>
    internal async Task<CaseHistory?> LoadAsync(string number, CurrentUser user, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        if (!await db.Cases.AsNoTracking().VisibleTo(user, db).AnyAsync(row => row.Number == number, cancellationToken))
        {
            return null;
        }

        var rows = await db.History.AsNoTracking().Where(row => row.InstanceId == number).OrderBy(row => row.Number).ToListAsync(cancellationToken);
        var bundle = await db.Instances.Where(row => row.Id == number).Select(row => row.Bundle).FirstOrDefaultAsync(cancellationToken);
        var items = await db.WorkItems.AsNoTracking().Where(row => row.CaseNumber == number)
            .Select(row => new HistoryItem(row.Id, row.Bundle, row.DefinitionId, row.ActivityId, row.Kind)).ToDictionaryAsync(item => item.Id, cancellationToken);
        var entries = rows.Select(row => new HistoryEntry(row.Number, row.At, row.Kind, new Actor(row.ActorId, row.ActorName, row.ActorUnit), row.IsPublic, Read(row.Data), row.Hash)).ToList();

        var names = await lookup.FindAsync(entries.SelectMany(Units), [], cancellationToken);
        var people = await accounts.GetNamesAsync([.. entries.Select(entry => entry.Actor.Id).Distinct()], cancellationToken);
        var written = await accounts.GetNamesOfAsync(entries.SelectMany(HistoryWords.WrittenNames), cancellationToken);
        var used = BundlesOf(entries, bundle);
        var rules = new Dictionary<int, Bundle>();
        foreach (var one in items.Values.Select(item => item.Bundle).Concat(used).Append(bundle).Distinct())
        {
            rules[one] = await bundles.GetAsync(one, cancellationToken);
        }

        return new CaseHistory(entries, new HistoryWords(words, names, people, written, items, rules, rules[bundle], entry => rules[used[entry.Number - 1]]), rules[bundle]);
    }

    // From the end: a move, and a new round, say under which bundle what lies before them was written.
    private static int[] BundlesOf(List<HistoryEntry> entries, int current)
    {
        var bundles = new int[entries.Count];
        for (var index = entries.Count - 1; index >= 0; index--)
        {
            bundles[index] = current;
            var before = entries[index].Kind switch
            {
                HistoryKind.Migrated => entries[index].Data.GetValueOrDefault("from"),
                HistoryKind.Reopened => entries[index].Data.GetValueOrDefault("bundle"),
                _ => null,
            };
            current = int.TryParse(before, out var number) ? number : current;
        }

        return bundles;
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

/// <summary>A case's history, oldest first, the words to tell it, and the bundle the case runs under.</summary>
internal sealed record CaseHistory(IReadOnlyList<HistoryEntry> Entries, HistoryWords Words, Bundle Current);
