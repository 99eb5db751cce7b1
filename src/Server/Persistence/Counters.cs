using GridFlow.Server.Persistence.Sql;

namespace GridFlow.Server.Persistence;

/// <summary>Counts that never go back, shared by all who use the database.</summary>
public sealed class Counters(ISqlDatabase sql)
{
    /// <summary>Draws the next numbers of a count, committed before they are told: nobody else ever gets them.</summary>
    /// <returns>The last of them.</returns>
    public async Task<long> DrawAsync(string name, int count, CancellationToken cancellationToken)
    {
        const string draw = """
            INSERT INTO "Counters" ("Name", "Value") VALUES ($1, $2)
            ON CONFLICT ("Name") DO UPDATE SET "Value" = "Counters"."Value" + excluded."Value" RETURNING "Value"
            """;
        var statement = new SqlStatement(draw, [SqlValue.Text(name), SqlValue.Long(count)]);
        return (await sql.QueryAsync(statement, changes: true, reader => reader.GetInt64(0), cancellationToken)).Single();
    }
}
