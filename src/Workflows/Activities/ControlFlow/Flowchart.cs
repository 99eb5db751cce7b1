using System.Collections.Immutable;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Engine;

namespace GridFlow.Workflows.Activities.ControlFlow;

/// <summary>
/// Follows connections. Where several forward connections meet, the activity behind them waits until nothing alive can still
/// arrive there: branches that were not taken are not waited for, and a parallel branch that works is. A connection that leads
/// back begins its target at once.
/// </summary>
/// <remarks>
/// Elsa counts visits of connections to the same end; asking who can still arrive needs no counters, so loops around and into
/// joins behave alike in every round.
/// </remarks>
internal sealed class Flowchart : Activity
{
    public override string Type => "Elsa.Flowchart";

    public override ActivityResult Execute(ActivityContext context) =>
        (context.Node.Activities.FirstOrDefault(node => node.Id == context.Step.Trigger) ?? FlowGraph.Of(context.Node).Start) is { } start ? new ActivityResult.Schedules([start]) : ActivityResult.Done;

    public override ActivityResult OnChildCompleted(ActivityContext context, string childId, ImmutableArray<string> outcomes)
    {
        var graph = FlowGraph.Of(context.Node);
        var begin = ImmutableArray.CreateBuilder<Scheduled>();
        var followed = graph.Outbound(childId).Where(connection => outcomes.Contains(connection.SourcePort)).ToList();
        foreach (var join in Won(graph, followed))
        {
            CancelOthers(context, graph, join);
            begin.Add(graph.Node(join));
            // What would begin only now has lost as well, and a join passed at once by two ways is passed once.
            followed.RemoveAll(connection => !graph.IsBackward(connection) && (connection.Target == join || graph.CanReach(connection.Target, join)));
        }

        foreach (var connection in followed)
        {
            var target = graph.Node(connection.Target);
            if (graph.IsBackward(connection) || target.MergeMode == "Cascade" || (FlowJoin.ModeOf(target) is null && !graph.ForwardInbound(target.Id).Skip(1).Any()))
            {
                begin.Add(target);
            }
            else
            {
                context.Run.Tokens.Add(new Token(connection.Source, connection.SourcePort, connection.Target));
            }
        }

        return begin.Count > 0 ? new ActivityResult.Schedules(begin.ToImmutable()) : IsEmpty(context) ? ActivityResult.Done : ActivityResult.Waiting;
    }

    public override ActivityResult OnIdle(ActivityContext context)
    {
        var graph = FlowGraph.Of(context.Node);
        var alive = context.Children.Select(run => run.ActivityId).ToList();
        string? stuck = null;
        foreach (var group in context.Run.Tokens.GroupBy(token => token.Target).ToList())
        {
            var others = alive.Concat(context.Run.Tokens.Select(token => token.Target).Where(target => target != group.Key));
            if (others.Any(id => graph.CanReach(id, group.Key)))
            {
                continue;
            }

            var arrived = group.Select(token => (token.Source, token.Port)).ToHashSet();
            if (FlowJoin.ModeOf(graph.Node(group.Key)) == FlowJoinMode.WaitAll
                && !graph.ForwardInbound(group.Key).All(connection => arrived.Contains((connection.Source, connection.SourcePort))))
            {
                stuck ??= group.Key;
                continue;
            }

            context.Run.Tokens.RemoveAll(token => token.Target == group.Key);
            return new ActivityResult.Schedules([graph.Node(group.Key)]);
        }

        // Only now: what waits elsewhere goes on first, and may not be lost with it.
        if (stuck is null || alive.Count > 0)
        {
            return ActivityResult.Waiting;
        }

        context.Run.Tokens.Clear();
        return new ActivityResult.Faults($"the join '{stuck}' waits for all its branches, and one of them was never taken");
    }

    // Joins that wait for any, arrived at by these connections. Of two of which one leads to the other, the farther one wins.
    private static List<string> Won(FlowGraph graph, List<Connection> followed)
    {
        var arrived = followed.Where(connection => !graph.IsBackward(connection) && FlowJoin.ModeOf(graph.Node(connection.Target)) == FlowJoinMode.WaitAny)
            .Select(connection => connection.Target).Distinct().ToList();
        return [.. arrived.Where(join => !arrived.Any(other => other != join && graph.CanReach(join, other)))];
    }

    private static void CancelOthers(ActivityContext context, FlowGraph graph, string join)
    {
        foreach (var run in context.Children.Where(run => graph.CanReach(run.ActivityId, join)).ToList())
        {
            context.Step.Cancel(run);
        }

        context.Run.Tokens.RemoveAll(token => graph.CanReach(token.Target, join));
    }

    private static bool IsEmpty(ActivityContext context) => context.Run.Tokens.Count == 0 && !context.Children.Any();
}
