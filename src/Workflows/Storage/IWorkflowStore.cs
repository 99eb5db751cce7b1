using System.Collections.Immutable;
using GridFlow.Workflows.Engine;
using GridFlow.Workflows.Migration;

namespace GridFlow.Workflows.Storage;

/// <summary>
/// Keeps instances and everything that hangs on them. Implementations pass <c>WorkflowStoreContract</c>, the one suite that says
/// what keeping means.
/// </summary>
public interface IWorkflowStore
{
    /// <summary>The instance with its case, as last committed; null when there is none.</summary>
    Task<WorkflowInstance?> FindAsync(string instanceId, CancellationToken cancellationToken);

    /// <summary>
    /// Commits everything a step changes in one transaction, or nothing of it. A new instance is refused when
    /// <paramref name="intake"/> asks for a bundle that is no longer in force, or has a key that was taken in before.
    /// </summary>
    /// <returns>What became of it; only <see cref="CommitResult.Committed"/> changed anything.</returns>
    Task<CommitResult> CommitAsync(Checkpoint checkpoint, Intake? intake, CancellationToken cancellationToken);

    /// <summary>
    /// Takes timers due at or before <paramref name="now"/> into one's hands, oldest first: nobody else gets them until the
    /// lease is over. They go away when the step they cause is committed; those of a worker that died are given out again.
    /// </summary>
    Task<ImmutableArray<DueTimer>> ClaimDueTimersAsync(DateTimeOffset now, TimeSpan lease, int limit, CancellationToken cancellationToken);

    /// <summary>Puts a timer off that could not be handled, so that it does not hold up the others. The instance still waits for it.</summary>
    Task PostponeTimerAsync(string timerId, DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>The bookmarks that wait for an event.</summary>
    /// <param name="eventName">The event's name.</param>
    /// <param name="correlationId">Only those of instances with this correlation id; null for all.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    Task<ImmutableArray<FoundBookmark>> FindBookmarksAsync(string eventName, string? correlationId, CancellationToken cancellationToken);

    /// <summary>How a work item left the inbox, or null while it is open or when there never was one.</summary>
    Task<ClosedWorkItem?> FindClosedWorkItemAsync(string workItemId, CancellationToken cancellationToken);

    /// <summary>How an instance was moved in a run of a migration, or null when it was not.</summary>
    Task<MigrationRecord?> FindMigrationAsync(string run, string instanceId, CancellationToken cancellationToken);

    /// <summary>The id of the instance that was taken in with this key, or null.</summary>
    Task<string?> FindByIntakeKeyAsync(string key, CancellationToken cancellationToken);
}

/// <summary>What must hold for a new instance to be taken in, and what the engine itself does not need to know of it.</summary>
/// <param name="Bundle">The bundle that must still be in force when the instance is committed.</param>
/// <param name="Key">Names the report at its source, so that the same report is taken in once; null when it has no name.</param>
/// <param name="Reporter">Who reported, and how they follow the case; null for findings of our own.</param>
public sealed record Intake(int Bundle, string? Key, Reporter? Reporter);

/// <summary>Who reported a case. Kept apart from the case, shown masked, revealed only with a reason.</summary>
/// <param name="Name">As given; may be empty.</param>
/// <param name="Phone">As given; may be empty.</param>
/// <param name="Email">As given; may be empty.</param>
/// <param name="Address">As given; may be empty.</param>
/// <param name="SecretHash">SHA-256 of the secret code by which the resident follows the case, in lower-case hexadecimal.</param>
public sealed record Reporter(string Name, string Phone, string Email, string Address, string SecretHash);

/// <summary>A timer whose time has come.</summary>
public sealed record DueTimer(string Id, string InstanceId, DateTimeOffset DueAt);

/// <summary>A bookmark that waits for an event.</summary>
public sealed record FoundBookmark(string Id, string InstanceId);

/// <summary>A work item that is no longer open.</summary>
/// <param name="Outcome">The outcome chosen; null when the workflow took it back.</param>
/// <param name="By">Who.</param>
/// <param name="At">UTC.</param>
public sealed record ClosedWorkItem(string? Outcome, Actor By, DateTimeOffset At);

/// <summary>What became of a commit.</summary>
public enum CommitResult
{
    /// <summary>All of it is stored.</summary>
    Committed,

    /// <summary>Another step of the instance was committed since this one was decided. Decide again from the fresh state.</summary>
    Conflict,

    /// <summary>The bundle is no longer in force. Decide again under the new one.</summary>
    BundleChanged,

    /// <summary>The report was taken in before.</summary>
    Duplicate,
}
