using GridFlow.Workflows.Activities.Cases;
using GridFlow.Workflows.Activities.ControlFlow;
using GridFlow.Workflows.Activities.Messaging;
using GridFlow.Workflows.Activities.Timing;

namespace GridFlow.Workflows.Activities;

/// <summary>Every kind of activity there is. A new one is a class and a line here.</summary>
public static class ActivityCatalog
{
    private static readonly Dictionary<string, Activity> ByType = new Activity[]
    {
        new Flowchart(), new FlowDecision(), new FlowSwitch(), new FlowFork(), new FlowJoin(),
        new Start(), new End(), new Finish(), new Complete(), new Fault(), new SetVariable(), new SetName(), new ExecuteWorkflow(),
        new Correlate(), new Event(), new PublishEvent(),
        new Delay(),
        new Classify(), new Route(), new HumanTask(), new Whistle(), new Approval(), new Escalate(), new Notify(), new AskRating(),
        new SetCaseFacts(), new ReopenCase(), new CloseCase(),
    }.ToDictionary(activity => activity.Type, StringComparer.Ordinal);

    /// <summary>The type names, sorted.</summary>
    public static IReadOnlyList<string> Types { get; } = [.. ByType.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The kind of activity with this type name, or null.</summary>
    public static Activity? Find(string type) => ByType.GetValueOrDefault(type);
}
