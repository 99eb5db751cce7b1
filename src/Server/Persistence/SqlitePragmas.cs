using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace GridFlow.Server.Persistence;

/// <summary>
/// Each connection waits for the writer instead of failing, and a commit is on the disk when it returns.
/// Write-ahead logging lets readers go on meanwhile; it is a property of the file, set again at no cost.
/// </summary>
internal sealed class SqlitePragmas : DbConnectionInterceptor
{
    private const string Pragmas =
        "PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;";

    /// <summary>Prepares a connection that was not opened by the context.</summary>
    public static void Apply(DbConnection connection)
    {
        AddWords(connection);
        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
    }

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Apply(connection);

    public override async Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        AddWords(connection);
        var command = connection.CreateCommand();
        await using (command)
        {
            command.CommandText = Pragmas;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    // What the table of cases asks for when a case comes in.
    private static void AddWords(DbConnection connection) => ((SqliteConnection)connection).CreateFunction<string, string, string, string?, string, string>("case_words", CaseTextIndex.Words, isDeterministic: true);
}
