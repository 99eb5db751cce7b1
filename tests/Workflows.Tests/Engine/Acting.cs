using System.Collections.Immutable;
using GridFlow.Tests;
using GridFlow.Workflows.Acts;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Engine;

namespace GridFlow.Workflows.Tests.Engine;

/// <summary>A case that people act on, by value: each act is decided from the state the one before left.</summary>
internal sealed class Acting
{
    public static readonly Actor Clerk = new("clerk", "王芳", "dept:housing");
    public static readonly Actor Town = new("town", "赵敏", "area:990101001");
    public static readonly Actor Leader = new("leader", "钱主任", "area:990101");

    private readonly Bundle _bundle;

    public Acting(string category = "local/1/matter/06001", CaseRules? rules = null)
    {
        _bundle = new Bundle(1, Shipped.Definitions, Shipped.Routing, Shipped.Categories, Shipped.Calendar) { Rules = rules ?? CaseRules.Default };
        var script = CaseScript.All.First(script => script.Case.Category == category);
        Instance = Accept(WorkflowExecutor.Decide(_bundle, null, script.Start("GF2026-000007"), Now));
    }

    private static Bundle Shipped { get; } = ShippedBundle.Read(1);

    public DateTimeOffset Now { get; set; } = CaseScript.Begin;

    public WorkflowInstance Instance { get; private set; }

    public CaseState Case => Instance.Case!;

    public Checkpoint Last { get; private set; } = null!;

    public WorkItem Item(string activity) => Instance.WorkItems.Find(item => item.ActivityId == activity)
        ?? throw new InvalidOperationException($"Nothing open at '{activity}', only {string.Join(", ", Instance.WorkItems.Select(item => item.ActivityId))}.");

    public bool Has(string activity) => Instance.WorkItems.Exists(item => item.ActivityId == activity);

    public Acting Take(string act, Actor actor, string? item = null, string? comment = "理由", params (string Name, object? Value)[] fields)
    {
        Instance = Accept(Try(act, actor, item, comment, fields));
        return this;
    }

    /// <summary>Why an act is refused; fails when it is not.</summary>
    public (Refusal Reason, string Detail) Refuse(string act, Actor actor, string? item = null, string? comment = "理由", params (string Name, object? Value)[] fields)
    {
        var refused = Assert.IsType<Decision.Refused>(Try(act, actor, item, comment, fields));
        return (refused.Reason, refused.Detail);
    }

    public Decision Try(string act, Actor actor, string? item, string? comment, params (string Name, object? Value)[] fields) =>
        Send(new Stimulus.TakeAct(act, item is null ? null : Item(item).Id, fields.ToImmutableDictionary(field => field.Name, field => field.Value), comment, actor));

    /// <summary>Completes the open item of a drawn step or of an act.</summary>
    public Acting Do(string activity, string outcome, Actor? actor = null, params (string Name, object? Value)[] fields)
    {
        Instance = Accept(TryDo(activity, outcome, actor, fields));
        return this;
    }

    public Decision TryDo(string activity, string outcome, Actor? actor = null, params (string Name, object? Value)[] fields)
    {
        var item = Item(activity);
        var usual = CaseScript.Complete(item, outcome);
        return Send(usual with
        {
            Actor = actor ?? usual.Actor,
            Fields = CaseActCatalog.ActOf(item) is null && fields.Length == 0 ? usual.Fields : fields.ToImmutableDictionary(field => field.Name, field => field.Value),
        });
    }

    public Acting Claim(string activity, Actor actor)
    {
        Instance = Accept(Send(new Stimulus.ClaimWorkItem(Item(activity).Id, actor)));
        return this;
    }

    /// <summary>Lets time pass until the next timer of a purpose strikes.</summary>
    public Acting Strike(string purpose)
    {
        var timer = Instance.Timers.Where(timer => timer.Purpose == purpose).MinBy(timer => timer.DueAt) ?? throw new InvalidOperationException($"No timer '{purpose}', only {string.Join(", ", Instance.Timers.Select(timer => timer.Purpose))}.");
        Now = timer.DueAt;
        Instance = Accept(Send(new Stimulus.TimerDue(timer.Id)));
        return this;
    }

    /// <summary>Goes on with what was decided.</summary>
    public Acting Go(Decision decision)
    {
        Instance = Accept(decision);
        return this;
    }

    public Decision Send(Stimulus stimulus) => WorkflowExecutor.Decide(_bundle, Instance, stimulus, Now);

    /// <summary>What is stored is all there is: every state goes through its JSON before the next act.</summary>
    private WorkflowInstance Accept(Decision decision)
    {
        var accepted = decision as Decision.Accepted ?? throw new InvalidOperationException(decision.ToString());
        Last = accepted.Checkpoint;
        var kept = InstanceJson.Read(InstanceJson.Write(accepted.Checkpoint.Instance));
        kept.Version = accepted.Checkpoint.Instance.Version + 1;
        kept.Case = accepted.Checkpoint.Instance.Case;
        return kept;
    }
}
