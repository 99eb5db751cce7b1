using System.Collections.Immutable;

namespace GridFlow.Designer.Editing;

/// <summary>The kinds of steps an administrator can add, by what they are about.</summary>
public static class StepPalette
{
    /// <summary>Subjects in the order they are shown; the names are texts <c>Subject…</c>.</summary>
    public static ImmutableArray<(string Subject, ImmutableArray<string> Types)> Subjects { get; } =
    [
        ("People", ["GridFlow.HumanTask", "GridFlow.Approval", "GridFlow.Whistle", "GridFlow.AskRating"]),
        ("Decisions", ["Elsa.FlowDecision", "Elsa.FlowSwitch", "Elsa.FlowFork", "Elsa.FlowJoin"]),
        ("Case", ["GridFlow.Classify", "GridFlow.Route", "GridFlow.Escalate", "GridFlow.SetCaseFacts", "GridFlow.ReopenCase", "GridFlow.CloseCase"]),
        ("Time", ["Elsa.Delay", "Elsa.Timer", "Elsa.StartAt", "Elsa.Cron"]),
        ("Messages", ["GridFlow.Notify", "Elsa.SendEmail", "Elsa.PublishEvent", "Elsa.Event"]),
        ("Flows", ["Elsa.ExecuteWorkflow", "Elsa.DispatchWorkflow", "Elsa.BulkDispatchWorkflows"]),
        ("Services", ["Elsa.FlowSendHttpRequest", "Elsa.SendHttpRequest", "Elsa.RunTask", "Elsa.HttpEndpoint", "Elsa.WriteHttpResponse"]),
        ("Data", ["Elsa.SetVariable", "Elsa.SetOutput", "Elsa.SetName", "Elsa.Correlate", "Elsa.RunJavaScript", "Elsa.WriteLine"]),
        ("Groups", ["Elsa.Flowchart", "Elsa.Sequence", "Elsa.Parallel", "Elsa.If", "Elsa.Switch", "Elsa.Fork", "Elsa.ForEach", "Elsa.ParallelForEach", "Elsa.For", "Elsa.While", "Elsa.Break", "Elsa.FlowNode"]),
        ("Ends", ["Elsa.Start", "Elsa.End", "Elsa.Finish", "Elsa.Complete", "Elsa.Fault"]),
    ];
}
