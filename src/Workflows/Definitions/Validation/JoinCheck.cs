using GridFlow.Workflows.Activities.ControlFlow;

namespace GridFlow.Workflows.Definitions.Validation;

/// <summary>
/// Joins that wait for all their branches and never can get them: two branches of which one decision takes only the one or the
/// other, or a branch nothing leads to. A decision within a loop may take both, one after the other, so it proves nothing.
/// </summary>
internal static class JoinCheck
{
    public static void Run(Findings findings, FlowShape shape)
    {
        var joins = shape.Nodes.Values.Where(node => FlowJoin.ModeOf(node) == FlowJoinMode.WaitAll && shape.Reached.Contains(node.Id)).ToList();
        if (joins.Count == 0)
        {
            return;
        }

        foreach (var join in joins)
        {
            foreach (var source in shape.Graph.ForwardInbound(join.Id).Select(connection => connection.Source).Distinct().Where(source => !shape.Reached.Contains(source)))
            {
                findings.Add(ProblemKind.JoinFromNowhere, join, null, source);
            }
        }

        var stuck = new HashSet<string>(StringComparer.Ordinal);
        foreach (var decision in shape.Nodes.Values.Where(node => Decides(node) && shape.Reached.Contains(node.Id) && !IsInLoop(shape, node.Id)))
        {
            // For each of its ports: what is reached only by it.
            var needed = shape.Outbound(decision.Id).Select(connection => connection.SourcePort).Distinct()
                .ToDictionary(port => port, port => shape.Reach(shape.Start!.Id, connection => connection.Source != decision.Id || connection.SourcePort != port));
            foreach (var join in joins.Where(join => !stuck.Contains(join.Id)))
            {
                var ways = shape.Graph.ForwardInbound(join.Id).Where(connection => shape.Reached.Contains(connection.Source))
                    .Select(connection => (connection.Source, Port: PortOf(connection, decision.Id, needed))).Where(way => way.Port is not null).DistinctBy(way => way.Port).ToList();
                if (ways.Count > 1)
                {
                    stuck.Add(join.Id);
                    findings.Add(ProblemKind.StuckJoin, join, null, Name(ways[0]), Name(ways[1]));
                }
            }

            string Name((string Source, string? Port) way) => way.Source == decision.Id ? $"{decision.Id}.{way.Port}" : way.Source;
        }
    }

    private static string? PortOf(Connection connection, string decision, Dictionary<string, HashSet<string>> needed) => connection.Source == decision
        ? connection.SourcePort
        : needed.Where(port => !port.Value.Contains(connection.Source)).Select(port => port.Key).FirstOrDefault();

    // One of its ports and no other is taken each time it ends.
    private static bool Decides(ActivityNode node) => node.Type switch
    {
        "Elsa.FlowDecision" => true,
        "Elsa.FlowSwitch" => !node.Inputs.TryGetValue("mode", out var mode) || (mode.ExpressionType == "Literal" && mode.Text != "MatchAny"),
        _ => Findings.KindOf(node) is { HasForm: true },
    };

    private static bool IsInLoop(FlowShape shape, string id) =>
        shape.Outbound(id).Any(connection => connection.Target == id || shape.Reach(connection.Target, _ => true).Contains(id));
}
