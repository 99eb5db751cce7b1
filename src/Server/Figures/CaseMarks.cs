namespace GridFlow.Server.Figures;

/// <summary>What is so of a case, as far as figures ask. Kept in the days' pages: a value is never given another meaning, see <see cref="FigureRules.Version"/>.</summary>
[Flags]
public enum CaseMarks
{
    None = 0,
    Small = 1 << 0,
    Hard = 1 << 1,
    Big = 1 << 2,
    Open = 1 << 3,
    Closed = 1 << 4,
    Merged = 1 << 5,
    Withdrawn = 1 << 6,

    /// <summary>Somebody of the unit signed for it, or handled it at once.</summary>
    Answered = 1 << 7,
    AnsweredInTime = 1 << 8,
    Dispatched = 1 << 9,
    Returned = 1 << 10,
    Handled = 1 << 11,
    Overdue = 1 << 12,
    Exempted = 1 << 13,
    Extended = 1 << 14,
    Held = 1 << 15,
    Reopened = 1 << 16,
    WasClosed = 1 << 17,
    Rated = 1 << 18,
    Solved = 1 << 19,
    Satisfied = 1 << 20,

    /// <summary>A check of what was done was due, and is over.</summary>
    Checked = 1 << 21,
    CheckedLate = 1 << 22,
    Whistled = 1 << 23,

    /// <summary>Handled shortly before it was due, without a photo of the place.</summary>
    AtTheWire = 1 << 24,

    /// <summary>Found and done by our own people within minutes, in a few words.</summary>
    TinySelfReported = 1 << 25,
}

/// <summary>The facts of a case from which its marks follow.</summary>
public sealed record FigureFacts
{
    public required string Number { get; init; }

    public required string AreaPath { get; init; }

    public string? Place { get; init; }

    public string? LeadUnit { get; init; }

    public string? Category { get; init; }

    public Workflows.Cases.CaseTier? Tier { get; init; }

    public Workflows.Cases.CaseStatus Status { get; init; }

    public Workflows.Cases.CaseChannel Channel { get; init; }

    public int DetailLength { get; init; }

    public required DateTimeOffset AcceptedAt { get; init; }

    public DateTimeOffset? FirstClaimedAt { get; init; }

    public DateTimeOffset? HandledAt { get; init; }

    public DateTimeOffset? DueAt { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    public int Round { get; init; } = 1;

    public int Returns { get; init; }

    public int Extensions { get; init; }

    public int Holds { get; init; }

    public bool WasOverdue { get; init; }

    public bool IsExempted { get; init; }

    public bool? RatedSolved { get; init; }

    public bool? RatedSatisfied { get; init; }

    /// <summary>Null where no check with a limit is over.</summary>
    public bool? CheckedInTime { get; init; }

    public bool IsWhistled { get; init; }

    public bool HasPhoto { get; init; }

    /// <summary>The version of the case's instance these facts were read at.</summary>
    public int Version { get; init; }
}
