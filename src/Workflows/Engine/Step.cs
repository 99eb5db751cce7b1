using System.Collections.Immutable;
using System.Globalization;
using GridFlow.Workflows.Acts.Whistling;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Migration;

namespace GridFlow.Workflows.Engine;

/// <summary>
/// The working copy of one step: the instance as it changes, and the list of everything that changes with it. Activities reach
/// it through their context; at the end it becomes the checkpoint.
/// </summary>
internal sealed class Step(WorkflowInstance instance, Bundle bundle, Actor actor, DateTimeOffset now, bool isNew)
{
    private readonly CaseState? _caseBefore = isNew ? null : instance.Case;
    private readonly Dictionary<string, WorkItem> _opened = [];
    private readonly Dictionary<string, WorkItem> _changed = [];
    private readonly List<WorkItemClosed> _closed = [];
    private readonly Dictionary<string, InstanceTimer> _timersSet = [];
    private readonly List<string> _timersRemoved = [];
    private readonly Dictionary<string, InstanceBookmark> _bookmarksSet = [];
    private readonly List<string> _bookmarksRemoved = [];
    private readonly List<OutgoingMessage> _messages = [];
    private readonly List<PassedStep> _passed = [];
    private readonly List<Told> _history = [];
    private readonly Dictionary<int, WhistleCall> _whistles = [];

    /// <summary>Where what happens is noted; null when nobody wants to know.</summary>
    public ICollection<TraceEntry>? Trace { get; init; }

    /// <summary>The activity whose waiting is over because it is what started the instance; null once it has begun.</summary>
    public string? Trigger { get; set; }

    public WorkflowInstance Instance { get; } = instance;

    public Bundle Bundle { get; } = bundle;

    public Actor Actor { get; } = actor;

    public DateTimeOffset Now { get; } = now;

    public MigrationRecord? Migration { get; set; }

    /// <summary>The work item this step completes and how, which tells what its activity ended with; null for any other step.</summary>
    public (int Run, string Outcome)? Completion { get; set; }

    public int NextNumber() => Instance.NextNumber++;

    public string NextId(string kind) => string.Create(CultureInfo.InvariantCulture, $"{Instance.Id}.{kind}{NextNumber()}");

    public WorkflowDefinition Definition(int scope) => Definition(Scope(scope).DefinitionId);

    public WorkflowDefinition Definition(string definitionId) =>
        Bundle.FindDefinition(definitionId) ?? throw new InvalidOperationException($"Bundle {Bundle.Number} has no workflow '{definitionId}'.");

    public WorkflowScope Scope(int id) => Instance.Scopes.First(scope => scope.Id == id);

    public ActivityRun? FindRun(int id) => Instance.Runs.FirstOrDefault(run => run.Id == id);

    public void Note(ActivityRun run, TraceEvent what, ImmutableArray<string> outcomes = default, string? text = null)
    {
        if (Trace is null)
        {
            return;
        }

        var definition = Definition(run.Scope);
        var type = definition.FindActivity(run.ActivityId)?.Type ?? "";
        Trace.Add(new TraceEntry(Now, definition.DefinitionId, run.ActivityId, type, what, outcomes.IsDefault ? [] : outcomes, text));
    }

    public void Open(WorkItem item, bool isTold = true)
    {
        Instance.WorkItems.Add(item);
        _opened[item.Id] = item;
        if (!isTold)
        {
            return;
        }

        Record(HistoryKind.WorkItemOpened, item.Kind == WorkItemKind.Incident ? Actor.System : Actor, false,
            ("item", item.Id), ("definition", item.DefinitionId), ("activity", item.ActivityId), ("unit", item.Unit), ("part", item.Part.ToString()),
            ("due", item.Due?.DueAt.ToString("O", CultureInfo.InvariantCulture)));
    }

    public void Change(WorkItem item)
    {
        Instance.WorkItems[Instance.WorkItems.FindIndex(candidate => candidate.Id == item.Id)] = item;
        (_opened.ContainsKey(item.Id) ? _opened : _changed)[item.Id] = item;
    }

    public void Close(WorkItem item, string? outcome, Actor by, string? comment)
    {
        Instance.WorkItems.RemoveAll(candidate => candidate.Id == item.Id);
        _changed.Remove(item.Id);
        _closed.Add(new WorkItemClosed(item, outcome, by, Now, comment));
        foreach (var timer in Instance.Timers.Where(timer => timer.WorkItem == item.Id).ToList())
        {
            RemoveTimer(timer);
        }
    }

    /// <summary>Adds a whistle.</summary>
    public void Add(WhistleCall call)
    {
        Instance.Whistles.Add(call);
        _whistles[call.Number] = call;
    }

    /// <summary>Replaces a whistle by a changed one of the same number.</summary>
    public void Change(WhistleCall call)
    {
        Instance.Whistles[Instance.Whistles.FindIndex(one => one.Number == call.Number)] = call;
        _whistles[call.Number] = call;
    }

