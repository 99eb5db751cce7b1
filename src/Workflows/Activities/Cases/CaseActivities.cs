using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Engine;

namespace GridFlow.Workflows.Activities.Cases;

/// <summary>Records what is so: handled, verified or confirmed, and by whom; or a stage, tier, lead unit or answer.</summary>
internal sealed class SetCaseFacts : Activity
{
    public override string Type => "GridFlow.SetCaseFacts";

    public override bool IsWorthTelling => false;

    public override ActivityResult Execute(ActivityContext context)
    {
        if (context.Choice<CaseFactKind>("fact") is { } kind)
        {
            var fact = new CaseFact(context.Now, context.Actor.Name);
            context.ChangeCase(@case => kind switch
            {
                // Late is late, whatever comes after: what was not handled by when it was due never was on time.
                CaseFactKind.Handled => @case with { Handled = fact, WasOverdue = @case.WasOverdue || @case.Due?.IsOverdue(context.Now) == true },
                CaseFactKind.Verified => @case with { Verified = fact },
                CaseFactKind.Confirmed => @case with { Confirmed = fact },
            });
            context.Record(HistoryKind.FactRecorded, true, ("fact", kind.ToString()));
        }

        if (context.Choice<CaseStage>("stage") is { } stage)
        {
            context.ChangeCase(@case => @case with { Stage = stage });
        }

        if (context.Choice<CaseTier>("tier") is { } tier && tier != context.Case.Tier)
        {
            context.Record(HistoryKind.TierChanged, true, ("from", context.Case.Tier?.ToString()), ("to", tier.ToString()));
            context.ChangeCase(@case => @case with { Tier = tier });
        }

        if (context.Text("lead") is { Length: > 0 } lead)
        {
            var unit = context.ResolveUnit(lead);
            context.ChangeCase(@case => @case with { LeadUnit = unit });
        }

        if (context.Text("answer") is { Length: > 0 } answer)
        {
            context.ChangeCase(@case => @case with { Answer = answer });
        }

        return ActivityResult.Done;
    }
}

/// <summary>提级: raises the tier by one, gives the lead to a higher body if one is named, and tells it.</summary>
internal sealed class Escalate : Activity
{
    public override string Type => "GridFlow.Escalate";

    public override bool IsWorthTelling => false;

    public override ActivityResult Execute(ActivityContext context)
    {
        var from = context.Case.LeadUnit;
        var to = context.ResolveUnit(context.Text("to", "@town"));
        if (context.Node.Inputs.ContainsKey("raiseTier") && context.Flag("raiseTier"))
        {
            CaseActs.RaiseTier(context.Step, context.Actor);
        }

        if (context.Flag("takeLead"))
        {
            context.ChangeCase(@case => @case with { LeadUnit = to });
        }

        context.Record(HistoryKind.Escalated, true, ("from", from), ("unit", to));
        context.Send(MessageKind.Escalated, to, Role.Dispatcher, context.Fill(new Definitions.LocalizedText("“{title}”已提级，编号 {number}", "Passed up to you: {title}, {number}")));
        return ActivityResult.Done;
    }
}

/// <summary>Tells somebody something: the resident, or a unit.</summary>
internal sealed class Notify : Activity
{
    public override string Type => "GridFlow.Notify";

    public override bool IsWorthTelling => false;

    public override ActivityResult Execute(ActivityContext context)
    {
        var to = context.Text("to", UnitKey.Reporter);
        if (to != UnitKey.Reporter || context.Case.HasReporter)
        {
            context.Send(MessageKind.Notice, context.ResolveUnit(to), context.Choice<Role>("role"), context.Fill(context.LocalizedText("text")));
        }

        return ActivityResult.Done;
    }
}

/// <summary>Begins the next round of a case the resident is not content with, one tier up.</summary>
internal sealed class ReopenCase : Activity
{
    public override string Type => "GridFlow.ReopenCase";

    public override bool IsWorthTelling => false;

    public override ActivityResult Execute(ActivityContext context)
    {
        CaseActs.BeginRound(context.Step, context.Case.Rating?.Comment ?? "", context.Actor);
        return ActivityResult.Done;
    }
}

/// <summary>Closes the case. The resident may still reopen it.</summary>
internal sealed class CloseCase : Activity
{
    public const string TypeName = "GridFlow.CloseCase";

    public override string Type => TypeName;

    public override bool IsWorthTelling => false;

    public override ActivityResult Execute(ActivityContext context)
    {
        context.ChangeCase(@case => @case with { Status = CaseStatus.Closed, Stage = CaseStage.Done, ClosedAt = context.Now });
        context.Record(HistoryKind.Closed, true);
        CaseActs.Over(context.Step);
        return ActivityResult.Done;
    }
}
