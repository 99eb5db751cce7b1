using GridFlow.Workflows.Definitions;

namespace GridFlow.Server.Cases;

/// <summary>What a line of the run is about.</summary>
public enum RunLineKind
{
    /// <summary>Work of a person.</summary>
    Task,

    /// <summary>A way was chosen.</summary>
    Decision,

    /// <summary>Something the workflow did by itself.</summary>
    Step,

    /// <summary>A time was waited for.</summary>
    Timer,

    /// <summary>Something failed.</summary>
    Failure,

    /// <summary>Something about the case as a whole.</summary>
    Milestone,
}

/// <summary>One step of a case as it ran, from its beginning to its end.</summary>
/// <param name="Number">The number of the history entry it began with.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Title">The step by name; a sentence for a milestone.</param>
/// <param name="At">When it began. UTC.</param>
public sealed record RunLine(int Number, RunLineKind Kind, string Title, DateTimeOffset At)
{
    /// <summary>The workflow by name; empty for a milestone.</summary>
    public string Flow { get; init; } = "";

    /// <summary>The how manieth time the step ran.</summary>
    public int Nth { get; init; } = 1;

    /// <summary>When it ended; null while it goes on.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>It is waited for.</summary>
    public bool IsOpen { get; init; }

    /// <summary>Who did it, or has it.</summary>
    public string By { get; init; } = "";

    /// <summary>How it ended.</summary>
    public string Result { get; init; } = "";

    /// <summary>Why: the condition, and what it saw.</summary>
    public IReadOnlyList<string> Why { get; init; } = [];

    /// <summary>What was said, given or computed with it.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];

    /// <summary>Steps that were only passed before it, by name.</summary>
    public IReadOnlyList<string> Passed { get; init; } = [];
}

/// <summary>The way a case took through one workflow.</summary>
public sealed record RunFlow(WorkflowDefinition Definition, IReadOnlySet<string> Taken, IReadOnlyDictionary<string, int> Visits, IReadOnlySet<string> Here);

/// <summary>How a case ran, oldest first, and its ways through the workflows in the order it came to them.</summary>
public sealed record CaseRun(IReadOnlyList<RunLine> Lines, IReadOnlyList<RunFlow> Flows);
