using System.Collections.Immutable;
using GridFlow.Workflows.Activities;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Engine;

namespace GridFlow.Workflows.Replay;

/// <summary>How a person's part in the intake ended, as the books tell it.</summary>
/// <param name="Step">Where they were asked.</param>
/// <param name="At">When. UTC.</param>
/// <param name="Outcome">What they chose; null when nobody answered and the step's clock took it away.</param>
/// <param name="Comment">Their word on it, or null.</param>
/// <param name="By">Who.</param>
/// <param name="IsIncident">It was the administrator's answer to a step that failed.</param>
/// <param name="Fields">Their answers by field.</param>
/// <param name="LeftAsItWas">
/// By field, the fact whose value the form showed and they left as it was. A form shows who leads and who assists; to confirm it
/// is no decision for just that unit, so a replay lets them confirm what its own rows propose.
/// </param>
internal sealed record RecordedAnswer(
    StepRef Step, DateTimeOffset At, string? Outcome, string? Comment, Actor By, bool IsIncident, ImmutableDictionary<string, object?> Fields, ImmutableDictionary<string, string> LeftAsItWas)
{
    /// <summary>The answer an entry tells of; null for any other entry.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="case">The facts before it.</param>
    /// <param name="bundle">The bundle whose form was answered, where it is known.</param>
    /// <param name="orElse">The bundle whose form is taken otherwise.</param>
    public static RecordedAnswer? Of(HistoryEntry entry, CaseState @case, Bundle? bundle, Bundle orElse)
    {
        var step = IntakeReader.StepOf(entry);
        if (entry.Kind == HistoryKind.ActivityCompleted)
        {
            return new RecordedAnswer(step, entry.At, null, null, entry.Actor, false, ImmutableDictionary<string, object?>.Empty, ImmutableDictionary<string, string>.Empty);
        }

        if (entry.Kind != HistoryKind.WorkItemCompleted)
        {
            return null;
        }

        var outcome = entry.Data.GetValueOrDefault(HistoryData.Outcome, "");
        var fields = entry.Data.Where(detail => detail.Key.StartsWith(HistoryData.Field, StringComparison.Ordinal))
            .ToImmutableDictionary(detail => detail.Key[HistoryData.Field.Length..], detail => (object?)detail.Value);
        var left = ImmutableDictionary.CreateBuilder<string, string>();
        foreach (var field in IntakeReader.FieldsOf(bundle, orElse, step, outcome))
        {
            var answer = fields.GetValueOrDefault(field.Name) as string ?? "";
            var asItWas = field.Fills switch
            {
                "lead" => @case.LeadUnit is not null && answer == @case.LeadUnit,
                "tier" => @case.Tier is not null && answer == @case.Tier.ToString(),
                "assisting" => @case.LeadUnit is not null && InputReader.ToList(answer).ToHashSet().SetEquals(@case.AssistingUnits),
                _ => false,
            };
            if (asItWas)
            {
                left[field.Name] = field.Fills!;
            }
        }

        return new RecordedAnswer(step, entry.At, outcome, entry.Data.GetValueOrDefault(HistoryData.Comment), entry.Actor, entry.Data.ContainsKey(HistoryData.Incident), fields, left.ToImmutable());
    }

    /// <summary>The answers as they are given in a replay in which the case stands otherwise.</summary>
    public ImmutableDictionary<string, object?> FieldsFor(CaseState @case)
    {
        var given = Fields;
        foreach (var (field, fact) in LeftAsItWas)
        {
            object? shown = fact switch
            {
                "lead" => @case.LeadUnit,
                "tier" => @case.Tier?.ToString(),
                _ => string.Join(',', @case.AssistingUnits),
            };
            if (shown is not null)
            {
                given = given.SetItem(field, shown);
            }
        }

        return given;
    }
}
