using System.Collections.Immutable;
using GridFlow.Server.Bundles;
using GridFlow.Server.Security;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Drafts;

namespace GridFlow.Server.Drafts;

/// <summary>
/// A draft as one person edits categories or calendar on one page: every edit is kept before the next is taken, and can be taken
/// back. Used from one circuit only.
/// </summary>
public sealed class DraftSession(DraftStore store, BundleStore bundles, Draft draft, CurrentUser user) : IDisposable
{
    private readonly Stack<ImmutableArray<CellChange>> _done = new();
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>The draft as it was last heard of.</summary>
    public Draft Draft { get; private set; } = draft;

    public bool IsClosed { get; private set; } = draft.Status != DraftStatus.Open;

    public bool CanUndo => _done.Count > 0 && !IsClosed;

    /// <summary>What was refused last, because of what others did; empty once something else was kept.</summary>
    public IReadOnlyList<EditConflict> Refused { get; private set; } = [];

    /// <summary>What is wrong with the draft.</summary>
    public IReadOnlyList<Problem> Problems { get; private set; } = [];

    /// <summary>Applies a pure edit to what one sees, and keeps what it changes.</summary>
    public async Task EditAsync(Func<Bundle, Bundle> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        await _turn.WaitAsync();
        try
        {
            var changes = BundleEdits.Between(Draft.Content, change(Draft.Content));
            if (!changes.IsEmpty && await KeepAsync(changes))
            {
                _done.Push(changes);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Takes back the last edit made here, unless others have changed the same since.</summary>
    public async Task UndoAsync()
    {
        await _turn.WaitAsync();
        try
        {
            if (_done.TryPop(out var changes))
            {
                await KeepAsync(CellChanges.Inverse(changes));
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Shows what others did.</summary>
    public async Task RefreshAsync(int version)
    {
        if (version > Draft.Version && await store.FindAsync(Draft.Id) is { } fresh && fresh.Version > Draft.Version)
        {
            Draft = fresh;
            IsClosed = fresh.Status != DraftStatus.Open;
            await CheckAsync();
        }
    }

    public void Dispose() => _turn.Dispose();

    public async Task CheckAsync() => Problems = await bundles.CheckAsync(Draft.Content);

    private async Task<bool> KeepAsync(ImmutableArray<CellChange> changes)
    {
        switch (await store.EditAsync(Draft.Id, changes, user))
        {
            case EditResult.Kept kept:
                (Draft, Refused) = (kept.Draft, []);
                await CheckAsync();
                return true;
            case EditResult.Conflicting conflicting:
                (Draft, Refused) = (conflicting.Draft, conflicting.Conflicts);
                await CheckAsync();
                return false;
            default:
                IsClosed = true;
                return false;
        }
    }
}
