using System.Collections.Immutable;
using System.Globalization;
using GridFlow.Workflows.Activities.Cases;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Engine;

namespace GridFlow.Workflows.Acts.Clocks;

/// <summary>挂账: lets a matter rest that cannot be solved now, until a day at most a year away, once; granted by two levels. Goes on by itself.</summary>
internal sealed class Hold : CaseAct
{
    public override bool IsAboutItem => true;

    public override ImmutableArray<FormField> Fields { get; } =
    [
        new FormField { Name = "until", Kind = FieldKind.Date, Required = true, Label = new LocalizedText("挂账到哪天", "Rests until"), Hint = new LocalizedText("到期自动恢复计时，最长一年", "Goes on by itself then; a year at most") },
    ];

    public override WorkItemForm Request { get; } = ActRequests.YesOrNo("挂账审批", "Put on hold?",
        new LocalizedText("同意后停止计时，到期自动恢复，期限相应顺延；原期限仍可见。", "Agree, and the clock stops until that day and then goes on; the original deadline stays visible."));

    public override ActObstacle? WhyNot(ActSituation situation) => Handing.Handed.WhyNot(situation) ?? situation switch
    {
        { Item.Due: null } => ActObstacle.NoDeadline,
        { Case.HeldUntil: not null } => ActObstacle.OnHold,
        { Case.Holds: var holds, Bundle.Rules.MaxHolds: var most } when holds >= most => ActObstacle.UsedUp,
        { Item.Due: { } due, Now: var now } when due.IsOverdue(now) => ActObstacle.Overdue,
        _ => situation.IsAsked(nameof(Hold)) ? ActObstacle.AskedAlready : null,
    };

    internal override void Take(ActStep act)
    {
        var today = act.Step.Bundle.Calendar.DateOf(act.Step.Now);
        var day = DateOnly.ParseExact(act.Text("until"), "yyyy-MM-dd", CultureInfo.InvariantCulture);
        if (day <= today || day.DayNumber - today.DayNumber > act.Step.Bundle.Rules.MaxHoldDays)
        {
            throw new StimulusRefusedException(Refusal.InvalidField, "until");
        }

        act.Record(("until", act.Text("until")));
        act.AskDecider(act.Step.Bundle.Rules.TimeDeciders, ("until", act.Text("until")));
    }

    internal override void Decide(ActStep act, WorkItem request, Stimulus.CompleteWorkItem decision)
    {
        act.RecordDecision(decision.Outcome);
        if (act.AskNext(act.Step.Bundle.Rules.TimeDeciders, request, decision.Outcome))
        {
            return;
        }

        var until = Until(act, request.Asked!["until"]);
        if (decision.Outcome != ActRequests.Agree || until <= act.Step.Now)
        {
            if (act.Item is { } refused)
            {
                act.Tell(MessageKind.Notice, refused.Unit, refused.Role, "挂账未获批准", "The hold was refused");
            }

            return;
        }

        var now = act.Step.Now;
        foreach (var item in act.Step.Instance.WorkItems.Where(item => item is { Due: not null, Kind: WorkItemKind.Task or WorkItemKind.Whistle or WorkItemKind.Approval }).ToList())
        {
            act.MoveDue(item, item.Due!.Rested(act.Step.Bundle.Calendar, now, until), "rested");
        }

        act.Case = act.Case with { Holds = act.Case.Holds + 1, HeldUntil = until };
        act.Step.SetTimer(new InstanceTimer(act.Step.NextId("t"), 0, until, ActClock.ResumeTimer));
        if (act.Item is { } held)
        {
            act.Tell(MessageKind.Notice, held.Unit, held.Role, "挂账已批准", "It is on hold");
        }
    }

    // The morning of the day, in the place's own zone.
    private static DateTimeOffset Until(ActStep act, string date)
    {
        var day = DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture).ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(day, act.Step.Bundle.Calendar.Zone.GetUtcOffset(day)).ToUniversalTime();
    }
}

/// <summary>恢复: ends a hold before its day; the clocks go on from now.</summary>
internal sealed class Resume : CaseAct
{
    public override bool IsAboutItem => false;

    public override ActObstacle? WhyNot(ActSituation situation) => situation switch
    {
        { Case.Status: not CaseStatus.Open } => ActObstacle.NotOpen,
        { Case.HeldUntil: null } => ActObstacle.NotOnHold,
        _ => null,
    };

    internal override void Take(ActStep act) => End(act);

    /// <summary>Work that goes on ends the rest: the lead unit completes a step whose clock stands still.</summary>
    public static void ByWork(Step step, WorkItem item)
    {
        if (step.Instance.Case is { HeldUntil: not null } && item is { Kind: WorkItemKind.Task or WorkItemKind.Approval, Part: UnitPart.Lead, Due.RestedUntil: { } until } && until > step.Now)
        {
            End(new ActStep(step, CaseActCatalog.Find(nameof(Resume))!, item: null, ImmutableDictionary<string, object?>.Empty, comment: null));
        }
    }

    private static void End(ActStep act)
    {
        act.Record();
        foreach (var item in act.Step.Instance.WorkItems.Where(item => item.Due is { RestedFrom: not null, RestedUntil: { } until, Before: not null } && until > act.Step.Now).ToList())
        {
            // Reckoned anew from the deadline before the hold, with the rest as long as it really was.
            act.MoveDue(item, item.Due!.Before!.Rested(act.Step.Bundle.Calendar, item.Due.RestedFrom!.Value, act.Step.Now), "resumed");
        }

        foreach (var timer in act.Step.Instance.Timers.Where(timer => timer is { Run: 0, Purpose: ActClock.ResumeTimer }).ToList())
        {
            act.Step.RemoveTimer(timer);
        }

        act.Case = act.Case with { HeldUntil = null };
    }

    /// <summary>The day has come. The deadlines were moved when the hold began.</summary>
    public static void ByItself(Step step)
    {
        if (step.Instance.Case is not { HeldUntil: not null } @case)
        {
            return;
        }

        step.Instance.Case = @case with { HeldUntil = null };
        step.Record(HistoryKind.ActTaken, Actor.System, false, ("act", nameof(Resume)));
        foreach (var item in step.Instance.WorkItems.Where(item => item.Kind is WorkItemKind.Task or WorkItemKind.Whistle))
        {
            step.Send(MessageKind.Notice, item.Unit, item.Role, new LocalizedText($"“{@case.Title}”挂账到期，恢复办理，编号 {@case.Number}", $"No longer on hold: {@case.Title}, {@case.Number}"));
        }
    }
}
