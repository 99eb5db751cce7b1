using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace GridFlow.Server.Persistence.Sql;

/// <summary>Counts what goes through the context into the same meter as what is written by hand, so that nothing is left out of a figure.</summary>
internal sealed class SqlMeterInterceptor : DbCommandInterceptor, IDbTransactionInterceptor
{
    public override DbDataReader ReaderExecuted(DbCommand command, CommandExecutedEventData eventData, DbDataReader result) => Count(command, result);

    public override ValueTask<DbDataReader> ReaderExecutedAsync(DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Count(command, result));

    public override int NonQueryExecuted(DbCommand command, CommandExecutedEventData eventData, int result) => Count(command, result);

    public override ValueTask<int> NonQueryExecutedAsync(DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Count(command, result));

    public override object? ScalarExecuted(DbCommand command, CommandExecutedEventData eventData, object? result) => Count(command, result);

    public override ValueTask<object?> ScalarExecutedAsync(DbCommand command, CommandExecutedEventData eventData, object? result, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Count(command, result));

    public void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => SqlMeter.Commits.Add(1);

    public Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        SqlMeter.Commits.Add(1);
        return Task.CompletedTask;
    }

    private static T Count<T>(DbCommand command, T result)
    {
        SqlMeter.Statements.Add(1);
        SqlRecorder.Note(command);
        return result;
    }
}