    /// <summary>
    /// Lets everything stand again as it stood: items closed since are open, those opened since are gone, and so are timers and
    /// bookmarks. Numbers go on, and the history tells of both.
    /// </summary>
    public void Restore(LastCompletion last)
    {
        var before = last.Before;
        foreach (var item in Instance.WorkItems.Where(item => before.WorkItems.TrueForAll(was => was.Id != item.Id)).ToList())
        {
            Close(item, null, Actor, null);
        }

        foreach (var item in before.WorkItems.Where(was => Instance.WorkItems.TrueForAll(item => item.Id != was.Id)))
        {
            Instance.WorkItems.Add(item);
            _changed[item.Id] = item;
        }

        Instance.Timers.Where(timer => before.Timers.TrueForAll(was => was.Id != timer.Id)).ToList().ForEach(RemoveTimer);
        before.Timers.Where(was => Instance.Timers.TrueForAll(timer => timer.Id != was.Id)).ToList().ForEach(SetTimer);
        Instance.Bookmarks.Where(bookmark => before.Bookmarks.TrueForAll(was => was.Id != bookmark.Id)).ToList().ForEach(RemoveBookmark);
        before.Bookmarks.Where(was => Instance.Bookmarks.TrueForAll(bookmark => bookmark.Id != was.Id)).ToList().ForEach(SetBookmark);
        Replace(Instance.Scopes, before.Scopes);
        Replace(Instance.Runs, before.Runs);
        foreach (var call in before.Whistles)
        {
            Change(call);
        }

        Instance.Status = before.Status;
        Instance.Results = before.Results;
        var facts = Instance.Case!;
        Instance.Case = last.Case with { Number = facts.Number, Title = facts.Title, Detail = facts.Detail, Urged = facts.Urged, UrgedAt = facts.UrgedAt };
        Instance.LastCompletion = null;

        static void Replace<T>(List<T> now, List<T> then)
        {
            now.Clear();
            now.AddRange(then);
        }
    }

    public void SetTimer(InstanceTimer timer)
    {
        Instance.Timers.Add(timer);
        _timersSet[timer.Id] = timer;
    }

    public void RemoveTimer(InstanceTimer timer)
    {
        Instance.Timers.Remove(timer);
        if (!_timersSet.Remove(timer.Id))
        {
            _timersRemoved.Add(timer.Id);
        }
    }

    public void SetBookmark(InstanceBookmark bookmark)
    {
        Instance.Bookmarks.Add(bookmark);
        _bookmarksSet[bookmark.Id] = bookmark;
    }

    public void RemoveBookmark(InstanceBookmark bookmark)
    {
        Instance.Bookmarks.Remove(bookmark);
        if (!_bookmarksSet.Remove(bookmark.Id))
        {
            _bookmarksRemoved.Add(bookmark.Id);
        }
    }

    public void Send(MessageKind kind, string recipient, Role? role, LocalizedText text)
    {
        _messages.Add(new OutgoingMessage(NextId("m"), kind, recipient, role, text));
        Record(HistoryKind.MessageQueued, Actor.System, recipient == UnitKey.Reporter, ("recipient", recipient), ("kind", kind.ToString()), ("zh", text.Zh), ("en", text.En));
    }

    /// <summary>Queues a message for a machine: a service, another workflow, whoever waits for an event.</summary>
    public OutgoingMessage Post(MessageKind kind, string recipient, string payload)
    {
        var message = new OutgoingMessage(NextId("m"), kind, recipient.Length > OutgoingMessage.MaxRecipient ? recipient[..OutgoingMessage.MaxRecipient] : recipient, null, LocalizedText.Empty, payload);
        _messages.Add(message);
        return message;
    }

    public void Record(HistoryKind kind, Actor by, bool isPublic, params ReadOnlySpan<(string Name, string? Value)> data)
    {
        var details = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in data)
        {
            if (!string.IsNullOrEmpty(value))
            {
                details[name] = value;
            }
        }

