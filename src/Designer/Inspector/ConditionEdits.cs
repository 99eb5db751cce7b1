using System.Text.Json;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Expressions.Conditions;

namespace GridFlow.Designer.Inspector;

/// <summary>Changes conditions all over a workflow, as far as they are rows; what works something out is left as it is.</summary>
public static class ConditionEdits
{
    /// <summary>The workflow with every row of every condition changed. A condition whose rows stay the same keeps its spelling.</summary>
    public static WorkflowDefinition ChangeConditions(this WorkflowDefinition definition, Func<ConditionRow, ConditionRow> change)
    {
        ArgumentNullException.ThrowIfNull(definition);
        foreach (var node in definition.AllActivities().ToList())
        {
            foreach (var (name, input) in node.Inputs.Where(input => input.Value.ExpressionType == "JavaScript"))
            {
                if (Changed(input.Text, change) is { } text)
                {
                    definition = definition.Change(node.Id, now => now.With(name, input with { Value = JsonSerializer.SerializeToElement(text) }));
                }
            }

            var cases = SwitchCases.Of(node);
            var changed = cases.Select(one => one.Condition.ExpressionType == "JavaScript" && Changed(one.Condition.Text, change) is { } text ? one with { Condition = InputValues.Expression("Boolean", text) } : one).ToList();
            if (!changed.SequenceEqual(cases))
            {
                definition = SwitchCases.Change(definition, node.Id, [.. changed]);
            }
        }

        return definition;
    }

    private static string? Changed(string text, Func<ConditionRow, ConditionRow> change)
    {
        if (Conditions.Read(text).Group is not { } group)
        {
            return null;
        }

        var changed = Change(group, change);
        return changed.Equals(group) ? null : Conditions.Write(changed);
    }

    private static ConditionGroup Change(ConditionGroup group, Func<ConditionRow, ConditionRow> change) =>
        group with { Items = [.. group.Items.Select(item => item is ConditionGroup inner ? Change(inner, change) : (ConditionItem)change((ConditionRow)item))] };
}
