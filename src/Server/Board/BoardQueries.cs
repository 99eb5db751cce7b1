using System.Collections.Concurrent;
using GridFlow.Server.Bundles;
using GridFlow.Server.Cases;
using GridFlow.Server.Persistence;
using GridFlow.Server.Security;
using GridFlow.Workflows.Calendars;
using GridFlow.Workflows.Cases;
using Microsoft.EntityFrameworkCore;

namespace GridFlow.Server.Board;

/// <summary>What the board, the leader's page and the list of what will be late read.</summary>
public sealed class BoardQueries(BoardState state, IDbContextFactory<GridFlowDbContext> database, BundleStore bundles, NameLookup lookup, TimeProvider time)
{
    // A view is told anew when cases change, and when time alone may have made some late.
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(15);
    private readonly ConcurrentDictionary<string, (long Version, DateTimeOffset At, Lazy<BoardView> View)> _views = new(StringComparer.Ordinal);

    /// <summary>The board as its viewer sees it; made once for all who see the same.</summary>
    public async Task<BoardView> GetAsync(CurrentUser user, string? areaPath, CancellationToken cancellationToken = default)
    {
        var snapshot = await state.GetAsync(cancellationToken);
        var (scope, now) = (new BoardScope(user, areaPath), time.GetUtcNow());
        var told = _views.AddOrUpdate(scope.Key, _ => Tell(), (_, known) => known.Version == snapshot.Version && now - known.At < Fresh ? known : Tell());
        foreach (var (key, old) in _views)
        {
            if (now - old.At > Fresh * 4)
            {
                _views.TryRemove(key, out _);
            }
        }

        return told.View.Value;

        (long, DateTimeOffset, Lazy<BoardView>) Tell() => (snapshot.Version, now, new Lazy<BoardView>(() => BoardView.Of(snapshot, scope, now)));
    }

    /// <summary>Open cases in scope that are due by then, those with the least time left first.</summary>
    public async Task<CaseList> ListDueAsync(CurrentUser user, string? areaPath, DateTimeOffset by, int page, int size, CancellationToken cancellationToken = default)
    {
        var scope = new BoardScope(user, areaPath);
        var due = (await state.GetAsync(cancellationToken)).Cases.Where(one => one.DueAt < by && scope.Sees(one)).ToList();
        var numbers = due.OrderBy(one => one.DueAt).ThenBy(one => one.Number, StringComparer.Ordinal).Skip((page - 1) * size).Take(size).Select(one => one.Number).ToList();
        return new CaseList(await RowsAsync(user, numbers, cancellationToken), due.Count, page, size);
    }

    /// <summary>Open big matters in scope, those with the least time left first.</summary>
    public async Task<CaseList> ListBigAsync(CurrentUser user, int most, CancellationToken cancellationToken = default)
    {
        var scope = new BoardScope(user, areaPath: null);
        var big = (await state.GetAsync(cancellationToken)).Cases.Where(one => one.Tier == CaseTier.Big && scope.Sees(one)).ToList();
        var numbers = big.OrderBy(one => one.DueAt is null).ThenBy(one => one.DueAt).ThenBy(one => one.Number, StringComparer.Ordinal).Take(most).Select(one => one.Number).ToList();
        return new CaseList(await RowsAsync(user, numbers, cancellationToken), big.Count, 1, most);
    }

    /// <summary>Cases as lists show them, in the order given; those the reader may not see are left out.</summary>
    public async Task<IReadOnlyList<CaseListRow>> RowsAsync(CurrentUser user, IReadOnlyCollection<string> numbers, CancellationToken cancellationToken = default)
    {
        if (numbers.Count == 0)
        {
            return [];
        }

        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var rows = await db.Cases.AsNoTracking().VisibleTo(user, db).Where(row => numbers.Contains(row.Number))
            .Select(row => new { row.Number, row.Title, row.Status, row.Stage, row.Tier, row.Urgency, row.Round, row.AcceptedAt, row.Category, row.AreaPath, row.LeadUnit, row.Due })
            .ToDictionaryAsync(row => row.Number, cancellationToken);
        var names = await lookup.FindAsync(rows.Values.Select(row => row.LeadUnit), rows.Values.Select(row => row.AreaPath), cancellationToken);
        var catalogue = (await bundles.GetLastKnownAsync(cancellationToken)).Categories;
        return [.. numbers.Where(rows.ContainsKey).Select(number => rows[number]).Select(row => new CaseListRow(row.Number, row.Title, row.Status, row.Stage, row.Tier, row.Urgency, row.Round, row.AcceptedAt)
        {
            Category = catalogue.Find(row.Category)?.Name.ToString() ?? row.Category,
            Area = names.NearPlace(row.AreaPath),
            AreaPath = names.Place(row.AreaPath),
            Lead = row.LeadUnit is null ? null : new UnitName(row.LeadUnit, names.Unit(row.LeadUnit)),
            Due = row.Due is null ? null : DueOf(row.Due),
        })];
    }

    private static DueDate DueOf(string due)
    {
        var deadline = DeadlineJson.Read(due);
        return new DueDate(deadline.DueAt, CaseWords.Explain(deadline));
    }
}
