using System.Collections.Immutable;
using GridFlow.Workflows.Activities.Cases;
using GridFlow.Workflows.Calendars;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Engine;

namespace GridFlow.Workflows.Acts.Pressing;

/// <summary>督办: a leader asks the lead unit for an account, with a clock of its own. The matter itself stays where it is.</summary>
internal sealed class Supervision : CaseAct
{
    public override bool IsAboutItem => false;

    public override ImmutableArray<FormField> Fields { get; } =
    [
        new FormField { Name = "days", Kind = FieldKind.Number, Label = new LocalizedText("几个工作日内回复（不填按规定）", "Answer within how many working days (empty: as usual)") },
    ];

    public override WorkItemForm Request { get; } = ActRequests.JustDone("督办回复", "Answer the supervision",
        new LocalizedText("说明办到哪一步、还差什么、什么时候办完。", "Say where it stands, what is missing, and when it will be done."),
        new LocalizedText("回复督办", "Answer"),
        new FormField { Name = "report", Kind = FieldKind.LongText, Required = true, Label = new LocalizedText("办理进展", "Where it stands") });

    public override ActObstacle? WhyNot(ActSituation situation) => situation switch
    {
        { Case.Status: not CaseStatus.Open } => ActObstacle.NotOpen,
        { Case.LeadUnit: null } => ActObstacle.NobodyAtWork,
        _ => situation.IsAsked(nameof(Supervision)) ? ActObstacle.AskedAlready : null,
    };

    internal override void Take(ActStep act)
    {
        var limit = act.Text("days") is { Length: > 0 } days
            ? int.TryParse(days, out var number) && number is >= 1 and <= 60 ? TimeLimit.WorkingDays(number) : throw new StimulusRefusedException(Refusal.InvalidField, "days")
            : act.Step.Bundle.Rules.SupervisionLimit;
        var lead = act.Case.LeadUnit!;
        act.Case = act.Case with { Supervised = act.Case.Supervised + 1 };
        act.RecordPublic(("unit", lead));
        act.Ask(lead, null, limit, asked: [("comment", act.Comment), ("by", act.Actor.Name), ("unit", act.Actor.Unit), ("byId", act.Actor.Id)]);
        act.Tell(MessageKind.Urge, lead, null, $"领导督办（{act.Comment}）", $"Under supervision ({act.Comment})");
    }

    internal override void Decide(ActStep act, WorkItem request, Stimulus.CompleteWorkItem decision)
    {
        act.RecordDecision(decision.Outcome, ("report", act.Text("report")));
        if (request.Asked?.GetValueOrDefault("unit") is { } unit)
        {
            act.Tell(MessageKind.Notice, unit, null, "督办已回复", "Your supervision was answered");
        }
    }
}
