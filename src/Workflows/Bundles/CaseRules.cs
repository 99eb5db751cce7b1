using System.Collections.Immutable;
using GridFlow.Workflows.Calendars;
using GridFlow.Workflows.Cases;

namespace GridFlow.Workflows.Bundles;

/// <summary>
/// Counts, limits and deciders of what people may do with a case beyond the drawing. They differ from place to place, so they are
/// published with everything else; what is not given is as the national guidance and most cities have it.
/// </summary>
public sealed record CaseRules
{
    /// <summary>The rules of a place that has set none of its own.</summary>
    public static CaseRules Default { get; } = new();

    /// <summary>How often a matter may be sent back; the next time somebody rules (裁定).</summary>
    public int MaxReturns { get; init; } = 2;

    /// <summary>How often more time may be granted.</summary>
    public int MaxExtensions { get; init; } = 2;

    /// <summary>How often a matter may be put on hold.</summary>
    public int MaxHolds { get; init; } = 1;

    /// <summary>How many days a hold may last.</summary>
    public int MaxHoldDays { get; init; } = 365;

    /// <summary>How long nobody urges again after somebody did, so that urging stays a word and does not become a noise.</summary>
    public TimeLimit UrgePause { get; init; } = TimeLimit.UrgentHours(1);

    /// <summary>Who decides on more time and on a hold, one after the other.</summary>
    public ImmutableArray<Decider> TimeDeciders { get; init; } = [new("@town", Role.Dispatcher), new("@county", Role.Leader)];

    /// <summary>Who reviews an appeal, one after the other.</summary>
    public ImmutableArray<Decider> AppealReviewers { get; init; } = [new("@town", Role.Dispatcher), new("@county", Role.Dispatcher)];

    /// <summary>Who decides on an objection to a dispatch.</summary>
    public Decider ObjectionDecider { get; init; } = new("@county", Role.Dispatcher);

    /// <summary>Who rules when a matter was sent back too often.</summary>
    public Decider Arbiter { get; init; } = new("@county", Role.Leader);

    /// <summary>Until when a request is decided.</summary>
    public TimeLimit DecisionLimit { get; init; } = TimeLimit.WorkingHours(4);

    /// <summary>Until when a supervision is answered where the leader names no limit.</summary>
    public TimeLimit SupervisionLimit { get; init; } = TimeLimit.WorkingDays(1);

    /// <summary>Until when a whistled unit signs.</summary>
    public TimeLimit WhistleSignLimit { get; init; } = TimeLimit.UrgentHours(1);

    /// <summary>Until when a whistled unit has been in touch with the street.</summary>
    public TimeLimit WhistleContactLimit { get; init; } = TimeLimit.UrgentHours(24);

    /// <summary>Until when a unit whistled to push something on (推进哨) has come in person.</summary>
    public TimeLimit WhistlePushLimit { get; init; } = TimeLimit.WorkingDays(3);

    /// <summary>Until when a unit whistled for a hard case (攻坚哨) has come in person.</summary>
    public TimeLimit WhistleHardLimit { get; init; } = TimeLimit.WorkingDays(5);

    /// <summary>A whistle sounds only after the area above has looked at it.</summary>
    public bool WhistleNeedsAudit { get; init; }
}

/// <summary>Who decides something: a unit, absolute or by its relation to the case, and the role there.</summary>
public sealed record Decider(string Unit, Role? Role);
