using System.Collections.Immutable;
using GridFlow.Workflows.Calendars;
using GridFlow.Workflows.Cases;

namespace GridFlow.Workflows.Engine;

/// <summary>What a work item asks for.</summary>
public enum WorkItemKind
{
    /// <summary>Do something and say how it went.</summary>
    Task,

    /// <summary>Say yes or no.</summary>
    Approval,

    /// <summary>Report in and do one's part of a whistled matter.</summary>
    Whistle,

    /// <summary>The resident's judgement.</summary>
    Rating,

    /// <summary>Something failed; decide how to go on.</summary>
    Incident,

    /// <summary>Something an act of somebody asks for, beside what is drawn: to decide a request, to assist, to answer a supervision.</summary>
    Request,

    /// <summary>To be read, no more (抄送).</summary>
    Reading,
}

/// <summary>A unit's part in a matter. Lead and assisting are roles, not text.</summary>
public enum UnitPart
{
    /// <summary>主办: answers for the whole.</summary>
    Lead,

    /// <summary>协办: does a part and tells the lead.</summary>
    Assisting,
}

/// <summary>
/// One thing one unit is asked to do. Its title, outcomes and form fields stand in the definition of the activity that
/// opened it, so an item stays small however long its form is.
/// </summary>
/// <param name="Id">Unique over all instances.</param>
/// <param name="Run">The run that waits for it.</param>
/// <param name="DefinitionId">The workflow whose activity opened it.</param>
/// <param name="ActivityId">The activity that opened it.</param>
/// <param name="Kind">What it asks for.</param>
/// <param name="Unit">The unit key of who holds it.</param>
/// <param name="Role">The role it is for within the unit; null for everybody there.</param>
/// <param name="OpenedAt">The response clock starts here, not when somebody signs for it. UTC.</param>
public sealed record WorkItem(string Id, int Run, string DefinitionId, string ActivityId, WorkItemKind Kind, string Unit, Role? Role, DateTimeOffset OpenedAt)
{
    /// <summary>The unit's part.</summary>
    public UnitPart Part { get; init; }

    /// <summary>When it is due, and how that came about; null when it has no limit.</summary>
    public Deadline? Due { get; init; }

    /// <summary>Who signed for it (签收).</summary>
    public Actor? ClaimedBy { get; init; }

    /// <summary>When it was signed for. UTC.</summary>
    public DateTimeOffset? ClaimedAt { get; init; }

    /// <summary>It has been due and was not done.</summary>
    public bool IsOverdue { get; init; }

    /// <summary>For incidents: what failed.</summary>
    public string? Problem { get; init; }

    /// <summary>For requests: the work item it is about; null when it is about the whole case.</summary>
    public string? About { get; init; }

    /// <summary>For requests: what was asked for, by name, as <see cref="Acts.CaseAct"/> noted it.</summary>
    public ImmutableSortedDictionary<string, string>? Asked { get; init; }

    /// <summary>For approvals: who is asked next once this one approves (加签), in that order.</summary>
    public ImmutableList<string>? Then { get; init; }
}

/// <summary>How a work item left the inbox.</summary>
/// <param name="Item">The item as it was.</param>
/// <param name="Outcome">The outcome chosen; null when the workflow took the item back.</param>
/// <param name="By">Who; the system when the workflow took it back.</param>
/// <param name="At">UTC.</param>
/// <param name="Comment">A word on it, or null.</param>
public sealed record WorkItemClosed(WorkItem Item, string? Outcome, Actor By, DateTimeOffset At, string? Comment);

/// <summary>Who did something, as the history shows it.</summary>
/// <param name="Id">The account's id, <c>reporter</c> or <c>system</c>.</param>
/// <param name="Name">The name people know, at that time.</param>
/// <param name="Unit">The unit acted for, or null.</param>
public sealed record Actor(string Id, string Name, string? Unit = null)
{
    /// <summary>The workflow itself.</summary>
    public static readonly Actor System = new("system", "");

    /// <summary>The resident who reported the case; never named.</summary>
    public static readonly Actor Reporter = new(UnitKey.Reporter, "", UnitKey.Reporter);
}
