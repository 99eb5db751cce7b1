using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace GridFlow.Server.Persistence.Sql;

/// <summary>A connection that keeps its statements prepared. Used by one thread at a time.</summary>
internal sealed class SqliteSession : IDisposable
{
    // A statement's text depends on how many rows it writes; more shapes than this are rare ones, prepared again when met again.
    private const int Shapes = 200;
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteCommand> _prepared = new(StringComparer.Ordinal);
    private readonly SqliteCommand _begin;
    private readonly SqliteCommand _commit;
    private readonly SqliteCommand _rollBack;

    public SqliteSession(string connectionString)
    {
        _connection = new SqliteConnection(connectionString);
        _connection.Open();
        SqlitePragmas.Apply(_connection);
        _begin = Prepare("BEGIN IMMEDIATE");
        _commit = Prepare("COMMIT");
        _rollBack = Prepare("ROLLBACK");
    }

    public void Begin() => _begin.ExecuteNonQuery();

    public void Commit()
    {
        _commit.ExecuteNonQuery();
        SqlMeter.Commits.Add(1);
    }

    public void RollBack() => _rollBack.ExecuteNonQuery();

    /// <summary>Tells how many rows it changed.</summary>
    public int Execute(SqlStatement statement) => Bound(statement).ExecuteNonQuery();

    public List<T> Query<T>(SqlStatement statement, Func<DbDataReader, T> read)
    {
        var rows = new List<T>();
        using var reader = Bound(statement).ExecuteReader();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    public void Dispose()
    {
        Forget();
        _begin.Dispose();
        _commit.Dispose();
        _rollBack.Dispose();
        _connection.Dispose();
    }

    private SqliteCommand Bound(SqlStatement statement)
    {
        SqlMeter.Statements.Add(1);
        SqlRecorder.Note(statement);
        if (!_prepared.TryGetValue(statement.Text, out var command))
        {
            if (_prepared.Count >= Shapes)
            {
                Forget();
            }

            command = Prepare(statement.Text);
            for (var index = 1; index <= statement.Values.Count; index++)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = string.Create(CultureInfo.InvariantCulture, $"${index}") });
            }

            _prepared.Add(statement.Text, command);
        }

        for (var index = 0; index < statement.Values.Count; index++)
        {
            command.Parameters[index].Value = statement.Values[index].Value ?? DBNull.Value;
        }

        return command;
    }

    private void Forget()
    {
        foreach (var command in _prepared.Values)
        {
            command.Dispose();
        }

        _prepared.Clear();
    }

    private SqliteCommand Prepare(string sql)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.Prepare();
        return command;
    }
}
