using GridFlow.Server.Bundles;
using GridFlow.Server.Persistence;
using GridFlow.Server.Search;
using GridFlow.Server.Security;
using GridFlow.Workflows.Cases;
using Microsoft.EntityFrameworkCore;

namespace GridFlow.Server.Cases;

/// <summary>
/// Cases one may see, a slice at a time, at a cost that does not grow with how many there are. Where a filter leaves few, these are
/// found by an index and sorted; where it leaves many, they are met soon enough by walking the list in its order. A walk that
/// meets too few ends early and says where to go on.
/// </summary>
public sealed class CaseLists
{
    /// <summary>Nobody needs to know more exactly how many there are.</summary>
    public const int MostCounted = 1_000;

    /// <summary>What a filter leaves is few when it is no more than this.</summary>
    private const int Few = 4_000;

    /// <summary>How far a list is walked: first as far as usually does, then as far as one answer may cost.</summary>
    private static readonly int[] Walks = [1_000, 20_000];

    private readonly IDbContextFactory<GridFlowDbContext> _database;
    private readonly CaseSearch _search;
    private readonly CaseListRows _rows;
    private readonly TimeProvider _time;

    internal CaseLists(IDbContextFactory<GridFlowDbContext> database, CaseTextIndex index, BundleStore bundles, NameLookup lookup, TimeProvider time)
    {
        (_database, _rows, _time) = (database, new CaseListRows(bundles, lookup), time);
        _search = new CaseSearch(index, time);
    }

    /// <summary>The cases after a place in the list, from its beginning without one.</summary>
    public async Task<CaseSlice> ListAsync(CurrentUser user, CaseFilter filter, CaseCursor? after, int size = CaseQueries.PageSize, CancellationToken cancellationToken = default)
    {
        await using var db = await _database.CreateDbContextAsync(cancellationToken);
        var look = new CaseLook(db, user, filter, await PathAsync(db, filter, cancellationToken), SearchText.Parse(filter.Text));
        if (look.FindsNothing)
        {
            return new CaseSlice([], null);
        }

        if (look.Text.Terms.Count > 0)
        {
            var (found, next) = await _search.FindAsync(look, after?.Part == CaseListPart.Found ? after.Value : long.MaxValue, size, cancellationToken);
            return new CaseSlice(await _rows.ToRowsAsync(found, look.Text, cancellationToken), next is { } seq ? new CaseCursor(CaseListPart.Found, seq) : null);
        }

        return await WalkAsync(look, after, size, cancellationToken);
    }

    /// <summary>How many a filter leaves.</summary>
    public async Task<CaseCount> CountAsync(CurrentUser user, CaseFilter filter, CancellationToken cancellationToken = default)
    {
        await using var db = await _database.CreateDbContextAsync(cancellationToken);
        var look = new CaseLook(db, user, filter, await PathAsync(db, filter, cancellationToken), SearchText.Parse(filter.Text));
        if (look.FindsNothing)
        {
            return new CaseCount(0, false);
        }

        if (look.Text.Terms.Count > 0)
        {
            return await _search.CountAsync(look, cancellationToken);
        }

        var now = _time.GetUtcNow();
        if (await FewAsync(look, now, cancellationToken) is { } few)
        {
            var all = await look.Matching(now).Where(row => EF.Parameter(few).Contains(row.Number)).CountAsync(cancellationToken);
            return new CaseCount(Math.Min(all, MostCounted), all > MostCounted);
        }

        var some = look.Db.Cases.OrderByDescending(row => row.AcceptedAt).ThenByDescending(row => row.Number).Take(Walks[^1]);
        var met = await look.Matching(now, some).CountAsync(cancellationToken);
        return new CaseCount(Math.Min(met, MostCounted), met > MostCounted || await look.Db.Cases.OrderByDescending(row => row.AcceptedAt).Skip(Walks[^1]).AnyAsync(cancellationToken));
    }

    private static Task<string?> PathAsync(GridFlowDbContext db, CaseFilter filter, CancellationToken cancellationToken) =>
        filter.Area is null ? Task.FromResult<string?>(null) : db.Areas.Where(area => area.Code == filter.Area).Select(area => area.Path).FirstOrDefaultAsync(cancellationToken);

    private async Task<CaseSlice> WalkAsync(CaseLook look, CaseCursor? after, int size, CancellationToken cancellationToken)
    {
        CaseListPart[] parts = look.Filter.DueFirst ? [CaseListPart.Due, CaseListPart.Undated, CaseListPart.Newest] : [CaseListPart.Newest];
        var found = new List<FoundCase>(size + 1);
        var few = new Lazy<Task<List<string>?>>(() => FewAsync(look, _time.GetUtcNow(), cancellationToken));
        CaseCursor? next = null;
        foreach (var part in parts.SkipWhile(part => after is not null && parts.Contains(after.Part) && part != after.Part))
        {
            var list = CaseOrder.After(CaseOrder.Of(look.Db.Cases.AsNoTracking(), part, isAlone: parts.Length == 1), after?.Part == part ? after : null);
            var (rows, brokenOff) = await FirstAsync(look, CaseOrder.Sort(list, part), part, size + 1 - found.Count, few, cancellationToken);
            found.AddRange(rows);
            next = found.Count > size ? found[size - 1].Cursor : brokenOff;
            if (next is not null)
            {
                break;
            }
        }

        return new CaseSlice(await _rows.ToRowsAsync(found[..Math.Min(size, found.Count)], look.Text, cancellationToken), next);
    }

