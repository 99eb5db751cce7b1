using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Engine;

namespace GridFlow.Workflows.Tests.Model;

/// <summary>
/// What a database would hold of one instance: its state as text, the inbox, the timers, the history. Takes checkpoints as a store
/// does, and after each looks whether the books balance.
/// </summary>
internal sealed class Ledger(Bundle bundle)
{
    private readonly Dictionary<string, WorkItem> _inbox = [];
    private readonly Dictionary<string, InstanceTimer> _timers = [];
    private readonly HashSet<string> _bookmarks = [];
    private readonly HashSet<string> _opened = [];
    private readonly HashSet<string> _closed = [];
    private readonly List<HistoryEntry> _history = [];
    private string _state = "";
    private CaseState? _case;
    private long _version;

    public IReadOnlyList<HistoryEntry> History => _history;

    public IReadOnlyCollection<string> Closed => _closed;

    /// <summary>Reads the instance as a process does that has just started.</summary>
    public WorkflowInstance Read()
    {
        var instance = InstanceJson.Read(_state);
        instance.Case = _case;
        instance.Version = _version;
        return instance;
    }

    /// <summary>False when another checkpoint was committed since this one was decided.</summary>
    public bool Commit(Checkpoint checkpoint)
    {
        if (checkpoint.IsNew ? _version > 0 : checkpoint.Instance.Version != _version)
        {
            return false;
        }

        _version++;
        _state = InstanceJson.Write(checkpoint.Instance);
        _case = checkpoint.Instance.Case;
        foreach (var item in checkpoint.Opened)
        {
            Assert.True(_opened.Add(item.Id), $"{item.Id} was opened twice");
            _inbox.Add(item.Id, item);
        }

        foreach (var item in checkpoint.Changed)
        {
            Assert.True(_inbox.ContainsKey(item.Id), $"{item.Id} was changed and is not open");
            _inbox[item.Id] = item;
        }

        foreach (var closed in checkpoint.Closed)
        {
            Assert.True(_inbox.Remove(closed.Item.Id), $"{closed.Item.Id} was closed and is not open");
            Assert.True(_closed.Add(closed.Item.Id), $"{closed.Item.Id} was closed twice");
        }

        foreach (var timer in checkpoint.TimersRemoved)
        {
            Assert.True(_timers.Remove(timer), $"{timer} was removed and is not set");
        }

        foreach (var timer in checkpoint.TimersSet)
        {
            _timers.Add(timer.Id, timer);
        }

        foreach (var bookmark in checkpoint.BookmarksRemoved)
        {
            Assert.True(_bookmarks.Remove(bookmark), $"{bookmark} was removed and is not set");
        }

        foreach (var bookmark in checkpoint.BookmarksSet)
        {
            Assert.True(_bookmarks.Add(bookmark.Id), $"{bookmark.Id} was set twice");
        }

        _history.AddRange(checkpoint.History);
        Balance();
        return true;
    }

    private void Balance()
    {
        var instance = Read();
        Assert.Equal(_inbox.Keys.Order(), instance.WorkItems.Select(item => item.Id).Order());
        Assert.Equal(_timers.Keys.Order(), instance.Timers.Select(timer => timer.Id).Order());
        Assert.Equal(_bookmarks.Order(), instance.Bookmarks.Select(bookmark => bookmark.Id).Order());
        if (instance.Status != InstanceStatus.Running)
        {
            Assert.True(instance is { Runs: [], Scopes: [], WorkItems: [], Timers: [], Bookmarks: [] }, "something of an instance that is over is still alive");
            return;
        }

        Assert.True(_inbox.Count + _timers.Count + _bookmarks.Count > 0, "the instance waits for nothing and is not finished");
        foreach (var run in instance.Runs)
        {
            var waits = instance.WorkItems.Any(item => item.Run == run.Id) || instance.Timers.Any(timer => timer.Run == run.Id) || instance.Bookmarks.Any(bookmark => bookmark.Run == run.Id)
                || instance.Runs.Any(child => child.Parent == run.Id) || instance.Scopes.Any(scope => scope.CallerRun == run.Id);
            Assert.True(waits, $"run {run.Id} of '{run.ActivityId}' waits for nothing");
            Assert.True(run.Parent == 0 || instance.Runs.Any(parent => parent.Id == run.Parent), $"run {run.Id} of '{run.ActivityId}' is in no container");
            Assert.True(instance.Scopes.Any(scope => scope.Id == run.Scope), $"run {run.Id} of '{run.ActivityId}' is in no workflow");
        }

        foreach (var held in _inbox.Values.Select(item => item.Run).Concat(_timers.Values.Select(timer => timer.Run)).Concat(instance.Bookmarks.Select(bookmark => bookmark.Run)))
        {
            Assert.True(instance.Runs.Any(run => run.Id == held), $"run {held} is over and still has a work item, timer or bookmark");
        }
    }

    /// <summary>Looks whether the whole history is sound: chained, and of each item one beginning and one end.</summary>
    public void Audit()
    {
        var hash = "";
        foreach (var (entry, number) in _history.Select((entry, index) => (entry, index + 1)))
        {
            Assert.Equal(number, entry.Number);
            hash = HistoryEntry.ComputeHash(hash, number, entry.At, entry.Kind, entry.Actor, entry.IsPublic, entry.Data);
            Assert.Equal(hash, entry.Hash);
        }

        Assert.Equal(Read().HistoryHash, hash);
        var begun = ItemsOf(HistoryKind.WorkItemOpened);
        Assert.Equal(begun.Distinct(), begun);
        var ended = ItemsOf(HistoryKind.WorkItemCompleted).Concat(ItemsOf(HistoryKind.WorkItemCancelled)).Order().ToList();
        Assert.Equal(ended.Distinct(), ended);
        Assert.Equal(begun.Except(_inbox.Keys).Order(), ended);
    }

    /// <summary>The activity a run belongs to, with its workflow.</summary>
    public static string PlaceOf(WorkflowInstance instance, int runId)
    {
        var run = instance.Runs.Single(run => run.Id == runId);
        return $"{instance.Scopes.Single(scope => scope.Id == run.Scope).DefinitionId}/{run.ActivityId}";
    }

    /// <summary>Decides from what is kept.</summary>
    public Decision Decide(Stimulus stimulus, DateTimeOffset now) => WorkflowExecutor.Decide(bundle, Read(), stimulus, now);

    private List<string> ItemsOf(HistoryKind kind) => [.. _history.Where(entry => entry.Kind == kind).Select(entry => entry.Data["item"]).Order()];

    /// <summary>What of an instance must be the same however it came about.</summary>
    public static string Content(WorkflowInstance instance) => $"{InstanceJson.Write(instance)} {instance.Case}";
}
