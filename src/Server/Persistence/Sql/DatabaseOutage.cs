using Microsoft.Data.Sqlite;
using Npgsql;

namespace GridFlow.Server.Persistence.Sql;

/// <summary>Tells a database that cannot be reached, or is held by somebody else, from a fault of ours: the one passes, and is worth another try.</summary>
internal static class DatabaseOutage
{
    private const int Busy = 5;
    private const int Locked = 6;
    private const int CannotOpen = 14;

    public static bool Is(Exception? problem) => problem switch
    {
        null => false,
        SqliteException { SqliteErrorCode: Busy or Locked or CannotOpen } => true,

        // The server is being stopped or started (57P), lets nobody in (08, 53), or says itself that another try may help.
        PostgresException { SqlState: var state, IsTransient: var mayPass } => mayPass || state.StartsWith("57P", StringComparison.Ordinal) || state.StartsWith("08", StringComparison.Ordinal) || state.StartsWith("53", StringComparison.Ordinal),

        // Whatever else the driver has to say is about the line; but for one thing, that it is used by two at once, which is a fault.
        NpgsqlException and not NpgsqlOperationInProgressException => true,

        // The driver stumbles where a line breaks in the moment an answer begins, and says it in these words.
        NullReferenceException { Source: "Npgsql" } => true,
        _ => Is(problem.InnerException),
    };
}
