using System.Text.Json;
using GridFlow.Workflows.Activities;
using GridFlow.Workflows.Activities.Cases;
using GridFlow.Workflows.Expressions;

namespace GridFlow.Workflows.Definitions.Validation;

/// <summary>What is written into the inputs of an activity.</summary>
internal static class InputCheck
{
    private const int ShownBefore = 15;
    private const int ShownAfter = 10;

    public static void Run(Findings findings, ActivityNode node)
    {
        if (Findings.KindOf(node) is not { } kind)
        {
            findings.Add(ProblemKind.UnknownType, node, null, node.Type);
            return;
        }

        foreach (var name in kind.RequiredInputs(node).Where(name => !node.Inputs.TryGetValue(name, out var input) || (input.Text.Length == 0 && input.ExpressionType != "Object")))
        {
            findings.Add(ProblemKind.MissingInput, node, name, name);
        }

        foreach (var (name, input) in Expressions(node))
        {
            CheckExpression(findings, node, name, input);
        }

        foreach (var problem in kind.Problems(node))
        {
            findings.Add(ProblemKind.BadInput, node, null, problem.Zh, problem.En);
        }

        CheckForm(findings, node);
        LiteralInputs.Check(findings, node);
        if (node.Inputs.TryGetValue("workflowDefinitionId", out var called) && called is { ExpressionType: "Literal", Text.Length: > 0 } && !findings.Knows(called.Text))
        {
            findings.Add(ProblemKind.UnknownWorkflow, node, "workflowDefinitionId", called.Text);
        }
    }

    /// <summary>The expressions of an activity with the input they stand in, those of the cases of a switch among them.</summary>
    public static IEnumerable<(string Name, ActivityInput Input)> Expressions(ActivityNode node)
    {
        foreach (var (name, input) in node.Inputs.OrderBy(input => input.Key, StringComparer.Ordinal))
        {
            yield return (name, input);
            if (name != "cases" || input.Value.ValueKind != JsonValueKind.Array)
            {
                continue;
            }

            var index = 0;
            foreach (var item in input.Value.EnumerateArray())
            {
                if (item.ValueKind == JsonValueKind.Object && item.TryGetProperty("condition", out var condition) && condition.ValueKind == JsonValueKind.Object
                    && condition.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && condition.TryGetProperty("value", out var value))
                {
                    yield return (FormattableString.Invariant($"cases/{index}/condition"), new ActivityInput("Boolean", type.GetString()!, value));
                }

                index++;
            }
        }
    }

    private static void CheckExpression(Findings findings, ActivityNode node, string name, ActivityInput input)
    {
        if (!InputReader.ExpressionTypes.Contains(input.ExpressionType))
        {
            findings.Add(ProblemKind.UnknownExpression, node, name, name, input.ExpressionType, string.Join(", ", InputReader.ExpressionTypes));
        }
        // A script is no expression: the activity that runs it reads it itself.
        else if (input.ExpressionType == "JavaScript" && input.Text.Length > 0 && (node.Type, name) != ("Elsa.RunJavaScript", "script") && ExpressionParser.Parse(input.Text).Error is { } error)
        {
            var before = input.Text[..Math.Min(error.Position, input.Text.Length)];
            var line = before.Count(character => character == '\n');
            findings.Add(ProblemKind.BadExpression, node, name, name, line + 1, before.Length - (before.LastIndexOf('\n') + 1) + 1, Mark(input.Text, before.Length), error.Text.En, error.Text.Zh.TrimEnd('。'));
        }
    }

    // The place of an error, with a little of the text around it.
    private static string Mark(string text, int position)
    {
        var from = Math.Max(0, position - ShownBefore);
        var to = Math.Min(text.Length, position + ShownAfter);
        return ((from > 0 ? "…" : "") + text[from..position] + "▲" + text[position..to] + (to < text.Length ? "…" : "")).ReplaceLineEndings(" ");
    }

    private static void CheckForm(Findings findings, ActivityNode node)
    {
        try
        {
            foreach (var field in WorkItemForm.Of(node).Fields.Where(field => field.Fills is not null && !CaseFields.Fillable.Contains(field.Fills)))
            {
                findings.Add(ProblemKind.UnknownFact, node, "fields", field.Name, field.Fills!);
            }
        }
        catch (Exception exception) when (exception is JsonException or ValueTooLargeException)
        {
            findings.Add(ProblemKind.BadForm, node, null, exception.Message, (exception as JsonException)?.Path is { Length: > 1 } place ? place[1..].TrimStart('.') : "JSON");
        }

        if (node.Type == "Elsa.FlowSwitch" && Findings.PortsOf(node) is null)
        {
            findings.Add(ProblemKind.BadForm, node, "cases", "label, condition", "label, condition");
        }
    }
}
