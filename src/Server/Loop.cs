namespace GridFlow.Server;

/// <summary>
/// What the server does again and again while it runs. A turn that fails is logged, and the next one tries again: nothing ends it
/// but its being stopped, least of all a turn that was cancelled by something else, such as a line that timed out.
/// </summary>
/// <param name="pause">From the end of a turn's interval to the next.</param>
/// <param name="time">Where time comes from.</param>
/// <param name="logger">Where failed turns are told.</param>
internal abstract class Loop(TimeSpan pause, TimeProvider time, ILogger logger) : BackgroundService
{
    protected TimeProvider Time { get; } = time;

    protected ILogger Logger { get; } = logger;

    /// <summary>Whether the first turn comes at once, and not after a pause.</summary>
    protected virtual bool BeginsAtOnce => true;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => RepeatAsync(TakeTurnAsync, stoppingToken);

    protected abstract Task TakeTurnAsync(CancellationToken cancellationToken);

    /// <summary>Takes turns until the loop is stopped; then it ends without a word, also in the middle of a turn.</summary>
    protected async Task RepeatAsync(Func<CancellationToken, Task> turn, CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var timer = new PeriodicTimer(pause, Time);
        var isTurn = BeginsAtOnce;
        try
        {
            while (isTurn || await timer.WaitForNextTickAsync(stoppingToken))
            {
                isTurn = false;
                try
                {
                    await turn(stoppingToken);
                }
                catch (Exception problem) when (problem is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
                {
                    Log.LoopFailed(Logger, problem, GetType().Name);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host takes a loop that ends as cancelled, while the host itself goes on, for one that failed, and stops.
        }
    }
}
