using System.Collections.Immutable;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Engine;

namespace GridFlow.Workflows.Tests.Model;

/// <summary>
/// Lets things happen to one instance, with trouble: what was sent comes twice, the process dies before or after a commit, two
/// decide at once from the same state. Remembers what was accepted, so that it can be played again without any trouble.
/// </summary>
internal sealed class Play
{
    private static readonly DateTimeOffset Begin = new(2026, 3, 2, 2, 0, 0, TimeSpan.Zero);
    private static readonly Actor Clerk = new("clerk", "王芳");
    private static readonly Actor Other = new("other", "李明");
    private readonly Bundle _bundle;
    private readonly Stimulus.Start _start;
    private readonly List<(Stimulus Stimulus, DateTimeOffset At)> _accepted = [];
    private readonly List<string> _story = [];
    private DateTimeOffset _now = Begin;

    public Play(Bundle bundle, int input)
    {
        _bundle = bundle;
        Ledger = new Ledger(bundle);
        var state = new CaseState { Number = "C1", Title = "t", ReportedAt = Begin, AcceptedAt = Begin, AreaPath = "/99/9901/990101/" };
        _start = new Stimulus.Start("C1", BlockDrawing.MainWorkflow, state, ImmutableDictionary<string, object?>.Empty.Add("k", (double)input), Clerk);
        Assert.True(Ledger.Commit(Accepted(WorkflowExecutor.Decide(bundle, null, _start, _now))));
        Instance = Ledger.Read();
    }

    public Ledger Ledger { get; }

    public WorkflowInstance Instance { get; private set; }

    /// <summary>What happened so far, for whoever reads of a failure.</summary>
    public string Story => string.Join("; ", _story);

    /// <summary>How many completions were accepted.</summary>
    public int Completions => _accepted.Count(accepted => accepted.Stimulus is Stimulus.CompleteWorkItem);

    /// <summary>Everything that may happen now, in a fixed order.</summary>
    public List<Chance> Chances() =>
    [
        .. Instance.WorkItems.Select(item => new Chance($"{item.DefinitionId}/{item.ActivityId}", item.Kind == WorkItemKind.Incident ? "!" : null))
            .Concat(Instance.Timers.Select(timer => new Chance(Model.Ledger.PlaceOf(Instance, timer.Run), timer.Purpose)))
            .Concat(Instance.Bookmarks.Select(bookmark => new Chance(Model.Ledger.PlaceOf(Instance, bookmark.Run), Chance.Event)))
            .OrderBy(chance => chance.ToString(), StringComparer.Ordinal),
    ];

    /// <summary>Answers or fires the first thing open at that place.</summary>
    public Stimulus Of(Chance chance, string outcome)
    {
        if (chance.Timer is null or "!")
        {
            var item = Instance.WorkItems.First(item => $"{item.DefinitionId}/{item.ActivityId}" == chance.Place);
            return new Stimulus.CompleteWorkItem(item.Id, outcome, ImmutableDictionary<string, object?>.Empty, "x", Clerk);
        }

        if (chance.Timer == Chance.Event)
        {
            return new Stimulus.ResumeBookmark(Instance.Bookmarks.First(bookmark => Model.Ledger.PlaceOf(Instance, bookmark.Run) == chance.Place).Id, null, null, Clerk);
        }

        var timer = Instance.Timers.First(timer => timer.Purpose == chance.Timer && Model.Ledger.PlaceOf(Instance, timer.Run) == chance.Place);
        return new Stimulus.TimerDue(timer.Id);
    }

    /// <summary>Sends something that must be accepted, with the kind of trouble a number stands for.</summary>
    public void Send(Stimulus stimulus, Trouble trouble)
    {
        Tick(stimulus, trouble);
        switch (trouble)
        {
            case Trouble.DiesBeforeCommit:
                var lost = Accepted(Ledger.Decide(stimulus, _now));
                Assert.Equal(lost.Instance.HistoryHash, Commit(stimulus).Instance.HistoryHash);
                break;
            case Trouble.AcknowledgementLost:
                Commit(stimulus);
                Late(stimulus);
                break;
            case Trouble.SentTwiceAtOnce:
                var twin = Accepted(Ledger.Decide(stimulus, _now));
                Commit(stimulus);
                Assert.False(Ledger.Commit(twin));
                Late(stimulus);
                break;
            case Trouble.OldOneAgain:
                Commit(stimulus);
                foreach (var (old, _) in _accepted.Where(accepted => accepted.Stimulus is Stimulus.CompleteWorkItem or Stimulus.TimerDue or Stimulus.ResumeBookmark).ToList())
                {
                    Late(old);
                }

                break;
            case Trouble.ClaimedByAnother when stimulus is Stimulus.CompleteWorkItem { WorkItem: var item }:
                Commit(new Stimulus.ClaimWorkItem(item, Other));
                Unchanged(() => Assert.IsType<Decision.Refused>(Ledger.Decide(stimulus, _now)));
                Commit(new Stimulus.ReleaseWorkItem(item, Other));
                Commit(stimulus);
                break;
            case Trouble.WrongOutcome when stimulus is Stimulus.CompleteWorkItem complete:
                Unchanged(() => Assert.IsType<Decision.Refused>(Ledger.Decide(complete with { Outcome = "Nonsense" }, _now)));
                Commit(stimulus);
                break;
            case Trouble.CommentedMeanwhile:
                var overtaken = Accepted(Ledger.Decide(stimulus, _now));
                Commit(new Stimulus.AddComment("x", false, Other));
                Assert.False(Ledger.Commit(overtaken));
                Commit(stimulus);
                break;
            default:
                Commit(stimulus);
                break;
        }
    }

