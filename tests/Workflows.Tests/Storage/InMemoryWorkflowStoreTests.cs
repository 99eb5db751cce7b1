using System.Collections.Immutable;
using GridFlow.Tests;
using GridFlow.Workflows.Engine;
using GridFlow.Workflows.Storage;

namespace GridFlow.Workflows.Tests.Storage;

public sealed class InMemoryWorkflowStoreTests : WorkflowStoreContract
{
    private readonly InMemoryWorkflowStore _store = new();

    protected override IWorkflowStore Reopen() => _store;

    protected override Task<ImmutableArray<HistoryEntry>> ReadHistoryAsync(string instanceId) => Task.FromResult(_store.HistoryOf(instanceId));
}
