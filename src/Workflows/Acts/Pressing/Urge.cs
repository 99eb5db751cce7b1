using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Engine;

namespace GridFlow.Workflows.Acts.Pressing;

/// <summary>催办: tells everybody who works on the case that somebody waits. Counted, and not repeated within a pause.</summary>
internal sealed class Urge : CaseAct
{
    public override bool IsAboutItem => false;

    public override bool NeedsComment => false;

    public override ActObstacle? WhyNot(ActSituation situation) => situation switch
    {
        { Case.Status: not CaseStatus.Open } => ActObstacle.NotOpen,
        { Case.HeldUntil: not null } => ActObstacle.OnHold,
        _ when !situation.Instance.WorkItems.Exists(IsWork) => ActObstacle.NobodyAtWork,
        { Case.UrgedAt: { } last } when situation.Now < situation.Bundle.Calendar.Add(last, situation.Bundle.Rules.UrgePause).DueAt => ActObstacle.UrgedJustNow,
        _ => null,
    };

    internal override void Take(ActStep act)
    {
        act.Case = act.Case with { Urged = act.Case.Urged + 1, UrgedAt = act.Step.Now };
        var working = act.Step.Instance.WorkItems.Where(IsWork).ToList();
        act.RecordPublic(("units", string.Join(',', working.Select(item => item.Unit).Distinct())));
        foreach (var item in working.DistinctBy(item => (item.Unit, item.Role)))
        {
            act.Tell(MessageKind.Urge, item.Unit, item.Role, act.Comment is { Length: > 0 } word ? $"催办（{word}）" : "催办，请尽快办理", act.Comment is { Length: > 0 } said ? $"Urged ({said})" : "Urged, please go on");
        }
    }

    private static bool IsWork(WorkItem item) => item.Kind is not (WorkItemKind.Rating or WorkItemKind.Incident or WorkItemKind.Reading);
}
