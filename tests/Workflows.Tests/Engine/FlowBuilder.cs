using System.Collections.Immutable;
using System.Text.Json;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Calendars;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Engine;
using GridFlow.Workflows.Routing;

namespace GridFlow.Workflows.Tests.Engine;

/// <summary>Draws a small flow in a few words: <c>a: Elsa.Start</c>, <c>a.Done -> b</c>.</summary>
internal sealed class FlowBuilder(string id = "test")
{
    private readonly List<ActivityNode> _nodes = [];
    private readonly List<Connection> _connections = [];
    private readonly List<WorkflowDefinition> _others = [];
    private string _root = "Elsa.Flowchart";

    public FlowBuilder Node(string id, string type, params (string Name, string ExpressionType, object Value)[] inputs)
    {
        _nodes.Add(new ActivityNode
        {
            Id = id,
            Type = type,
            Name = id,
            Inputs = inputs.ToImmutableDictionary(input => input.Name, input => new ActivityInput("Object", input.ExpressionType, JsonSerializer.SerializeToElement(input.Value))),
        });
        return this;
    }

    /// <summary>A human task of the department <c>dept:x</c>, whose outcomes are named.</summary>
    public FlowBuilder Task(string id, params string[] outcomes) => Node(id, "GridFlow.HumanTask",
        ("unit", "Literal", "dept:x"), ("outcomes", "Literal", outcomes.DefaultIfEmpty("Done").Select(name => new { name }).ToArray()));

    /// <summary>Gives a node a retry policy.</summary>
    public FlowBuilder Retrying(string id, RetryPolicy? policy)
    {
        var index = _nodes.FindIndex(node => node.Id == id);
        _nodes[index] = _nodes[index] with { Retry = policy };
        return this;
    }

    public FlowBuilder Lines(params string[] lines)
    {
        foreach (var line in lines)
        {
            var parts = line.Split(["->", "."], StringSplitOptions.TrimEntries);
            _connections.Add(new Connection(parts[0], parts[1], parts[2]));
        }

        return this;
    }

    /// <summary>The nodes one after the other in a sequence, instead of a flowchart.</summary>
    public FlowBuilder InSequence()
    {
        _root = "Elsa.Sequence";
        return this;
    }

    public FlowBuilder With(FlowBuilder other)
    {
        _others.Add(other.Definition());
        return this;
    }

    public WorkflowDefinition Definition() => new()
    {
        Id = id + "-1",
        DefinitionId = id,
        Name = LocalizedText.Same(id),
        Root = new ActivityNode { Id = id + "-flow", Type = _root, Start = _nodes[0].Id, Activities = [.. _nodes], Connections = [.. _connections] },
    };

    public Bundle Bundle() => new(1, [Definition(), .. _others], new RoutingTable([]), new CategoryCatalogue([]), WorkingCalendar.China);
}

/// <summary>Runs a drawn flow by value and remembers what happened.</summary>
internal sealed class FlowRun
{
    private static readonly Actor Clerk = new("clerk", "王芳");
    private readonly Bundle _bundle;

    public FlowRun(FlowBuilder flow)
    {
        _bundle = flow.Bundle();
        var definition = flow.Definition();
        var state = new CaseState { Number = "C1", Title = "t", ReportedAt = Now, AcceptedAt = Now, AreaPath = "/99/9901/990101/" };
        Apply(WorkflowExecutor.Decide(_bundle, null, new Stimulus.Start("C1", definition.DefinitionId, state, ImmutableDictionary<string, object?>.Empty, Clerk), Now));
    }

    public DateTimeOffset Now { get; set; } = new(2026, 3, 2, 2, 0, 0, TimeSpan.Zero);

    public WorkflowInstance Instance { get; private set; } = null!;

    public List<HistoryEntry> History { get; } = [];

    /// <summary>Ids of activities with open work, sorted.</summary>
    public string Open => string.Join(' ', Instance.WorkItems.Select(item => item.Kind == WorkItemKind.Incident ? "!" + item.ActivityId : item.ActivityId).Order());

    public bool IsFinished => Instance.Status == InstanceStatus.Finished;

    public FlowRun Do(string activity, string outcome = "Done")
    {
        var item = Instance.WorkItems.Single(item => item.ActivityId == activity);
        Apply(WorkflowExecutor.Decide(_bundle, Instance, new Stimulus.CompleteWorkItem(item.Id, outcome, ImmutableDictionary<string, object?>.Empty, "x", Clerk), Now));
        return this;
    }

    public FlowRun NextTimer()
    {
        var timer = Instance.Timers.MinBy(timer => timer.DueAt)!;
        Now = timer.DueAt;
        Apply(WorkflowExecutor.Decide(_bundle, Instance, new Stimulus.TimerDue(timer.Id), Now));
        return this;
    }

    public FlowRun Send(Stimulus stimulus)
    {
        Apply(Decide(stimulus));
        return this;
    }

    public Decision Decide(Stimulus stimulus) => WorkflowExecutor.Decide(_bundle, Instance, stimulus, Now);

    private void Apply(Decision decision)
    {
        var checkpoint = Assert.IsType<Decision.Accepted>(decision).Checkpoint;
        History.AddRange(checkpoint.History);

        // What is kept is what the next step sees: everything else must be in the state.
        Instance = InstanceJson.Read(InstanceJson.Write(checkpoint.Instance));
        Instance.Case = checkpoint.Instance.Case;
    }
}
