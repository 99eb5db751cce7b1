using System.Collections.Immutable;
using GridFlow.Workflows.Engine;
using GridFlow.Workflows.Migration;

namespace GridFlow.Workflows.Storage;

/// <summary>Keeps everything in memory, for trying a workflow out. Forgets all when the process ends.</summary>
public sealed class InMemoryWorkflowStore : IWorkflowStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, WorkflowInstance> _instances = [];
    private readonly Dictionary<string, string> _intakeKeys = [];
    private readonly Dictionary<string, DueTimer> _timers = [];
    private readonly Dictionary<string, DateTimeOffset> _claims = [];
    private readonly Dictionary<string, ClosedWorkItem> _closed = [];
    private readonly Dictionary<(string Run, string InstanceId), MigrationRecord> _migrations = [];
    private readonly List<(string InstanceId, HistoryEntry Entry)> _history = [];

    /// <summary>The bundle in force, which an intake must name.</summary>
    public int CurrentBundle { get; set; } = 1;

    /// <summary>The history of an instance, oldest first.</summary>
    public ImmutableArray<HistoryEntry> HistoryOf(string instanceId)
    {
        lock (_lock)
        {
            return [.. _history.Where(row => row.InstanceId == instanceId).Select(row => row.Entry)];
        }
    }

    /// <inheritdoc/>
    public Task<WorkflowInstance?> FindAsync(string instanceId, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult(_instances.TryGetValue(instanceId, out var instance) ? instance.Copy() : null);
        }
    }

    /// <inheritdoc/>
    public Task<CommitResult> CommitAsync(Checkpoint checkpoint, Intake? intake, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        lock (_lock)
        {
            return Task.FromResult(Commit(checkpoint, intake));
        }
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<DueTimer>> ClaimDueTimersAsync(DateTimeOffset now, TimeSpan lease, int limit, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var due = _timers.Values.Where(timer => timer.DueAt <= now && !(_claims.TryGetValue(timer.Id, out var until) && until > now))
                .OrderBy(timer => timer.DueAt).Take(limit).ToImmutableArray();
            foreach (var timer in due)
            {
                _claims[timer.Id] = now + lease;
            }

            return Task.FromResult(due);
        }
    }

    /// <inheritdoc/>
    public Task PostponeTimerAsync(string timerId, DateTimeOffset until, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _claims[timerId] = until;
            return Task.CompletedTask;
        }
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<FoundBookmark>> FindBookmarksAsync(string eventName, string? correlationId, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var found = from instance in _instances.Values
                        where correlationId is null || instance.CorrelationId == correlationId
                        from bookmark in instance.Bookmarks
                        where bookmark.Kind == BookmarkKind.Event && bookmark.Name == eventName
                        orderby bookmark.Id
                        select new FoundBookmark(bookmark.Id, instance.Id);
            return Task.FromResult<ImmutableArray<FoundBookmark>>([.. found]);
        }
    }

    /// <inheritdoc/>
    public Task<ClosedWorkItem?> FindClosedWorkItemAsync(string workItemId, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult(_closed.GetValueOrDefault(workItemId));
        }
    }

    /// <inheritdoc/>
    public Task<string?> FindByIntakeKeyAsync(string key, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult(_intakeKeys.GetValueOrDefault(key));
        }
    }

    /// <inheritdoc/>
    public Task<MigrationRecord?> FindMigrationAsync(string run, string instanceId, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult(_migrations.GetValueOrDefault((run, instanceId)));
        }
    }

    private CommitResult Commit(Checkpoint checkpoint, Intake? intake)
    {
        var instance = checkpoint.Instance;
        if (checkpoint.IsNew)
        {
            if (intake is not null && intake.Bundle != CurrentBundle)
            {
                return CommitResult.BundleChanged;
            }

            if (_instances.ContainsKey(instance.Id) || (intake?.Key is { } key && !_intakeKeys.TryAdd(key, instance.Id)))
            {
                return CommitResult.Duplicate;
            }
        }
        else if (!_instances.TryGetValue(instance.Id, out var stored) || stored.Version != instance.Version)
        {
            return CommitResult.Conflict;
        }

        var copy = instance.Copy();
        copy.Version++;
        _instances[instance.Id] = copy;
        foreach (var timer in checkpoint.TimersRemoved)
        {
            _timers.Remove(timer);
        }

        foreach (var timer in checkpoint.TimersSet)
        {
            _timers[timer.Id] = new DueTimer(timer.Id, instance.Id, timer.DueAt);
        }

        foreach (var closed in checkpoint.Closed)
        {
            _closed[closed.Item.Id] = new ClosedWorkItem(closed.Outcome, closed.By, closed.At);
        }

        if (checkpoint.Migration is { } migration)
        {
            _migrations[(migration.Run, migration.InstanceId)] = migration;
        }

        _history.AddRange(checkpoint.History.Select(entry => (instance.Id, entry)));
        return CommitResult.Committed;
    }
}
