using GridFlow.Workflows.Activities.Cases;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Engine;

namespace GridFlow.Workflows.Acts.Clocks;

/// <summary>
/// 超时申诉: after closing, once, the unit says why being late was not its fault; reviewed twice. That it was late stays a fact; the
/// figures leave it out, and show that they do.
/// </summary>
internal sealed class Appeal : CaseAct
{
    public override bool IsAboutItem => false;

    public override WorkItemForm Request { get; } = ActRequests.YesOrNo("超时申诉审核", "Review the appeal",
        new LocalizedText("申诉成立的，不计入超时统计；超时的事实保留，两者都显示。", "If it holds, figures leave the case out where they count lateness; that it was late stays visible."));

    public override ActObstacle? WhyNot(ActSituation situation) => situation.Case switch
    {
        { Status: not CaseStatus.Closed } => ActObstacle.NotClosed,
        { WasOverdue: false } => ActObstacle.WasOnTime,
        { Appeal: AppealState.Asked } => ActObstacle.AskedAlready,
        { Appeal: not AppealState.None } => ActObstacle.AppealedBefore,
        _ => null,
    };

    internal override void Take(ActStep act)
    {
        act.Record();
        act.Case = act.Case with { Appeal = AppealState.Asked };
        act.AskDecider(act.Step.Bundle.Rules.AppealReviewers);
    }

    internal override void Decide(ActStep act, WorkItem request, Stimulus.CompleteWorkItem decision)
    {
        act.RecordDecision(decision.Outcome);
        if (act.AskNext(act.Step.Bundle.Rules.AppealReviewers, request, decision.Outcome))
        {
            return;
        }

        var isGranted = decision.Outcome == ActRequests.Agree;
        act.Case = act.Case with { Appeal = isGranted ? AppealState.Granted : AppealState.Refused };
        if (request.Asked?.GetValueOrDefault("unit") is { } unit)
        {
            act.Tell(MessageKind.Notice, unit, null, isGranted ? "超时申诉成立" : "超时申诉不成立", isGranted ? "Your appeal holds" : "Your appeal was refused");
        }
    }
}
