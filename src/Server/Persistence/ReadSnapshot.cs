using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace GridFlow.Server.Persistence;

public static class ReadSnapshot
{
    /// <summary>Begins a transaction that sees one moment of the database and keeps no writer waiting; only reads may follow.</summary>
    public static async Task<IDbContextTransaction?> BeginReadSnapshotAsync(this GridFlowDbContext db, CancellationToken cancellationToken)
    {
        await db.Database.OpenConnectionAsync(cancellationToken);
        return await db.Database.UseTransactionAsync(((SqliteConnection)db.Database.GetDbConnection()).BeginTransaction(deferred: true), cancellationToken);
    }
}
