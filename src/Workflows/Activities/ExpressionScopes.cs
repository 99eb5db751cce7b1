using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Expressions;

namespace GridFlow.Workflows.Activities;

/// <summary>What expressions can see: variables, inputs, the answers people gave, and the facts of the case.</summary>
internal static class ExpressionScopes
{
    public static ExpressionScope Of(ActivityContext context) => new()
    {
        Variables = context.Scope.Variables,
        Input = context.Scope.Input,
        Now = context.Now,
        TimeZone = context.Bundle.Calendar.Zone,
        Roots = Roots(context),
    };

    private static Dictionary<string, object?> Roots(ActivityContext context)
    {
        var roots = new Dictionary<string, object?> { ["outputs"] = context.Scope.Outputs };
        if (context.Step.Instance.Case is { } @case)
        {
            roots["case"] = Facts(@case);
        }

        return roots;
    }

    private static Dictionary<string, object?> Facts(CaseState @case) => new()
    {
        ["number"] = @case.Number,
        ["title"] = @case.Title,
        ["nature"] = @case.Nature.ToString(),
        ["channel"] = @case.Channel.ToString(),
        ["urgency"] = @case.Urgency.ToString(),
        ["stage"] = @case.Stage.ToString(),
        ["category"] = @case.Category,
        ["tier"] = @case.Tier?.ToString(),
        ["lead"] = @case.LeadUnit,
        ["assisting"] = @case.AssistingUnits.Select(unit => (object?)unit).ToList(),
        ["isSure"] = @case.Classification is not { } proposal || proposal.IsSure || proposal.IsGiven,
        ["workflow"] = @case.Workflow,
        ["priority"] = (double)@case.Priority,
        ["round"] = (double)@case.Round,
        ["hasReporter"] = @case.HasReporter,
        ["answer"] = @case.Answer,
        ["area"] = @case.AreaPath,
    };
}
