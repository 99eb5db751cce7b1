using System.Collections.Immutable;
using GridFlow.Workflows.Activities.Cases;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Engine;

namespace GridFlow.Workflows.Acts.Approvals;

/// <summary>会办 / 协办: the lead calls other units in, each with work of its own and the same deadline. The lead reports done when they have.</summary>
internal sealed class Assist : CaseAct
{
    public override bool IsAboutItem => true;

    public override ImmutableArray<FormField> Fields { get; } = [ActRequests.Units("units", "请哪些单位协办", "Which units assist")];

    public override WorkItemForm Request { get; } = ActRequests.JustDone("协办", "Assist", new LocalizedText("办好本单位的一份，告诉主办单位做了什么。", "Do your part and tell the lead what you did."),
        new LocalizedText("协办完成", "Done"), new FormField { Name = "report", Kind = FieldKind.LongText, Required = true, Label = new LocalizedText("协办情况", "What was done") });

    public override ActObstacle? WhyNot(ActSituation situation) => Handing.Handed.WhyNot(situation);

    internal override void Take(ActStep act)
    {
        var units = act.Units("units").Where(unit => unit != act.Item!.Unit && !IsAssisting(act.Step, act.Item.Id, unit)).ToList();
        if (units.Count == 0)
        {
            throw new StimulusRefusedException(Refusal.InvalidField, "units");
        }

        act.Record(("units", string.Join(',', units)));
        act.Case = act.Case with { AssistingUnits = [.. act.Case.AssistingUnits.Union(units)] };
        foreach (var unit in units)
        {
            var asked = act.Ask(unit, null, null, part: UnitPart.Assisting, asked: [("comment", act.Comment), ("by", act.Actor.Name), ("unit", act.Item!.Unit)]);
            if (act.Item!.Due is { } due)
            {
                act.Step.Change(asked with { Due = due });
                ActClock.Start(act.Step, asked with { Due = due });
            }

            act.Tell(MessageKind.Notice, unit, null, "请你单位协办", "You are asked to assist");
        }
    }

    internal override void Decide(ActStep act, WorkItem request, Stimulus.CompleteWorkItem decision)
    {
        act.RecordDecision(decision.Outcome, ("unit", request.Unit), ("report", act.Text("report")));
        if (act.Item is { } item)
        {
            act.Tell(MessageKind.Notice, item.Unit, item.Role, "协办单位已办好", "An assisting unit is done");
        }
    }

    /// <summary>How many still work on a part of this item.</summary>
    public static int OpenFor(Step step, string item) => step.Instance.WorkItems.Count(open => open.About == item && CaseActCatalog.ActOf(open) == nameof(Assist));

    private static bool IsAssisting(Step step, string item, string unit) => step.Instance.WorkItems.Exists(open => open.About == item && open.Unit == unit && CaseActCatalog.ActOf(open) == nameof(Assist));
}

/// <summary>减协办: lets an assisting unit go that has not finished.</summary>
internal sealed class Unassist : CaseAct
{
    public override bool IsAboutItem => true;

    public override ImmutableArray<FormField> Fields { get; } = [ActRequests.Unit("unit", "不再需要哪个单位协办", "Which unit is not needed")];

    public override ActObstacle? WhyNot(ActSituation situation) => Handing.Handed.WhyNot(situation)
        ?? (situation.IsAsked(nameof(Assist)) ? null : ActObstacle.NobodyAdded);

    internal override void Take(ActStep act)
    {
        var unit = act.Unit("unit");
        var part = act.Step.Instance.WorkItems.Find(open => open.About == act.Item!.Id && open.Unit == unit && CaseActCatalog.ActOf(open) == nameof(Assist))
            ?? throw new StimulusRefusedException(Refusal.InvalidField, "unit");
        act.Step.Close(part, null, act.Actor, act.Comment);
        act.Case = act.Case with { AssistingUnits = act.Case.AssistingUnits.Remove(unit) };
        act.Record(("unit", unit));
        act.Tell(MessageKind.Notice, unit, null, "不再需要你单位协办", "You are no longer needed");
    }
}
