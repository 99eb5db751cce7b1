using System.Collections.Immutable;
using GridFlow.Workflows.Activities.Cases;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Engine;
using GridFlow.Workflows.Expressions;

namespace GridFlow.Workflows.Acts.Handing;

/// <summary>
/// 裁定: when a matter was sent back as often as it may be, somebody above rules in writing who leads and who assists, and may
/// propose the routing row that would have sent it there at once.
/// </summary>
internal sealed class Arbitration : CaseAct
{
    public override bool IsAboutItem => true;

    public override WorkItemForm Request { get; } = ActRequests.JustDone("责任裁定", "Rule who does it",
        new LocalizedText("写明裁定理由，指定主办和协办单位，各单位照办；同类事项今后如何派，可一并提出派单规则。", "Say why, and name who leads and who assists: that binds. You may propose the routing row for such matters."),
        new LocalizedText("作出裁定", "Rule"),
        new FormField { Name = "ruling", Kind = FieldKind.LongText, Required = true, Label = new LocalizedText("裁定意见", "Ruling"), Hint = new LocalizedText("依据哪条职责，为什么由该单位办", "Which duty, and why this unit") },
        ActRequests.Unit("lead", "主办单位", "Leads"),
        ActRequests.Units("assisting", "协办单位", "Assist", required: false),
        new FormField { Name = "proposes", Kind = FieldKind.YesNo, Label = new LocalizedText("建议今后同类事项直接派给主办单位", "Propose to send such matters to the lead from now on") },
        new FormField { Name = "from", Kind = FieldKind.Date, Label = new LocalizedText("建议自哪天起", "From which day") });

    public override ActObstacle? WhyNot(ActSituation situation) => Handed.WhyNot(situation)
        ?? (situation.Case.Returns < situation.Bundle.Rules.MaxReturns ? ActObstacle.TooFewReturns : situation.IsAsked(nameof(Arbitration)) ? ActObstacle.AskedAlready : null);

    internal override void Take(ActStep act)
    {
        act.Record();
        var arbiter = act.Step.Bundle.Rules.Arbiter;
        act.Ask(arbiter.Unit, arbiter.Role, act.Step.Bundle.Rules.DecisionLimit, asked: [("comment", act.Comment), ("by", act.Actor.Name), ("unit", act.Item!.Unit)]);
    }

    internal override void Decide(ActStep act, WorkItem request, Stimulus.CompleteWorkItem decision)
    {
        var lead = act.Unit("lead");
        ImmutableArray<string> assisting = [.. act.Units("assisting").Where(unit => unit != lead)];
        act.RecordDecision(decision.Outcome, ("unit", lead), ("assisting", string.Join(',', assisting)), ("ruling", act.Text("ruling")));
        act.Case = act.Case with { LeadUnit = lead, AssistingUnits = assisting };
        if (act.Item is { } item && item.Unit != lead)
        {
            act.Reassign(item, lead);
        }

        act.Tell(MessageKind.Notice, lead, null, "已裁定由你单位主办", "Ruled: you lead");
        foreach (var unit in assisting)
        {
            act.Tell(MessageKind.Notice, unit, null, "已裁定由你单位协办", "Ruled: you assist");
        }

        if (act.Text("proposes") == "true" && act.Case.Category is { } category)
        {
            act.Step.Post(MessageKind.RoutingProposal, category, ExpressionJson.WriteWhole(new Dictionary<string, object?>
            {
                ["category"] = category,
                ["lead"] = lead,
                ["assisting"] = string.Join(',', assisting),
                ["from"] = act.Text("from"),
                ["ruling"] = act.Text("ruling"),
                ["by"] = act.Actor.Name,
                ["case"] = act.Case.Number,
            }));
        }
    }
}
