using System.Globalization;
using GridFlow.Workflows.Definitions;

namespace GridFlow.Designer.Editing;

/// <summary>The places of an activity that each take one other: the branches of an If, the body of a loop.</summary>
public static class StepSlots
{
    private static readonly string[] Body = ["body"];

    /// <summary>Whether an activity can hold others.</summary>
    public static bool IsContainer(ActivityNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        return !node.Activities.IsEmpty || TypeOf(node) is FlowEdits.Flowchart or "Elsa.Sequence" or "Elsa.Parallel" || FindFree(node) is not null;
    }

    /// <summary>The first place that is free; empty where activities stand side by side; null where there is no more room.</summary>
    public static string? FindFree(ActivityNode container)
    {
        ArgumentNullException.ThrowIfNull(container);
        string[]? slots = TypeOf(container) switch
        {
            FlowEdits.Flowchart or "Elsa.Sequence" or "Elsa.Parallel" => [""],
            "Elsa.If" => ["then", "else"],
            "Elsa.ForEach" or "Elsa.ParallelForEach" or "Elsa.For" or "Elsa.While" or "Elsa.FlowNode" => Body,
            "Elsa.Switch" => ["default"],
            "Elsa.Fork" => [.. Enumerable.Range(0, container.Activities.Length + 1).Select(index => string.Create(CultureInfo.InvariantCulture, $"branches/{index}"))],
            _ => null,
        };
        return slots?.FirstOrDefault(slot => slot.Length == 0 || !container.Activities.Any(child => child.Slot == slot));
    }

    private static string TypeOf(ActivityNode node) => node.Type.Split('<')[0];
}
