namespace GridFlow.Designer.Canvas;

/// <summary>How a step is drawn.</summary>
public enum StepShape
{
    /// <summary>Where a workflow begins or ends.</summary>
    Pill,

    /// <summary>Somebody has something to do.</summary>
    Task,

    /// <summary>A fork in the road.</summary>
    Question,

    /// <summary>A road with several ways on, side by side.</summary>
    Switch,

    /// <summary>Several things at once, or together again.</summary>
    Bar,

    /// <summary>Another workflow.</summary>
    Call,

    /// <summary>Done by the system at once.</summary>
    Step,
}

/// <summary>Shape and icon of each type of activity.</summary>
/// <param name="Shape">The outline.</param>
/// <param name="Css">The name of its style.</param>
/// <param name="Icon">An SVG path in a box of 24; empty for none.</param>
public sealed record StepKind(StepShape Shape, string Css, string Icon = "")
{
    private const string Person = "M12 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c0-4.500 3.500-7 8-7s8 2.500 8 7";
    private const string Whistle = "M9 9h12v4h-5.500A6.500 6.500 0 1 1 9 9zM9 15.500h.01M13 3v3M17 4l-1.500 2.500";
    private const string Stamp = "M5 20h14M6 16h12v-3h-4c-.500-2 1.500-4 1.500-6a3.500 3.500 0 1 0-7 0c0 2 2 4 1.500 6H6z";
    private const string Star = "M12 3l2.800 5.900 6.400.8-4.700 4.400 1.200 6.400-5.700-3.200-5.700 3.200 1.200-6.400L2.800 9.700l6.400-.8z";
    private const string Bell = "M6 17V11a6 6 0 0 1 12 0v6l2 2H4zM10 21.500h4";
    private const string Up = "M12 20V5M5.500 11.500L12 5l6.500 6.500";
    private const string Clock = "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3.500 2";
    private const string Tag = "M4 4h8l8 8-8 8-8-8zM8.500 8.500h.01";
    private const string Signpost = "M12 3v18M5 5h12l3 3-3 3H5zM19 13H8l-3 2.500L8 18h11";
    private const string Note = "M6 3h9l4 4v14H6zM9.500 12.500l2 2 4-4";
    private const string Closed = "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8 12.500l3 3 5.500-6";
    private const string Again = "M4.500 12a7.500 7.500 0 1 0 2.500-5.600M7 3v4h4";
    private const string Flow = "M3 4h6v5H3zM15 4h6v5h-6zM9 15h6v5H9zM6 9v3h12V9M12 12v3";
    private const string Gear = "M5 8h9M18 8h1M5 16h1M10 16h9M16 10a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM8 18a2 2 0 1 0 0-4 2 2 0 0 0 0 4z";

    private static readonly Dictionary<string, StepKind> ByType = new(StringComparer.Ordinal)
    {
        ["Elsa.Start"] = new(StepShape.Pill, "start"),
        ["Elsa.End"] = new(StepShape.Pill, "end"),
        ["Elsa.Finish"] = new(StepShape.Pill, "end"),
        ["Elsa.Complete"] = new(StepShape.Pill, "end"),
        ["Elsa.FlowDecision"] = new(StepShape.Question, "question"),
        ["Elsa.FlowSwitch"] = new(StepShape.Switch, "question"),
        ["Elsa.FlowFork"] = new(StepShape.Bar, "bar"),
        ["Elsa.FlowJoin"] = new(StepShape.Bar, "bar"),
        ["Elsa.ExecuteWorkflow"] = new(StepShape.Call, "call", Flow),
        ["Elsa.DispatchWorkflow"] = new(StepShape.Call, "call", Flow),
        ["Elsa.Delay"] = new(StepShape.Step, "step", Clock),
        ["GridFlow.HumanTask"] = new(StepShape.Task, "task", Person),
        ["GridFlow.Approval"] = new(StepShape.Task, "approval", Stamp),
        ["GridFlow.Whistle"] = new(StepShape.Task, "whistle", Whistle),
        ["GridFlow.AskRating"] = new(StepShape.Task, "rating", Star),
        ["GridFlow.Classify"] = new(StepShape.Step, "step", Tag),
        ["GridFlow.Route"] = new(StepShape.Step, "step", Signpost),
        ["GridFlow.Notify"] = new(StepShape.Step, "step", Bell),
        ["GridFlow.Escalate"] = new(StepShape.Step, "raise", Up),
        ["GridFlow.SetCaseFacts"] = new(StepShape.Step, "step", Note),
        ["GridFlow.ReopenCase"] = new(StepShape.Step, "raise", Again),
        ["GridFlow.CloseCase"] = new(StepShape.Step, "close", Closed),
    };

    private static readonly StepKind Other = new(StepShape.Step, "step", Gear);

    /// <summary>The look of a type; a plain step for one we do not know.</summary>
    public static StepKind Of(string type) => ByType.GetValueOrDefault(type, Other);
}
