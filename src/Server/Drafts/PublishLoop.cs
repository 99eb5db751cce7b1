namespace GridFlow.Server.Drafts;

/// <summary>Publishes drafts whose time has come.</summary>
internal sealed class PublishLoop(DraftPublisher publisher, TimeProvider time, ILogger<PublishLoop> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await publisher.PublishDueAsync(stoppingToken);
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                Log.LoopFailed(logger, problem, nameof(PublishLoop));
            }
        }
    }
}
