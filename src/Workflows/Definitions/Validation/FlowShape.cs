using GridFlow.Workflows.Activities.ControlFlow;

namespace GridFlow.Workflows.Definitions.Validation;

/// <summary>A flowchart as the checks look at it: only connections with both ends, looked up by where they begin.</summary>
internal sealed class FlowShape
{
    private readonly ILookup<string, Connection> _outbound;

    public FlowShape(ActivityNode flowchart)
    {
        Graph = FlowGraph.Of(flowchart);
        Nodes = flowchart.Activities.DistinctBy(node => node.Id).ToDictionary(node => node.Id, StringComparer.Ordinal);
        Connections = [.. flowchart.Connections.Where(connection => Nodes.ContainsKey(connection.Source) && Nodes.ContainsKey(connection.Target)).Distinct()];
        _outbound = Connections.ToLookup(connection => connection.Source, StringComparer.Ordinal);
        Reached = Graph.Start is { } start ? Reach(start.Id, _ => true) : [];
    }

    /// <summary>How the engine sees it.</summary>
    public FlowGraph Graph { get; }

    public IReadOnlyDictionary<string, ActivityNode> Nodes { get; }

    public IReadOnlyList<Connection> Connections { get; }

    /// <summary>Where the engine begins.</summary>
    public ActivityNode? Start => Graph.Start;

    /// <summary>What can be reached from the start, the start among it.</summary>
    public HashSet<string> Reached { get; }

    public IEnumerable<Connection> Outbound(string id) => _outbound[id];

    /// <summary>What can be reached by those connections that may be followed.</summary>
    public HashSet<string> Reach(string from, Func<Connection, bool> mayFollow)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { from };
        var open = new Stack<string>([from]);
        while (open.TryPop(out var id))
        {
            foreach (var connection in _outbound[id].Where(mayFollow).Where(connection => seen.Add(connection.Target)))
            {
                open.Push(connection.Target);
            }
        }

        return seen;
    }
}
