using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace GridFlow.Server.Persistence.Sql;

/// <summary>
/// Keeps the statements that one piece of work sends, so that the database can be asked how it carries them out. Off unless
/// somebody records; who records sees only what flows from their own call.
/// </summary>
internal sealed class SqlRecorder : IDisposable
{
    private static readonly AsyncLocal<SqlRecorder?> Current = new();
    private readonly List<(string Text, IReadOnlyList<(string Name, object? Value)> Values)> _statements = [];

    public static SqlRecorder Start() => Current.Value = new SqlRecorder();

    public static void Note(DbCommand command) =>
        Current.Value?.Add(command.CommandText, [.. command.Parameters.Cast<DbParameter>().Select(parameter => (parameter.ParameterName, parameter.Value))]);

    public static void Note(SqlStatement statement) =>
        Current.Value?.Add(statement.Text, [.. statement.Values.Select((value, index) => ($"${index + 1}", value.Value))]);

    public void Dispose() => Current.Value = null;

    /// <summary>How the database carries out each of the statements, line by line.</summary>
    public async Task<IReadOnlyList<(string Statement, IReadOnlyList<string> Plan)>> ExplainAsync(GridFlowDbContext db, CancellationToken cancellationToken)
    {
        Dispose();
        await db.Database.OpenConnectionAsync(cancellationToken);
        var connection = db.Database.GetDbConnection();
        var plans = new List<(string, IReadOnlyList<string>)>();
        foreach (var (text, values) in _statements)
        {
            plans.Add((text, await ExplainAsync(connection, text, values, cancellationToken)));
        }

        return plans;
    }

    private void Add(string text, IReadOnlyList<(string, object?)> values)
    {
        lock (_statements)
        {
            _statements.Add((text, values));
        }
    }

    private static async Task<IReadOnlyList<string>> ExplainAsync(DbConnection connection, string text, IReadOnlyList<(string Name, object? Value)> values, CancellationToken cancellationToken)
    {
        var isPostgres = connection is NpgsqlConnection;
        await using var command = connection.CreateCommand();
        command.CommandText = (isPostgres ? "EXPLAIN " : "EXPLAIN QUERY PLAN ") + text;
        foreach (var (name, value) in values)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = isPostgres && name.StartsWith('$') ? "" : name;
            parameter.Value = value ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }

        var lines = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            lines.Add(reader.GetString(isPostgres ? 0 : 3));
        }

        return lines;
    }
}
