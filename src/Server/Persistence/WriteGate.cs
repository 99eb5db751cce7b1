namespace GridFlow.Server.Persistence;

/// <summary>
/// SQLite has one writer. Waiting here costs nothing and is fair; waiting at the file means polling, and losing to whoever
/// polls luckier. One gate per process and database; another process is waited for at the file, as long as the busy timeout says.
/// </summary>
/// <param name="isOpen">The database lets many write at once, so nobody waits here.</param>
public sealed class WriteGate(bool isOpen = false) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Waits for the turn; dispose what it returns to pass it on.</summary>
    public async Task<IDisposable?> EnterAsync(CancellationToken cancellationToken)
    {
        if (isOpen)
        {
            return null;
        }

        await _turn.WaitAsync(cancellationToken);
        return new Turn(_turn);
    }

    public void Dispose() => _turn.Dispose();

    private sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}
