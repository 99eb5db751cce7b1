using System.Globalization;
using System.Linq.Expressions;
using System.Text.Json.Serialization;
using GridFlow.Server.Accounts;
using GridFlow.Server.Bundles;
using GridFlow.Server.Cases;
using GridFlow.Server.Persistence;
using GridFlow.Server.Search;
using GridFlow.Server.Security;
using GridFlow.Workflows.Activities.Cases;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Engine;
using Microsoft.EntityFrameworkCore;

namespace GridFlow.Server.Inbox;

/// <summary>Whose open work is shown.</summary>
public enum InboxTab
{
    /// <summary>What the reader has signed for.</summary>
    Mine,

    /// <summary>What is for the reader's units and roles there.</summary>
    Unit,

    /// <summary>What the reader may do, also for others: a dispatcher's whole area.</summary>
    Reach,

    /// <summary>What the reader supervises and does not do.</summary>
    Watch,
}

/// <summary>What is looked for in an inbox. Everything given must hold.</summary>
public sealed record InboxFilter
{
    public bool Overdue { get; init; }

    /// <summary>Only steps that failed.</summary>
    public bool Incidents { get; init; }

    public CaseTier? Tier { get; init; }

    /// <summary>Words of the case: its number, title, text or place.</summary>
    public string? Text { get; init; }

    public string? Flow { get; init; }

    public string? Step { get; init; }

    public bool IsEmpty => this == new InboxFilter();
}

/// <summary>An open work item in the inbox.</summary>
public sealed record InboxRow(string Id, string CaseNumber, string CaseTitle, WorkItemKind Kind, UnitPart Part, CaseTier? Tier, CaseUrgency Urgency, DateTimeOffset OpenedAt)
{
    /// <summary>What is asked.</summary>
    public required string Title { get; init; }

    /// <summary>Where it is; empty for what belongs to no case.</summary>
    public required string Place { get; init; }

    public required UnitName Unit { get; init; }

    public DueDate? Due { get; init; }

    /// <summary>For incidents: what is wrong.</summary>
    public string? Problem { get; init; }

    public string? ClaimedBy { get; init; }

    /// <summary>Whose account that is; of no interest outside.</summary>
    [JsonIgnore]
    public string? ClaimedById { get; init; }

    public bool IsMine { get; init; }
}

public sealed record InboxList(IReadOnlyList<InboxRow> Rows, int Total, int Page, int PageSize);

/// <summary>The place in an inbox after which its next rows begin; nothing is skipped or shown twice when others come or go meanwhile.</summary>
public sealed record InboxCursor(DateTimeOffset? DueAt, string Id);

/// <summary>Rows of an inbox, and where the next begin; null at its end.</summary>
public sealed record InboxSlice(IReadOnlyList<InboxRow> Rows, InboxCursor? Next);

/// <summary>How much is open in each tab, counted up to <see cref="Most"/>; more than that is said as one more.</summary>
public sealed record InboxCounts(int Mine, int Unit, int Reach, int Watch = 0)
{
    /// <summary>Nobody works through more, and counting further would cost more the more there is.</summary>
    public const int Most = 1_000;

    public int Of(InboxTab tab) => tab switch
    {
        InboxTab.Mine => Mine,
        InboxTab.Unit => Unit,
        InboxTab.Reach => Reach,
        InboxTab.Watch => Watch,
    };
}

/// <summary>What waits for whom: overdue first, then what is due soonest, then what has no limit.</summary>
public sealed class InboxQueries(IDbContextFactory<GridFlowDbContext> database, InboxWords words, SharedReads shared, BundleStore bundles, NameLookup lookup, AccountQueries accounts, TimeProvider time)
{
    public const int PageSize = 30;
    private static readonly int[] Walks = [600, 6_000];

