using GridFlow.Server.Persistence;
using GridFlow.Server.Persistence.Sql;
using Microsoft.Data.Sqlite;

namespace GridFlow.Server.Tests.Persistence;

/// <summary>The one writer of SQLite: what it is given at once it commits at once, and each still gets its own answer.</summary>
public sealed class SqliteDatabaseTests : IAsyncDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("gridflow-writer-").FullName;
    private readonly WriteGate _gate = new();
    private readonly SqliteDatabase _database;

    public SqliteDatabaseTests()
    {
        using var connection = new SqliteConnection(Connection);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)";
        command.ExecuteNonQuery();
        _database = new SqliteDatabase(Connection, _gate);
    }

    private string Connection => $"Data Source={Path.Combine(_directory, "t.db")}";

    [Fact]
    public async Task Of_a_group_only_what_cannot_be_kept_is_left_out()
    {
        Task<ScriptResult>[] answers;
        using (await _gate.EnterAsync(TestContext.Current.CancellationToken))
        {
            // While the gate is held they wait, and become one group.
            answers = [Commit(Insert(1, "a")), Commit(Insert(2, "a")), Commit(Update(9, "x")), Commit(Insert(3, "b"), Insert(4, "a")), Commit(Insert(5, "c"))];
        }

        Assert.Equal([ScriptResult.Kept, ScriptResult.Duplicate, ScriptResult.GuardFailed, ScriptResult.Duplicate, ScriptResult.Kept], await Task.WhenAll(answers));
        Assert.Equal(["1a", "5c"], await ReadAsync());
    }

    [Fact]
    public async Task A_fault_is_thrown_to_the_one_who_caused_it()
    {
        Task<ScriptResult>[] answers;
        using (await _gate.EnterAsync(TestContext.Current.CancellationToken))
        {
            answers = [Commit(Insert(1, "a")), Commit(new SqlStatement("INSERT INTO t (id, name) VALUES (2, NULL)", [])), Commit(Insert(3, "c"))];
        }

        Assert.Equal(ScriptResult.Kept, await answers[0]);
        await Assert.ThrowsAsync<SqliteException>(() => answers[1]);
        Assert.Equal(ScriptResult.Kept, await answers[2]);
        Assert.Equal(["1a", "3c"], await ReadAsync());
    }

    [Fact]
    public async Task What_nobody_waits_for_any_more_before_its_turn_is_not_written()
    {
        using var cancelled = new CancellationTokenSource();
        Task<ScriptResult> given;
        Task<ScriptResult> kept;
        using (await _gate.EnterAsync(TestContext.Current.CancellationToken))
        {
            given = _database.CommitAsync([Insert(1, "a")], null, cancelled.Token);
            kept = Commit(Insert(2, "b"));
            await cancelled.CancelAsync();
        }

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        Assert.Equal(ScriptResult.Kept, await kept);
        Assert.Equal(["2b"], await ReadAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _gate.Dispose();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_directory, recursive: true);
    }

    private static SqlStatement Insert(int id, string name) => new("INSERT INTO t (id, name) VALUES ($1, $2)", [SqlValue.Whole(id), SqlValue.Text(name)]);

    private static SqlStatement Update(int id, string name) => new("UPDATE t SET name = $2 WHERE id = $1", [SqlValue.Whole(id), SqlValue.Text(name)]);

    private Task<ScriptResult> Commit(params SqlStatement[] statements) => _database.CommitAsync(statements, null, TestContext.Current.CancellationToken);

    private Task<List<string>> ReadAsync() =>
        _database.QueryAsync(new SqlStatement("SELECT id || name FROM t ORDER BY id", []), changes: false, reader => reader.GetString(0), TestContext.Current.CancellationToken);
}
