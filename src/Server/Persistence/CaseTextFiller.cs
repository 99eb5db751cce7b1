using GridFlow.Server.Cases;
using GridFlow.Server.Persistence.Bulk;
using GridFlow.Server.Persistence.Configurations;
using Microsoft.EntityFrameworkCore;

namespace GridFlow.Server.Persistence;

/// <summary>
/// Makes the cases of an installation findable that were taken in before there was an index of words. Runs at the start, from the
/// oldest on, and goes on where it was broken off; once it has come to the end it is never asked for again.
/// </summary>
internal sealed class CaseTextFiller(IDbContextFactory<GridFlowDbContext> database, WriteGate gate)
{
    /// <summary>The count that says that all of them are.</summary>
    public const string Filled = "case-texts";
    private const int AtOnce = 500;

    public async Task FillAsync(CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        await CaseWordsTable.FollowCasesAsync(db, cancellationToken);
        if (await db.Counters.AnyAsync(row => row.Name == Filled, cancellationToken))
        {
            return;
        }

        await using (var writer = await BulkWriter.OpenAsync(db, isLasting: true, cancellationToken))
        {
            while (true)
            {
                var missing = await db.Cases.AsNoTracking().Where(row => !db.CaseTexts.Any(text => text.CaseNumber == row.Number))
                    .OrderBy(row => row.AcceptedAt).ThenBy(row => row.Number).Take(AtOnce).ToListAsync(cancellationToken);
                if (missing.Count == 0)
                {
                    break;
                }

                using var turn = await gate.EnterAsync(cancellationToken);
                await writer.WriteTextsAsync(missing, cancellationToken);
            }
        }

        using var last = await gate.EnterAsync(cancellationToken);
        db.Counters.Add(new CounterRow { Name = Filled, Value = 1 });
        await db.SaveChangesAsync(cancellationToken);
    }
}
