using System.Collections.Immutable;
using System.Text.Json;
using GridFlow.Workflows.Activities;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Cases;

namespace GridFlow.Workflows.Engine;

/// <summary>
/// Runs workflows in memory, to try them out: timers fire at once, by moving the clock; events and workflows begun by others
/// arrive as the outbox would bring them; every step reads what the step before wrote, as the server would. Nothing is kept.
/// </summary>
/// <param name="bundle">The workflows, and the calendar time limits are reckoned by.</param>
/// <param name="begin">The instant it begins, UTC.</param>
public sealed class DryRun(Bundle bundle, DateTimeOffset begin)
{
    /// <summary>How many steps <see cref="RunToEnd"/> takes before it gives up.</summary>
    public const int MaxSteps = 10_000;

    private readonly List<TraceEntry> _trace = [];
    private readonly List<OutgoingMessage> _messages = [];
    private readonly List<HistoryEntry> _history = [];
    private readonly Dictionary<string, WorkflowInstance> _instances = [];
    private readonly List<string> _order = [];
    private readonly Queue<OutgoingMessage> _outbox = [];

    /// <summary>The clock.</summary>
    public DateTimeOffset Now { get; private set; } = begin;

    /// <summary>What the first instance and those it began did, in the order it happened.</summary>
    public IReadOnlyList<TraceEntry> Trace => _trace;

    /// <summary>The texts the workflows wrote (<c>Elsa.WriteLine</c>), in order.</summary>
    public IEnumerable<string> Lines => _trace.Where(entry => entry.Event == TraceEvent.Wrote).Select(entry => entry.Text ?? "");

    /// <summary>Every message that was sent.</summary>
    public IReadOnlyList<OutgoingMessage> Messages => _messages;

    /// <summary>What the history gained.</summary>
    public IReadOnlyList<HistoryEntry> History => _history;

    /// <summary>All instances, the first one first.</summary>
    public IEnumerable<WorkflowInstance> Instances => _order.Select(id => _instances[id]);

    /// <summary>The instance that was begun first.</summary>
    public WorkflowInstance Instance => _instances[_order[0]];

    /// <summary>Activities that failed and wait for somebody to decide.</summary>
    public IEnumerable<WorkItem> Incidents => Instances.SelectMany(instance => instance.WorkItems).Where(item => item.Kind == WorkItemKind.Incident);

    /// <summary>Gives the answer of whatever a message asks outside: a service, a task. Null for none yet.</summary>
    public Func<OutgoingMessage, object?> Answer { get; init; } = _ => null;

    /// <summary>Begins a workflow.</summary>
    /// <param name="definitionId">Which.</param>
    /// <param name="input">What it is called with.</param>
    /// <param name="case">The case it drives, or null.</param>
    /// <param name="trigger">The activity that starts it, where it is not begun by hand.</param>
    /// <exception cref="InvalidOperationException">The bundle has no such workflow.</exception>
    public void Start(string definitionId, ImmutableDictionary<string, object?>? input = null, CaseState? @case = null, string? trigger = null)
    {
        var id = @case?.Number ?? $"run-{_order.Count + 1}";
        Send(id, new Stimulus.Start(id, definitionId, @case, input ?? ImmutableDictionary<string, object?>.Empty, Actor.System) { Trigger = trigger });
        Deliver();
    }

    /// <summary>Lets something happen to an instance, and everything that follows at once.</summary>
    /// <exception cref="StimulusRefusedException">It is refused.</exception>
    public Decision Send(string instanceId, Stimulus stimulus)
    {
        var instance = _instances.GetValueOrDefault(instanceId);
        var decision = WorkflowExecutor.Decide(bundle, instance, stimulus, Now, _trace);
        switch (decision)
        {
            case Decision.Accepted accepted:
                Keep(accepted.Checkpoint);
                break;
            case Decision.Refused refused:
                throw new StimulusRefusedException(refused.Reason, refused.Detail);
        }

        return decision;
    }

    /// <summary>Publishes an event from outside.</summary>
    /// <param name="eventName">Its name.</param>
    /// <param name="payload">What it tells.</param>
    /// <param name="correlationId">Only for instances of this group; null for all.</param>
    /// <returns>How many bookmarks it resumed.</returns>
    public int Publish(string eventName, object? payload = null, string? correlationId = null)
    {
        var waiting = Instances.Where(instance => correlationId is null || instance.CorrelationId == correlationId)
            .SelectMany(instance => instance.Bookmarks.Where(bookmark => bookmark.Kind == BookmarkKind.Event && bookmark.Name == eventName).Select(bookmark => (instance.Id, Bookmark: bookmark.Id)))
            .ToList();
        var resumed = waiting.Count(found => Send(found.Id, new Stimulus.ResumeBookmark(found.Bookmark, payload, null, Actor.System)) is Decision.Accepted);
        Deliver();
        return resumed;
    }

