using System.Collections.Immutable;
using GridFlow.Designer.Inspector;
using GridFlow.Workflows.Activities;
using GridFlow.Workflows.Definitions;

namespace GridFlow.Designer.Problems;

/// <summary>Ways out of problems of how steps are connected.</summary>
internal static class FlowFixes
{
    private const int MostChoices = 4;
    private const double Beside = 220;
    private static readonly string[] Ends = ["GridFlow.CloseCase", "Elsa.Complete", "Elsa.End", "Elsa.Finish"];

    public static IEnumerable<ProblemFix> AddStart(ActivityNode flowchart) => flowchart.Activities.Take(MostChoices).Select(first => new ProblemFix("FixAddStart", [first])
    {
        Edit = flow => flow.Change(flowchart.Id, current =>
        {
            if (current.Activities.FirstOrDefault(node => node.Id == first.Id) is not { } target)
            {
                return current;
            }

            var start = Step(flow, "start", "Elsa.Start", new CanvasPoint(target.Position.X - Beside, target.Position.Y));
            return current with { Activities = current.Activities.Add(start), Connections = current.Connections.Add(new Connection(start.Id, "Done", first.Id)) };
        }),
    });

    public static IEnumerable<ProblemFix> ChooseStart(ActivityNode flowchart)
    {
        var marked = flowchart.Activities.Where(node => node.Type == "Elsa.Start").ToList();
        var candidates = marked.Count > 0 ? marked : [.. flowchart.Activities.Where(node => node.CanStartWorkflow)];
        var targets = flowchart.Connections.Where(connection => connection.Source != connection.Target).Select(connection => connection.Target).ToHashSet();
        candidates = candidates.Count > 0 ? candidates : [.. flowchart.Activities.Where(node => !targets.Contains(node.Id))];
        return candidates.Take(MostChoices).SelectMany(node => BeginWith(flowchart, node.Id));
    }

    public static IEnumerable<ProblemFix> BeginWith(ActivityNode flowchart, string id) => flowchart.Activities.FirstOrDefault(node => node.Id == id) is { } first
        ? [new ProblemFix("FixBeginWith", [first]) { Edit = flow => flow.Change(flowchart.Id, current => current with { Start = id }) }]
        : [];

    public static ProblemFix RemoveConnection(ActivityNode flowchart, string source, string target) => new("FixRemoveConnection", [])
    {
        Edit = flow => flow.Change(flowchart.Id, current => current with { Connections = current.Connections.RemoveAll(connection => connection.Source == source && connection.Target == target) }),
    };

    public static IEnumerable<ProblemFix> MovePort(WorkflowDefinition definition, ActivityNode node, string port)
    {
        var connections = definition.ParentOf(node.Id)?.Connections ?? [];
        var taken = connections.Where(connection => connection.Source == node.Id).Select(connection => connection.SourcePort).ToHashSet();
        return PortsOf(node).OrderBy(taken.Contains).Take(MostChoices)
            .Select(other => new ProblemFix("FixMovePort", [new FixPort(node, other)]) { Edit = flow => flow.MovePort(node.Id, port, other) })
            .Append(new ProblemFix("FixRemoveConnection", []) { Edit = flow => flow.ClearPort(node.Id, port) });
    }

    /// <summary>To where the step's other ports lead, to the ends there are, or to a new one.</summary>
    public static IEnumerable<ProblemFix> Connect(WorkflowDefinition definition, ActivityNode node, string port)
    {
        if (definition.ParentOf(node.Id) is not { } parent)
        {
            return [];
        }

        var siblings = parent.Connections.Where(connection => connection.Source == node.Id).Select(connection => connection.Target);
        var ends = parent.Activities.Where(other => Ends.Contains(other.Type)).OrderBy(other => Distance(other, node)).Select(other => other.Id);
        var existing = siblings.Concat(ends).Where(id => id != node.Id).Distinct().Take(MostChoices).Select(id => parent.Activities.FirstOrDefault(other => other.Id == id)).OfType<ActivityNode>()
            .Select(target => new ProblemFix("FixConnect", [target]) { Edit = flow => flow.Change(parent.Id, current => Connected(current, node.Id, port, target.Id)) });
        // A workflow others call tells them how it ended; one that closes cases closes this one too.
        var type = parent.Activities.FirstOrDefault(other => Ends.Contains(other.Type))?.Type is { } used && used != "Elsa.Finish" ? used : "Elsa.End";
        return [.. existing, new ProblemFix(type == "GridFlow.CloseCase" ? "FixAddClose" : "FixAddEnd", []) { Edit = flow => AddAfter(flow, parent.Id, node, port, type) }];
    }

