using GridFlow.Server.Persistence.Sql;
using GridFlow.Workflows.Engine;

namespace GridFlow.Server.Persistence;

/// <summary>Hands out messages that are due, each to one machine at a time.</summary>
public sealed class OutboxClaims(ISqlDatabase sql)
{
    /// <summary>Takes messages of some kinds into our hands; unless they are settled by the end of the lease, somebody gets them again.</summary>
    /// <returns>Their ids.</returns>
    public async Task<IReadOnlyList<string>> ClaimDueAsync(IEnumerable<MessageKind> kinds, DateTimeOffset now, TimeSpan lease, int limit, CancellationToken cancellationToken)
    {
        var named = string.Join(", ", kinds.Select(kind => $"'{kind}'"));
        var due = $"""SELECT "Id" FROM "Outbox" WHERE "NextAttemptAt" <= $1 AND "Kind" IN ({named}) ORDER BY "NextAttemptAt" LIMIT $2""";

        // Asked first: a claim is a write, and most of the time nothing is due.
        var any = await sql.QueryAsync(new SqlStatement(due, [SqlValue.Long(now.UtcTicks), SqlValue.Whole(1)]), changes: false, reader => reader.GetString(0), cancellationToken);
        if (any.Count == 0)
        {
            return [];
        }

        var claim = $"""UPDATE "Outbox" SET "NextAttemptAt" = $3 WHERE "Id" IN ({due}{sql.SkipLocked}) RETURNING "Id" """;
        var statement = new SqlStatement(claim, [SqlValue.Long(now.UtcTicks), SqlValue.Whole(limit), SqlValue.Long((now + lease).UtcTicks)]);
        return await sql.QueryAsync(statement, changes: true, reader => reader.GetString(0), cancellationToken);
    }
}
