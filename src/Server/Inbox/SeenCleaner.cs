using GridFlow.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace GridFlow.Server.Inbox;

/// <summary>
/// Forgets, once a day, who opened work that is long closed: nobody asks for it, and a county's staff open a hundred thousand items
/// a day. What is still open stays marked, however old.
/// </summary>
internal sealed class SeenCleaner(IDbContextFactory<GridFlowDbContext> database, WriteGate gate, TimeProvider time, ILogger<SeenCleaner> logger) : Loop(Pause, time, logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromDays(1);
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);
    private const int AtOnce = 1_000;

    /// <summary>Says how many marks were forgotten.</summary>
    public async Task<int> CleanAsync(CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var before = Time.GetUtcNow() - Kept;
        var forgotten = 0;
        while (true)
        {
            // Read first, so that nobody who writes waits for the looking.
            var some = await db.Set<SeenRow>().AsNoTracking().Where(row => row.At < before && !db.WorkItems.Any(item => item.Id == row.WorkItem && item.ClosedAt == null)).OrderBy(row => row.AccountId).ThenBy(row => row.WorkItem).Take(AtOnce).ToListAsync(cancellationToken);
            if (some.Count == 0)
            {
                return forgotten;
            }

            using var turn = await gate.EnterAsync(cancellationToken);
            foreach (var ofOne in some.GroupBy(row => row.AccountId))
            {
                var items = ofOne.Select(row => row.WorkItem).ToList();
                forgotten += await db.Set<SeenRow>().Where(row => row.AccountId == ofOne.Key && EF.Parameter(items).Contains(row.WorkItem)).ExecuteDeleteAsync(cancellationToken);
            }
        }
    }

    protected override bool BeginsAtOnce => false;

    protected override Task TakeTurnAsync(CancellationToken cancellationToken) => CleanAsync(cancellationToken);
}
