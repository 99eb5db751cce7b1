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
        var followed = Matches(context).Select(match => match.Label).ToList();
        return ActivityResult.CompletedWith(followed.Count > 0 ? [.. followed] : ["Default"]);
    }

    /// <summary>The cases to follow: the first whose condition holds, or all of them, as the mode says.</summary>
    internal static IReadOnlyList<(int Index, string Label)> Matches(ActivityContext context)
    {
        var matches = Cases(context.Node).Select((candidate, index) => (candidate, index))
            .Where(found => InputReader.ToFlag(InputReader.Evaluate(found.candidate.Condition, context))).Select(found => (found.index, found.candidate.Label));
        // Elsa's words for the modes are MatchFirst and MatchAny, and the latter follows every match.
        return context.Text("mode") is "MatchAny" ? matches.ToList() : [.. matches.Take(1)];
    }

    private static IEnumerable<(string Label, ActivityInput Condition)> Cases(ActivityNode node)
    {
        if (!node.Inputs.TryGetValue("cases", out var cases) || cases.Value.ValueKind != JsonValueKind.Array)
        {
            yield break;
        }

        foreach (var item in cases.Value.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Object || !item.TryGetProperty("label", out var label) || label.ValueKind != JsonValueKind.String
                || !item.TryGetProperty("condition", out var condition) || condition.ValueKind != JsonValueKind.Object
                || !condition.TryGetProperty("type", out var type) || type.ValueKind != JsonValueKind.String || !condition.TryGetProperty("value", out var value))
            {
                throw new ActivityException($"a case of the switch '{node.Id}' has no label or no condition");
            }

            yield return (label.GetString()!, new ActivityInput("Boolean", type.GetString()!, value));
        }
    }
}