    /// <summary>Open work of a tab; pages count from 1.</summary>
    public async Task<InboxList> ListAsync(CurrentUser user, InboxTab tab, InboxFilter filter, int page = 1, int size = PageSize, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var found = await MatchingAsync(db, user, tab, filter, cancellationToken);
        var total = await found.OrderBy(row => row.Item.DueAt).Take(InboxCounts.Most + 1).CountAsync(cancellationToken);
        var rows = await found.OrderBy(row => row.Item.DueAt == null).ThenBy(row => row.Item.DueAt).ThenBy(row => row.Item.OpenedAt).ThenBy(row => row.Item.Id)
            .Skip((page - 1) * size).Take(size).ToListAsync(cancellationToken);
        return new InboxList(await ToRowsAsync(rows, user, cancellationToken), total, page, size);
    }

    /// <summary>The open work of a tab that comes after a place in it, from the beginning without one: what is due first comes first, what has no limit last.</summary>
    public async Task<InboxSlice> ListAsync(CurrentUser user, InboxTab tab, InboxFilter filter, InboxCursor? after, int size = PageSize, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var (found, text) = await NarrowAsync(db, user, tab, filter, cancellationToken);

        // One more than asked for tells whether there is a next one. What has a limit and what has none are two walks of the
        // index: the databases do not agree on where nothing is sorted, and this way neither has to.
        var rows = new List<Found>(size + 1);
        if (after is null || after.DueAt is not null)
        {
            rows.AddRange(await FirstAsync(db, WithLimit(found, after), WithLimit, text, size + 1, cancellationToken));
        }

        if (rows.Count <= size)
        {
            rows.AddRange(await FirstAsync(db, WithoutLimit(found, after), WithoutLimit, text, size + 1 - rows.Count, cancellationToken));
        }

        var next = rows.Count > size ? new InboxCursor(rows[size - 1].Item.DueAt, rows[size - 1].Item.Id) : null;
        return new InboxSlice(await ToRowsAsync(rows[..Math.Min(size, rows.Count)], user, cancellationToken), next);
    }

    /// <summary>Those of these items that are still open, as they are now.</summary>
    public async Task<IReadOnlyDictionary<string, InboxRow>> FindAsync(CurrentUser user, IReadOnlyCollection<string> ids, InboxTab tab = InboxTab.Reach, CancellationToken cancellationToken = default)
    {
        // Colleagues look at the same rows: whose they are is said to each apart.
        var rows = await shared.GetAsync($"rows {tab} {CultureInfo.CurrentUICulture.Name} {View(user)} {string.Join(' ', ids)}", ReadAsync).WaitAsync(cancellationToken);
        return rows.ToDictionary(row => row.Id, row => row with { IsMine = user.Is(row.ClaimedById) });

        async Task<IReadOnlyList<InboxRow>> ReadAsync()
        {
            await using var db = await database.CreateDbContextAsync(CancellationToken.None);
            var found = await MatchingAsync(db, user, tab, new InboxFilter(), CancellationToken.None);
            return await ToRowsAsync(await found.Where(row => ids.Contains(row.Item.Id)).ToListAsync(CancellationToken.None), user, CancellationToken.None);
        }
    }

    /// <summary>The incidents a filter finds, oldest first.</summary>
    public async Task<IReadOnlyList<string>> FindIncidentsAsync(CurrentUser user, InboxTab tab, InboxFilter filter, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await (await MatchingAsync(db, user, tab, filter with { Incidents = true }, cancellationToken)).OrderBy(row => row.Item.OpenedAt).ThenBy(row => row.Item.Id).Select(row => row.Item.Id).ToListAsync(cancellationToken);
    }

    /// <summary>How many items of a tab came after an instant.</summary>
    public async Task<int> CountNewAsync(CurrentUser user, InboxTab tab, InboxFilter filter, DateTimeOffset since, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await (await MatchingAsync(db, user, tab, filter, cancellationToken)).Where(row => row.Item.OpenedAt > since).OrderBy(row => row.Item.OpenedAt).Take(InboxCounts.Most + 1).CountAsync(cancellationToken);
    }

