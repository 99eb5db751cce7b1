using System.Text.Json.Serialization;
using GridFlow.Workflows.Cases;

namespace GridFlow.Workflows.Engine;

/// <summary>Whether an instance still has something to do.</summary>
public enum InstanceStatus
{
    /// <summary>It waits for a person or a timer.</summary>
    Running,

    /// <summary>It came to its end.</summary>
    Finished,

    /// <summary>It was ended from outside: the case was withdrawn or merged.</summary>
    Cancelled,
}

/// <summary>
/// The whole state of one execution: a case's, or that of a workflow run by itself. Holds only what is alive; what is over
/// stands in the history. The executor works on a copy, so an instance given to it is never changed.
/// </summary>
public sealed class WorkflowInstance
{
    /// <summary>Unique; for a case its number.</summary>
    public required string Id { get; init; }

    /// <summary>The workflow it began with.</summary>
    public required string DefinitionId { get; init; }

    /// <summary>The bundle it runs under.</summary>
    public required int Bundle { get; set; }

    /// <summary>Counts the committed checkpoints; the store refuses a checkpoint decided from an older version.</summary>
    [JsonIgnore]
    public long Version { get; set; }

    /// <summary>Whether it still has something to do.</summary>
    public InstanceStatus Status { get; set; }

    /// <summary>The case it drives; null for a workflow run by itself. Kept in columns of its own, not in the state.</summary>
    [JsonIgnore]
    public CaseState? Case { get; set; }

    /// <summary>The next number for a run, work item or timer.</summary>
    public int NextNumber { get; set; } = 1;

    /// <summary>Sequence number of the newest history entry.</summary>
    public int HistoryCount { get; set; }

    /// <summary>Hash of the newest history entry, to which the next one is chained.</summary>
    public string HistoryHash { get; set; } = "";

    /// <summary>The workflows running in it: its own, and those it called and waits for.</summary>
    public List<WorkflowScope> Scopes { get; init; } = [];

    /// <summary>The activities that have begun and not ended.</summary>
    public List<ActivityRun> Runs { get; init; } = [];

    /// <summary>The open work items.</summary>
    public List<WorkItem> WorkItems { get; init; } = [];

    /// <summary>The timers it waits for.</summary>
    public List<InstanceTimer> Timers { get; init; } = [];

    /// <summary>A copy that can be changed without changing this one.</summary>
    public WorkflowInstance Copy() => new()
    {
        Id = Id,
        DefinitionId = DefinitionId,
        Bundle = Bundle,
        Version = Version,
        Status = Status,
        Case = Case,
        NextNumber = NextNumber,
        HistoryCount = HistoryCount,
        HistoryHash = HistoryHash,
        Scopes = [.. Scopes.Select(scope => scope with { Variables = new(scope.Variables), Outputs = new(scope.Outputs) })],
        Runs = [.. Runs.Select(run => run with { Tokens = [.. run.Tokens], Locals = new(run.Locals) })],
        WorkItems = [.. WorkItems],
        Timers = [.. Timers],
    };
}

/// <summary>A workflow running within an instance, with its variables.</summary>
/// <param name="Id">Unique in the instance.</param>
/// <param name="DefinitionId">The workflow.</param>
/// <param name="CallerRun">The run of the activity that called it; 0 for the instance's own workflow.</param>
public sealed record WorkflowScope(int Id, string DefinitionId, int CallerRun)
{
    /// <summary>Variables by name.</summary>
    public Dictionary<string, object?> Variables { get; init; } = [];

    /// <summary>What it was called with, by name.</summary>
    public Dictionary<string, object?> Input { get; init; } = [];

    /// <summary>What its activities last gave out, by activity id: a person's answers, for example.</summary>
    public Dictionary<string, object?> Outputs { get; init; } = [];
}

/// <summary>An activity that has begun and not ended.</summary>
/// <param name="Id">Unique in the instance.</param>
/// <param name="Scope">The workflow it belongs to.</param>
/// <param name="ActivityId">Which activity of that workflow.</param>
/// <param name="Parent">The run of the container it is in; 0 for the root of a workflow.</param>
public sealed record ActivityRun(int Id, int Scope, string ActivityId, int Parent)
{
    /// <summary>For flowcharts: tokens that have arrived at a join and wait for others.</summary>
    public List<Token> Tokens { get; init; } = [];

    /// <summary>Whatever else the activity must remember until it ends.</summary>
    public Dictionary<string, object?> Locals { get; init; } = [];

    /// <summary>What failed in it and is not mended yet; null while all is well.</summary>
    public IReadOnlyList<RunFailure>? Failures { get; set; }
}

/// <summary>Something that failed in a run and is not mended yet.</summary>
/// <param name="Waits">The timer of the next attempt, or the work item of the administrator.</param>
/// <param name="Count">How often it failed in a row.</param>
/// <param name="Timer">What the timer was for on which it failed; null when the run itself could not go on.</param>
/// <param name="WorkItem">The work item that timer watched.</param>
public sealed record RunFailure(string Waits, int Count, string? Timer = null, string? WorkItem = null);

/// <summary>Control that has travelled along a connection and waits at its target.</summary>
public sealed record Token(string Source, string Port, string Target);

/// <summary>A timer an instance waits for.</summary>
/// <param name="Id">Unique over all instances.</param>
/// <param name="Run">The run that set it.</param>
/// <param name="DueAt">UTC.</param>
/// <param name="Purpose">What the activity set it for.</param>
/// <param name="WorkItem">The work item it watches, or null.</param>
public sealed record InstanceTimer(string Id, int Run, DateTimeOffset DueAt, string Purpose, string? WorkItem = null);
