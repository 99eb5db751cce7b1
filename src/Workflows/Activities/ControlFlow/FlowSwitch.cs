using System.Collections.Immutable;
using System.Text.Json;
using GridFlow.Workflows.Definitions;

namespace GridFlow.Workflows.Activities.ControlFlow;

/// <summary>Goes on by the first case whose condition holds (or by all of them, as its mode says), else by Default.</summary>
internal sealed class FlowSwitch : Activity
{
    public override string Type => "Elsa.FlowSwitch";

    public override ImmutableArray<string> Ports(ActivityNode node) => [.. Cases(node).Select(candidate => candidate.Label), "Default"];

    public override ActivityResult Execute(ActivityContext context)
    {
        var matches = Cases(context.Node).Where(candidate => InputReader.ToFlag(InputReader.Evaluate(candidate.Condition, context))).Select(candidate => candidate.Label);
        // Elsa's words for the modes are MatchFirst and MatchAny, and the latter follows every match.
        var followed = context.Text("mode") is "MatchAny" ? matches.ToList() : [.. matches.Take(1)];
        return ActivityResult.CompletedWith(followed.Count > 0 ? [.. followed] : ["Default"]);
    }

    private static IEnumerable<(string Label, ActivityInput Condition)> Cases(ActivityNode node)
    {
        if (!node.Inputs.TryGetValue("cases", out var cases) || cases.Value.ValueKind != JsonValueKind.Array)
        {
            yield break;
        }

        foreach (var item in cases.Value.EnumerateArray())
        {
            if (!item.TryGetProperty("label", out var label) || !item.TryGetProperty("condition", out var condition)
                || !condition.TryGetProperty("type", out var type) || !condition.TryGetProperty("value", out var value))
            {
                throw new ActivityException($"a case of the switch '{node.Id}' has no label or no condition");
            }

            yield return (label.GetString() ?? "", new ActivityInput("Boolean", type.GetString() ?? "Literal", value));
        }
    }
}