    /// <summary>Lets time pass, and fires what becomes due meanwhile, in its order.</summary>
    /// <returns>How many timers fired.</returns>
    public int Advance(TimeSpan span)
    {
        var until = Now + span;
        var fired = 0;
        while (fired < MaxSteps && Instances.SelectMany(instance => instance.Timers).Any(timer => timer.DueAt <= until) && NextTimer())
        {
            fired++;
        }

        Now = until > Now ? until : Now;
        return fired;
    }

    /// <summary>Moves the clock to the next timer and fires it.</summary>
    /// <returns>False when none is set.</returns>
    public bool NextTimer()
    {
        var next = Instances.SelectMany(instance => instance.Timers.Select(timer => (instance.Id, Timer: timer)))
            .OrderBy(found => found.Timer.DueAt).ThenBy(found => found.Timer.Id, StringComparer.Ordinal).FirstOrDefault();
        if (next.Timer is null)
        {
            return false;
        }

        Now = next.Timer.DueAt > Now ? next.Timer.DueAt : Now;
        Send(next.Id, new Stimulus.TimerDue(next.Timer.Id));
        Deliver();
        return true;
    }

    /// <summary>Fires timers until none is set or everything has ended.</summary>
    /// <returns>False when it did not come to rest within <see cref="MaxSteps"/> steps.</returns>
    public bool RunToEnd()
    {
        for (var taken = 0; taken < MaxSteps; taken++)
        {
            if (Instances.All(instance => instance.Status != InstanceStatus.Running) || !NextTimer())
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Brings what the steps sent to where it goes, until nothing is left to bring.</summary>
    public void Deliver()
    {
        for (var delivered = 0; delivered < MaxSteps && _outbox.TryDequeue(out var message); delivered++)
        {
            Deliver(message);
        }
    }

    private void Deliver(OutgoingMessage message)
    {
        switch (message.Kind)
        {
            case MessageKind.StartWorkflow:
                var order = Read(message);
                var id = OutgoingMessage.InstanceIdOf(message.Id);
                Send(id, new Stimulus.Start(id, message.Recipient, null, Members(order, "input").ToImmutableDictionary(), Actor.System)
                {
                    CorrelationId = order.GetValueOrDefault("correlationId") as string,
                    AnswerTo = order.GetValueOrDefault("answerTo") as string,
                });
                break;
            case MessageKind.Answer:
                Resume(message.Recipient, Read(message), Read(message).GetValueOrDefault("problem") as string);
                break;
            case MessageKind.Event:
                var told = Read(message);
                Publish(message.Recipient, told.GetValueOrDefault("payload"), told.GetValueOrDefault("correlationId") as string);
                break;
            case MessageKind.HttpRequest or MessageKind.Task when Answer(message) is { } answer && Read(message).GetValueOrDefault("answerTo") is string bookmark:
                Resume(bookmark, answer);
                break;
        }
    }

    private void Resume(string bookmark, object? payload, string? problem = null)
    {
        if (Instances.FirstOrDefault(instance => instance.Bookmarks.Any(candidate => candidate.Id == bookmark)) is { } waiting)
        {
            Send(waiting.Id, new Stimulus.ResumeBookmark(bookmark, payload, problem, Actor.System));
        }
    }

    private void Keep(Checkpoint checkpoint)
    {
        // What is kept is what the next step sees: anything else a step relied on would show here.
        var kept = InstanceJson.Read(InstanceJson.Write(checkpoint.Instance));
        (kept.Case, kept.Version) = (checkpoint.Instance.Case, checkpoint.Instance.Version + 1);
        if (_instances.TryAdd(kept.Id, kept))
        {
            _order.Add(kept.Id);
        }

        _instances[kept.Id] = kept;
        _history.AddRange(checkpoint.History);
        _messages.AddRange(checkpoint.Messages);
        foreach (var message in checkpoint.Messages)
        {
            _outbox.Enqueue(message);
        }
    }

    private static IReadOnlyDictionary<string, object?> Read(OutgoingMessage message)
    {
        using var document = JsonDocument.Parse(message.Payload ?? "{}");
        return InputReader.FromJson(document.RootElement) as IReadOnlyDictionary<string, object?> ?? ImmutableDictionary<string, object?>.Empty;
    }

    private static IReadOnlyDictionary<string, object?> Members(IReadOnlyDictionary<string, object?> order, string name) =>
        order.GetValueOrDefault(name) as IReadOnlyDictionary<string, object?> ?? ImmutableDictionary<string, object?>.Empty;
}
