using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Expressions;

namespace GridFlow.Workflows.Activities.Cases;

/// <summary>Lets the answers of a form become facts of the case.</summary>
internal static class CaseFields
{
    /// <summary>The facts a field may fill.</summary>
    public static readonly IReadOnlyList<string> Fillable = ["answer", "category", "condition", "tier", "lead", "assisting"];

    public static CaseState Apply(CaseState @case, FormField field, object? answer, Bundle bundle)
    {
        var text = ExpressionValue.ToText(answer);
        if (field.Fills is null || (text.Length == 0 && field.Fills != "assisting"))
        {
            return @case;
        }

        return field.Fills switch
        {
            "answer" => @case with { Answer = text },
            "category" when text != @case.Category => Sort(@case, text, bundle),
            "condition" => @case with { Condition = text },
            "tier" => @case with { Tier = Enum.Parse<CaseTier>(text) },
            "lead" => @case with { LeadUnit = UnitKey.Resolve(text, @case) ?? @case.LeadUnit },
            "assisting" => @case with { AssistingUnits = [.. InputReader.ToList(answer).Select(unit => UnitKey.Resolve(unit, @case)).OfType<string>().Where(unit => unit != @case.LeadUnit).Distinct()] },
            _ => @case,
        };
    }

    // A case sorted anew begins anew: in its category's tier, unless it was raised because that tier had failed it.
    private static CaseState Sort(CaseState @case, string category, Bundle bundle)
    {
        var sorted = @case with { Category = category, Condition = null, Classification = @case.Classification is { } proposal ? proposal with { IsGiven = true } : null };
        return sorted.Round > 1 ? sorted : sorted with { Tier = bundle.Categories.Find(category)?.Tier ?? sorted.Tier, Routing = null };
    }
}
