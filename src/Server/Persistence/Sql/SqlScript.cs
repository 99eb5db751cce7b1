using System.Globalization;
using System.Text;

namespace GridFlow.Server.Persistence.Sql;

/// <summary>A statement with the values it binds as $1, $2, …</summary>
public sealed record SqlStatement(string Text, IReadOnlyList<SqlValue> Values);

/// <summary>
/// The statements of one commit, in SQL that SQLite and PostgreSQL read alike. The first is the guard: it must change exactly
/// one row, or nothing of the script may be kept.
/// </summary>
/// <param name="combined">
/// One statement is made of all, for a database that allows it: one round trip, and a transaction by itself. The guard that
/// changes nothing makes it fail with a division by zero.
/// </param>
internal sealed class SqlScript(bool combined)
{
    // Below what both databases allow for one statement, with the widest table.
    private const int RowsAtOnce = 400;
    private readonly List<SqlStatement> _statements = [];
    private readonly StringBuilder _text = new(2048);
    private List<SqlValue> _values = [];
    private bool _isBegun;

    /// <summary>The statements written so far, in their order.</summary>
    public IReadOnlyList<SqlStatement> ToStatements() => combined
        ? [new SqlStatement(_text.Append(") SELECT 1 / count(*) FROM guard").ToString(), _values)]
        : _statements;

    /// <summary>Inserts a row if the condition that <paramref name="where"/> writes holds and no row has its key.</summary>
    public void InsertIf<TRow>(SqlTable<TRow> table, TRow row, Action<SqlScript> where)
        where TRow : class
    {
        var used = UsedColumns(table, [row]);
        BeginInsert(table, used).Raw(") SELECT ");
        Values(used, row);
        Raw(" WHERE ");
        where(this);
        Raw(" ON CONFLICT DO NOTHING").End();
    }

    /// <summary>Inserts rows, if there are any.</summary>
    /// <param name="table">Into.</param>
    /// <param name="rows">What.</param>
    /// <param name="onConflict">What to do with those whose key is there; nothing given means the whole script fails.</param>
    public void Insert<TRow>(SqlTable<TRow> table, IReadOnlyCollection<TRow> rows, string onConflict = "")
        where TRow : class
    {
        foreach (var some in rows.Chunk(RowsAtOnce))
        {
            var used = UsedColumns(table, some);
            BeginInsert(table, used).Raw(") VALUES ");
            var separator = "(";
            foreach (var row in some)
            {
                Raw(separator);
                Values(used, row);
                separator = "), (";
            }

            Raw(")").Raw(onConflict).End();
        }
    }

    /// <summary>Begins an update that sets columns from a row; the condition is to follow, then <see cref="End"/>.</summary>
    public SqlScript Update<TRow>(SqlTable<TRow> table, IReadOnlyList<SqlColumn<TRow>> columns, TRow row)
        where TRow : class
    {
        Begin().Raw("UPDATE ").Raw(table.Name).Raw(" SET ");
        for (var index = 0; index < columns.Count; index++)
        {
            Raw(index == 0 ? "" : ", ").Raw(columns[index].Name).Raw(" = ").Value(columns[index].Of(row));
        }

        return Raw(" WHERE ");
    }

    /// <summary>Deletes rows by their id, if there are any.</summary>
    public void Delete<TRow>(SqlTable<TRow> table, IReadOnlyCollection<string> ids)
        where TRow : class
    {
        foreach (var some in ids.Chunk(RowsAtOnce))
        {
            Begin().Raw("DELETE FROM ").Raw(table.Name).Raw(" WHERE \"Id\" IN ");
            var separator = "(";
            foreach (var id in some)
            {
                Raw(separator).Value(SqlValue.Text(id));
                separator = ", ";
            }

            Raw(")").End();
        }
    }

    /// <summary>Begins a statement.</summary>
    public SqlScript Begin()
    {
        if (combined)
        {
            Raw(!_isBegun ? "WITH guard AS (" : string.Create(CultureInfo.InvariantCulture, $"), s{_values.Count} AS ("));
        }

        return this;
    }

    public SqlScript Raw(string sql)
    {
        _text.Append(sql);
        return this;
    }

    public SqlScript Value(SqlValue value)
    {
        _values.Add(value);
        _text.Append('$').Append(CultureInfo.InvariantCulture, $"{_values.Count}");
        return this;
    }

    /// <summary>Ends a statement.</summary>
    public void End()
    {
        if (combined)
        {
            Raw(_isBegun ? "" : " RETURNING 1");
        }
        else
        {
            _statements.Add(new SqlStatement(_text.ToString(), _values));
            _text.Clear();
            _values = [];
        }

        _isBegun = true;
    }

    /// <summary>What is null in every row need not be named: most columns of a new row are.</summary>
    private static List<SqlColumn<TRow>> UsedColumns<TRow>(SqlTable<TRow> table, ReadOnlySpan<TRow> rows)
        where TRow : class
    {
        var used = new List<SqlColumn<TRow>>(table.Columns.Count);
        foreach (var column in table.Columns)
        {
            foreach (var row in rows)
            {
                if (column.Of(row).Value is not null)
                {
                    used.Add(column);
                    break;
                }
            }
        }

        return used;
    }

    private SqlScript BeginInsert<TRow>(SqlTable<TRow> table, List<SqlColumn<TRow>> columns)
        where TRow : class
    {
        Begin().Raw("INSERT INTO ").Raw(table.Name).Raw(" (");
        for (var index = 0; index < columns.Count; index++)
        {
            Raw(index == 0 ? "" : ", ").Raw(columns[index].Name);
        }

        return this;
    }

    private void Values<TRow>(List<SqlColumn<TRow>> columns, TRow row)
        where TRow : class
    {
        for (var index = 0; index < columns.Count; index++)
        {
            Raw(index == 0 ? "" : ", ").Value(columns[index].Of(row));
        }
    }
}
