using GridFlow.Workflows.Activities.Cases;

namespace GridFlow.Workflows.Definitions.Validation;

/// <summary>Where a flowchart begins, whether its connections lead from somewhere to somewhere, and what they do not lead to.</summary>
internal static class ConnectionCheck
{
    private const int NamedStarts = 5;

    public static void Run(Findings findings, ActivityNode flowchart, FlowShape shape)
    {
        if (flowchart.Activities.IsEmpty)
        {
            return;
        }

        CheckStart(findings, flowchart, shape);
        CheckConnections(findings, flowchart, shape);
        var isCase = findings.Definition.AllActivities().Any(node => node.Type.StartsWith("GridFlow.", StringComparison.Ordinal));
        foreach (var node in shape.Nodes.Values)
        {
            if (!shape.Reached.Contains(node.Id))
            {
                findings.Add(ProblemKind.Unreachable, node, null);
            }

            CheckOpenPorts(findings, shape, node, isCase);
        }
    }

    private static void CheckStart(Findings findings, ActivityNode flowchart, FlowShape shape)
    {
        var begin = shape.Start!.Id;
        if (flowchart.Start is { Length: > 0 } named)
        {
            if (!shape.Nodes.ContainsKey(named))
            {
                findings.Add(ProblemKind.BadStart, flowchart, null, named, begin);
            }

            return;
        }

        var marked = shape.Nodes.Values.Where(node => node.Type == "Elsa.Start").ToList();
        var candidates = marked.Count > 0 ? marked : [.. shape.Nodes.Values.Where(node => node.CanStartWorkflow)];
        if (candidates.Count == 0)
        {
            var targets = shape.Connections.Where(connection => connection.Source != connection.Target).Select(connection => connection.Target).ToHashSet(StringComparer.Ordinal);
            candidates = [.. shape.Nodes.Values.Where(node => !targets.Contains(node.Id))];
            if (candidates.Count == 0)
            {
                findings.Add(ProblemKind.NoStart, flowchart, null);
            }
        }

        if (candidates.Count > 1)
        {
            var ids = string.Join(", ", candidates.Take(NamedStarts).Select(node => node.Id)) + (candidates.Count > NamedStarts ? ", …" : "");
            findings.Add(ProblemKind.SeveralStarts, flowchart, null, ids, begin);
        }
    }

    private static void CheckConnections(Findings findings, ActivityNode flowchart, FlowShape shape)
    {
        foreach (var connection in flowchart.Connections)
        {
            if (!shape.Nodes.TryGetValue(connection.Source, out var source) || !shape.Nodes.ContainsKey(connection.Target))
            {
                findings.Add(ProblemKind.LooseConnection, flowchart, null, connection.Source, connection.Target);
            }
            else if (Findings.PortsOf(source) is { } ports && !ports.Contains(connection.SourcePort))
            {
                var names = string.Join(", ", ports);
                findings.Add(ProblemKind.UnknownPort, source, null, connection.SourcePort, names.Length > 0 ? names : "无", names.Length > 0 ? names : "none");
            }
        }
    }

    // A plain activity may end its branch. One that asks a person must lead somewhere by every answer, and in a workflow that
    // drives a case so must one that decides: else the case would be left with nobody.
    private static void CheckOpenPorts(Findings findings, FlowShape shape, ActivityNode node, bool isCase)
    {
        if (node.Type == CloseCase.TypeName)
        {
            return;
        }

        var kind = Findings.KindOf(node);
        foreach (var port in (Findings.PortsOf(node) ?? []).Where(port => port != WorkItemClock.OverduePort && !shape.Outbound(node.Id).Any(connection => connection.SourcePort == port)))
        {
            if (port == "Done" && !isCase)
            {
                continue;
            }

            findings.Add(port != "Done" && kind?.MayLeaveOpen(port) != true && (isCase || kind is { HasForm: true }) ? ProblemKind.OpenPort : ProblemKind.OpenBranch, node, null, port);
        }
    }
}
