using GridFlow.Workflows.Activities.Branching;
using GridFlow.Workflows.Activities.Calls;
using GridFlow.Workflows.Activities.Cases;
using GridFlow.Workflows.Activities.ControlFlow;
using GridFlow.Workflows.Activities.Looping;
using GridFlow.Workflows.Activities.Messaging;
using GridFlow.Workflows.Activities.Outside;
using GridFlow.Workflows.Activities.Timing;
using GridFlow.Workflows.Activities.Values;
using GridFlow.Workflows.Definitions;

namespace GridFlow.Workflows.Activities;

/// <summary>Every kind of activity there is. A new one is a class and a line here.</summary>
public static class ActivityCatalog
{
    private static readonly CalledWorkflow Called = new();

    private static readonly Dictionary<string, Activity> ByType = new Activity[]
    {
        new Flowchart(), new FlowDecision(), new FlowSwitch(), new FlowFork(), new FlowJoin(), new FlowNode(),
        new Sequence(), new Branching.Parallel(), new Fork(), new If(), new Switch(),
        new ForEach(), new ParallelForEach(), new For(), new While(), new Break(),
        new Start(), new End(), new Finish(), new Complete(), new Fault(),
        new SetVariable(), new SetOutput(), new SetName(), new WriteLine(), new RunJavaScript(),
        new ExecuteWorkflow(), new DispatchWorkflow(), new BulkDispatchWorkflows(),
        new Correlate(), new Event(), new PublishEvent(),
        new RunTask(), new SendHttpRequest(), new FlowSendHttpRequest(), new SendEmail(), new HttpEndpoint(), new WriteHttpResponse(),
        new Delay(), new Timing.Timer(), new StartAt(), new Cron(),
        new Classify(), new Route(), new HumanTask(), new Whistle(), new Approval(), new Escalate(), new Notify(), new AskRating(),
        new SetCaseFacts(), new ReopenCase(), new CloseCase(),
    }.ToDictionary(activity => activity.Type, StringComparer.Ordinal);

    /// <summary>The type names, sorted.</summary>
    public static IReadOnlyList<string> Types { get; } = [.. ByType.Keys.Order(StringComparer.Ordinal)];

    /// <summary>What an activity of a definition does: by its type, or, where the type is another workflow's name, by calling that workflow. Null when nobody knows.</summary>
    public static Activity? Find(ActivityNode node) => Find(node.Type) ?? (CalledWorkflow.Is(node) ? Called : null);

    /// <summary>The kind of activity with this type name, or null. What Elsa writes in angle brackets (<c>Elsa.ForEach&lt;String&gt;</c>) makes no difference here.</summary>
    public static Activity? Find(string type) => ByType.GetValueOrDefault(type) ?? (type.IndexOf('<', StringComparison.Ordinal) is > 0 and var at ? ByType.GetValueOrDefault(type[..at]) : null);
}
