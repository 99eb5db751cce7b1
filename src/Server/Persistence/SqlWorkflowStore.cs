using System.Collections.Immutable;
using System.Data.Common;
using GridFlow.Server.Cases;
using GridFlow.Server.Persistence.Sql;
using GridFlow.Workflows.Engine;
using GridFlow.Workflows.Migration;
using GridFlow.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace GridFlow.Server.Persistence;

/// <summary>
/// Keeps instances in the database. A step costs one statement to read and one transaction to keep, of at most one statement
/// for each table it touches; see <see cref="CheckpointScript"/>.
/// </summary>
internal sealed class SqlWorkflowStore : IWorkflowStore
{
    private readonly ISqlDatabase _sql;
    private readonly ChangeFeed _feed;
    private readonly TimeProvider _time;
    private readonly WorkflowTables _tables;
    private readonly string _find;

    public SqlWorkflowStore(IDbContextFactory<GridFlowDbContext> database, ISqlDatabase sql, ChangeFeed feed, TimeProvider time)
    {
        (_sql, _feed, _time, _tables) = (sql, feed, time, new WorkflowTables(database));
        var cases = string.Join(", ", _tables.Cases.Columns.Select(column => $"c.{column.Name}"));
        _find = $"SELECT i.\"Version\", i.\"State\", {cases} FROM \"Instances\" AS i LEFT JOIN \"Cases\" AS c ON c.\"Number\" = i.\"Id\" WHERE i.\"Id\" = $1";
    }

    public async Task<WorkflowInstance?> FindAsync(string instanceId, CancellationToken cancellationToken) =>
        (await QueryAsync(_find, ReadInstance, cancellationToken, SqlValue.Text(instanceId))).SingleOrDefault();

    public async Task<CommitResult> CommitAsync(Checkpoint checkpoint, Intake? intake, CancellationToken cancellationToken)
    {
        var statements = CheckpointScript.Write(_tables, _sql.CombinesStatements, checkpoint, intake, _time.GetUtcNow());
        var result = await _sql.CommitAsync(statements, intake is null ? null : SqlLocks.BundleInForce, cancellationToken) switch
        {
            ScriptResult.Kept => CommitResult.Committed,
            ScriptResult.Duplicate => CommitResult.Duplicate,
            ScriptResult.GuardFailed when !checkpoint.IsNew => CommitResult.Conflict,
            ScriptResult.GuardFailed => intake is not null && await BundleInForceAsync(cancellationToken) != intake.Bundle ? CommitResult.BundleChanged : CommitResult.Duplicate,
        };
        if (result == CommitResult.Committed)
        {
            _feed.Publish(checkpoint);
        }

        return result;
    }

    public async Task<ImmutableArray<DueTimer>> ClaimDueTimersAsync(DateTimeOffset now, TimeSpan lease, int limit, CancellationToken cancellationToken)
    {
        // Asked first: a claim is a write, and most of the time nothing is due.
        const string any = "SELECT 1 FROM \"Timers\" WHERE \"DueAt\" <= $1 AND (\"ClaimedUntil\" IS NULL OR \"ClaimedUntil\" <= $1) LIMIT 1";
        if ((await QueryAsync(any, _ => 1, cancellationToken, SqlValue.Long(now.UtcTicks))).Count == 0)
        {
            return [];
        }

        var claim = $"""
            UPDATE "Timers" SET "ClaimedUntil" = $1 WHERE "Id" IN
            (SELECT "Id" FROM "Timers" WHERE "DueAt" <= $2 AND ("ClaimedUntil" IS NULL OR "ClaimedUntil" <= $2) ORDER BY "DueAt" LIMIT $3{_sql.SkipLocked})
            RETURNING "Id", "InstanceId", "DueAt"
            """;
        var statement = new SqlStatement(claim, [SqlValue.Long((now + lease).UtcTicks), SqlValue.Long(now.UtcTicks), SqlValue.Whole(limit)]);
        var due = await _sql.QueryAsync(
            statement, changes: true, reader => new DueTimer(reader.GetString(0), reader.GetString(1), new DateTimeOffset(reader.GetInt64(2), TimeSpan.Zero)), cancellationToken);
        return [.. due.OrderBy(timer => timer.DueAt)];
    }

