using GridFlow.Workflows.Definitions;

namespace GridFlow.Workflows.Activities.ControlFlow;

/// <summary>How a join waits.</summary>
public enum FlowJoinMode
{
    /// <summary>The first branch to arrive goes on; the others are cancelled.</summary>
    WaitAny,

    /// <summary>Every branch must arrive.</summary>
    WaitAll,

    /// <summary>Every branch that was taken must arrive.</summary>
    WaitAllActive,
}

/// <summary>Brings branches together. The waiting itself is the flowchart's.</summary>
internal sealed class FlowJoin : Activity
{
    public override string Type => "Elsa.FlowJoin";

    public override bool IsWorthTelling => false;

    /// <summary>The mode of a join, WaitAny (as in Elsa) where the drawing names none, and of an activity with a merge mode; null for any other activity.</summary>
    public static FlowJoinMode? ModeOf(ActivityNode node) => node.Type == "Elsa.FlowJoin"
        ? node.Inputs.TryGetValue("mode", out var mode) && Enum.TryParse<FlowJoinMode>(mode.Text, ignoreCase: true, out var value) ? value : FlowJoinMode.WaitAny
        : node.MergeMode switch
        {
            "Merge" or "Converge" => FlowJoinMode.WaitAll,
            "Race" => FlowJoinMode.WaitAny,
            _ => null,
        };

    public override ActivityResult Execute(ActivityContext context) => ActivityResult.Done;
}
