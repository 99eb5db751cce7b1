using GridFlow.Workflows.Activities.Cases;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Engine;

namespace GridFlow.Workflows.Acts.Clocks;

/// <summary>延期: one more original limit on the current deadline, granted by two levels, never once it is overdue. Refused requests do not count.</summary>
internal sealed class Extension : CaseAct
{
    public override bool IsAboutItem => true;

    public override WorkItemForm Request { get; } = ActRequests.YesOrNo("延期审批", "More time?",
        new LocalizedText("同意后在现期限上再加一个原办理时限；原期限仍可见。", "Agree, and the original limit is added once more to the deadline; the original stays visible."));

    public override ActObstacle? WhyNot(ActSituation situation) => Handing.Handed.WhyNot(situation) ?? situation switch
    {
        { Item.Due: null } => ActObstacle.NoDeadline,
        { Case.HeldUntil: not null } => ActObstacle.OnHold,
        { Item.Due: { } due, Now: var now } when due.IsOverdue(now) => ActObstacle.Overdue,
        { Case.Extensions: var granted, Bundle.Rules.MaxExtensions: var most } when granted >= most => ActObstacle.UsedUp,
        _ => situation.IsAsked(nameof(Extension)) ? ActObstacle.AskedAlready : null,
    };

    internal override void Take(ActStep act)
    {
        act.Record();
        act.AskDecider(act.Step.Bundle.Rules.TimeDeciders);
    }

    internal override void Decide(ActStep act, WorkItem request, Stimulus.CompleteWorkItem decision)
    {
        act.RecordDecision(decision.Outcome);
        if (act.Item is not { Due: { } due } item || act.AskNext(act.Step.Bundle.Rules.TimeDeciders, request, decision.Outcome))
        {
            return;
        }

        if (decision.Outcome == ActRequests.Agree)
        {
            act.Case = act.Case with { Extensions = act.Case.Extensions + 1 };
            act.MoveDue(item, due.Extended(act.Step.Bundle.Calendar, due.Original.Limit), "extended");
            act.Tell(MessageKind.Notice, item.Unit, item.Role, "延期已批准", "More time was granted");
        }
        else
        {
            act.Tell(MessageKind.Notice, item.Unit, item.Role, "延期未获批准", "More time was refused");
        }
    }
}
