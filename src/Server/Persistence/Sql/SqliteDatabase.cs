using System.Collections.Concurrent;
using System.Data.Common;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace GridFlow.Server.Persistence.Sql;

/// <summary>
/// SQLite has one writer, so there is one here: it takes whatever has come in, runs it in one transaction and answers all of
/// them after the one wait for the disk. A script that fails is taken out and the others are run again.
/// </summary>
internal sealed class SqliteDatabase : ISqlDatabase, IAsyncDisposable
{
    // One wait for the disk is shared by at most so many; more would only make the first of them wait for the last.
    private const int GroupSize = 100;
    private const int Constraint = 19;
    private readonly WriteGate _gate;
    private readonly string _connectionString;
    private readonly ConcurrentBag<SqliteSession> _readers = [];
    private readonly Channel<Waiting> _waiting = Channel.CreateUnbounded<Waiting>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Task _writer;
    private bool _isDisposed;

    public SqliteDatabase(string connectionString, WriteGate gate)
    {
        _gate = gate;
        _connectionString = connectionString;
        _writer = Task.Run(WriteAsync);
    }

    public bool CombinesStatements => false;

    public string SkipLocked => "";

    public async Task<List<T>> QueryAsync<T>(SqlStatement statement, bool changes, Func<DbDataReader, T> read, CancellationToken cancellationToken)
    {
        using var turn = changes ? await _gate.EnterAsync(cancellationToken) : null;
        var session = _readers.TryTake(out var free) ? free : new SqliteSession(_connectionString);
        try
        {
            var rows = session.Query(statement, read);
            SqlMeter.Commits.Add(changes ? 1 : 0);
            return rows;
        }
        finally
        {
            Return(session);
        }
    }

    public Task<ScriptResult> CommitAsync(IReadOnlyList<SqlStatement> statements, long? sharedLock, CancellationToken cancellationToken)
    {
        var waiting = new Waiting(statements, new TaskCompletionSource<ScriptResult>(TaskCreationOptions.RunContinuationsAsynchronously), cancellationToken);
        return _waiting.Writer.TryWrite(waiting) ? waiting.Answer.Task.WaitAsync(cancellationToken) : throw new ObjectDisposedException(nameof(SqliteDatabase));
    }

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _writer;
        _isDisposed = true;
        while (_readers.TryTake(out var session))
        {
            session.Dispose();
        }
    }

    private void Return(SqliteSession session)
    {
        if (_isDisposed)
        {
            session.Dispose();
        }
        else
        {
            _readers.Add(session);
        }
    }

    private async Task WriteAsync()
    {
        SqliteSession? session = null;
        var group = new List<Waiting>(GroupSize);
        while (await _waiting.Reader.WaitToReadAsync())
        {
            using var turn = await _gate.EnterAsync(CancellationToken.None);
            group.Clear();
            while (group.Count < GroupSize && _waiting.Reader.TryRead(out var next))
            {
                if (next.Cancelled.IsCancellationRequested)
                {
                    next.Answer.TrySetCanceled(next.Cancelled);
                }
                else
                {
                    group.Add(next);
                }
            }

            try
            {
                session ??= new SqliteSession(_connectionString);
                Commit(session, group);
            }
            catch (Exception problem)
            {
                // The file is gone, locked by another program or full, or a fault of ours: those who wait are told, and the next
                // group tries afresh. The one writer must outlive whatever befalls it, or everybody after would wait for good.
                group.ForEach(waiting => waiting.Answer.TrySetException(problem));
                session?.Dispose();
                session = null;
            }
        }

        session?.Dispose();
    }

    private static void Commit(SqliteSession session, List<Waiting> group)
    {
        var results = new ScriptResult[group.Count];
        session.Begin();
        try
        {
            for (var index = 0; index < group.Count; index++)
            {
                results[index] = Run(session, group[index]);
            }

            session.Commit();
        }
        catch (SqliteException problem) when (problem.SqliteErrorCode == Constraint)
        {
            session.RollBack();
            if (group.Count == 1)
            {
                Answer(group[0], problem);
                return;
            }

            // One of them cannot be kept. Alone, each shows whether it is the one.
            group.ForEach(waiting => Commit(session, [waiting]));
            return;
        }
        for (var index = 0; index < group.Count; index++)
        {
            group[index].Answer.TrySetResult(results[index]);
        }
    }

    private static ScriptResult Run(SqliteSession session, Waiting waiting)
    {
        for (var index = 0; index < waiting.Statements.Count; index++)
        {
            // A guard that changes nothing has changed nothing: the others of the group are not touched by it.
            if (session.Execute(waiting.Statements[index]) == 0 && index == 0)
            {
                return ScriptResult.GuardFailed;
            }
        }

        return ScriptResult.Kept;
    }

    private static void Answer(Waiting waiting, SqliteException problem)
    {
        const int unique = 2067;
        if (problem.SqliteExtendedErrorCode == unique)
        {
            waiting.Answer.TrySetResult(ScriptResult.Duplicate);
        }
        else
        {
            waiting.Answer.TrySetException(problem);
        }
    }

    private sealed record Waiting(IReadOnlyList<SqlStatement> Statements, TaskCompletionSource<ScriptResult> Answer, CancellationToken Cancelled);
}
