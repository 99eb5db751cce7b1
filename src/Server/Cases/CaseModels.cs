using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Engine;

namespace GridFlow.Server.Cases;

/// <summary>A unit as people read it.</summary>
public sealed record UnitName(string Key, string Name);

/// <summary>When something is due, and how that came about in one sentence.</summary>
public sealed record DueDate(DateTimeOffset At, string Explanation);

/// <summary>A case in a list.</summary>
public sealed record CaseListRow(string Number, string Title, CaseStatus Status, CaseStage Stage, CaseTier? Tier, CaseUrgency Urgency, int Round, DateTimeOffset AcceptedAt)
{
    public string? Category { get; init; }

    /// <summary>The innermost place by name.</summary>
    public string? Area { get; init; }

    /// <summary>The places from the town down by name.</summary>
    public string? AreaPath { get; init; }

    public UnitName? Lead { get; init; }

    public DueDate? Due { get; init; }

    /// <summary>The part of the text in which the words stand that were looked for, unless the title has them.</summary>
    public string? Snippet { get; init; }
}

/// <summary>A page of a list, with the count of all, as far as they are counted.</summary>
public sealed record CaseList(IReadOnlyList<CaseListRow> Rows, int Total, int Page, int PageSize)
{
    /// <summary>Where the next rows begin, to be given back as it is; null at the end.</summary>
    public string? Next { get; init; }
}

/// <summary>An open work item of a case.</summary>
public sealed record OpenItem(string Id, string Title, WorkItemKind Kind, UnitPart Part, UnitName Unit, DateTimeOffset OpenedAt)
{
    public required string DefinitionId { get; init; }

    public required string ActivityId { get; init; }

    public int Bundle { get; init; }

    public Role? Role { get; init; }

    public DueDate? Due { get; init; }

    public string? ClaimedBy { get; init; }

    public DateTimeOffset? ClaimedAt { get; init; }

    public bool IsMine { get; init; }

    /// <summary>The reader may sign for and complete it.</summary>
    public bool MayAct { get; init; }

    public string? Problem { get; init; }

    /// <summary>Its workflow drives no case, so that no resident and no place stands behind it.</summary>
    public bool IsLoose { get; init; }

    /// <summary>For incidents: the workflow and the step that failed, by name.</summary>
    public string? Where { get; init; }

    /// <summary>For incidents: how often it failed.</summary>
    public int Attempts { get; init; }

    /// <summary>For what an act asks for: by whom, of which unit, why, and what else was said; each a line.</summary>
    public IReadOnlyList<string> Asked { get; init; } = [];
}

/// <summary>Who reported, as everybody who sees the case may know it.</summary>
public sealed record MaskedReporter(string Name, string Phone, string Email);

/// <summary>Why the case is in its category.</summary>
public sealed record SortingReason(string? Proposed, IReadOnlyList<string> Words, double Weight, string? RunnerUp, double RunnerUpWeight);

/// <summary>Why the case went to its units.</summary>
public sealed record RoutingReasons(int Bundle, int Row, IReadOnlyList<string> Reasons, IReadOnlyList<int> PassedOver, UnitName Lead);

/// <summary>Everything of a case that a reader of the staff may see.</summary>
public sealed record CaseDetail
{
    public required string Number { get; init; }

    public required string Title { get; init; }

    public required string Detail { get; init; }

    public CaseStatus Status { get; init; }

    public CaseStage Stage { get; init; }

    public CaseTier? Tier { get; init; }

    public CaseUrgency Urgency { get; init; }

    public CaseNature Nature { get; init; }

    public CaseChannel Channel { get; init; }

    public int Round { get; init; }

    public string? CategoryKey { get; init; }

    public string? Category { get; init; }

    public string? Condition { get; init; }

    public required string AreaPath { get; init; }

    public required string Area { get; init; }

    public string? Place { get; init; }

    public DateTimeOffset ReportedAt { get; init; }

    public DateTimeOffset AcceptedAt { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    public UnitName? Lead { get; init; }

    public IReadOnlyList<UnitName> Assisting { get; init; } = [];

    public DueDate? Due { get; init; }

    public string? Answer { get; init; }

    public CaseFact? Handled { get; init; }

    public CaseFact? Verified { get; init; }

    public CaseFact? Confirmed { get; init; }

    public CaseRating? Rating { get; init; }

    public SortingReason? Sorting { get; init; }

    public RoutingReasons? Routing { get; init; }

    public bool HasReporter { get; init; }

    public MaskedReporter? Reporter { get; init; }

    public bool MayReveal { get; init; }

    /// <summary>The bundle the case runs under.</summary>
    public int Bundle { get; init; }

    public IReadOnlyList<OpenItem> OpenItems { get; init; } = [];

    /// <summary>When it was due at first, where that was moved since.</summary>
    public DueDate? OriginalDue { get; init; }

    public DateTimeOffset? HeldUntil { get; init; }

    /// <summary>It was sent back as often as it may be: the next step is a ruling.</summary>
    public bool AreReturnsUsedUp { get; init; }

    public int Returns { get; init; }

    public int Extensions { get; init; }

    public int Urged { get; init; }

    public int Supervised { get; init; }

    /// <summary>The leader who answers for it.</summary>
    public string? Sponsor { get; init; }

    public bool WasOverdue { get; init; }

    public AppealState Appeal { get; init; }

    public string? MergedInto { get; init; }

    public string? SplitFrom { get; init; }

    /// <summary>Cases merged into this one, and parts of it, with where they stand.</summary>
    public IReadOnlyList<AttachedCase> Attached { get; init; } = [];
}

/// <summary>A case that hangs on another one: merged into it, or a part of it.</summary>
public sealed record AttachedCase(string Number, string Title, CaseStatus Status, UnitName? Lead, bool IsPart);

/// <summary>An entry of the timeline in words; the text is one sentence without a full stop.</summary>
public sealed record TimelineEntry(int Number, DateTimeOffset At, HistoryKind Kind, string Text)
{
    /// <summary>Who, with the unit acted for; empty for the workflow.</summary>
    public string By { get; init; } = "";

    /// <summary>The resident reads that it happened.</summary>
    public bool IsPublic { get; init; }

    /// <summary>The resident also reads what was said with it.</summary>
    public bool AreLinesPublic { get; init; }

    /// <summary>What was said with it: answers, reasons, messages.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];

    /// <summary>Of interest to those who keep the workflow, not to those who handle the case.</summary>
    public bool IsStep { get; init; }
}
