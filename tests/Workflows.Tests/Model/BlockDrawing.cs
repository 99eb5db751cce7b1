using System.Collections.Immutable;
using System.Text.Json;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Calendars;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Routing;

namespace GridFlow.Workflows.Tests.Model;

/// <summary>Draws a normal plan as workflow definitions.</summary>
internal sealed class BlockDrawing
{
    public const string MainWorkflow = "main";
    private static readonly Variable Total = new("total", "total", "Int32", JsonSerializer.SerializeToElement(0));

    private readonly string _id;
    private readonly List<WorkflowDefinition> _all;
    private readonly List<ActivityNode> _nodes = [];
    private readonly List<Connection> _connections = [];

    private BlockDrawing(string id, List<WorkflowDefinition> all)
    {
        _id = id;
        _all = all;
    }

    public static Bundle Bundle(Line main)
    {
        var all = new List<WorkflowDefinition>();
        new BlockDrawing(MainWorkflow, all).Workflow(main);
        return BundleOf([.. all]);
    }

    public static Bundle BundleOf(params WorkflowDefinition[] definitions) => new(1, definitions, new RoutingTable([]), new CategoryCatalogue([]), WorkingCalendar.China);

    public static ActivityNode Node(string id, string type, params ReadOnlySpan<(string Name, string ExpressionType, object Value)> inputs)
    {
        var read = ImmutableDictionary.CreateBuilder<string, ActivityInput>();
        foreach (var (name, expressionType, value) in inputs)
        {
            read[name] = new ActivityInput("Object", expressionType, JsonSerializer.SerializeToElement(value));
        }

        return new ActivityNode { Id = id, Type = type, Name = id, Inputs = read.ToImmutable() };
    }

    public static ActivityNode Task(string id, IEnumerable<string> outcomes, bool hasLimit)
    {
        var task = Node(id, "GridFlow.HumanTask", ("unit", "Literal", "dept:x"), ("outcomes", "Literal", outcomes.Select(name => new { name }).ToArray()));
        return hasLimit ? task with { Inputs = task.Inputs.Add("limit", new ActivityInput("String", "Literal", JsonSerializer.SerializeToElement("4wh"))) } : task;
    }

    public static ActivityNode Adding(string id, int amount) => Node(id, "Elsa.SetVariable",
        ("variable", "Literal", new { id = "total", name = "total" }), ("value", "JavaScript", FormattableString.Invariant($"variables.total + {amount}")));

    public static WorkflowDefinition Flow(string id, ImmutableArray<ActivityNode> nodes, ImmutableArray<Connection> connections) => new()
    {
        Id = id + "-1",
        DefinitionId = id,
        Name = LocalizedText.Same(id),
        Variables = [Total],
        Root = new ActivityNode { Id = id + "-flow", Type = "Elsa.Flowchart", Start = nodes.FirstOrDefault()?.Id, Activities = nodes, Connections = connections },
    };

    private void Workflow(Line line)
    {
        Draw(line, []);
        _all.Add(Flow(_id, [.. _nodes], [.. _connections]));
    }

    private ActivityNode Inner(string id, Line line)
    {
        var inner = new BlockDrawing(_id, _all);
        inner.Draw(line, []);
        return new ActivityNode { Id = id, Type = "Elsa.Flowchart", Start = inner._nodes.FirstOrDefault()?.Id, Activities = [.. inner._nodes], Connections = [.. inner._connections] };
    }

    private List<Exit> Draw(Line line, List<Exit> arriving)
    {
        foreach (var block in line.Blocks)
        {
            arriving = Draw(block, arriving);
        }

        return arriving;
    }

