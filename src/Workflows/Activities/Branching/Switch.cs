using System.Collections.Immutable;
using System.Globalization;
using GridFlow.Workflows.Activities.ControlFlow;

namespace GridFlow.Workflows.Activities.Branching;

/// <summary>Runs the activity of the first case whose condition holds, or of every such case, or else the default one.</summary>
internal sealed class Switch : Activity
{
    public override string Type => "Elsa.Switch";

    public override ActivityResult Execute(ActivityContext context)
    {
        var matches = FlowSwitch.Matches(context).Select(match => context.Node.InSlot(string.Create(CultureInfo.InvariantCulture, $"cases/{match.Index}/activity")).FirstOrDefault()).ToList();
        var chosen = matches.Count > 0 ? matches : [.. context.Node.InSlot("default").Take(1)];
        var begin = chosen.OfType<Definitions.ActivityNode>().Select(node => new Scheduled(node)).ToImmutableArray();
        return begin.Length > 0 ? new ActivityResult.Schedules(begin) : ActivityResult.Done;
    }

    public override ActivityResult OnChildCompleted(ActivityContext context, string childId, ImmutableArray<string> outcomes) =>
        context.Children.Any() ? ActivityResult.Waiting : ActivityResult.Done;
}
