using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Storage;

namespace GridFlow.Workflows.Engine;

/// <summary>
/// The one door to the engine: loads, decides, commits, and decides again when somebody else was quicker. Safe to call from
/// any number of threads and nodes at once.
/// </summary>
public sealed class WorkflowClient(IWorkflowStore store, IBundleSource bundles, TimeProvider time)
{
    // Every conflict means somebody else got through, so this many in a row on one instance is not load but a fault.
    private const int Attempts = 50;

    /// <summary>Takes in an instance. The state given may name any bundle; the one in force when it is committed counts.</summary>
    /// <param name="start">What begins.</param>
    /// <param name="key">Names the report at its source; the same key is taken in once. Null for none.</param>
    /// <param name="reporter">Who reported, or null.</param>
    /// <param name="cancellationToken">Ends the attempt; what was not acknowledged may or may not be stored.</param>
    public async Task<ActResult> StartAsync(Stimulus.Start start, string? key, Reporter? reporter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(start);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            // What was last seen in force will do for a first attempt: the commit finds out if it no longer is.
            var bundle = attempt == 0
                ? await bundles.GetLastKnownAsync(cancellationToken).ConfigureAwait(false)
                : await bundles.GetCurrentAsync(cancellationToken).ConfigureAwait(false);
            if (WorkflowExecutor.Decide(bundle, null, start, time.GetUtcNow()) is not Decision.Accepted accepted)
            {
                if (attempt == 0)
                {
                    continue;
                }

                return new ActResult.Refused(Refusal.UnknownDefinition, start.DefinitionId);
            }

            switch (await store.CommitAsync(accepted.Checkpoint, new Intake(bundle.Number, key, reporter), cancellationToken).ConfigureAwait(false))
            {
                case CommitResult.Committed:
                    return new ActResult.Done(accepted.Checkpoint);
                case CommitResult.Duplicate:
                    var existing = key is null ? null : await store.FindByIntakeKeyAsync(key, cancellationToken).ConfigureAwait(false);
                    return new ActResult.TakenInBefore(existing ?? start.Id);
                default:
                    continue;
            }
        }

        throw new InvalidOperationException($"Instance '{start.Id}' could not be taken in: {Attempts} attempts met a newer bundle.");
    }

    /// <summary>Lets something happen to an instance.</summary>
    public async Task<ActResult> SendAsync(string instanceId, Stimulus stimulus, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stimulus);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (await store.FindAsync(instanceId, cancellationToken).ConfigureAwait(false) is not { } instance)
            {
                return new ActResult.NotFound(instanceId);
            }

            var bundle = stimulus is Stimulus.ReopenCase
                ? await bundles.GetCurrentAsync(cancellationToken).ConfigureAwait(false)
                : await bundles.GetAsync(instance.Bundle, cancellationToken).ConfigureAwait(false);
            switch (WorkflowExecutor.Decide(bundle, instance, stimulus, time.GetUtcNow()))
            {
                case Decision.Refused refused:
                    return new ActResult.Refused(refused.Reason, refused.Detail);
                case Decision.DoneBefore:
                    return new ActResult.DoneBefore(instance);
                case Decision.TooLate late:
                    return new ActResult.TooLate(await store.FindClosedWorkItemAsync(late.Id, cancellationToken).ConfigureAwait(false));
                case Decision.Accepted accepted
                    when await store.CommitAsync(accepted.Checkpoint, null, cancellationToken).ConfigureAwait(false) == CommitResult.Committed:
                    return new ActResult.Done(accepted.Checkpoint);
            }
        }

        throw new InvalidOperationException($"Instance '{instanceId}' was changed by others {Attempts} times in a row.");
    }

    /// <summary>Says that an act was done before under its key; null when it was not, or has none.</summary>
    public async Task<ActResult.DoneBefore?> FindDoneAsync(string instanceId, Stimulus.TakeAct act, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(act);
        return act.Key is not null && await store.FindAsync(instanceId, cancellationToken).ConfigureAwait(false) is { } instance && act.WasTaken(instance) ? new ActResult.DoneBefore(instance) : null;
    }
}

/// <summary>Where bundles come from.</summary>
public interface IBundleSource
{
    /// <summary>The bundle in force.</summary>
    ValueTask<Bundle> GetCurrentAsync(CancellationToken cancellationToken);

    /// <summary>The bundle last seen in force by this process, without asking again: for what is checked when it is committed.</summary>
    ValueTask<Bundle> GetLastKnownAsync(CancellationToken cancellationToken);

    /// <summary>The bundle with this number.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    ValueTask<Bundle> GetAsync(int number, CancellationToken cancellationToken);
}

/// <summary>What became of an act.</summary>
public abstract record ActResult
{
    private ActResult()
    {
    }

    /// <summary>It is committed.</summary>
    public sealed record Done(Checkpoint Checkpoint) : ActResult;

    /// <summary>Somebody was quicker; says who and when, where that is known.</summary>
    public sealed record TooLate(ClosedWorkItem? By) : ActResult;

    /// <summary>The report was taken in before, under this id.</summary>
    public sealed record TakenInBefore(string InstanceId) : ActResult;

    /// <summary>The same act was done before under the same key; says how things stand now.</summary>
    public sealed record DoneBefore(WorkflowInstance Instance) : ActResult;

    /// <summary>It is not allowed as things stand.</summary>
    public sealed record Refused(Refusal Reason, string Detail) : ActResult;

    /// <summary>There is no such instance.</summary>
    public sealed record NotFound(string InstanceId) : ActResult;
}
