using System.Collections.Immutable;
using GridFlow.Designer.Editing;
using GridFlow.Server.Bundles;
using GridFlow.Server.Drafts;
using GridFlow.Server.Security;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Drafts;

namespace GridFlow.Server.Flows;

/// <summary>Whether what one sees is in the draft.</summary>
public enum SaveState
{
    Saved,
    Saving,

    /// <summary>The draft could not be reached; it is tried again.</summary>
    Failed,

    /// <summary>The draft is published, given up, or waits to be published.</summary>
    Closed,
}

/// <summary>
/// The workflows of one draft, as one person edits them on one page: sends every edit to the draft in the order it was made,
/// and shows what others did as soon as nothing of one's own is on its way. Used from one circuit only.
/// </summary>
public sealed class FlowSession(DraftStore store, BundleStore bundles, Draft draft, CurrentUser user, TimeProvider time)
{
    private readonly Dictionary<string, FlowEditor> _editors = new(StringComparer.Ordinal);
    private readonly Queue<(FlowEditor Editor, ImmutableArray<CellChange> Changes)> _waiting = new();
    private bool _isSending;
    private bool _isChecking;
    private bool _isCheckDue;

    /// <summary>Something shown beside the canvas is different.</summary>
    public event Action? Changed;

    /// <summary>The draft as it was last heard of.</summary>
    public Draft Draft { get; private set; } = draft;

    public SaveState State { get; private set; } = draft.Status == DraftStatus.Open ? SaveState.Saved : SaveState.Closed;

    /// <summary>When something was last saved here; null for never.</summary>
    public DateTimeOffset? SavedAt { get; private set; }

    /// <summary>What was refused last, because of what others did; empty once something else was saved.</summary>
    public IReadOnlyList<EditConflict> Refused { get; private set; } = [];

    /// <summary>What is wrong with the draft as one sees it.</summary>
    public IReadOnlyList<Problem> Problems { get; private set; } = [];

    /// <summary>The draft with what is not saved yet.</summary>
    public Bundle Content => new(
        Draft.Content.Number,
        Draft.Content.Definitions.Select(definition => _editors.TryGetValue(definition.DefinitionId, out var editor) ? editor.Definition : definition),
        Draft.Content.Routing, Draft.Content.Categories, Draft.Content.Calendar);

    /// <summary>The editor of a workflow, the same for the whole session; null when the draft has no such workflow.</summary>
    public FlowEditor? FindEditor(string definitionId)
    {
        if (!_editors.TryGetValue(definitionId, out var editor) && Draft.Content.FindDefinition(definitionId) is { } definition)
        {
            _editors[definitionId] = editor = new FlowEditor(definition);
            editor.Edited += changes => Keep(editor, changes);
        }

        return editor;
    }

    /// <summary>Sends what is waiting; called again after a failure.</summary>
    public async Task SendAsync()
    {
        if (_isSending)
        {
            return;
        }

        _isSending = true;
        try
        {
            while (_waiting.TryPeek(out var next))
            {
                State = SaveState.Saving;
                Changed?.Invoke();
                var result = await store.EditAsync(Draft.Id, next.Changes, user);
                _waiting.Dequeue();
                switch (result)
                {
                    case EditResult.Kept kept:
                        (Draft, SavedAt, Refused) = (kept.Draft, time.GetUtcNow(), []);
                        break;
                    case EditResult.Conflicting conflicting:
                        (Draft, Refused) = (conflicting.Draft, conflicting.Conflicts);
                        TakeBack(next.Editor, next.Changes);
                        break;
                    default:
                        State = SaveState.Closed;
                        _waiting.Clear();
                        return;
                }
            }

            State = SaveState.Saved;
            TakeAll();
        }
        catch (Exception problem) when (problem is System.Data.Common.DbException or TimeoutException or Microsoft.EntityFrameworkCore.DbUpdateException)
        {
            State = SaveState.Failed;
        }
        finally
        {
            _isSending = false;
            Changed?.Invoke();
        }

        await CheckAsync();
    }

    /// <summary>Shows what others did, unless something of one's own is still on its way; then that brings it.</summary>
    public async Task RefreshAsync(int version)
    {
        if (version <= Draft.Version || _isSending || _waiting.Count > 0 || await store.FindAsync(Draft.Id) is not { } fresh)
        {
            return;
        }

        if (_waiting.Count == 0 && fresh.Version > Draft.Version)
        {
            Draft = fresh;
            State = fresh.Status == DraftStatus.Open ? State : SaveState.Closed;
            TakeAll();
            Changed?.Invoke();
            await CheckAsync();
        }
    }

    /// <summary>Looks for problems in what one sees now. Asked several times at once, it looks once more at the end.</summary>
    public async Task CheckAsync()
    {
        _isCheckDue = true;
        if (_isChecking)
        {
            return;
        }

        _isChecking = true;
        try
        {
            while (_isCheckDue)
            {
                _isCheckDue = false;
                Problems = await bundles.CheckAsync(Content);
            }
        }
        finally
        {
            _isChecking = false;
        }

        Changed?.Invoke();
    }

    private void Keep(FlowEditor editor, ImmutableArray<CellChange> changes)
    {
        if (State != SaveState.Closed)
        {
            _waiting.Enqueue((editor, changes));
            _ = SendAsync();
        }
    }

    // The refused edit goes from the screen, and with it what was built on it.
    private void TakeBack(FlowEditor editor, ImmutableArray<CellChange> refused)
    {
        editor.Forget(refused);
        if (Draft.Content.FindDefinition(editor.Definition.DefinitionId) is not { } definition)
        {
            return;
        }

        var kept = new List<(FlowEditor, ImmutableArray<CellChange>)>();
        foreach (var waiting in _waiting)
        {
            if (waiting.Editor != editor)
            {
                kept.Add(waiting);
            }
            else if (FlowChanges.Apply(definition, waiting.Changes) is { IsDone: true } applied)
            {
                definition = applied.Content;
                kept.Add(waiting);
            }
            else
            {
                editor.Forget(waiting.Changes);
            }
        }

        _waiting.Clear();
        kept.ForEach(_waiting.Enqueue);
        editor.Take(definition);
    }

    private void TakeAll()
    {
        foreach (var editor in _editors.Values)
        {
            if (Draft.Content.FindDefinition(editor.Definition.DefinitionId) is { } definition && !FlowChanges.Between(editor.Definition, definition).IsEmpty)
            {
                editor.Take(definition);
            }
        }
    }
}
