using GridFlow.Server.Cases;
using GridFlow.Server.Persistence.Sql;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace GridFlow.Server.Persistence.Bulk;

/// <summary>Writes very many rows, as fast as the database takes them; each call is a transaction.</summary>
internal abstract class BulkWriter : IAsyncDisposable
{
    /// <summary>One for the database the context works on.</summary>
    /// <param name="db">Stays open as long as this is used.</param>
    /// <param name="isLasting">What is written must survive the machine; a database that goes away anyway need not wait for the disk.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<BulkWriter> OpenAsync(GridFlowDbContext db, bool isLasting, CancellationToken cancellationToken)
    {
        await db.Database.OpenConnectionAsync(cancellationToken);
        if (!isLasting)
        {
            await db.Database.ExecuteSqlRawAsync(db.Database.IsNpgsql() ? "SET synchronous_commit = off" : "PRAGMA synchronous = OFF; PRAGMA cache_size = -500000", cancellationToken);
        }

        return db.Database.GetDbConnection() is NpgsqlConnection postgres ? new ToPostgres(postgres) : new ToSqlite((SqliteConnection)db.Database.GetDbConnection());
    }

    public abstract Task WriteAsync<TRow>(SqlTable<TRow> table, IReadOnlyCollection<TRow> rows, CancellationToken cancellationToken)
        where TRow : class;

    /// <summary>Makes cases findable by their words, in the order given; those that are, are left as they are.</summary>
    public abstract Task WriteTextsAsync(IReadOnlyCollection<CaseRow> cases, CancellationToken cancellationToken);

    /// <summary>Lets the database look at what was written, so that it plans by what there is.</summary>
    public abstract Task FinishAsync(CancellationToken cancellationToken);

    public virtual ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private sealed class ToSqlite(SqliteConnection connection) : BulkWriter
    {
        public override Task WriteAsync<TRow>(SqlTable<TRow> table, IReadOnlyCollection<TRow> rows, CancellationToken cancellationToken)
        {
            using var transaction = connection.BeginTransaction();
            using var insert = Prepare($"INSERT INTO {table.Name} ({table.Names}) VALUES ({string.Join(", ", table.Columns.Select((_, index) => $"${index}"))})", table.Columns.Count);
            foreach (var row in rows)
            {
                for (var index = 0; index < table.Columns.Count; index++)
                {
                    insert.Parameters[index].Value = table.Columns[index].Of(row).Value ?? DBNull.Value;
                }

                insert.ExecuteNonQuery();
            }

            transaction.Commit();
            return Task.CompletedTask;
        }

        public override Task WriteTextsAsync(IReadOnlyCollection<CaseRow> cases, CancellationToken cancellationToken)
        {
            using var transaction = connection.BeginTransaction();
            using var text = Prepare("""INSERT INTO "CaseTexts" ("CaseNumber") VALUES ($0) ON CONFLICT DO NOTHING""", 1);
            using var words = Prepare("""INSERT INTO "CaseWords" (rowid, "Words") VALUES (last_insert_rowid(), $0)""", 1);
            foreach (var row in cases)
            {
                text.Parameters[0].Value = row.Number;
                words.Parameters[0].Value = CaseTextIndex.Words(row);
                if (text.ExecuteNonQuery() > 0)
                {
                    words.ExecuteNonQuery();
                }
            }

            transaction.Commit();
            return Task.CompletedTask;
        }

        public override async Task FinishAsync(CancellationToken cancellationToken)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "ANALYZE; PRAGMA wal_checkpoint(TRUNCATE); PRAGMA synchronous = FULL; PRAGMA cache_size = -2000";
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        private SqliteCommand Prepare(string text, int parameters)
        {
            var command = connection.CreateCommand();
            command.CommandText = text;
            for (var index = 0; index < parameters; index++)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = $"${index}" });
            }

            command.Prepare();
            return command;
        }
    }

    private sealed class ToPostgres(NpgsqlConnection connection) : BulkWriter
    {
        public override async Task WriteAsync<TRow>(SqlTable<TRow> table, IReadOnlyCollection<TRow> rows, CancellationToken cancellationToken)
        {
            await using var writer = await connection.BeginBinaryImportAsync($"COPY {table.Name} ({table.Names}) FROM STDIN (FORMAT BINARY)", cancellationToken);
            foreach (var row in rows)
            {
                await writer.StartRowAsync(cancellationToken);
                foreach (var column in table.Columns)
                {
                    var (kind, value) = column.Of(row);
                    await (value is null ? writer.WriteNullAsync(cancellationToken) : writer.WriteAsync(value, TypeOf(kind), cancellationToken));
                }
            }

            await writer.CompleteAsync(cancellationToken);
        }

        public override async Task WriteTextsAsync(IReadOnlyCollection<CaseRow> cases, CancellationToken cancellationToken)
        {
            const string write = """
                INSERT INTO "CaseTexts" ("CaseNumber", "Words") SELECT n, array_to_tsvector(string_to_array(w, ' ')) FROM unnest($1, $2) WITH ORDINALITY AS t (n, w, o)
                WHERE NOT EXISTS (SELECT 1 FROM "CaseTexts" WHERE "CaseNumber" = n) ORDER BY o ON CONFLICT DO NOTHING
                """;
            await using var command = new NpgsqlCommand(write, connection);
            command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. cases.Select(row => row.Number)] });
            command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. cases.Select(CaseTextIndex.Words)] });
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        public override async Task FinishAsync(CancellationToken cancellationToken)
        {
            await using var command = new NpgsqlCommand("VACUUM ANALYZE", connection) { CommandTimeout = 0 };
            await command.ExecuteNonQueryAsync(cancellationToken);
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
}
