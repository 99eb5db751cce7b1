using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using GridFlow.Workflows.Acts.Whistling;
using GridFlow.Workflows.Cases;

namespace GridFlow.Workflows.Engine;

/// <summary>Whether an instance still has something to do.</summary>
public enum InstanceStatus
{
    /// <summary>It waits for a person, a timer or a bookmark.</summary>
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
    /// <summary>The longest id.</summary>
    public const int MaxIdLength = 32;

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

    /// <summary>What groups it with others: only events published for this group, or for everybody, reach it. Null for none.</summary>
    public string? CorrelationId { get; set; }

    /// <summary>The name the workflow gave itself; null for none.</summary>
    public string? Name { get; set; }

    /// <summary>The bookmark of another instance that waits for the end of this one; null for none.</summary>
    public string? AnswerTo { get; set; }

    /// <summary>What its own workflow gave back, by name, once it is finished.</summary>
    public Dictionary<string, object?> Results { get; set; } = [];

    /// <summary>The next number for a run, work item, timer or bookmark.</summary>
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

    /// <summary>The events and answers it waits for.</summary>
    public List<InstanceBookmark> Bookmarks { get; init; } = [];

    /// <summary>The whistles blown for its case, in the order of their numbers.</summary>
    public List<WhistleCall> Whistles { get; init; } = [];

    /// <summary>What other cases told this one, and acts that have a key: what is told twice counts once.</summary>
    public List<string> Heard { get; init; } = [];

    /// <summary>The number of the next part its case is split into.</summary>
    public int NextPart { get; set; } = 1;

    /// <summary>How it stood before the last completion, while nobody has gone on with it; null otherwise.</summary>
    public LastCompletion? LastCompletion { get; set; }

    /// <summary>An id made of something that tells the instance from all others: the same for the same, and never too long.</summary>
    public static string IdOf(string origin) => origin.Length <= MaxIdLength
        ? origin
        : "w" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(origin)))[..(MaxIdLength - 1)];

    /// <summary>A copy that can be changed without changing this one.</summary>
    public WorkflowInstance Copy() => new()
    {
        Id = Id,
        DefinitionId = DefinitionId,
        Bundle = Bundle,
        Version = Version,
        Status = Status,
        Case = Case,
        CorrelationId = CorrelationId,
        Name = Name,
        AnswerTo = AnswerTo,
        Results = new(Results),
        NextNumber = NextNumber,
        HistoryCount = HistoryCount,
        HistoryHash = HistoryHash,
        Scopes = [.. Scopes.Select(scope => scope with { Variables = new(scope.Variables), Outputs = new(scope.Outputs), Results = new(scope.Results) })],
        Runs = [.. Runs.Select(run => run with { Tokens = [.. run.Tokens], Locals = new(run.Locals), Variables = new(run.Variables) })],
        WorkItems = [.. WorkItems],
        Timers = [.. Timers],
        Bookmarks = [.. Bookmarks],
        Whistles = [.. Whistles],
        Heard = [.. Heard],
        NextPart = NextPart,
        LastCompletion = LastCompletion,
    };
}

/// <summary>How an instance stood before somebody completed a work item: what taking it back (拿回) goes back to.</summary>
/// <param name="Item">The item completed.</param>
/// <param name="By">The account that completed it.</param>
/// <param name="Before">The instance before.</param>
/// <param name="Case">The facts before, without what came in with the report.</param>
public sealed record LastCompletion(string Item, string By, WorkflowInstance Before, CaseState Case);

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

    /// <summary>What it will give back to whoever called it, by name.</summary>
    public Dictionary<string, object?> Results { get; init; } = [];

    /// <summary>What the activity that ended last gave out.</summary>
    public object? LastResult { get; set; }
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

    /// <summary>For containers: the variables that live as long as it does, by name. They hide those of the same name further out.</summary>
    public Dictionary<string, object?> Variables { get; init; } = [];

    /// <summary>What it saw, for the history to tell when it ends.</summary>
    public string? Saw { get; set; }

    /// <summary>What failed in it and is not mended yet; null while all is well.</summary>
    public IReadOnlyList<RunFailure>? Failures { get; set; }
}

/// <summary>Something that failed in a run and is not mended yet.</summary>
/// <param name="Waits">The timer of the next attempt, or the work item of the administrator; empty while a new attempt runs.</param>
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

/// <summary>What a bookmark waits for.</summary>
public enum BookmarkKind
{
    /// <summary>Every published event of its name resumes it, whichever instance published it.</summary>
    Event,

    /// <summary>Something outside that was asked with this very bookmark answers it: a service, a task runner, a dispatched workflow.</summary>
    Answer,
}

/// <summary>A place at which an instance waits for something that is neither a person's work item nor a time.</summary>
/// <param name="Id">Unique over all instances.</param>
/// <param name="Run">The run that set it.</param>
/// <param name="Kind">What it waits for.</param>
/// <param name="Name">The event's name; for an answer, what was asked.</param>
public sealed record InstanceBookmark(string Id, int Run, BookmarkKind Kind, string Name);