    public async Task<InboxCounts> CountAsync(CurrentUser user, CancellationToken cancellationToken = default)
    {
        var (unit, reach, watch) = await shared.GetAsync($"counts {View(user)}", ReadAsync).WaitAsync(cancellationToken);
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return new InboxCounts(await Some(db, InboxTab.Mine).CountAsync(cancellationToken), unit, reach, watch);

        async Task<(int Unit, int Reach, int Watch)> ReadAsync()
        {
            await using var own = await database.CreateDbContextAsync(CancellationToken.None);
            var watched = user.Can(Permission.Supervise) ? await Some(own, InboxTab.Watch).CountAsync(CancellationToken.None) : 0;
            return (await Some(own, InboxTab.Unit).CountAsync(CancellationToken.None), await Some(own, InboxTab.Reach).CountAsync(CancellationToken.None), watched);
        }

        IQueryable<WorkItemRow> Some(GridFlowDbContext context, InboxTab tab) => Open(context, user, tab).OrderBy(row => row.DueAt).Take(InboxCounts.Most + 1);
    }

    /// <summary>What somebody's inbox looks into; the same for all who hold the same posts.</summary>
    private static string View(CurrentUser user) => string.Join(';', user.Posts.Select(post => post.ToString()).Order(StringComparer.Ordinal));

    private static IQueryable<WorkItemRow> Open(GridFlowDbContext db, CurrentUser user, InboxTab tab)
    {
        var open = db.WorkItems.AsNoTracking().Where(row => row.ClosedAt == null);
        return tab switch
        {
            InboxTab.Mine => open.InReachOf(user).Where(row => user.AccountIds.Contains(row.ClaimedById!)),
            InboxTab.Unit => open.OfUnitsOf(user),
            InboxTab.Reach => open.InReachOf(user),
            InboxTab.Watch => open.WatchedBy(user),
        };
    }

    /// <summary>The first of an inbox. Where each has to be looked at, it is walked in its order, further only if too few are met.</summary>
    private static async Task<List<Found>> FirstAsync(GridFlowDbContext db, IQueryable<Found> found, Func<IQueryable<Found>, InboxCursor?, IQueryable<Found>> sort, SearchText? text, int wanted, CancellationToken cancellationToken)
    {
        foreach (var steps in text is null ? [] : Walks)
        {
            var rows = await sort(LookedAt(db, found.Take(steps), text!), null).Take(wanted).ToListAsync(cancellationToken);
            if (rows.Count == wanted)
            {
                return rows;
            }
        }

        return await (text is null ? found : LookedAt(db, found, text)).Take(wanted).ToListAsync(cancellationToken);
    }

    private static IQueryable<Found> LookedAt(GridFlowDbContext db, IQueryable<Found> found, SearchText text)
    {
        var cases = InboxWords.With(db.Cases, text);
        return found.Where(row => cases.Any(one => one.Number == row.Item.CaseNumber));
    }

    private async Task<IQueryable<Found>> MatchingAsync(GridFlowDbContext db, CurrentUser user, InboxTab tab, InboxFilter filter, CancellationToken cancellationToken)
    {
        var (found, text) = await NarrowAsync(db, user, tab, filter, cancellationToken);
        return text is null ? found : LookedAt(db, found, text);
    }

