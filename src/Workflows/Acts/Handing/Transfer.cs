using System.Collections.Immutable;
using GridFlow.Workflows.Activities.Cases;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Engine;

namespace GridFlow.Workflows.Acts.Handing;

/// <summary>
/// 转办: asks another unit to take the work over. Until it accepts, the first unit leads (首接负责): nobody simply passes a
/// matter on. The deadline stays.
/// </summary>
internal sealed class Transfer : CaseAct
{
    public override bool IsAboutItem => true;

    public override ImmutableArray<FormField> Fields { get; } = [ActRequests.Unit("unit", "转给哪个单位", "To which unit")];

    public override WorkItemForm Request { get; } = ActRequests.YesOrNo("转办待接收", "Take over?",
        new LocalizedText("同意后由本单位主办，期限不变；不同意请说明理由，仍由原单位负责。", "Agree, and your unit has it with the same deadline; refuse with a reason, and it stays where it is."));

    public override ActObstacle? WhyNot(ActSituation situation) => Handed.WhyNot(situation)
        ?? (situation.IsAsked(nameof(Transfer)) ? ActObstacle.AskedAlready : null);

    internal override void Take(ActStep act)
    {
        var unit = act.Unit("unit");
        if (unit == act.Item!.Unit)
        {
            throw new StimulusRefusedException(Refusal.ActNotPossible, nameof(ActObstacle.OwnUnit));
        }

        act.Record(("unit", unit));
        act.Ask(unit, null, act.Step.Bundle.Rules.DecisionLimit, asked: [("comment", act.Comment), ("by", act.Actor.Name), ("unit", act.Item.Unit)]);
        act.Tell(MessageKind.Notice, unit, null, "有单位请你单位接办", "A unit asks you to take over");
    }

    internal override void Decide(ActStep act, WorkItem request, Stimulus.CompleteWorkItem decision)
    {
        act.RecordDecision(decision.Outcome, ("unit", request.Unit));
        if (act.Item is not { } item)
        {
            return;
        }

        if (decision.Outcome == ActRequests.Agree)
        {
            act.Reassign(item, request.Unit, act.Actor);
        }
        else
        {
            act.Tell(MessageKind.Notice, item.Unit, item.Role, "转办未被接收，仍由你单位办理", "Not taken over: it stays with you");
        }
    }
}

/// <summary>What holds of everything that hands work on.</summary>
internal static class Handed
{
    public static ActObstacle? WhyNot(ActSituation situation) => situation switch
    {
        { Case.Status: not CaseStatus.Open } => ActObstacle.NotOpen,
        { Item.Kind: not (WorkItemKind.Task or WorkItemKind.Whistle) } => ActObstacle.WrongKind,
        { Item: { ClaimedBy: { } by }, Actor: var actor } when by.Id != actor.Id => ActObstacle.NotYours,
        _ => null,
    };
}
