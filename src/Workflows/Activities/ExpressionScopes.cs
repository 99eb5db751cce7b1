using GridFlow.Workflows.Activities.Values;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Expressions;

namespace GridFlow.Workflows.Activities;

/// <summary>What expressions can see: variables, inputs, the answers people gave, and the facts of the case.</summary>
internal static class ExpressionScopes
{
    public static ExpressionScope Of(ActivityContext context) => new()
    {
        Variables = VariableScopes.Visible(context.Step, context.Run),
        Input = context.Scope.Input,
        Now = context.Now,
        TimeZone = context.Bundle.Calendar.Zone,
        Roots = Roots(context),
        OutputOf = (activity, output) => OutputOf(context, activity, output),
    };

    private static Dictionary<string, object?> Roots(ActivityContext context)
    {
        var instance = context.Step.Instance;
        var roots = new Dictionary<string, object?>
        {
            ["outputs"] = context.Scope.Outputs,
            ["lastResult"] = context.Scope.LastResult,
            ["correlationId"] = instance.CorrelationId,
            ["workflowInstanceId"] = instance.Id,
            ["workflowInstanceName"] = instance.Name,
            ["workflowDefinitionId"] = context.Scope.DefinitionId,
        };
        if (context.Step.Instance.Case is { } @case)
        {
            roots["case"] = Facts(@case);
        }

        return roots;
    }

    // Elsa knows an activity by its id and by its name, and its main output as Result.
    private static (bool Found, object? Value) OutputOf(ActivityContext context, string activity, string? output)
    {
        var id = context.Scope.Outputs.ContainsKey(activity) ? activity : context.Definition.AllActivities().FirstOrDefault(node => node.Name == activity)?.Id ?? activity;
        if (!context.Scope.Outputs.TryGetValue(id, out var given))
        {
            return (false, null);
        }

        var outputs = given as IReadOnlyDictionary<string, object?>;
        return output is null
            ? (true, outputs is not null && outputs.TryGetValue("Result", out var result) ? result : given)
            : outputs is not null && ExpressionScope.TryFind(outputs, output, out var named) ? (true, named) : (false, null);
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
