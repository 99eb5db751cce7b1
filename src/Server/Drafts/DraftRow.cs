namespace GridFlow.Server.Drafts;

/// <summary>Where a draft stands. Only an open one can be edited.</summary>
public enum DraftStatus
{
    /// <summary>Being edited.</summary>
    Open,

    /// <summary>Its editor asked that it be published; somebody else decides.</summary>
    Requested,

    /// <summary>To be published at a time.</summary>
    Scheduled,

    /// <summary>It is a bundle now.</summary>
    Published,

    /// <summary>Given up.</summary>
    Discarded,
}

/// <summary>A bundle being edited. What it changed stands in <see cref="DraftPartRow"/>; who changed what, in <see cref="DraftEditRow"/>.</summary>
public sealed class DraftRow
{
    public int Id { get; init; }

    public required string Name { get; set; }

    /// <summary>The bundle in force it was begun from, or has taken in since.</summary>
    public int BaseNumber { get; set; }

    /// <summary>Counts the edits; guards each.</summary>
    public int Version { get; set; }

    public DraftStatus Status { get; set; }

    public required string AuthorId { get; init; }

    public required string AuthorName { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ChangedAt { get; set; }

    public required string ChangedBy { get; set; }

    /// <summary>Why it is to be published; for requested, scheduled and published drafts.</summary>
    public string? Reason { get; set; }

    /// <summary>When it is to be published; null for at once.</summary>
    public DateTimeOffset? PublishAt { get; set; }

    /// <summary>Who asked, or set the time.</summary>
    public string? RequestedById { get; set; }

    public string? RequestedByName { get; set; }

    /// <summary>The bundle it became.</summary>
    public int? PublishedAs { get; set; }

    /// <summary>Why it was not published at its time, in both languages as JSON.</summary>
    public string? Problem { get; set; }
}

/// <summary>A part of a draft that differs from its base; see <see cref="Workflows.Drafts.CellPath.PartOf"/>.</summary>
public sealed class DraftPartRow
{
    public required int DraftId { get; init; }

    public required string Part { get; init; }

    /// <summary>The part as JSON; empty for a workflow that is removed.</summary>
    public required string Content { get; set; }
}

/// <summary>One edit of a draft. Only ever appended.</summary>
public sealed class DraftEditRow
{
    public required int DraftId { get; init; }

    /// <summary>The version of the draft it led to.</summary>
    public required int Version { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string AccountId { get; init; }

    public required string Name { get; init; }

    /// <summary>The changed values, as JSON.</summary>
    public required string Changes { get; init; }
}