    /// <summary>The first of a list that match, and where the walk was broken off, if it met too few.</summary>
    private async Task<(List<FoundCase> Rows, CaseCursor? BrokenOff)> FirstAsync(CaseLook look, IQueryable<CaseRow> list, CaseListPart part, int wanted, Lazy<Task<List<string>?>> few, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        foreach (var steps in Walks)
        {
            var rows = await Take(CaseOrder.Sort(look.Matching(now, list.Take(steps)), part), part, wanted).ToListAsync(cancellationToken);
            var end = rows.Count == wanted ? null : await Take(list.Skip(steps - 1), part, 1).FirstOrDefaultAsync(cancellationToken);
            if (end is null || steps == Walks[^1])
            {
                return (rows, end?.Cursor);
            }

            if (await few.Value is { } numbers)
            {
                var all = look.Matching(now, list.Where(row => EF.Parameter(numbers).Contains(row.Number)));
                return (await Take(CaseOrder.Sort(all, part), part, wanted).ToListAsync(cancellationToken), null);
            }
        }

        throw new InvalidOperationException("There is a last walk.");
    }

    private static IQueryable<FoundCase> Take(IQueryable<CaseRow> rows, CaseListPart part, int count) => rows.Take(count).Select(FoundCase.Of(part));

    /// <summary>The numbers of all cases a condition leaves, when one of the conditions leaves few.</summary>
    private static async Task<List<string>?> FewAsync(CaseLook look, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var source in look.Sources(now, Few + 1))
        {
            var numbers = await source.ToListAsync(cancellationToken);
            if (numbers.Count <= Few)
            {
                return numbers;
            }
        }

        return null;
    }
}

/// <summary>What is looked for, by whom, and where.</summary>
internal sealed record CaseLook(GridFlowDbContext Db, CurrentUser User, CaseFilter Filter, string? AreaPath, SearchText Text)
{
    /// <summary>An area nobody knows, or signs without a letter.</summary>
    public bool FindsNothing => (Filter.Area is not null && AreaPath is null) || (!string.IsNullOrWhiteSpace(Filter.Text) && Text.Terms.Count == 0);

    /// <summary>Those of some cases that the reader may see and the filter leaves, whatever their words.</summary>
    public IQueryable<CaseRow> Matching(DateTimeOffset now, IQueryable<CaseRow>? among = null) =>
        (among ?? Db.Cases.AsNoTracking()).VisibleTo(User, Db).Matching(Filter with { Text = null }, AreaPath, now, Db);

    /// <summary>Indexes by which a part of the conditions can be answered, each with the numbers it leaves, though no more than some.</summary>
    public IEnumerable<IQueryable<string>> Sources(DateTimeOffset now, int some)
    {
        if (Filter.Flow is { } flow)
        {
            var items = Db.WorkItems.Where(item => item.ClosedAt == null && item.DefinitionId == flow);
            yield return (Filter.Step is { } step ? items.Where(item => item.ActivityId == step) : items).OrderBy(item => item.ActivityId).Take(some).Select(item => item.CaseNumber);
        }

        if (Filter.Sponsor is { } sponsor)
        {
            yield return Db.Cases.Where(row => row.SponsorId == sponsor).OrderBy(row => row.Status).Take(some).Select(row => row.Number);
        }

        if (Filter.Unit is { } unit && UnitKey.DepartmentOf(unit) is not null)
        {
            yield return OfUnit(unit, some);
        }

        if (Filter.Overdue)
        {
            yield return Db.Cases.Where(row => row.Status == CaseStatus.Open && row.DueAt < now).OrderBy(row => row.DueAt).Take(some).Select(row => row.Number);
        }

        if (AreaPath is { } path)
        {
            yield return InArea(path, some);
        }

        if (Filter.Category is { Length: > 0 } category)
        {
            yield return Db.Cases.Where(TextOrder.Begins<CaseRow>(row => row.Category!, category)).OrderBy(row => row.Category).Take(some).Select(row => row.Number);
        }

        // What lies in one's areas or has one's unit in it. Whoever sees everything sees no few.
        var scope = User.ScopeOf(Permission.ViewCases);
        if (!scope.AreaPaths.Contains("/"))
        {
            yield return scope.AreaPaths.Select(area => InArea(area, some)).Concat(CaseScope.PartUnits(User).Select(part => OfUnit(part, some))).Aggregate((all, more) => all.Concat(more));
        }
    }

    private IQueryable<string> InArea(string path, int some) => Db.Cases.Where(TextOrder.Begins<CaseRow>(row => row.AreaPath, path)).OrderBy(row => row.AreaPath).Take(some).Select(row => row.Number);

    private IQueryable<string> OfUnit(string unit, int some) => Db.CaseUnits.Where(row => row.Unit == unit).OrderBy(row => row.CaseNumber).Take(some).Select(row => row.CaseNumber);
}
