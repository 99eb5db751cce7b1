using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Engine;
using GridFlow.Workflows.Storage;

namespace GridFlow.Tests;

/// <summary>Plays a script against a store, opening the store anew before every step where a test asks for that.</summary>
internal sealed class CaseDriver(Func<IWorkflowStore> open, ManualTimeProvider time)
{
    private readonly IBundleSource _bundles = new OneBundle(ShippedBundle.Read(1));

    public async Task<WorkflowInstance> PlayAsync(CaseScript script, string id, CancellationToken cancellationToken)
    {
        Assert.IsType<ActResult.Done>(await Client().StartAsync(script.Start(id), key: null, reporter: null, cancellationToken));
        foreach (var step in script.Steps)
        {
            var instance = (await open().FindAsync(id, cancellationToken))!;
            if (step.Activity is null)
            {
                var timer = instance.Timers.MinBy(timer => timer.DueAt) ?? throw new InvalidOperationException($"'{script.Name}': no timer to wait for.");
                time.MoveTo(timer.DueAt);
                Assert.IsType<ActResult.Done>(await Client().SendAsync(id, new Stimulus.TimerDue(timer.Id), cancellationToken));
                continue;
            }

            var item = instance.WorkItems.FirstOrDefault(item => item.ActivityId == step.Activity)
                ?? throw new InvalidOperationException($"'{script.Name}': nothing open at '{step.Activity}', only {string.Join(", ", instance.WorkItems.Select(open => open.ActivityId + ": " + open.Problem))}.");
            var result = await Client().SendAsync(id, CaseScript.Complete(item, step.Outcome), cancellationToken);
            Assert.True(result is ActResult.Done, $"'{script.Name}', {step}: {result}");
        }

        return (await open().FindAsync(id, cancellationToken))!;
    }

    public WorkflowClient Client() => new(open(), _bundles, time);

    private sealed class OneBundle(Bundle bundle) : IBundleSource
    {
        public ValueTask<Bundle> GetCurrentAsync(CancellationToken cancellationToken) => ValueTask.FromResult(bundle);

        public ValueTask<Bundle> GetLastKnownAsync(CancellationToken cancellationToken) => ValueTask.FromResult(bundle);

        public ValueTask<Bundle> GetAsync(int number, CancellationToken cancellationToken) => ValueTask.FromResult(bundle);
    }
}
