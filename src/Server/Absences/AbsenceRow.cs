namespace GridFlow.Server.Absences;

/// <summary>That somebody is away, and who stands in for them meanwhile.</summary>
public sealed class AbsenceRow
{
    public required string Id { get; init; }

    public required string AccountId { get; init; }

    public required string StandInId { get; init; }

    public required DateTimeOffset From { get; init; }

    /// <summary>The first instant they are back; moved forward when they are back earlier.</summary>
    public required DateTimeOffset Until { get; set; }

    /// <summary>Who entered it: themselves, or whoever dispatches or administers there.</summary>
    public required string ById { get; init; }

    public required string ByName { get; init; }
}
