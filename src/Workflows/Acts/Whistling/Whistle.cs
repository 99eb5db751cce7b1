using System.Collections.Immutable;
using GridFlow.Workflows.Activities.Cases;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Engine;

namespace GridFlow.Workflows.Acts.Whistling;

/// <summary>吹哨: calls units to come and do their part, each with work of its own and three clocks that run from when it sounds.</summary>
internal sealed class Whistle : CaseAct
{
    private static readonly WorkItemForm Audit = ActRequests.YesOrNo("吹哨审核", "Let it sound?",
        new LocalizedText("核对吹哨事由和被吹哨单位；同意后立即发出。", "Check the grounds and the units; agree, and it sounds at once."));

    public override bool IsAboutItem => false;

    public override ImmutableArray<FormField> Fields { get; } =
    [
        new FormField
        {
            Name = "kind", Kind = FieldKind.Choice, Required = true, Label = new LocalizedText("哨种", "Kind"),
            Options = [new(nameof(WhistleKind.Push), new LocalizedText("推进哨：3 个工作日到场", "Push: on site within 3 working days")), new(nameof(WhistleKind.Hard), new LocalizedText("攻坚哨：5 个工作日到场", "Hard case: on site within 5 working days"))],
        },
        new FormField
        {
            Name = "grounds", Kind = FieldKind.Choice, Required = true, Label = new LocalizedText("事由", "Grounds"),
            Options =
            [
                new(nameof(WhistleGrounds.BeyondUs), new LocalizedText("本级难以解决", "Beyond what we can do")), new(nameof(WhistleGrounds.JointEnforcement), new LocalizedText("需要联合执法", "Joint enforcement")),
                new(nameof(WhistleGrounds.Emergency), new LocalizedText("应急处置", "Emergency")),
            ],
        },
        ActRequests.Units("units", "吹哨哪些单位", "Which units"),
    ];

    public override WorkItemForm Request { get; } = ActRequests.JustDone("吹哨报到", "Whistle: come and do your part",
        new LocalizedText("先签收应哨，再联系街道、到场报到；办好本单位的一份后写明情况。", "Sign, get in touch, come in person; when your part is done, say what you did."),
        new LocalizedText("办结", "Done"),
        new FormField { Name = "report", Kind = FieldKind.LongText, Required = true, Label = new LocalizedText("办理情况", "What was done") });

    public override ActObstacle? WhyNot(ActSituation situation) => situation switch
    {
        { Case.Status: not CaseStatus.Open } => ActObstacle.NotOpen,
        { Case.HeldUntil: not null } => ActObstacle.OnHold,
        _ => null,
    };

    /// <summary>The form of an item this act opened: of the audit, or of the call itself.</summary>
    public static WorkItemForm FormOf(WorkItemKind kind) => kind == WorkItemKind.Request ? Audit : ((Whistle)CaseActCatalog.Find(nameof(Whistle))!).Request;

    internal override void Take(ActStep act)
    {
        var step = act.Step;
        var kind = Enum.Parse<WhistleKind>(act.Text("kind"));
        var unit = act.Actor.Unit ?? act.Case.LeadUnit ?? UnitKey.Administrator;
        var units = act.Units("units");
        if (units.Any(one => IsOwnOrBeneath(one, unit)))
        {
            throw new StimulusRefusedException(Refusal.ActNotPossible, nameof(ActObstacle.WhistleDown));
        }

        var level = UnitKey.AreaOf(unit) is { Length: > 9 } ? WhistleLevel.Community : WhistleLevel.Street;
        var call = new WhistleCall(step.Instance.Whistles.Count + 1, kind, Enum.Parse<WhistleGrounds>(act.Text("grounds")), level, act.Comment!, unit, act.Actor.Name, step.Now)
        {
            Units = [.. units.Select(called => new WhistledUnit(called))],
        };
        act.RecordPublic(("units", string.Join(',', call.Units.Select(called => called.Unit))), ("kind", kind.ToString()), ("grounds", call.Grounds.ToString()), ("whistle", Number(call)));
        if (step.Bundle.Rules.WhistleNeedsAudit && call.Grounds != WhistleGrounds.Emergency)
        {
            step.Add(call with { State = WhistleState.Audit });
            act.Ask("@county", Role.Dispatcher, step.Bundle.Rules.DecisionLimit, asked: [("comment", act.Comment), ("by", act.Actor.Name), ("unit", unit), ("units", string.Join(',', call.Units.Select(called => called.Unit))), ("whistle", Number(call))]);
        }
        else
        {
            step.Add(call);
            Sound(act, call);
        }
    }

    // A whistle calls upwards and aside: the community the street, the street the county and its departments.
    private static bool IsOwnOrBeneath(string called, string unit) =>
        called == unit || (UnitKey.AreaOf(called) is { } area && UnitKey.AreaOf(unit) is { } own && area.StartsWith(own, StringComparison.Ordinal));

    internal override void Decide(ActStep act, WorkItem request, Stimulus.CompleteWorkItem decision)
    {
        if (request.Kind == WorkItemKind.Whistle)
        {
            Whistles.Done(act.Step, request, act.Actor, act.Text("report"));
            act.Tell(MessageKind.Notice, Whistles.Find(act.Step, request.Id)?.Call.Unit ?? act.Case.LeadUnit!, null, "被吹哨单位已办结", "A whistled unit is done");
            return;
        }

        act.RecordDecision(decision.Outcome);
        var call = act.Step.Instance.Whistles.Find(one => Number(one) == request.Asked?["whistle"])!;
        var audited = call with { AuditedBy = act.Actor.Name };
        if (decision.Outcome == ActRequests.Agree)
        {
            act.Step.Change(audited);
            Sound(act, audited);
        }
        else
        {
            act.Step.Change(audited with { State = WhistleState.Refused });
            act.Tell(MessageKind.Notice, call.Unit, null, "吹哨未通过审核", "The whistle was refused");
        }
    }

    private static void Sound(ActStep act, WhistleCall call)
    {
        var step = act.Step;
        var sounding = call with { SoundedAt = step.Now, State = WhistleState.Sounding };
        var units = new List<WhistledUnit>();
        foreach (var unit in call.Units)
        {
            // The clocks of a whistle are its three; the work itself is due with the case.
            var item = act.Ask(unit.Unit, null, null, WorkItemKind.Whistle, UnitPart.Assisting, asked: [("comment", call.Words), ("by", call.By), ("unit", call.Unit), ("whistle", Number(call))]);
            units.Add(WhistleClock.Start(step, unit, sounding, item));
            step.Change(item with { Due = WhistleClock.DeadlineOf(step, sounding, WhistleClock.Sign) });
            act.Tell(MessageKind.Notice, unit.Unit, null, $"吹哨：{call.Words}", $"Whistle: {call.Words}");
        }

        step.Change(sounding with { Units = [.. units] });
    }

    private static string Number(WhistleCall call) => call.Number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
