using System.Collections.Immutable;
using GridFlow.Workflows.Activities.Cases;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Engine;

namespace GridFlow.Workflows.Acts.Handing;

/// <summary>派单异议: says that the matter was sent to the wrong unit. Reviewed with a deadline; the work's own clock runs on meanwhile.</summary>
internal sealed class Objection : CaseAct
{
    public override bool IsAboutItem => true;

    public override ImmutableArray<FormField> Fields { get; } =
    [
        new FormField { Name = "unit", Kind = FieldKind.Unit, Label = new LocalizedText("应由哪个单位办（可不填）", "Who should have it (if known)") },
    ];

    public override WorkItemForm Request { get; } = ActRequests.YesOrNo("派单异议审核", "Review the objection",
        new LocalizedText("异议成立的，改派给应办单位，期限不变；不成立的说明理由，由原单位继续办理。", "If it holds, name the unit that gets it, with the same deadline; if not, say why, and it stays where it is."),
        new FormField { Name = "unit", Kind = FieldKind.Unit, Required = true, Label = new LocalizedText("改派单位", "To which unit"), For = [ActRequests.Agree] });

    public override ActObstacle? WhyNot(ActSituation situation) => Handed.WhyNot(situation)
        ?? (situation.IsAsked(nameof(Objection)) ? ActObstacle.AskedAlready : null);

    internal override void Take(ActStep act)
    {
        var proposed = act.Text("unit");
        act.Record(("unit", proposed));
        var decider = act.Step.Bundle.Rules.ObjectionDecider;
        act.Ask(decider.Unit, decider.Role, act.Step.Bundle.Rules.DecisionLimit, asked: [("comment", act.Comment), ("by", act.Actor.Name), (ActRequests.Asker, act.Actor.Id), ("unit", act.Item!.Unit), ("proposed", proposed)]);
    }

    internal override void Decide(ActStep act, WorkItem request, Stimulus.CompleteWorkItem decision)
    {
        act.RecordDecision(decision.Outcome, ("unit", act.Text("unit")));
        if (act.Item is not { } item)
        {
            return;
        }

        if (decision.Outcome == ActRequests.Agree)
        {
            act.Tell(MessageKind.Notice, act.Reassign(item, act.Unit("unit")).Unit, null, "改派到你单位", "Sent to you after an objection");
        }
        else
        {
            act.Tell(MessageKind.Notice, item.Unit, item.Role, "派单异议不成立，请继续办理", "The objection was refused: please go on");
        }
    }
}
