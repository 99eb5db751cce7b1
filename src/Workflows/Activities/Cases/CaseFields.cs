using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Expressions;

namespace GridFlow.Workflows.Activities.Cases;

/// <summary>Lets the answers of a form become facts of the case.</summary>
internal static class CaseFields
{
    /// <summary>The facts a field may fill.</summary>
    public static readonly IReadOnlyList<string> Fillable = ["answer", "category", "condition", "tier", "lead", "assisting"];

    public static CaseState Apply(CaseState @case, FormField field, object? answer)
    {
        var text = ExpressionValue.ToText(answer);
        if (field.Fills is null || (text.Length == 0 && field.Fills != "assisting"))
        {
            return @case;
        }

        return field.Fills switch
        {
            "answer" => @case with { Answer = text },
            "category" => @case with { Category = text, Condition = null },
            "condition" => @case with { Condition = text },
            "tier" => @case with { Tier = Enum.Parse<CaseTier>(text) },
            "lead" => @case with { LeadUnit = UnitKey.Resolve(text, @case) ?? @case.LeadUnit },
            "assisting" => @case with { AssistingUnits = [.. InputReader.ToList(answer).Select(unit => UnitKey.Resolve(unit, @case)).OfType<string>().Where(unit => unit != @case.LeadUnit).Distinct()] },
            _ => @case,
        };
    }
}
