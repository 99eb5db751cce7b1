using System.Collections.Immutable;

namespace GridFlow.Workflows.Acts.Whistling;

/// <summary>Why a street whistles.</summary>
public enum WhistleGrounds
{
    /// <summary>What it cannot solve by itself.</summary>
    BeyondUs,

    /// <summary>Several departments have to enforce together.</summary>
    JointEnforcement,

    /// <summary>An emergency.</summary>
    Emergency,
}

/// <summary>How hard it is; who may blow it hangs on that.</summary>
public enum WhistleKind
{
    /// <summary>推进哨: pushes something on; any member of the street's leadership blows it.</summary>
    Push,

    /// <summary>攻坚哨: for what is hard to crack; the secretary or the director blows it.</summary>
    Hard,
}

/// <summary>Who whistles whom.</summary>
public enum WhistleLevel
{
    /// <summary>街道吹哨: the street whistles departments of the district.</summary>
    Street,

    /// <summary>社区吹哨: a community whistles its street.</summary>
    Community,
}

/// <summary>Where a whistle stands, from blown to assessed.</summary>
public enum WhistleState
{
    /// <summary>待审核: blown, and the area above looks at it first.</summary>
    Audit,

    /// <summary>待应哨: it sounds; not everybody has answered.</summary>
    Sounding,

    /// <summary>已应哨: all have signed.</summary>
    Answered,

    /// <summary>已报到: all have come, each with place and time.</summary>
    Attended,

    /// <summary>已办结: all have done their part.</summary>
    Done,

    /// <summary>已考核: judged both ways.</summary>
    Assessed,

    /// <summary>未通过: the audit refused it.</summary>
    Refused,

    /// <summary>已撤销: the case ended before it did.</summary>
    Ended,
}

/// <summary>A whistle (吹哨): a call to several units to come and do their part. An object of its own, kept with its case.</summary>
/// <param name="Number">Counts up from 1 within the case: repeats on one matter stand side by side.</param>
/// <param name="Kind">How hard it is.</param>
/// <param name="Grounds">Why.</param>
/// <param name="Level">Who whistles whom.</param>
/// <param name="Words">What is asked.</param>
/// <param name="Unit">The unit that blew it.</param>
/// <param name="By">The name of who blew it.</param>
/// <param name="BlownAt">UTC.</param>
public sealed record WhistleCall(int Number, WhistleKind Kind, WhistleGrounds Grounds, WhistleLevel Level, string Words, string Unit, string By, DateTimeOffset BlownAt)
{
    /// <summary>Where it stands.</summary>
    public WhistleState State { get; init; }

    /// <summary>When it sounded: at once, or once the audit let it. UTC.</summary>
    public DateTimeOffset? SoundedAt { get; init; }

    /// <summary>Who audited it, and what they said; null where nobody had to.</summary>
    public string? AuditedBy { get; init; }

    /// <summary>When all had done their part. UTC.</summary>
    public DateTimeOffset? DoneAt { get; init; }

    /// <summary>The units called.</summary>
    public ImmutableList<WhistledUnit> Units { get; init; } = [];

    /// <summary>The units that are called now: without those whose part went to another.</summary>
    internal ImmutableList<WhistledUnit> Called => Units.FindAll(unit => unit.MovedTo is null);

    internal WhistleCall With(WhistledUnit unit) => this with { Units = Units.Replace(Units.Find(one => one.Unit == unit.Unit)!, unit) };

    internal WhistleCall Advanced(DateTimeOffset now) => this switch
    {
        { State: WhistleState.Audit or WhistleState.Refused or WhistleState.Ended or WhistleState.Assessed } => this,
        _ when Called.TrueForAll(unit => unit.DoneAt is not null) => Called.TrueForAll(unit => unit is { StreetScore: not null, UnitScore: not null })
            ? this with { State = WhistleState.Assessed, DoneAt = DoneAt ?? now }
            : this with { State = WhistleState.Done, DoneAt = DoneAt ?? now },
        _ when Called.TrueForAll(unit => unit.AttendedAt is not null || unit.DoneAt is not null) => this with { State = WhistleState.Attended },
        _ when Called.TrueForAll(unit => unit.SignedAt is not null || unit.DoneAt is not null) => this with { State = WhistleState.Answered },
        _ => this with { State = WhistleState.Sounding },
    };
}

/// <summary>A unit that was whistled, and how it came.</summary>
/// <param name="Unit">Its key.</param>
public sealed record WhistledUnit(string Unit)
{
    /// <summary>Its work item; null until the whistle sounds.</summary>
    public string? Item { get; init; }

    /// <summary>Until when it signs. UTC.</summary>
    public DateTimeOffset? SignDue { get; init; }

    /// <summary>When it signed. UTC.</summary>
    public DateTimeOffset? SignedAt { get; init; }

    /// <summary>Who signed.</summary>
    public string? SignedBy { get; init; }

    /// <summary>Until when it has been in touch. UTC.</summary>
    public DateTimeOffset? ContactDue { get; init; }

    /// <summary>When it was. UTC.</summary>
    public DateTimeOffset? ContactedAt { get; init; }

    /// <summary>Until when somebody comes in person. UTC.</summary>
    public DateTimeOffset? AttendDue { get; init; }

    /// <summary>When somebody came. UTC.</summary>
    public DateTimeOffset? AttendedAt { get; init; }

    /// <summary>Where.</summary>
    public string? Place { get; init; }

    /// <summary>Who came.</summary>
    public string? AttendedBy { get; init; }

    /// <summary>When its part was done. UTC.</summary>
    public DateTimeOffset? DoneAt { get; init; }

    /// <summary>What it did.</summary>
    public string? Report { get; init; }

    /// <summary>What the street says of the unit: 1 to 5.</summary>
    public int? StreetScore { get; init; }

    /// <summary>The street's words.</summary>
    public string? StreetWord { get; init; }

    /// <summary>What the unit says of the whistle, whether it was called for: 1 to 5.</summary>
    public int? UnitScore { get; init; }

    /// <summary>The unit's words.</summary>
    public string? UnitWord { get; init; }

    /// <summary>The unit that took its part over; null while it is its own.</summary>
    public string? MovedTo { get; init; }

    /// <summary>Which of the clocks it let pass: sign, contact, attend.</summary>
    public ImmutableList<string> Late { get; init; } = [];
}
