using System.Diagnostics;
using GridFlow.Server.Persistence;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace GridFlow.Server.Operations.Bench;

/// <summary>
/// What the database itself can do on this machine at this moment: one small insert and one update per commit, prepared, with
/// nothing around them. No durable engine that keeps state and history per operation can be faster than this.
/// </summary>
internal static class CommitFloor
{
    private static readonly string Payload = new('x', 200);

    /// <summary>Commits per second on PostgreSQL, each connection one round trip per commit.</summary>
    public static async Task<double> PostgresAsync(string connection, int connections, TimeSpan duration, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using (var create = source.CreateCommand("CREATE TABLE IF NOT EXISTS bench_floor (id uuid PRIMARY KEY, text text NOT NULL)"))
        {
            await create.ExecuteNonQueryAsync(cancellationToken);
        }

        var clock = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(
            async () =>
            {
                await using var open = await source.OpenConnectionAsync(cancellationToken);
                await using var batch = new NpgsqlBatch(open);
                foreach (var sql in (string[])["INSERT INTO bench_floor (id, text) VALUES ($1, $2)", "UPDATE bench_floor SET text = $2 WHERE id = $1"])
                {
                    batch.BatchCommands.Add(new NpgsqlBatchCommand(sql) { Parameters = { new() { Value = Guid.Empty }, new() { Value = Payload } } });
                }

                await batch.PrepareAsync(cancellationToken);
                var count = 0;
                while (clock.Elapsed < duration)
                {
                    var id = Guid.NewGuid();
                    batch.BatchCommands[0].Parameters[0].Value = batch.BatchCommands[1].Parameters[0].Value = id;
                    await batch.ExecuteNonQueryAsync(cancellationToken);
                    count++;
                }

                return count;
            },
            cancellationToken)));
        return counts.Sum() / clock.Elapsed.TotalSeconds;
    }

    /// <summary>Operations per second on SQLite: a number of connections that compete for the file, <paramref name="group"/> operations to a commit.</summary>
    public static async Task<double> SqliteAsync(string file, int connections, int group, TimeSpan duration)
    {
        using (var first = new SqliteConnection($"Data Source={file}"))
        {
            first.Open();
            SqlitePragmas.Apply(first);
            Command(first, "CREATE TABLE IF NOT EXISTS bench_floor (id INTEGER PRIMARY KEY, text TEXT NOT NULL)").ExecuteNonQuery();
        }

        var clock = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Factory.StartNew(
            () => Compete(file, group, clock, duration), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        return counts.Sum() / clock.Elapsed.TotalSeconds;
    }

    private static int Compete(string file, int group, Stopwatch clock, TimeSpan duration)
    {
        using var connection = new SqliteConnection($"Data Source={file}");
        connection.Open();
        SqlitePragmas.Apply(connection);
        using var begin = Command(connection, "BEGIN IMMEDIATE");
        using var commit = Command(connection, "COMMIT");
        using var insert = Command(connection, "INSERT INTO bench_floor (text) VALUES ($text)");
        using var update = Command(connection, "UPDATE bench_floor SET text = $text WHERE id = last_insert_rowid()");
        insert.Parameters.AddWithValue("$text", Payload);
        update.Parameters.AddWithValue("$text", Payload);
        var count = 0;
        while (clock.Elapsed < duration)
        {
            begin.ExecuteNonQuery();
            for (var index = 0; index < group; index++)
            {
                insert.ExecuteNonQuery();
                update.ExecuteNonQuery();
            }

            commit.ExecuteNonQuery();
            count += group;
        }

        return count;
    }

    private static SqliteCommand Command(SqliteConnection connection, string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }
}
