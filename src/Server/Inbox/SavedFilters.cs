using GridFlow.Server.Persistence;
using GridFlow.Server.Security;
using Microsoft.EntityFrameworkCore;

namespace GridFlow.Server.Inbox;

/// <summary>A filter of the reader's own.</summary>
public sealed record SavedFilter(string Id, string Name, string Query);

/// <summary>What somebody keeps for their own inbox: filters under a name, and what they have opened.</summary>
public sealed class SavedFilters(IDbContextFactory<GridFlowDbContext> database, TimeProvider time)
{
    public const int MaxName = 30;
    public const int MaxQuery = 500;
    public const int MaxFilters = 20;

    public async Task<IReadOnlyList<SavedFilter>> ListAsync(CurrentUser user, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.Set<SavedFilterRow>().AsNoTracking().Where(row => row.AccountId == user.AccountId).OrderBy(row => row.At).ThenBy(row => row.Id)
            .Select(row => new SavedFilter(row.Id, row.Name, row.Query)).ToListAsync(cancellationToken);
    }

    /// <summary>Keeps a filter; one with the same name is replaced. False when there is no name, or no more room.</summary>
    public async Task<bool> SaveAsync(string name, string query, CurrentUser user, CancellationToken cancellationToken = default)
    {
        name = name.Trim();
        if (name.Length is 0 or > MaxName || query.Length > MaxQuery)
        {
            return false;
        }

        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var mine = await db.Set<SavedFilterRow>().Where(row => row.AccountId == user.AccountId).ToListAsync(cancellationToken);
        if (mine.Find(row => row.Name == name) is { } same)
        {
            same.Query = query;
        }
        else if (mine.Count >= MaxFilters)
        {
            return false;
        }
        else
        {
            db.Add(new SavedFilterRow { Id = Guid.CreateVersion7().ToString("N"), AccountId = user.AccountId, Name = name, Query = query, At = time.GetUtcNow() });
        }

        await db.SaveChangesAsync(cancellationToken);
        return true;
    }

    public async Task RemoveAsync(string id, CurrentUser user, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        await db.Set<SavedFilterRow>().Where(row => row.Id == id && row.AccountId == user.AccountId).ExecuteDeleteAsync(cancellationToken);
    }
}
