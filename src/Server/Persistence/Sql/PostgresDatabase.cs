using System.Data.Common;
using Npgsql;
using NpgsqlTypes;

namespace GridFlow.Server.Persistence.Sql;

/// <summary>PostgreSQL: as many commits at once as there are callers, each one round trip.</summary>
internal sealed class PostgresDatabase(NpgsqlDataSource source) : ISqlDatabase
{
    /// <summary>
    /// A pool that prepares by itself what is asked for repeatedly. Nothing here changes the settings of a session, so none is
    /// reset when it goes back to the pool.
    /// </summary>
    public static NpgsqlDataSource Connect(string connection)
    {
        var builder = new NpgsqlDataSourceBuilder(connection);
        builder.ConnectionStringBuilder.MaxAutoPrepare = Math.Max(200, builder.ConnectionStringBuilder.MaxAutoPrepare);
        builder.ConnectionStringBuilder.AutoPrepareMinUsages = 2;
        builder.ConnectionStringBuilder.NoResetOnClose = true;

        // No statement here runs so long that compiling it or sharing it among workers would pay; guessing wrong costs a tenth of a
        // second, and more where everybody's processors are busy.
        builder.ConnectionStringBuilder.Options = $"{builder.ConnectionStringBuilder.Options} -c jit=off -c max_parallel_workers_per_gather=0".Trim();
        return builder.Build();
    }

    /// <summary>Whether a text was refused because it holds the character zero, which PostgreSQL keeps nowhere. Nothing was stored then.</summary>
    public static bool IsUnkeepableText(Exception? problem) =>
        problem is PostgresException { SqlState: PostgresErrorCodes.CharacterNotInRepertoire } || (problem?.InnerException is { } inner && IsUnkeepableText(inner));

    public bool CombinesStatements => true;

    public string SkipLocked => " FOR UPDATE SKIP LOCKED";

    public async Task<List<T>> QueryAsync<T>(SqlStatement statement, bool changes, Func<DbDataReader, T> read, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(statement.Text, connection);
        Bind(command.Parameters, statement.Values);
        SqlMeter.Statements.Add(1);
        SqlRecorder.Note(statement);
        var rows = new List<T>();
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                rows.Add(read(reader));
            }
        }

        if (changes)
        {
            SqlMeter.Commits.Add(1);
        }

        return rows;
    }

    public async Task<ScriptResult> CommitAsync(IReadOnlyList<SqlStatement> statements, long? sharedLock, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        try
        {
            // Commands of a batch without a transaction are one transaction. The lock is a command of its own before the rest,
            // so that what the rest sees is from after it was given.
            await using var batch = new NpgsqlBatch(connection);
            if (sharedLock is { } number)
            {
                batch.BatchCommands.Add(Command(new SqlStatement("SELECT pg_advisory_xact_lock_shared($1)", [SqlValue.Long(number)])));
            }

            foreach (var statement in statements)
            {
                batch.BatchCommands.Add(Command(statement));
            }

            SqlMeter.Statements.Add(batch.BatchCommands.Count);
            await batch.ExecuteNonQueryAsync(cancellationToken);
            SqlMeter.Commits.Add(1);
            return ScriptResult.Kept;
        }
        catch (PostgresException problem) when (problem.SqlState == PostgresErrorCodes.DivisionByZero)
        {
            return ScriptResult.GuardFailed;
        }
        catch (PostgresException problem) when (problem.SqlState == PostgresErrorCodes.UniqueViolation && problem.ConstraintName?.StartsWith("PK_", StringComparison.Ordinal) == false)
        {
            // Another primary key in the way is no report told twice but a fault, and is thrown.
            return ScriptResult.Duplicate;
        }
    }

    private static NpgsqlBatchCommand Command(SqlStatement statement)
    {
        var command = new NpgsqlBatchCommand(statement.Text);
        Bind(command.Parameters, statement.Values);
        return command;
    }

    private static void Bind(NpgsqlParameterCollection parameters, IReadOnlyList<SqlValue> values)
    {
        foreach (var (kind, value) in values)
        {
            // The type is said even for null, so that what was prepared fits.
            parameters.Add((kind, value) switch
            {
                (SqlKind.Text, string text) => new NpgsqlParameter<string> { TypedValue = text, NpgsqlDbType = NpgsqlDbType.Text },
                (SqlKind.Whole, int whole) => new NpgsqlParameter<int> { TypedValue = whole, NpgsqlDbType = NpgsqlDbType.Integer },
                (SqlKind.Long, long number) => new NpgsqlParameter<long> { TypedValue = number, NpgsqlDbType = NpgsqlDbType.Bigint },
                (SqlKind.Truth, bool truth) => new NpgsqlParameter<bool> { TypedValue = truth, NpgsqlDbType = NpgsqlDbType.Boolean },
                _ => new NpgsqlParameter { Value = value ?? DBNull.Value, NpgsqlDbType = TypeOf(kind) },
            });
        }
    }

    private static NpgsqlDbType TypeOf(SqlKind kind) => kind switch
    {
        SqlKind.Text => NpgsqlDbType.Text,
        SqlKind.Whole => NpgsqlDbType.Integer,
        SqlKind.Long => NpgsqlDbType.Bigint,
        SqlKind.Truth => NpgsqlDbType.Boolean,
        SqlKind.Bytes => NpgsqlDbType.Bytea,
    };
}
