using System.Collections.Immutable;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Drafts;

namespace GridFlow.Designer.Editing;

/// <summary>
/// A workflow being edited by one person: what it is now, what is chosen and opened in it, and what can be taken back. Knows
/// nothing of screens and of storage: whoever keeps the workflow listens to <see cref="Edited"/>, and hands in what others
/// changed by <see cref="Take"/>.
/// </summary>
public sealed class FlowEditor(WorkflowDefinition definition)
{
    private readonly List<Edit> _done = [];
    private readonly List<Edit> _undone = [];
    private string _container = definition.Root.Id;

    /// <summary>Something was changed here, by an edit, an undo or a redo: to be kept.</summary>
    public event Action<ImmutableArray<CellChange>>? Edited;

    /// <summary>Anything a screen shows is different now: the workflow, the selection, what is opened.</summary>
    public event Action? Changed;

    /// <summary>The workflow as it is here now.</summary>
    public WorkflowDefinition Definition { get; private set; } = definition;

    public FlowSelection Selection { get; private set; } = FlowSelection.None;

    /// <summary>Counts up with every change of the workflow, so that a screen sees whether to draw it anew.</summary>
    public int Version { get; private set; }

    /// <summary>The opened container: the root, or an activity in it that holds others.</summary>
    public ActivityNode Container => Definition.FindActivity(_container) ?? Definition.Root;

    /// <summary>The containers from the root to the opened one.</summary>
    public IReadOnlyList<ActivityNode> Trail =>
        [Definition.Root, .. Container == Definition.Root ? [] : Definition.WayTo(Container.Id).Select(id => Definition.FindActivity(id)!)];

    /// <summary>The activities that are chosen, in the order they were chosen.</summary>
    public IReadOnlyList<ActivityNode> SelectedNodes => [.. Selection.Nodes.Select(id => Container.Activities.FirstOrDefault(node => node.Id == id)).OfType<ActivityNode>()];

    /// <summary>What undo would take back; null when there is nothing.</summary>
    public string? UndoName => _done.Count > 0 ? _done[^1].Name : null;

    /// <summary>What redo would do again; null when there is nothing.</summary>
    public string? RedoName => _undone.Count > 0 ? _undone[^1].Name : null;

    /// <summary>Does something to the workflow.</summary>
    /// <param name="edit">A pure function; see <see cref="FlowEdits"/>.</param>
    /// <param name="name">What it is called beside Undo.</param>
    /// <param name="select">What is chosen afterwards; by default what was, as far as it is still there.</param>
    /// <returns>Whether that changed anything.</returns>
    public bool Do(Func<WorkflowDefinition, WorkflowDefinition> edit, string name = "", FlowSelection? select = null)
    {
        ArgumentNullException.ThrowIfNull(edit);
        var after = edit(Definition);
        var changes = FlowChanges.Between(Definition, after);
        if (changes.IsEmpty)
        {
            return false;
        }

        _done.Add(new Edit(name, changes));
        _undone.Clear();
        Show(after, select);
        Edited?.Invoke(changes);
        return true;
    }

    /// <summary>Takes back the last thing done here.</summary>
    /// <returns>Empty when that was done; else what others changed since, which is why it was not: the entry is given up.</returns>
    public ImmutableArray<CellChange> Undo() => Replay(_done, _undone, changes => CellChanges.Inverse(changes));

    /// <summary>Does again what was taken back last.</summary>
    /// <returns>As <see cref="Undo"/>.</returns>
    public ImmutableArray<CellChange> Redo() => Replay(_undone, _done, changes => changes);

    /// <summary>Shows the workflow as others left it. Selection, opened container and what can be undone stay.</summary>
    public void Take(WorkflowDefinition fresh)
    {
        ArgumentNullException.ThrowIfNull(fresh);
        Show(fresh, null);
    }

    /// <summary>What was done could not be kept: it can no longer be taken back either.</summary>
    public void Forget(ImmutableArray<CellChange> changes)
    {
        _done.RemoveAll(edit => edit.Changes == changes);
        _undone.RemoveAll(edit => edit.Changes == changes);
        Changed?.Invoke();
    }

    public void Select(FlowSelection selection)
    {
        Selection = Pruned(selection);
        Changed?.Invoke();
    }

    /// <summary>Opens an activity that holds others, in place of what is shown now.</summary>
    public void Open(string container)
    {
        var before = Container;
        _container = Definition.FindActivity(container) is { } found ? found.Id : Definition.Root.Id;

        // Coming out again, one stands where one went in.
        var way = Definition.WayTo(before.Id);
        Selection = Pruned(FlowSelection.Of(way.Where(id => Container.Activities.Any(node => node.Id == id))));
        Changed?.Invoke();
    }

    /// <summary>Opens the container a step stands in, and chooses it.</summary>
    public void GoTo(string activityId)
    {
        if (Definition.ParentOf(activityId) is { } parent)
        {
            _container = parent.Id;
            Select(FlowSelection.Of(activityId));
        }
    }

    private ImmutableArray<CellChange> Replay(List<Edit> from, List<Edit> to, Func<ImmutableArray<CellChange>, ImmutableArray<CellChange>> direction)
    {
        if (from.Count == 0)
        {
            return [];
        }

        var edit = from[^1];
        from.RemoveAt(from.Count - 1);
        var changes = direction(edit.Changes);
        var applied = FlowChanges.Apply(Definition, changes);
        if (!applied.IsDone)
        {
            Changed?.Invoke();
            return applied.Conflicts;
        }

        to.Add(edit);
        Show(applied.Content, null);
        Edited?.Invoke(changes);
        return [];
    }

    private void Show(WorkflowDefinition now, FlowSelection? select)
    {
        var trail = Trail;
        Definition = now;
        Version++;
        _container = trail.LastOrDefault(node => now.FindActivity(node.Id) is not null)?.Id ?? now.Root.Id;
        Selection = Pruned(select ?? Selection);
        Changed?.Invoke();
    }

    private FlowSelection Pruned(FlowSelection selection)
    {
        var container = Container;
        var there = container.Activities.Select(node => node.Id).Append(container.Activities.IsEmpty ? container.Id : "").ToHashSet(StringComparer.Ordinal);
        return new FlowSelection(
            [.. selection.Nodes.Where(there.Contains)],
            [.. selection.Links.Where(link => there.Contains(link.Source) && there.Contains(link.Target))]);
    }

    private sealed record Edit(string Name, ImmutableArray<CellChange> Changes);
}
