using System.Data;
using GridFlow.Server.Persistence.Sql;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace GridFlow.Server.Persistence;

/// <summary>The two things a transaction needs said differently to each database.</summary>
public static class TransactionExtensions
{
    /// <summary>Begins a transaction that sees one moment of the database and keeps no writer waiting; only reads may follow.</summary>
    public static async Task<IDbContextTransaction?> BeginReadSnapshotAsync(this GridFlowDbContext db, CancellationToken cancellationToken)
    {
        if (db.Database.IsNpgsql())
        {
            return await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        }

        await db.Database.OpenConnectionAsync(cancellationToken);
        return await db.Database.UseTransactionAsync(((SqliteConnection)db.Database.GetDbConnection()).BeginTransaction(deferred: true), cancellationToken);
    }

    /// <summary>
    /// Waits until no other transaction holds this lock, see <see cref="SqlLocks"/>, and holds it to the end of this one.
    /// With SQLite whoever writes is alone already.
    /// </summary>
    internal static async Task HoldAloneAsync(this GridFlowDbContext db, long number, CancellationToken cancellationToken)
    {
        if (db.Database.IsNpgsql())
        {
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({number})", cancellationToken);
        }
    }
}
