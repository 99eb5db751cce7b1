using GridFlow.Workflows.Acts.Whistling;

namespace GridFlow.Server.Whistles;

/// <summary>A whistle as boards and figures ask for it; the instance holds the same.</summary>
public sealed class WhistleRow
{
    /// <summary>The case's number and the whistle's within it.</summary>
    public required string Id { get; init; }

    public required string CaseNumber { get; init; }

    public int Number { get; init; }

    /// <summary>The case's place, for the row filter.</summary>
    public required string AreaPath { get; init; }

    public WhistleKind Kind { get; init; }

    public WhistleGrounds Grounds { get; init; }

    public WhistleLevel Level { get; init; }

    public WhistleState State { get; set; }

    public required string Words { get; init; }

    /// <summary>The unit that blew it.</summary>
    public required string Unit { get; init; }

    public required string BlownBy { get; init; }

    public DateTimeOffset BlownAt { get; init; }

    public DateTimeOffset? SoundedAt { get; set; }

    public string? AuditedBy { get; set; }

    public DateTimeOffset? DoneAt { get; set; }
}

/// <summary>A unit that was whistled.</summary>
public sealed class WhistledUnitRow
{
    public required string WhistleId { get; init; }

    public required string Unit { get; init; }

    public string? WorkItem { get; set; }

    public DateTimeOffset? SignDue { get; set; }

    public DateTimeOffset? SignedAt { get; set; }

    public string? SignedBy { get; set; }

    public DateTimeOffset? ContactDue { get; set; }

    public DateTimeOffset? ContactedAt { get; set; }

    public DateTimeOffset? AttendDue { get; set; }

    public DateTimeOffset? AttendedAt { get; set; }

    public string? AttendedBy { get; set; }

    public string? Place { get; set; }

    public DateTimeOffset? DoneAt { get; set; }

    public string? Report { get; set; }

    public int? StreetScore { get; set; }

    public string? StreetWord { get; set; }

    public int? UnitScore { get; set; }

    public string? UnitWord { get; set; }

    /// <summary>The unit that took its part over.</summary>
    public string? MovedTo { get; set; }

    /// <summary>The clocks it let pass, separated by commas: sign, contact, attend.</summary>
    public string Late { get; set; } = "";
}
