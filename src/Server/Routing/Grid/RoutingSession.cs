using System.Collections.Immutable;
using GridFlow.Server.Drafts;
using GridFlow.Server.Security;
using GridFlow.Workflows.Drafts;
using GridFlow.Workflows.Routing;

namespace GridFlow.Server.Routing.Grid;

/// <summary>What became of an edit of the table.</summary>
public enum TableEdit
{
    /// <summary>It is in the draft.</summary>
    Kept,

    /// <summary>Somebody else changed the same cells; the table shows theirs, and nothing of the edit.</summary>
    Refused,

    /// <summary>The draft is published, given up, or waits to be published.</summary>
    Closed,
}

/// <summary>The routing table of one draft as one person edits it: every edit goes to the draft at once, and can be undone.</summary>
public sealed class RoutingSession(DraftStore store, Draft draft, CurrentUser user)
{
    private const int Attempts = 20;
    private readonly Stack<ImmutableArray<CellChange>> _undo = new();
    private readonly Stack<ImmutableArray<CellChange>> _redo = new();

    public Draft Draft { get; private set; } = draft;

    public ImmutableArray<RoutingRow> Rows => Draft.Content.Routing.Rows;

    public bool IsOpen => Draft.Status == DraftStatus.Open;

    public bool CanUndo => IsOpen && _undo.Count > 0;

    public bool CanRedo => IsOpen && _redo.Count > 0;

    /// <summary>What others have in the cells of an edit that was refused.</summary>
    public IReadOnlyList<EditConflict> Conflicts { get; private set; } = [];

    /// <summary>The number for a new row: never one that was ever in the draft or its base, where it may still be quoted.</summary>
    public int NextNumber => Rows.Concat(Draft.Base.Routing.Rows).Select(row => row.Number).DefaultIfEmpty(0).Max() + 1;

    /// <summary>Takes up what others did.</summary>
    public async Task RefreshAsync() => Draft = await store.FindAsync(Draft.Id) ?? Draft;

    /// <summary>Changes rows that are there; an edit of what somebody else changed meanwhile is refused as a whole.</summary>
    public Task<TableEdit> EditAsync(Func<ImmutableArray<RoutingRow>, ImmutableArray<RoutingRow>> edit) => SendAsync(ChangesOf(edit(Rows)), _undo, clearsRedo: true);

    /// <summary>Adds rows; their numbers are given when they are added, so that two people who add at once both do.</summary>
    /// <param name="make">The rows for the first free number.</param>
    /// <param name="others">What else the same edit changes.</param>
    /// <param name="at">The index they are put at.</param>
    public async Task<(TableEdit Edit, int First)> AddAsync(Func<int, ImmutableArray<RoutingRow>> make, Func<ImmutableArray<RoutingRow>, ImmutableArray<RoutingRow>>? others = null, int at = 0)
    {
        for (var attempt = 0; ; attempt++)
        {
            var first = NextNumber;
            var rows = others?.Invoke(Rows) ?? Rows;
            var result = await SendAsync(ChangesOf(rows.InsertRange(Math.Min(at, rows.Length), make(first))), _undo, clearsRedo: true);
            var onlyNumbers = result == TableEdit.Refused && Conflicts.All(conflict => conflict.Wanted.Before is null);
            if (!onlyNumbers || attempt == Attempts)
            {
                return (result, first);
            }
        }
    }

    public Task<TableEdit> UndoAsync() => CanUndo ? SendAsync(_undo.Pop(), _redo, clearsRedo: false) : Task.FromResult(TableEdit.Closed);

    public Task<TableEdit> RedoAsync() => CanRedo ? SendAsync(_redo.Pop(), _undo, clearsRedo: false) : Task.FromResult(TableEdit.Closed);

    private ImmutableArray<CellChange> ChangesOf(ImmutableArray<RoutingRow> rows) =>
        BundleEdits.Between(Draft.Content, Draft.Content.Copy(routing: new RoutingTable(rows)));

    private async Task<TableEdit> SendAsync(ImmutableArray<CellChange> changes, Stack<ImmutableArray<CellChange>> back, bool clearsRedo)
    {
        Conflicts = [];
        if (changes.IsEmpty)
        {
            return TableEdit.Kept;
        }

        switch (await store.EditAsync(Draft.Id, changes, user))
        {
            case EditResult.Kept kept:
                Draft = kept.Draft;
                back.Push(CellChanges.Inverse(changes));
                if (clearsRedo)
                {
                    _redo.Clear();
                }

                return TableEdit.Kept;
            case EditResult.Conflicting conflicting:
                (Draft, Conflicts) = (conflicting.Draft, conflicting.Conflicts);
                return TableEdit.Refused;
            default:
                await RefreshAsync();
                return TableEdit.Closed;
        }
    }
}
