using GridFlow.Server.Cases;
using GridFlow.Server.Persistence;
using GridFlow.Server.Security;
using Microsoft.EntityFrameworkCore;

namespace GridFlow.Server.BundleMigration;

/// <summary>Titles of cases for who moves them: only of those they may see.</summary>
public sealed class MigrationCases(IDbContextFactory<GridFlowDbContext> database)
{
    public async Task<IReadOnlyDictionary<string, string>> TitlesAsync(IReadOnlyCollection<string> numbers, CurrentUser user, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.Cases.AsNoTracking().VisibleTo(user, db).Where(row => numbers.Contains(row.Number)).ToDictionaryAsync(row => row.Number, row => row.Title, cancellationToken);
    }
}