    public Task PostponeTimerAsync(string timerId, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var statement = new SqlStatement("UPDATE \"Timers\" SET \"ClaimedUntil\" = $1 WHERE \"Id\" = $2", [SqlValue.Long(until.UtcTicks), SqlValue.Text(timerId)]);
        return _sql.QueryAsync(statement, changes: true, _ => 0, cancellationToken);
    }

    public async Task<ImmutableArray<FoundBookmark>> FindBookmarksAsync(string eventName, string? correlationId, CancellationToken cancellationToken)
    {
        const string sql = """
            SELECT b."Id", b."InstanceId" FROM "Bookmarks" AS b JOIN "Instances" AS i ON i."Id" = b."InstanceId"
            WHERE b."Kind" = 'Event' AND b."Name" = $1 AND ($2 IS NULL OR i."CorrelationId" = $2) ORDER BY b."Id"
            """;
        return [.. await QueryAsync(sql, reader => new FoundBookmark(reader.GetString(0), reader.GetString(1)), cancellationToken, SqlValue.Text(eventName), SqlValue.Text(correlationId))];
    }

    public async Task<ClosedWorkItem?> FindClosedWorkItemAsync(string workItemId, CancellationToken cancellationToken)
    {
        const string sql = """SELECT "Outcome", "ClosedById", "ClosedByName", "ClosedAt" FROM "WorkItems" WHERE "Id" = $1 AND "ClosedAt" IS NOT NULL""";
        return (await QueryAsync(sql, Read, cancellationToken, SqlValue.Text(workItemId))).SingleOrDefault();

        static ClosedWorkItem Read(DbDataReader reader) =>
            new(Text(reader, 0), new Actor(Text(reader, 1) ?? "", Text(reader, 2) ?? ""), new DateTimeOffset(reader.GetInt64(3), TimeSpan.Zero));
    }

    public async Task<string?> FindByIntakeKeyAsync(string key, CancellationToken cancellationToken) =>
        (await QueryAsync("SELECT \"Number\" FROM \"Cases\" WHERE \"IntakeKey\" = $1", reader => reader.GetString(0), cancellationToken, SqlValue.Text(key))).SingleOrDefault();

    public async Task<MigrationRecord?> FindMigrationAsync(string run, string instanceId, CancellationToken cancellationToken)
    {
        var sql = $"SELECT {_tables.Migrated.Names} FROM \"MigratedInstances\" WHERE \"RunId\" = $1 AND \"InstanceId\" = $2";
        var row = (await QueryAsync(sql, reader => _tables.Migrated.Read(reader), cancellationToken, SqlValue.Text(run), SqlValue.Text(instanceId))).SingleOrDefault();
        return row is null ? null : new MigrationRecord(row.RunId, row.InstanceId, row.FromBundle, row.ToBundle, row.At, row.Version, row.Before) { UndoneAt = row.UndoneAt };
    }

    private static string? Text(DbDataReader reader, int ordinal) => reader.IsDBNull(ordinal) ? null : reader.GetString(ordinal);

    private async Task<int> BundleInForceAsync(CancellationToken cancellationToken) =>
        (await QueryAsync("SELECT COALESCE(MAX(\"Number\"), 0) FROM \"Bundles\"", reader => reader.GetInt32(0), cancellationToken)).Single();

    private Task<List<T>> QueryAsync<T>(string sql, Func<DbDataReader, T> read, CancellationToken cancellationToken, params SqlValue[] values) =>
        _sql.QueryAsync(new SqlStatement(sql, values), changes: false, read, cancellationToken);

    private WorkflowInstance ReadInstance(DbDataReader reader)
    {
        const int firstOfCase = 2;
        var instance = InstanceJson.Read(reader.GetString(1));
        instance.Version = reader.GetInt64(0);
        instance.Case = reader.IsDBNull(firstOfCase) ? null : CaseMapping.ToState(_tables.Cases.Read(reader, firstOfCase));
        return instance;
    }
}
