namespace GridFlow.Server.Board;

/// <summary>Has the picture ready before the first who looks at it.</summary>
internal sealed class BoardWarmUp(BoardState state, ILogger<BoardWarmUp> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            await state.GetAsync(stoppingToken);
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            // Whoever looks first reads it.
            Log.LoopFailed(logger, problem, nameof(BoardWarmUp));
        }
    }
}
