using System.Collections.Immutable;
using GridFlow.Workflows.Calendars;
using GridFlow.Workflows.Cases;

namespace GridFlow.Workflows.Routing;

/// <summary>
/// A row of the routing table (派单目录): conditions on the left, who does what on the right. An empty condition holds for
/// every case; all conditions given must hold.
/// </summary>
public sealed record RoutingRow
{
    /// <summary>The number people quote ("row 17"). Unique in its table; stays with the row when rows around it change.</summary>
    public required int Number { get; init; }

    /// <summary>Condition: the category lies at or beneath this category key.</summary>
    public string? Category { get; init; }

    /// <summary>Condition: the place lies in the area with this code.</summary>
    public string? Area { get; init; }

    /// <summary>Condition: any of these words stands in the title or the text.</summary>
    public ImmutableArray<string> Keywords { get; init; } = [];

    /// <summary>Condition on the tier the case has when it is routed.</summary>
    public CaseTier? Tier { get; init; }

    /// <summary>Condition on what the reporter wants.</summary>
    public CaseNature? Nature { get; init; }

    /// <summary>Condition on how the case came in.</summary>
    public CaseChannel? Channel { get; init; }

    /// <summary>Condition on how pressing it is.</summary>
    public CaseUrgency? Urgency { get; init; }

    /// <summary>Condition: the local time of acceptance is at or after this; with <see cref="Until"/>, may run over midnight.</summary>
    public TimeOnly? From { get; init; }

    /// <summary>Condition: the local time of acceptance is before this.</summary>
    public TimeOnly? Until { get; init; }

    /// <summary>The unit that leads, as a <see cref="UnitKey"/>, absolute or relative.</summary>
    public required string Lead { get; init; }

    /// <summary>The units that assist.</summary>
    public ImmutableArray<string> Assisting { get; init; } = [];

    /// <summary>The tier the case starts in; null keeps the category's.</summary>
    public CaseTier? StartTier { get; init; }

    /// <summary>The workflow to run instead of the tier's own; null for the tier's own.</summary>
    public string? Workflow { get; init; }

    /// <summary>The handling limit instead of the filing condition's; null keeps that.</summary>
    public TimeLimit? Limit { get; init; }

    /// <summary>1 most pressing to 5 least; null keeps 3.</summary>
    public int? Priority { get; init; }

    /// <summary>Why the row is there, for those who come after.</summary>
    public string Note { get; init; } = "";
}
