using GridFlow.Workflows.Engine;
using GridFlow.Workflows.Storage;

namespace GridFlow.Server.Cases;

/// <summary>
/// Hands due timers to the engine and does nothing else. It needs no lease: a timer handed over twice counts once, because the
/// instance knows whether it still waits for it.
/// </summary>
internal sealed class TimerLoop(IWorkflowStore store, WorkflowClient client, TimeProvider time, ILogger<TimerLoop> logger) : BackgroundService
{
    private const int Batch = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMinutes(1);

    /// <summary>Hands over all that is due now; tells how many there were.</summary>
    public static async Task<int> RunDueAsync(IWorkflowStore store, WorkflowClient client, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        var handled = 0;
        while (await store.FindDueTimersAsync(time.GetUtcNow(), Batch, cancellationToken) is { Length: > 0 } due)
        {
            foreach (var timer in due)
            {
                try
                {
                    await client.SendAsync(timer.InstanceId, new Stimulus.TimerDue(timer.Id), cancellationToken);
                    handled++;
                }
                catch (Exception problem) when (problem is not OperationCanceledException)
                {
                    Log.TimerFailed(logger, problem, timer.Id, timer.InstanceId);
                    await store.PostponeTimerAsync(timer.Id, time.GetUtcNow() + AfterFailure, cancellationToken);
                }
            }
        }

        return handled;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        do
        {
            try
            {
                await RunDueAsync(store, client, time, logger, stoppingToken);
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                Log.LoopFailed(logger, problem, nameof(TimerLoop));
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
