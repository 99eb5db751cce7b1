using GridFlow.Server.Bundles;
using GridFlow.Server.Persistence;
using GridFlow.Server.Search;
using GridFlow.Server.Security;
using Microsoft.EntityFrameworkCore;

namespace GridFlow.Server.Cases;

/// <summary>Cases known by their numbers, as lists show them.</summary>
public sealed class NumberedCases(IDbContextFactory<GridFlowDbContext> database, BundleStore bundles, NameLookup lookup)
{
    /// <summary>The numbers that what somebody typed may mean to whoever has a case before them: see <see cref="CaseTail"/>.</summary>
    public async Task<IReadOnlyList<string>> FindNumbersAsync(CurrentUser user, string typed, string near, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await CaseTail.FindAsync(db, typed, near, user, cancellationToken);
    }

    /// <summary>In the order given; those the reader may not see are left out.</summary>
    public async Task<IReadOnlyList<CaseListRow>> ListAsync(CurrentUser user, IReadOnlyList<string> numbers, CancellationToken cancellationToken = default)
    {
        if (numbers.Count == 0)
        {
            return [];
        }

        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var found = await db.Cases.AsNoTracking().VisibleTo(user, db).Where(row => EF.Parameter(numbers).Contains(row.Number)).Select(FoundCase.Of(CaseListPart.Newest)).ToListAsync(cancellationToken);
        var rows = (await new CaseListRows(bundles, lookup).ToRowsAsync(found, SearchText.Parse(null), cancellationToken)).ToDictionary(row => row.Number);
        return [.. numbers.Where(rows.ContainsKey).Select(number => rows[number])];
    }
}
