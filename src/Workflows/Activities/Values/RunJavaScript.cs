using System.Collections.Immutable;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Expressions;

namespace GridFlow.Workflows.Activities.Values;

/// <summary>
/// Runs a short script: bindings, <c>setVariable</c> and its like, and a value to return. What it returns is its output; it ends
/// with the outcomes it set, else Done.
/// </summary>
internal sealed class RunJavaScript : Activity
{
    public override string Type => "Elsa.RunJavaScript";

    public override bool IsWorthTelling => false;

    public override ImmutableArray<string> Ports(ActivityNode node) => node.Inputs.TryGetValue("possibleOutcomes", out var possible)
        && InputReader.ToList(InputReader.Constant(possible)) is { Length: > 0 } outcomes ? outcomes.Contains("Done") ? outcomes : [.. outcomes, "Done"] : ["Done"];

    public override IEnumerable<LocalizedText> Problems(ActivityNode node)
    {
        if (node.Inputs.TryGetValue("script", out var script) && script.ExpressionType is "Literal" or "JavaScript" && ExpressionParser.ParseScript(script.Text).Error is { } error)
        {
            yield return new LocalizedText($"脚本无法解析（第 {error.Position + 1} 个字符）：{error.Text.Zh}", $"the script does not parse at character {error.Position + 1}: {error.Message}");
        }
    }

    public override ActivityResult Execute(ActivityContext context)
    {
        var outcomes = new List<string>();
        var script = context.Node.Inputs.TryGetValue("script", out var input) ? input.Text : "";
        var value = script.Length == 0 ? null : InputReader.RunScript(script, context, outcomes);
        context.SetOutput("result", value);
        return outcomes.Count > 0 ? ActivityResult.CompletedWith([.. outcomes]) : ActivityResult.Done;
    }
}