    private List<Exit> Draw(Block block, List<Exit> arriving)
    {
        switch (block)
        {
            case Block.Ask ask:
                var names = ask.Outcomes.Select((_, index) => $"O{index}").ToList();
                var task = Place(Task($"ask{ask.Id}", names, ask.HasLimit), arriving);
                List<Exit> answered = [.. ask.Outcomes.Zip(names).SelectMany(outcome => Draw(outcome.First, [new Exit(task, outcome.Second)]))];
                return ask.Overdue is null ? answered : [.. answered, .. Draw(ask.Overdue, [new Exit(task, "Overdue")])];
            case Block.Pause:
                return [new Exit(Place(Node($"pause{block.Id}", "Elsa.Delay", ("timeSpan", "Literal", "01:00:00")), arriving), "Done")];
            case Block.Signal:
                return [new Exit(Place(Node($"event{block.Id}", "Elsa.Event", ("eventName", "Literal", $"event{block.Id}")), arriving), "Done")];
            case Block.Box { Kind: BoxKind.Flowchart } box:
                return [new Exit(Place(Inner($"box{box.Id}", box.Parts[0]), arriving), "Done")];
            case Block.Box box:
                var container = Node($"box{box.Id}", $"Elsa.{box.Kind}") with { Activities = [.. box.Parts.Select((part, index) => Inner($"box{box.Id}part{index}", part))] };
                return [new Exit(Place(container, arriving), "Done")];
            case Block.Add add:
                return [new Exit(Place(Adding($"add{add.Id}", add.Amount), arriving), "Done")];
            case Block.Choose choose:
                var decision = Place(Node($"choose{choose.Id}", "Elsa.FlowDecision", ("condition", "JavaScript", FormattableString.Invariant($"input.k > {choose.Above}"))), arriving);
                return [.. Draw(choose.Then, [new Exit(decision, "True")]), .. Draw(choose.Else, [new Exit(decision, "False")])];
            case Block.Fork fork:
                return Draw(fork, arriving);
            case Block.Loop loop:
                var first = _nodes.Count;
                var body = Draw(loop.Body, arriving);
                var again = Place(Task($"again{loop.Id}", ["Done", "Again"], hasLimit: false), body);
                _connections.Add(new Connection(again, "Again", _nodes[first].Id));
                return [new Exit(again, "Done")];
            case Block.Call call:
                new BlockDrawing($"child{call.Id}", _all).Workflow(call.Child);
                var caller = Place(Node($"call{call.Id}", "Elsa.ExecuteWorkflow",
                    ("workflowDefinitionId", "Literal", $"child{call.Id}"), ("input", "Object", new { k = call.Input }), ("outcomes", "Literal", (string[])["Done", "X"])), arriving);
                return [new Exit(caller, "Done"), .. Draw(call.WhenX, [new Exit(caller, "X")])];
            case Block.End:
                Place(Node($"end{block.Id}", "Elsa.End"), arriving);
                return [];
            case Block.Leave { WithX: true }:
                Place(Node($"leave{block.Id}", "Elsa.Complete", ("outcomes", "Literal", (string[])["X"])), arriving);
                return [];
            case Block.Leave:
                Place(Node($"leave{block.Id}", "Elsa.Finish"), arriving);
                return [];
            default:
                throw new InvalidOperationException(block.ToString());
        }
    }

    private List<Exit> Draw(Block.Fork fork, List<Exit> arriving)
    {
        var ports = fork.Branches.Select((_, index) => $"B{index}").ToArray();
        var node = Place(Node($"fork{fork.Id}", "Elsa.FlowFork", ("branches", "Literal", ports)), arriving);
        var ends = fork.Branches.Zip(ports).Select(branch => (branch.Second, Exits: Draw(branch.First, [new Exit(node, branch.Second)]))).ToList();
        if (fork.Mode is not { } mode)
        {
            return [.. ends.SelectMany(end => end.Exits)];
        }

        // A branch with several last steps arrives once, so it needs a place where they meet.
        var arrived = ends.SelectMany(end => end.Exits.Count > 1
            ? [new Exit(Place(Node($"meet{fork.Id}{end.Second}", "Elsa.FlowJoin", ("mode", "Literal", "WaitAllActive")), end.Exits), "Done")]
            : end.Exits).ToList();
        return [new Exit(Place(Node($"join{fork.Id}", "Elsa.FlowJoin", ("mode", "Literal", mode.ToString())), arrived), "Done")];
    }

    private string Place(ActivityNode node, List<Exit> arriving)
    {
        _nodes.Add(node);
        _connections.AddRange(arriving.Select(exit => new Connection(exit.Node, exit.Port, node.Id)));
        return node.Id;
    }

    private sealed record Exit(string Node, string Port);
}
