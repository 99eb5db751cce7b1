using System.Data.Common;

namespace GridFlow.Server.Persistence.Sql;

/// <summary>What became of a script.</summary>
public enum ScriptResult
{
    /// <summary>All of it is on the disk.</summary>
    Kept,

    /// <summary>Its guard changed nothing, so nothing of it is kept.</summary>
    GuardFailed,

    /// <summary>A row with the same unique key is there, so nothing of it is kept.</summary>
    Duplicate,
}

/// <summary>
/// Runs the engine's few statements by hand, prepared, each commit as cheaply as the database allows. Everything else goes
/// through <see cref="GridFlowDbContext"/>.
/// </summary>
public interface ISqlDatabase
{
    /// <summary>Whether a script is to be written as one statement.</summary>
    bool CombinesStatements { get; }

    /// <summary>SQL that ends a choice of rows to claim: what other claimers have locked is passed over.</summary>
    string SkipLocked { get; }

    /// <summary>Reads rows. A change within it is committed when the last row has been read.</summary>
    Task<List<T>> QueryAsync<T>(SqlStatement statement, bool changes, Func<DbDataReader, T> read, CancellationToken cancellationToken);

    /// <summary>Commits a script, all or nothing.</summary>
    /// <param name="statements">What <see cref="SqlScript.ToStatements"/> gave.</param>
    /// <param name="sharedLock">Held until the commit, together with others who share it; <see cref="SqlLocks"/>. Null for none.</param>
    /// <param name="cancellationToken">Ends the wait; what was not acknowledged may or may not be kept.</param>
    Task<ScriptResult> CommitAsync(IReadOnlyList<SqlStatement> statements, long? sharedLock, CancellationToken cancellationToken);
}

/// <summary>Numbers of advisory locks. A database with one writer needs none.</summary>
internal static class SqlLocks
{
    /// <summary>Shared by who takes in cases, held alone by who publishes: no case slips in under a bundle after the next is in force.</summary>
    public const long BundleInForce = 4_001;

    /// <summary>Held by who counts cases into the days of the figures.</summary>
    public const long Figures = 4_002;
}
