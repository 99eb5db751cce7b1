using System.Runtime.CompilerServices;
using GridFlow.Workflows.Definitions;

namespace GridFlow.Workflows.Activities.ControlFlow;

/// <summary>
/// What a flowchart needs to know about its own shape, worked out once: which connections lead back in a loop, and which
/// activity can still reach which by going forward.
/// </summary>
internal sealed class FlowGraph
{
    private static readonly ConditionalWeakTable<ActivityNode, FlowGraph> Compiled = [];
    private readonly Dictionary<string, ActivityNode> _nodes;
    private readonly ILookup<string, Connection> _outbound;
    private readonly ILookup<string, Connection> _sorted;
    private readonly ILookup<string, Connection> _forwardInbound;
    private readonly HashSet<Connection> _backward = [];
    private readonly Dictionary<string, HashSet<string>> _reach = [];

    private FlowGraph(ActivityNode flowchart)
    {
        _nodes = flowchart.Activities.DistinctBy(node => node.Id).ToDictionary(node => node.Id, StringComparer.Ordinal);
        // Branches begin in the order of the file, as in Elsa. What leads back must not depend on it: Studio rewrites files.
        var connections = flowchart.Connections.Where(connection => _nodes.ContainsKey(connection.Source) && _nodes.ContainsKey(connection.Target)).Distinct().ToList();
        _sorted = connections.OrderBy(connection => connection.SourcePort, StringComparer.Ordinal).ThenBy(connection => connection.Target, StringComparer.Ordinal)
            .ToLookup(connection => connection.Source, StringComparer.Ordinal);
        _outbound = connections.ToLookup(connection => connection.Source, StringComparer.Ordinal);
        Start = FindStart(flowchart, connections);
        FindBackward();
        _forwardInbound = connections.Where(connection => !_backward.Contains(connection)).ToLookup(connection => connection.Target, StringComparer.Ordinal);
    }

    /// <summary>Where the flowchart begins; null when it is empty.</summary>
    public ActivityNode? Start { get; }

    public static FlowGraph Of(ActivityNode flowchart) => Compiled.GetValue(flowchart, static flowchart => new FlowGraph(flowchart));

    public ActivityNode Node(string id) => _nodes[id];

    public IEnumerable<Connection> Outbound(string id) => _outbound[id];

    public IEnumerable<Connection> ForwardInbound(string id) => _forwardInbound[id];

    public bool IsBackward(Connection connection) => _backward.Contains(connection);

    /// <summary>Whether control at <paramref name="from"/> may still arrive at <paramref name="to"/> without going round a loop.</summary>
    public bool CanReach(string from, string to)
    {
        // Only graphs are shared between threads; each computes what it needs under the lock of its own cache.
        lock (_reach)
        {
            if (!_reach.TryGetValue(from, out var reached))
            {
                reached = [];
                var open = new Stack<string>([from]);
                while (open.TryPop(out var id))
                {
                    foreach (var connection in _outbound[id].Where(connection => !_backward.Contains(connection) && reached.Add(connection.Target)))
                    {
                        open.Push(connection.Target);
                    }
                }

                _reach[from] = reached;
            }

            return reached.Contains(to);
        }
    }

    private static ActivityNode? FindStart(ActivityNode flowchart, List<Connection> connections)
    {
        var targets = connections.Select(connection => connection.Target).ToHashSet(StringComparer.Ordinal);
        return flowchart.Activities.FirstOrDefault(node => node.Id == flowchart.Start)
            ?? flowchart.Activities.FirstOrDefault(node => node.Type == "Elsa.Start")
            ?? flowchart.Activities.FirstOrDefault(node => node.CanStartWorkflow)
            ?? flowchart.Activities.FirstOrDefault(node => !targets.Contains(node.Id))
            ?? flowchart.Activities.FirstOrDefault();
    }

    // Depth-first from the start; a connection to a node still on the path leads back. Iterative: a drawn chain may be long.
    private void FindBackward()
    {
        var finished = new HashSet<string>(StringComparer.Ordinal);
        var onPath = new HashSet<string>(StringComparer.Ordinal);
        var roots = _nodes.Keys.Order(StringComparer.Ordinal);
        foreach (var root in Start is null ? roots : roots.Prepend(Start.Id))
        {
            if (finished.Contains(root))
            {
                continue;
            }

            var path = new Stack<(string Id, IEnumerator<Connection> Next)>();
            Enter(root);
            while (path.TryPeek(out var top))
            {
                if (!top.Next.MoveNext())
                {
                    path.Pop();
                    onPath.Remove(top.Id);
                    finished.Add(top.Id);
                }
                else if (onPath.Contains(top.Next.Current.Target))
                {
                    _backward.Add(top.Next.Current);
                }
                else if (!finished.Contains(top.Next.Current.Target))
                {
                    Enter(top.Next.Current.Target);
                }
            }

            void Enter(string id)
            {
                onPath.Add(id);
                path.Push((id, _sorted[id].GetEnumerator()));
            }
        }
    }
}
