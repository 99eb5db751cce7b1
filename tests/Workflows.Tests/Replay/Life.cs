using System.Collections.Immutable;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Engine;
using GridFlow.Workflows.Replay;

namespace GridFlow.Workflows.Tests.Replay;

/// <summary>A case as it is taken in and handled under a bundle, with its books.</summary>
internal sealed class Life
{
    public static readonly DateTimeOffset Morning = new(2026, 3, 2, 2, 0, 0, TimeSpan.Zero);

    private static readonly Actor Clerk = new("clerk", "王芳");
    private readonly Bundle _bundle;
    private readonly List<HistoryEntry> _history = [];

    public Life(Bundle bundle, CaseState report)
    {
        (_bundle, Now) = (bundle, report.AcceptedAt);
        Take(new Stimulus.Start(report.Number, ShippedBundle.IntakeWorkflow, report, ImmutableDictionary<string, object?>.Empty, Actor.Reporter));
    }

    public DateTimeOffset Now { get; private set; }

    public WorkflowInstance Instance { get; private set; } = null!;

    public CaseState Case => Instance.Case!;

    public IReadOnlyList<HistoryEntry> History => _history;

    public static CaseState Report(string title = "小区门口垃圾堆了三天", string detail = "臭味很大，请尽快清理。", string? category = null) => new()
    {
        Number = "GF2026-1",
        Title = title,
        Detail = detail,
        ReportedAt = Morning,
        AcceptedAt = Morning,
        HasReporter = true,
        Category = category,
        AreaPath = "/99/9901/990101/990101001/990101001001/990101001001001/",
    };

    /// <summary>Somebody completes the only item that is open at a step, some time later; timers fire on the way.</summary>
    public Life Do(string activity, string outcome, TimeSpan after, params (string Field, object? Value)[] answers)
    {
        Wait(after);
        var item = Instance.WorkItems.Single(item => item.ActivityId == activity);
        var fields = answers.Where(answer => answer.Value is not null).ToImmutableDictionary(answer => answer.Field, answer => answer.Value);
        Assert.True(Take(new Stimulus.CompleteWorkItem(item.Id, outcome, fields, "说明", Clerk)), $"{activity} {outcome}");
        return this;
    }

    public Life Wait(TimeSpan span)
    {
        var until = Now + span;
        while (Instance.Timers.Where(timer => timer.DueAt <= until).MinBy(timer => timer.DueAt) is { } timer)
        {
            Now = timer.DueAt > Now ? timer.DueAt : Now;
            Take(new Stimulus.TimerDue(timer.Id));
        }

        Now = until;
        return this;
    }

    public bool Take(Stimulus stimulus)
    {
        if (WorkflowExecutor.Decide(_bundle, Instance, stimulus, Now) is not Decision.Accepted { Checkpoint: var checkpoint })
        {
            return false;
        }

        Instance = checkpoint.Instance;
        _history.AddRange(checkpoint.History);
        return true;
    }

    /// <summary>The books of it, as they stand.</summary>
    public RecordedCase Recorded => RecordedCase.From(Case, Instance.DefinitionId, _history)!;

    public ReplayedCase Replay(Bundle bundle) => CaseReplay.Run(bundle, Recorded, number => number == _bundle.Number ? _bundle : null);
}
