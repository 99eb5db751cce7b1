using System.Text.Json.Serialization;
using GridFlow.Workflows.Calendars;
using GridFlow.Workflows.Cases;

namespace GridFlow.Server.Residents;

/// <summary>
/// A case as its resident sees it, in the reader's language. Units answer for it here, never persons: no name of the staff is in it.
/// </summary>
public sealed record FollowedCase
{
    public required string Number { get; init; }

    /// <summary>Where it stands, in one sentence.</summary>
    public required string Standing { get; init; }

    public required string Title { get; init; }

    public required string Detail { get; init; }

    public required CaseNature Nature { get; init; }

    public string? Where { get; init; }

    public string? Category { get; init; }

    public required DateTimeOffset AcceptedAt { get; init; }

    public required CaseStatus Status { get; init; }

    public required CaseStage Stage { get; init; }

    public CaseTier? Tier { get; init; }

    /// <summary>The unit that leads; null until one is found.</summary>
    public string? LeadUnit { get; init; }

    public IReadOnlyList<string> AssistingUnits { get; init; } = [];

    public DateTimeOffset? DueAt { get; init; }

    /// <summary>How the date came about.</summary>
    public string? DueExplained { get; init; }

    public bool IsOverdue { get; init; }

    /// <summary>Handled, verified and confirmed, each on its own.</summary>
    public required IReadOnlyList<FollowedFact> Facts { get; init; }

    /// <summary>The answer of this round.</summary>
    public string? Answer { get; init; }

    public required int Round { get; init; }

    /// <summary>This round and those before, newest first.</summary>
    public required IReadOnlyList<FollowedRound> Rounds { get; init; }

    /// <summary>Who looked at the reporter's name and number.</summary>
    public required IReadOnlyList<FollowedView> IdentityViews { get; init; }

    public bool CanRate { get; init; }

    /// <summary>Until when a judgement counts.</summary>
    public DateTimeOffset? RateBy { get; init; }

    public bool CanReopen => Status == CaseStatus.Closed;

    /// <summary>It is carried on under another case, which is not this resident's to take back.</summary>
    public bool IsCarried { get; init; }

    /// <summary>Whoever reported the case it is carried on under judges it and takes it back.</summary>
    public bool IsOthers { get; init; }

    /// <summary>Others reported the same and are carried on with it: it is not one resident's to take back.</summary>
    public bool CarriesOthers { get; init; }

    public bool CanWithdraw => Status == CaseStatus.Open && !CanRate && !IsCarried && !CarriesOthers;
}

/// <summary>One of the three facts; not yet so without a time.</summary>
public sealed record FollowedFact(CaseFactKind Kind, DateTimeOffset? At, string? Unit);

/// <summary>A round: what was done, newest first, and what came out of it.</summary>
public sealed record FollowedRound(int Number, string? Answer, IReadOnlyList<FollowedEvent> Events);

/// <summary>An entry of the public timeline.</summary>
/// <param name="At">UTC.</param>
/// <param name="Text">What happened, as a sentence without a full stop.</param>
/// <param name="Quote">Words somebody wrote: a message, a reason, an opinion.</param>
public sealed record FollowedEvent(DateTimeOffset At, string Text, string? Quote)
{
    /// <summary>Something the authorities did about the matter, told to everybody who reported it, and nothing its own reporter said or is asked.</summary>
    [JsonIgnore]
    public bool IsForAll { get; init; }
}

/// <summary>That somebody looked at who reported: when, in which post, and why.</summary>
public sealed record FollowedView(DateTimeOffset At, string Who, string Reason);

/// <summary>What is read of a case before it is put into words.</summary>
internal sealed record CaseMaterial(
    CaseState Case,
    Deadline? HandlingDue,
    IReadOnlyList<Cases.WorkItemRow> Open,
    IReadOnlyList<TimelineEntry> History,
    IReadOnlyDictionary<string, string> Units);
