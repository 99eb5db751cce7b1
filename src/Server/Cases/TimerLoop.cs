using GridFlow.Workflows.Engine;
using GridFlow.Workflows.Storage;

namespace GridFlow.Server.Cases;

/// <summary>
/// Hands due timers to the engine and does nothing else. Claiming keeps several machines from doing the same work; that a timer
/// counts once does not depend on it, because the instance knows whether it still waits for it.
/// </summary>
internal sealed class TimerLoop(IWorkflowStore store, WorkflowClient client, TimeProvider time, ILogger<TimerLoop> logger) : Loop(Pause, time, logger)
{
    private const int Batch = 200;
    private const int AtOnce = 4;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMinutes(1);

    /// <summary>Hands over all that is due now; tells how many there were.</summary>
    public static async Task<int> RunDueAsync(IWorkflowStore store, WorkflowClient client, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        var handled = 0;
        while (await store.ClaimDueTimersAsync(time.GetUtcNow(), Lease, Batch, cancellationToken) is { Length: > 0 } due)
        {
            // Those of one instance one after the other: at once they would only get into each other's way.
            var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
            await Parallel.ForEachAsync(due.GroupBy(timer => timer.InstanceId), options, async (timers, cancelled) =>
            {
                foreach (var timer in timers)
                {
                    await HandOverAsync(timer, cancelled);
                }
            });
        }

        return handled;

        async Task HandOverAsync(DueTimer timer, CancellationToken cancelled)
        {
            try
            {
                await client.SendAsync(timer.InstanceId, new Stimulus.TimerDue(timer.Id), cancelled);
                Interlocked.Increment(ref handled);
            }
            catch (Exception problem) when (!cancelled.IsCancellationRequested)
            {
                Log.TimerFailed(logger, problem, timer.Id, timer.InstanceId);
                await store.PostponeTimerAsync(timer.Id, time.GetUtcNow() + AfterFailure, cancelled);
            }
        }
    }

    protected override Task TakeTurnAsync(CancellationToken cancellationToken) => RunDueAsync(store, client, Time, Logger, cancellationToken);
}
