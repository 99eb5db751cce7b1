using System.Collections.Immutable;
using GridFlow.Workflows.Activities.Cases;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Engine;
using GridFlow.Workflows.Expressions;

namespace GridFlow.Workflows.Acts.Relating;

/// <summary>
/// 并单: carries this case on under another one about the same matter. Its reporter stays attached: follows the other case with
/// their own number and code, and is told what it is told.
/// </summary>
internal sealed class Merge : CaseAct
{
    public const string Into = "into";

    public override bool IsAboutItem => false;

    public override bool NeedsComment => false;

    // The host checks that the other case is there, open, and in reach of whoever merges.
    public override ImmutableArray<FormField> Fields { get; } =
    [
        new FormField { Name = Into, Kind = FieldKind.Case, Required = true, Label = new LocalizedText("并入哪个案件", "Into which case"), Hint = new LocalizedText("编号，如 GF2026-000123，或末尾至少 4 位", "Its number, such as GF2026-000123, or at least its last 4 digits") },
    ];

    public override ActObstacle? WhyNot(ActSituation situation) => situation.Case switch
    {
        { Status: not CaseStatus.Open } => ActObstacle.NotOpen,
        { SplitFrom: not null } => ActObstacle.IsPart,
        { OpenParts: > 0 } => ActObstacle.HasParts,
        _ => null,
    };

    internal override void Take(ActStep act)
    {
        var into = act.Text(Into);
        if (string.CompareOrdinal(into, act.Case.Number) >= 0)
        {
            // Always into the one that came first: so no two can be merged into each other, however many do it at once.
            throw new StimulusRefusedException(Refusal.ActNotPossible, nameof(ActObstacle.NotTheEarlier));
        }

        act.RecordPublic((Into, into));
        CaseActs.Leave(act.Step, $"merged into {into}");
        act.Case = act.Case with { Status = CaseStatus.Merged, Stage = CaseStage.Done, ClosedAt = act.Step.Now, MergedInto = into };
        RelatedMessage.Post(act.Step, into, RelatedEvent.Merged);
    }
}

/// <summary>What one case tells another leaves with the outbox, and comes back as <see cref="Stimulus.HearOfCase"/>.</summary>
internal static class RelatedMessage
{
    public static void Post(Step step, string to, RelatedEvent kind) => step.Post(MessageKind.Related, to, ExpressionJson.WriteWhole(new Dictionary<string, object?>
    {
        ["event"] = kind.ToString(),
        ["other"] = step.Instance.Id,
        ["hasReporter"] = step.Instance.Case!.HasReporter,
    }));

    private static void Forward(Step step, string to, Stimulus.HearOfCase heard) => step.Post(MessageKind.Related, to, ExpressionJson.WriteWhole(new Dictionary<string, object?>
    {
        ["event"] = heard.Kind.ToString(),
        ["other"] = heard.Other,
        ["hasReporter"] = heard.HasReporter,
    }));

    public static Decision Hear(Step step, Stimulus.HearOfCase heard)
    {
        if (step.Instance.Case is not { } @case)
        {
            return new Decision.Refused(Refusal.NoCase, "");
        }

        // Told twice, it counts once.
        var known = step.Instance.Heard;
        var key = $"{heard.Kind}:{heard.Other}";
        if (known.Contains(key))
        {
            return new Decision.TooLate(heard.Other);
        }

        known.Add(key);
        if (heard.Kind == RelatedEvent.Merged && @case.MergedInto is { } further)
        {
            // Carried on elsewhere itself meanwhile: whoever leads there must hear of it.
            Forward(step, further, heard);
        }

        step.Instance.Case = heard.Kind switch
        {
            RelatedEvent.Merged => @case with { HasReporter = @case.HasReporter || heard.HasReporter },
            RelatedEvent.PartClosed => @case with { OpenParts = Math.Max(0, @case.OpenParts - 1) },
        };
        step.Record(HistoryKind.Related, Actor.System, false, ("event", heard.Kind.ToString()), ("other", heard.Other));
        if (heard.Kind == RelatedEvent.PartClosed && @case.LeadUnit is { } lead)
        {
            step.Send(MessageKind.Notice, lead, null, new LocalizedText($"“{@case.Title}”的分办件 {heard.Other} 已办结，编号 {@case.Number}", $"A part is done: {heard.Other} of {@case.Title}, {@case.Number}"));
        }

        return new Decision.Accepted(step.ToCheckpoint());
    }
}