    /// <summary>Two at once: both are decided from the same state, one is committed first. False when the other came too late.</summary>
    public bool SendTogether(Stimulus first, Stimulus second)
    {
        Tick(second, Trouble.None);
        Tick(first, Trouble.AnotherAtOnce);
        var overtaken = Accepted(Ledger.Decide(second, _now));
        Commit(first);
        Assert.False(Ledger.Commit(overtaken));
        if (Ledger.Decide(second, _now) is Decision.TooLate)
        {
            _story.Add("too late");
            return false;
        }

        Commit(second);
        return true;
    }

    /// <summary>Plays what was accepted again, without trouble and without writing anything down, and compares.</summary>
    public void CompareWithStraightRun()
    {
        Ledger.Audit();
        Assert.Equal(Completions, Ledger.History.Count(entry => entry.Kind == HistoryKind.WorkItemCompleted));
        var straight = Accepted(WorkflowExecutor.Decide(_bundle, null, _start, Begin)).Instance;
        foreach (var (stimulus, at) in _accepted)
        {
            straight = Accepted(WorkflowExecutor.Decide(_bundle, straight, stimulus, at)).Instance;
        }

        Assert.Equal(straight.HistoryHash, Instance.HistoryHash);
        Assert.Equal(Model.Ledger.Content(straight), Model.Ledger.Content(Instance));
    }

    private static Checkpoint Accepted(Decision decision) =>
        decision is Decision.Accepted accepted ? accepted.Checkpoint : throw new InvalidOperationException($"Not accepted: {decision}");

    private void Tick(Stimulus stimulus, Trouble trouble)
    {
        _now += TimeSpan.FromMinutes(1);
        if (stimulus is Stimulus.TimerDue due && Instance.Timers.Single(timer => timer.Id == due.Timer).DueAt is var dueAt && dueAt > _now)
        {
            _now = dueAt;
        }

        _story.Add($"{Tell(stimulus)}{(trouble == Trouble.None ? "" : $" ({trouble})")}");
    }

    private string Tell(Stimulus stimulus) => stimulus switch
    {
        Stimulus.CompleteWorkItem complete => $"{Instance.WorkItems.Single(item => item.Id == complete.WorkItem).ActivityId}={complete.Outcome}",
        Stimulus.TimerDue due when Instance.Timers.Single(timer => timer.Id == due.Timer) is var timer => $"{Model.Ledger.PlaceOf(Instance, timer.Run)}@{timer.Purpose}",
        Stimulus.ResumeBookmark resume => $"{Instance.Bookmarks.Single(bookmark => bookmark.Id == resume.Bookmark).Name}!",
        _ => stimulus.GetType().Name,
    };

    private Checkpoint Commit(Stimulus stimulus)
    {
        var checkpoint = Accepted(Ledger.Decide(stimulus, _now));
        Assert.True(Ledger.Commit(checkpoint));
        _accepted.Add((stimulus, _now));
        Instance = Ledger.Read();
        return checkpoint;
    }

    private void Late(Stimulus stimulus) => Unchanged(() => Assert.IsType<Decision.TooLate>(Ledger.Decide(stimulus, _now)));

    private void Unchanged(Action act)
    {
        var before = Model.Ledger.Content(Ledger.Read());
        act();
        Assert.Equal(before, Model.Ledger.Content(Ledger.Read()));
    }
}

/// <summary>What can go wrong around one stimulus.</summary>
internal enum Trouble
{
    None,
    DiesBeforeCommit,
    AcknowledgementLost,
    SentTwiceAtOnce,
    OldOneAgain,
    ClaimedByAnother,
    WrongOutcome,
    CommentedMeanwhile,
    AnotherAtOnce,
    Withdrawn,
}