        AddPassed(details, HistoryData.Via);
        _history.Add(new Told(kind, by, isPublic, details));
    }

    /// <summary>Notes that an activity was only passed: the entries beside it name it.</summary>
    public void Pass(ActivityRun run, ImmutableArray<string> outcomes) =>
        _passed.Add(new PassedStep(Scope(run.Scope).DefinitionId, run.ActivityId, string.Join(',', outcomes), run.Saw ?? ""));

    private void AddPassed(ImmutableSortedDictionary<string, string>.Builder details, string name)
    {
        if (_passed.Count > 0)
        {
            details[name] = PassedStep.Write(_passed, details.GetValueOrDefault(HistoryData.Definition));
            _passed.Clear();
        }
    }

    // What was passed after the last entry is named there; a step in which nothing else happened tells of the last it passed.
    private ImmutableArray<HistoryEntry> SealHistory()
    {
        if (_passed.Count > 0 && _history.Count == 0)
        {
            var last = _passed[^1];
            _passed.RemoveAt(_passed.Count - 1);
            Record(HistoryKind.ActivityCompleted, Actor, false, (HistoryData.Definition, last.Definition), (HistoryData.Activity, last.Activity), (HistoryData.Outcome, last.Outcome), (HistoryData.Saw, last.Saw));
        }
        else if (_history.Count > 0)
        {
            AddPassed(_history[^1].Details, HistoryData.Then);
        }

        var entries = ImmutableArray.CreateBuilder<HistoryEntry>(_history.Count);
        foreach (var told in _history)
        {
            var content = told.Details.ToImmutable();
            var number = ++Instance.HistoryCount;
            Instance.HistoryHash = HistoryEntry.ComputeHash(Instance.HistoryHash, number, Now, told.Kind, told.By, told.IsPublic, content);
            entries.Add(new HistoryEntry(number, Now, told.Kind, told.By, told.IsPublic, content, Instance.HistoryHash));
        }

        return entries.MoveToImmutable();
    }

    /// <summary>Takes back a run that has not ended, as <see cref="RemoveRun"/> does.</summary>
    public void Cancel(ActivityRun run)
    {
        Note(run, TraceEvent.Cancelled);
        RemoveRun(run);
    }

    /// <summary>Takes a run out, with everything inside it, its work items, timers and bookmarks.</summary>
    public void RemoveRun(ActivityRun run)
    {
        foreach (var scope in Instance.Scopes.Where(scope => scope.CallerRun == run.Id).ToList())
        {
            RemoveScope(scope);
        }

        foreach (var child in Instance.Runs.Where(child => child.Parent == run.Id).ToList())
        {
            Cancel(child);
        }

        RemoveWaits(run);
        Instance.Runs.Remove(run);
    }

    /// <summary>Takes away the work items, timers and bookmarks a run waits for.</summary>
    public void RemoveWaits(ActivityRun run)
    {
        foreach (var item in Instance.WorkItems.Where(item => item.Run == run.Id).ToList())
        {
            Close(item, null, Actor.System, null);
            Record(HistoryKind.WorkItemCancelled, Actor.System, false, ("item", item.Id));
        }

        foreach (var timer in Instance.Timers.Where(timer => timer.Run == run.Id).ToList())
        {
            RemoveTimer(timer);
        }

        foreach (var bookmark in Instance.Bookmarks.Where(bookmark => bookmark.Run == run.Id).ToList())
        {
            RemoveBookmark(bookmark);
        }
    }

    public void RemoveScope(WorkflowScope scope)
    {
        foreach (var root in Instance.Runs.Where(run => run.Scope == scope.Id && run.Parent == 0).ToList())
        {
            Cancel(root);
        }

        Instance.Scopes.Remove(scope);
    }

    /// <summary>The instance's own workflow has ended; whoever waits for that is told by a message.</summary>
    public void Finish(Dictionary<string, object?> results, ImmutableArray<string> outcomes)
    {
        Instance.Status = InstanceStatus.Finished;
        Instance.Results = results;
        Answer(new() { ["results"] = results, ["outcomes"] = outcomes.Select(outcome => (object?)outcome).ToList() });
    }

    /// <summary>The instance was ended from outside; whoever waits for it must not wait on.</summary>
    public void Abandon(string reason)
    {
        Instance.Status = InstanceStatus.Cancelled;
        Answer(new() { ["problem"] = $"the workflow '{Instance.DefinitionId}' ({Instance.Id}) was ended: {reason}" });
    }

    private void Answer(Dictionary<string, object?> answer)
    {
        if (Instance.AnswerTo is { } bookmark)
        {
            Post(MessageKind.Answer, bookmark, Expressions.ExpressionJson.WriteWhole(answer));
            Instance.AnswerTo = null;
        }
    }

    public Checkpoint ToCheckpoint() => new()
    {
        Instance = Instance,
        IsNew = isNew,
        CaseChanged = Instance.Case is not null && !ReferenceEquals(_caseBefore, Instance.Case),
        // An item opened and closed within the same step never reaches an inbox, but its history tells of it.
        Opened = [.. _opened.Values.Where(item => Instance.WorkItems.Any(alive => alive.Id == item.Id))],
        Changed = [.. _changed.Values],
        Closed = [.. _closed.Where(closed => !_opened.ContainsKey(closed.Item.Id))],
        TimersSet = [.. _timersSet.Values],
        TimersRemoved = [.. _timersRemoved],
        BookmarksSet = [.. _bookmarksSet.Values],
        BookmarksRemoved = [.. _bookmarksRemoved],
        Messages = [.. _messages],
        History = SealHistory(),
        Migration = Migration,
        Whistles = [.. _whistles.Values],
    };

    // An entry that can still gain what was passed after it.
    private sealed record Told(HistoryKind Kind, Actor By, bool IsPublic, ImmutableSortedDictionary<string, string>.Builder Details);
}