    /// <summary>From what is reached and leads nowhere yet.</summary>
    public static IEnumerable<ProblemFix> LeadTo(WorkflowDefinition definition, ActivityNode node)
    {
        if (definition.ParentOf(node.Id) is not { } parent)
        {
            return [];
        }

        var after = ReachedFrom(parent, node.Id);
        var open = from other in parent.Activities
                   where !after.Contains(other.Id) && parent.Connections.Any(connection => connection.Target == other.Id || connection.Source == other.Id)
                   from port in PortsOf(other)
                   where port != "Overdue" && !parent.Connections.Any(connection => connection.Source == other.Id && connection.SourcePort == port)
                   orderby Distance(other, node)
                   select (other, port);
        return open.Take(MostChoices - 1).Select(from => new ProblemFix("FixLeadHere", [new FixPort(from.other, from.port)])
        {
            Edit = flow => flow.Change(parent.Id, current => Connected(current, from.other.Id, from.port, node.Id)),
        });
    }

    public static IEnumerable<ProblemFix> Loosen(ActivityNode join) => join.Type == "Elsa.FlowJoin"
        ? [Mode(join, "FixJoinActive", "WaitAllActive"), Mode(join, "FixJoinAny", "WaitAny")]
        : [new ProblemFix("FixJoinActive", []) { Edit = flow => flow.Change(join.Id, node => node with { MergeMode = "" }) }, new ProblemFix("FixJoinAny", []) { Edit = flow => flow.Change(join.Id, node => node with { MergeMode = "Race" }) }];

    /// <summary>A wait of an hour on the loop's way back.</summary>
    public static IEnumerable<ProblemFix> Pause(WorkflowDefinition definition, ActivityNode node)
    {
        if (definition.ParentOf(node.Id) is not { } parent)
        {
            return [];
        }

        var back = parent.Connections.Where(connection => connection.Target == node.Id && (connection.Source == node.Id || ReachedFrom(parent, node.Id).Contains(connection.Source))).ToList();
        return back.Count == 0 ? [] : [new ProblemFix("FixPause", [])
        {
            Edit = flow => back.Aggregate(flow, (current, connection) => Insert(current, parent.Id, connection)),
        }];
    }

    public static WorkflowDefinition RemoveStep(WorkflowDefinition definition, string id) => definition.ParentOf(id) is { } parent
        ? definition.Replace(parent, parent with
        {
            Activities = parent.Activities.RemoveAll(node => node.Id == id),
            Connections = parent.Connections.RemoveAll(connection => connection.Source == id || connection.Target == id),
            Start = parent.Start == id ? null : parent.Start,
        })
        : definition;

    internal static IReadOnlyList<string> PortsOf(ActivityNode node)
    {
        try
        {
            return ActivityCatalog.Find(node)?.Ports(node) is { IsDefault: false } ports ? ports : [];
        }
        catch (Exception exception) when (exception is System.Text.Json.JsonException or ActivityException)
        {
            return [];
        }
    }

    private static WorkflowDefinition Insert(WorkflowDefinition definition, string parent, Connection connection) => definition.Change(parent, current =>
    {
        if (!current.Connections.Contains(connection) || current.Activities.FirstOrDefault(node => node.Id == connection.Source) is not { } source)
        {
            return current;
        }

        var wait = Step(definition, "wait", "Elsa.Delay", new CanvasPoint(source.Position.X, source.Position.Y + 120)).With("timeSpan", InputValues.Literal("TimeSpan", "01:00:00"));
        return current with
        {
            Activities = current.Activities.Add(wait),
            Connections = current.Connections.Replace(connection, connection with { Target = wait.Id, Vertices = [] }).Add(new Connection(wait.Id, "Done", connection.Target)),
        };
    });

    private static WorkflowDefinition AddAfter(WorkflowDefinition definition, string parent, ActivityNode node, string port, string type) => definition.Change(parent, current =>
    {
        var end = Step(definition, type == "GridFlow.CloseCase" ? "close" : "end", type, new CanvasPoint(node.Position.X + Beside, node.Position.Y + 90));
        return Connected(current with { Activities = current.Activities.Add(end) }, node.Id, port, end.Id);
    });

    private static ActivityNode Connected(ActivityNode parent, string source, string port, string target) =>
        parent.Activities.Any(node => node.Id == source) && parent.Activities.Any(node => node.Id == target)
            ? parent with { Connections = parent.Connections.Add(new Connection(source, port, target)) }
            : parent;

    private static ActivityNode Step(WorkflowDefinition definition, string name, string type, CanvasPoint at)
    {
        var id = definition.FreeId(name);
        return new ActivityNode { Id = id, Name = id, Type = type, Position = at };
    }

    private static HashSet<string> ReachedFrom(ActivityNode parent, string id)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal) { id };
        var open = new Queue<string>([id]);
        while (open.TryDequeue(out var next))
        {
            foreach (var connection in parent.Connections.Where(connection => connection.Source == next && reached.Add(connection.Target)))
            {
                open.Enqueue(connection.Target);
            }
        }

        return reached;
    }

    private static double Distance(ActivityNode one, ActivityNode other) => Math.Abs(one.Position.X - other.Position.X) + Math.Abs(one.Position.Y - other.Position.Y);

    private static ProblemFix Mode(ActivityNode join, string text, string mode) =>
        new(text, []) { Edit = flow => flow.Change(join.Id, node => node.With("mode", InputValues.Literal(node.Inputs.GetValueOrDefault("mode")?.TypeName ?? "String", mode))) };
}
