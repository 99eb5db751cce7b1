using System.Collections.Concurrent;

namespace GridFlow.Server.BundleMigration;

/// <summary>
/// Runs that are being carried out in this process, so that they go on when whoever began them looks elsewhere. A run that the
/// process was stopped in waits to be taken up again.
/// </summary>
public sealed class MigrationJobs(MigrationRuns runs, IHostApplicationLifetime lifetime, ILogger<MigrationJobs> logger)
{
    private readonly ConcurrentDictionary<string, Job> _jobs = [];

    /// <summary>Begins to carry a run out, or takes it up again.</summary>
    public void Begin(string run)
    {
        var job = new Job(CancellationTokenSource.CreateLinkedTokenSource(lifetime.ApplicationStopping));
        if (_jobs.TryAdd(run, job))
        {
            _ = Task.Run(() => CarryOutAsync(run, job));
        }
    }

    /// <summary>Stops a run after the case it is at.</summary>
    public void Stop(string run)
    {
        if (_jobs.TryGetValue(run, out var job))
        {
            job.Cancel.Cancel();
        }
    }

    /// <summary>How far a run is that is being carried out here; null for any other.</summary>
    public MigrationProgress? Find(string run) => _jobs.TryGetValue(run, out var job) ? job.Progress ?? new MigrationProgress(run, 0, 0, 0, 0, false) : null;

    private async Task CarryOutAsync(string run, Job job)
    {
        try
        {
            await runs.CarryOutAsync(run, job, job.Cancel.Token);
        }
        catch (OperationCanceledException)
        {
            // Stopped on purpose; what is done is done, and the rest can be taken up again.
        }
        catch (Exception problem)
        {
            Log.LoopFailed(logger, problem, $"{nameof(MigrationJobs)} {run}");
        }
        finally
        {
            _jobs.TryRemove(run, out _);
            job.Cancel.Dispose();
        }
    }

    private sealed class Job(CancellationTokenSource cancel) : IProgress<MigrationProgress>
    {
        public CancellationTokenSource Cancel => cancel;

        public MigrationProgress? Progress { get; private set; }

        public void Report(MigrationProgress value) => Progress = value;
    }
}