    /// <summary>What a filter leaves, and the words that still have to be looked for in each.</summary>
    private async Task<(IQueryable<Found> Found, SearchText? Text)> NarrowAsync(GridFlowDbContext db, CurrentUser user, InboxTab tab, InboxFilter filter, CancellationToken cancellationToken)
    {
        SearchText? text = null;
        var now = time.GetUtcNow();
        var items = Open(db, user, tab);
        if (filter.Overdue)
        {
            items = items.Where(row => row.DueAt < now);
        }

        if (filter.Incidents)
        {
            items = items.Where(row => row.Kind == WorkItemKind.Incident);
        }

        if (filter.Flow is { } flow)
        {
            items = items.Where(row => row.DefinitionId == flow);
        }

        if (filter.Step is { } step)
        {
            items = items.Where(row => row.ActivityId == step);
        }

        if (!string.IsNullOrWhiteSpace(filter.Text))
        {
            (items, text) = await words.NarrowAsync(db, user, items, filter.Text, cancellationToken);
        }

        // A workflow may drive no case; what fails in one is work all the same.
        var found = from item in items
                    join row in db.Cases on item.CaseNumber equals row.Number into rows
                    from row in rows.DefaultIfEmpty()
                    select new Found { Item = item, Title = row.Title, Tier = row.Tier, Urgency = (CaseUrgency?)row.Urgency };
        if (filter.Tier is { } tier)
        {
            found = found.Where(row => row.Tier == tier);
        }

        return (found, text);
    }

    private static IQueryable<Found> WithLimit(IQueryable<Found> found, InboxCursor? after)
    {
        found = found.Where(row => row.Item.DueAt != null);
        if (after is { DueAt: { } due, Id: var id })
        {
            // Where the walk begins is said apart from which of the same instant are left out, so that the index can begin there.
            Expression<Func<Found, bool>> later = row => row.Item.DueAt > due;
            found = found.Where(row => row.Item.DueAt >= due).Where(later.Or(TextOrder.After<Found>(row => row.Item.Id, id)));
        }

        return found.OrderBy(row => row.Item.DueAt).ThenBy(row => row.Item.Id);
    }

    private static IQueryable<Found> WithoutLimit(IQueryable<Found> found, InboxCursor? after)
    {
        found = found.Where(row => row.Item.DueAt == null);
        if (after is { DueAt: null, Id: var id })
        {
            found = found.Where(TextOrder.After<Found>(row => row.Item.Id, id));
        }

        return found.OrderBy(row => row.Item.Id);
    }

    private async Task<IReadOnlyList<InboxRow>> ToRowsAsync(List<Found> rows, CurrentUser user, CancellationToken cancellationToken)
    {
        var names = await lookup.FindAsync(rows.Select(row => row.Item.Unit), rows.Select(row => row.Item.AreaPath), cancellationToken);
        var people = await accounts.GetNamesOfAsync(rows.Select(row => row.Item.ClaimedByName), cancellationToken);
        var list = new List<InboxRow>(rows.Count);
        foreach (var row in rows)
        {
            var definition = (await bundles.GetAsync(row.Item.Bundle, cancellationToken)).FindDefinition(row.Item.DefinitionId);
            list.Add(new InboxRow(
                row.Item.Id, row.Item.CaseNumber, row.Title ?? definition?.Name.ToString() ?? row.Item.DefinitionId, row.Item.Kind, row.Item.Part, row.Tier, row.Urgency ?? default, row.Item.OpenedAt)
            {
                Title = definition is null ? row.Item.ActivityId : WorkItemForm.Of(definition, row.Item.Kind, row.Item.ActivityId).Title.ToString(),
                Place = row.Title is null ? "" : names.NearPlace(row.Item.AreaPath),
                Unit = new UnitName(row.Item.Unit, names.Unit(row.Item.Unit)),
                Due = CaseQueries.DueOf(row.Item.Due),
                Problem = row.Item.Problem,
                ClaimedBy = people.Of(row.Item.ClaimedByName),
                ClaimedById = row.Item.ClaimedById,
                IsMine = user.Is(row.Item.ClaimedById),
            });
        }

        return list;
    }

    private sealed class Found
    {
        public required WorkItemRow Item { get; init; }

        public required string? Title { get; init; }

        public CaseTier? Tier { get; init; }

        public CaseUrgency? Urgency { get; init; }
    }
}
