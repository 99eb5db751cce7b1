using GridFlow.Server.Cases;
using GridFlow.Server.Persistence;
using GridFlow.Server.Persistence.Sql;
using GridFlow.Server.Security;
using Microsoft.EntityFrameworkCore;

namespace GridFlow.Server.Inbox;

/// <summary>Which work items somebody has opened. One person's reading says nothing about another's.</summary>
public sealed class SeenMarks(IDbContextFactory<GridFlowDbContext> database, TimeProvider time)
{
    /// <summary>Those of these items that the reader has opened.</summary>
    public async Task<IReadOnlySet<string>> FindAsync(CurrentUser user, IReadOnlyCollection<string> items, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.Set<SeenRow>().AsNoTracking().Where(row => row.AccountId == user.AccountId && items.Contains(row.WorkItem)).Select(row => row.WorkItem).ToHashSetAsync(cancellationToken);
    }

    /// <summary>Notes that the reader has opened an item in their reach.</summary>
    public async Task MarkAsync(CurrentUser user, string item, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var seen = db.Set<SeenRow>();
        try
        {
            if (await seen.AnyAsync(row => row.AccountId == user.AccountId && row.WorkItem == item, cancellationToken)
                || !await db.WorkItems.AsNoTracking().InReachOf(user).AnyAsync(row => row.Id == item, cancellationToken))
            {
                return;
            }

            seen.Add(new SeenRow { AccountId = user.AccountId, WorkItem = item, At = time.GetUtcNow() });
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (Exception problem) when (problem is DbUpdateException || DatabaseOutage.Is(problem))
        {
            // Opened in two windows at once: it is noted, which is all that was wanted. Or the database is away: a mark is not worth the page.
        }
    }

    /// <summary>Makes an item unread again, as a reminder.</summary>
    public async Task UnmarkAsync(CurrentUser user, string item, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        await db.Set<SeenRow>().Where(row => row.AccountId == user.AccountId && row.WorkItem == item).ExecuteDeleteAsync(cancellationToken);
    }
}
