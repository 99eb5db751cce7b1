using GridFlow.Workflows.Cases;

namespace GridFlow.Server.Cases;

/// <summary>A case as the database keeps it: the facts of <see cref="CaseState"/> as columns, so that lists and figures can ask for them.</summary>
public sealed class CaseRow
{
    public required string Number { get; init; }

    public required string Title { get; init; }

    public required string Detail { get; init; }

    public required DateTimeOffset ReportedAt { get; init; }

    public required DateTimeOffset AcceptedAt { get; init; }

    public CaseChannel Channel { get; init; }

    public CaseNature Nature { get; init; }

    public CaseUrgency Urgency { get; set; }

    public required string AreaPath { get; init; }

    public string? Place { get; init; }

    public bool HasReporter { get; init; }

    public CaseStatus Status { get; set; }

    public CaseStage Stage { get; set; }

    public string? Category { get; set; }

    public string? Condition { get; set; }

    public CaseTier? Tier { get; set; }

    public string? LeadUnit { get; set; }

    /// <summary>Unit keys, separated by commas; <see cref="CaseUnitRow"/> is what queries ask.</summary>
    public string AssistingUnits { get; set; } = "";

    public string? Workflow { get; set; }

    public int Priority { get; set; }

    public DateTimeOffset? DueAt { get; set; }

    /// <summary>The deadline with its explanation, as JSON.</summary>
    public string? Due { get; set; }

    public int Round { get; set; }

    public string? Answer { get; set; }

    public DateTimeOffset? HandledAt { get; set; }

    public string? HandledBy { get; set; }

    public DateTimeOffset? VerifiedAt { get; set; }

    public string? VerifiedBy { get; set; }

    public DateTimeOffset? ConfirmedAt { get; set; }

    public string? ConfirmedBy { get; set; }

    public bool? RatedSolved { get; set; }

    public bool? RatedSatisfied { get; set; }

    public int? RatedStars { get; set; }

    public string? RatedComment { get; set; }

    public DateTimeOffset? RatedAt { get; set; }

    /// <summary>Why this category, as JSON.</summary>
    public string? Classification { get; set; }

    /// <summary>Why these units, as JSON.</summary>
    public string? Routing { get; set; }

    public DateTimeOffset? ClosedAt { get; set; }

    public DateTimeOffset? FirstClaimedAt { get; set; }

    /// <summary>When it was due before anything moved that; kept beside <see cref="DueAt"/> so that lists can show both.</summary>
    public DateTimeOffset? OriginalDueAt { get; set; }

    public int Returns { get; set; }

    public int Extensions { get; set; }

    public int Holds { get; set; }

    public DateTimeOffset? HeldUntil { get; set; }

    public bool WasOverdue { get; set; }

    public AppealState Appeal { get; set; }

    /// <summary>An appeal was granted: left out where lateness is counted, and shown apart.</summary>
    public bool IsExempted { get; set; }

    public int Urged { get; set; }

    public DateTimeOffset? UrgedAt { get; set; }

    public int Supervised { get; set; }

    /// <summary>The account and the name of the leader who answers for it.</summary>
    public string? SponsorId { get; set; }

    public string? SponsorName { get; set; }

    public string? MergedInto { get; set; }

    public string? SplitFrom { get; init; }

    public int OpenParts { get; set; }

    /// <summary>Names the report at its source; unique, so that nothing is taken in twice.</summary>
    public string? IntakeKey { get; init; }
}

/// <summary>That a unit has or had a part in a case: what a department sees hangs on it.</summary>
public sealed class CaseUnitRow
{
    public required string CaseNumber { get; init; }

    public required string Unit { get; init; }
}

/// <summary>Who reported a case. Read only by those who may, and each reading is recorded.</summary>
public sealed class ReporterRow
{
    public required string CaseNumber { get; init; }

    public required string Name { get; init; }

    public required string Phone { get; init; }

    public required string Email { get; init; }

    public required string Address { get; init; }

    public required string SecretHash { get; init; }
}

/// <summary>That somebody looked at who reported a case, and why. The resident can see it.</summary>
public sealed class IdentityViewRow
{
    public long Id { get; init; }

    public required string CaseNumber { get; init; }

    public required string AccountId { get; init; }

    public required string Name { get; init; }

    public required string Reason { get; init; }

    public required DateTimeOffset At { get; init; }
}
