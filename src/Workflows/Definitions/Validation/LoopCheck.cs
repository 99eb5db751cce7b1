namespace GridFlow.Workflows.Definitions.Validation;

/// <summary>Loops in which nothing waits: for a person, a time or an event.</summary>
internal static class LoopCheck
{
    private const int Named = 6;

    public static void Run(Findings findings, FlowShape shape)
    {
        foreach (var loop in Loops(shape))
        {
            var members = loop.ToHashSet(StringComparer.Ordinal);
            // An activity of a type nobody knows may do anything, so it proves nothing.
            var hasWayOut = loop.Any(id => Findings.PortsOf(shape.Nodes[id]) is not { } ports
                || ports.Any(port => !shape.Outbound(id).Any(connection => connection.SourcePort == port && members.Contains(connection.Target))));
            var names = string.Join(" → ", loop.Take(Named)) + (loop.Count > Named ? " → …" : "");
            findings.Add(hasWayOut ? ProblemKind.LoopWithoutWait : ProblemKind.EndlessLoop, shape.Nodes[loop[0]], null, names);
        }
    }

    private static bool MayWait(ActivityNode node) => node.SelfAndDescendants().Any(inner => Findings.KindOf(inner) is not { } kind || kind.MayWait(inner));

    // Tarjan's strongly connected components of what does not wait, without recursion: a drawn chain may be long.
    private static List<List<string>> Loops(FlowShape shape)
    {
        var members = shape.Nodes.Values.Where(node => !MayWait(node)).Select(node => node.Id).ToHashSet(StringComparer.Ordinal);
        var index = new Dictionary<string, int>(StringComparer.Ordinal);
        var low = new Dictionary<string, int>(StringComparer.Ordinal);
        var onStack = new HashSet<string>(StringComparer.Ordinal);
        var stack = new Stack<string>();
        var loops = new List<List<string>>();
        foreach (var root in members.Order(StringComparer.Ordinal).Where(root => !index.ContainsKey(root)))
        {
            var path = new Stack<(string Id, IEnumerator<Connection> Next)>();
            Enter(root);
            while (path.TryPeek(out var top))
            {
                if (top.Next.MoveNext())
                {
                    var target = top.Next.Current.Target;
                    if (!members.Contains(target))
                    {
                        continue;
                    }

                    if (!index.TryGetValue(target, out var seen))
                    {
                        Enter(target);
                    }
                    else if (onStack.Contains(target))
                    {
                        low[top.Id] = Math.Min(low[top.Id], seen);
                    }
                }
                else
                {
                    path.Pop();
                    Leave(top.Id);
                    if (path.TryPeek(out var caller))
                    {
                        low[caller.Id] = Math.Min(low[caller.Id], low[top.Id]);
                    }
                }
            }

            void Enter(string id)
            {
                index[id] = low[id] = index.Count;
                stack.Push(id);
                onStack.Add(id);
                path.Push((id, shape.Outbound(id).GetEnumerator()));
            }
        }

        return loops;

        void Leave(string id)
        {
            if (low[id] != index[id])
            {
                return;
            }

            var component = new List<string>();
            string member;
            do
            {
                member = stack.Pop();
                onStack.Remove(member);
                component.Insert(0, member);
            }
            while (member != id);

            if (component.Count > 1 || shape.Outbound(id).Any(connection => connection.Target == id))
            {
                loops.Add(component);
            }
        }
    }
}
