using System.Collections.Immutable;
using GridFlow.Workflows.Acts.Approvals;
using GridFlow.Workflows.Acts.Clocks;
using GridFlow.Workflows.Acts.Handing;
using GridFlow.Workflows.Acts.Pressing;
using GridFlow.Workflows.Acts.Relating;
using GridFlow.Workflows.Acts.Whistling;
using GridFlow.Workflows.Engine;

namespace GridFlow.Workflows.Acts;

/// <summary>All acts there are, in the order in which they are offered.</summary>
public static class CaseActCatalog
{
    /// <summary>The activity id of a work item that an act opened: this, and the name of the act.</summary>
    public const string Prefix = "act:";

    private static readonly ImmutableDictionary<string, CaseAct> ByName;

    static CaseActCatalog()
    {
        All =
        [
            new Transfer(), new Delegation(), new Objection(), new Arbitration(), new Escalation(), new TakeBack(),
            new Assist(), new Unassist(), new AddApprover(), new RemoveApprover(),
            new Extension(), new Hold(), new Resume(), new Appeal(),
            new Urge(), new Supervision(), new Sponsorship(), new CopyTo(),
            new Whistle(), new WhistleContact(), new WhistleAttend(), new WhistleAssess(),
            new Merge(), new Split(),
        ];
        ByName = All.ToImmutableDictionary(act => act.Name, StringComparer.Ordinal);
    }

    /// <summary>All of them.</summary>
    public static ImmutableArray<CaseAct> All { get; }

    /// <summary>The act of this name, or null.</summary>
    public static CaseAct? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>The act that opened a work item, by name; null for one that a drawing opened.</summary>
    public static string? ActOf(WorkItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return ActOf(item.ActivityId);
    }

    /// <summary>The act an activity id names, or null.</summary>
    public static string? ActOf(string activityId)
    {
        ArgumentNullException.ThrowIfNull(activityId);
        return activityId.StartsWith(Prefix, StringComparison.Ordinal) ? activityId[Prefix.Length..] : null;
    }

    /// <summary>Every act that somebody could want to do with this item, or with the case where there is no item, with why it is not possible.</summary>
    public static IEnumerable<(CaseAct Act, ActObstacle? WhyNot)> Offers(ActSituation situation)
    {
        ArgumentNullException.ThrowIfNull(situation);
        return All.Where(act => act.IsAboutItem == situation.Item is not null).Select(act => (act, act.WhyNot(situation)));
    }

    internal static Decision Take(Step step, Stimulus.TakeAct stimulus)
    {
        if (step.Instance.Case is null)
        {
            return new Decision.Refused(Refusal.NoCase, "");
        }

        if (Find(stimulus.Act) is not { } act)
        {
            return new Decision.Refused(Refusal.UnknownAct, stimulus.Act);
        }

        // Sent again because no answer was heard. Before all else: what it was about may be gone by it.
        if (stimulus.WasTaken(step.Instance))
        {
            return new Decision.DoneBefore();
        }

        var item = stimulus.WorkItem is null ? null : step.Instance.WorkItems.Find(open => open.Id == stimulus.WorkItem);
        if (item is null && (stimulus.WorkItem is not null || act.IsAboutItem))
        {
            return new Decision.TooLate(stimulus.WorkItem ?? "");
        }

        if (act.WhyNot(new ActSituation(step.Bundle, step.Instance, item, stimulus.Actor, step.Now)) is { } obstacle)
        {
            return new Decision.Refused(Refusal.ActNotPossible, obstacle.ToString());
        }

        if (act.NeedsComment && string.IsNullOrWhiteSpace(stimulus.Comment))
        {
            return new Decision.Refused(Refusal.InvalidField, "comment");
        }

        foreach (var field in act.Fields)
        {
            if (!field.Accepts(stimulus.Fields.GetValueOrDefault(field.Name), step.Bundle))
            {
                return new Decision.Refused(Refusal.InvalidField, field.Name);
            }
        }

        if (stimulus.HeardAs is { } heard)
        {
            step.Instance.Heard.Add(heard);
        }

        return Run(step, new ActStep(step, act, item, stimulus.Fields, stimulus.Comment), act.Take);
    }

    /// <summary>Lets the act that opened an item decide what its completion means; the item is out of the inbox already.</summary>
    internal static Decision Decide(Step step, WorkItem request, Stimulus.CompleteWorkItem decision)
    {
        if (request.Asked?.GetValueOrDefault(ActRequests.Asker) == decision.Actor.Id)
        {
            return new Decision.Refused(Refusal.ActNotPossible, nameof(ActObstacle.OwnRequest));
        }

        var act = Find(ActOf(request)!)!;
        var about = request.About is null ? null : step.Instance.WorkItems.Find(open => open.Id == request.About);
        return Run(step, new ActStep(step, act, about, decision.Fields, decision.Comment), run => act.Decide(run, request, decision));
    }

    // What an act refuses only when it looks closer changes nothing, as any refusal.
    private static Decision Run(Step step, ActStep run, Action<ActStep> act)
    {
        try
        {
            act(run);
        }
        catch (StimulusRefusedException refused)
        {
            return new Decision.Refused(refused.Reason, refused.Detail);
        }

        run.Progress.Continue();
        return new Decision.Accepted(step.ToCheckpoint());
    }
}
