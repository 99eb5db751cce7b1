using System.Collections.Immutable;
using GridFlow.Workflows.Cases;

namespace GridFlow.Workflows.Replay;

/// <summary>An activity of a workflow.</summary>
public readonly record struct StepRef(string Definition, string Activity);

/// <summary>
/// What became of a report by the end of its intake: the moment it has a lead unit and the workflow that handles it begins, or
/// before that where it ended or still waits. Of what stands in the books and of a replay alike, so that the two can be compared.
/// </summary>
public sealed record IntakeOutcome
{
    /// <summary>The category's key; null when it was not sorted.</summary>
    public string? Category { get; init; }

    /// <summary>The tier; null until routed.</summary>
    public CaseTier? Tier { get; init; }

    /// <summary>The unit that leads; null when nobody does.</summary>
    public string? Lead { get; init; }

    /// <summary>The units that assist.</summary>
    public ImmutableArray<string> Assisting { get; init; } = [];

    /// <summary>The routing row that was asked last; null when none held. What a person decided instead does not change it.</summary>
    public int? Row { get; init; }

    /// <summary>The workflow that began; null while it waits, or when it ended without one.</summary>
    public string? Workflow { get; init; }

    /// <summary>The handling limit as text; null for none. Means something only where <see cref="KnowsLimit"/>.</summary>
    public string? Limit { get; init; }

    /// <summary>Until when handling is due. UTC.</summary>
    public DateTimeOffset? Due { get; init; }

    /// <summary>Whether the limit was recorded; cases from before it was say nothing of it, and are not compared in it.</summary>
    public bool KnowsLimit { get; init; }

    /// <summary>The step of the intake at which it waits for a person; null when it does not.</summary>
    public StepRef? WaitsAt { get; init; }

    /// <summary>The step that failed; null when none did.</summary>
    public StepRef? Incident { get; init; }

    /// <summary>It was closed or taken back during intake: not a matter for us.</summary>
    public bool Ended { get; init; }

    /// <summary>A person was asked during intake, whether or not they have answered.</summary>
    public bool AskedPerson { get; init; }

    /// <summary>Neither a row nor a person has named a unit, and it has not ended either.</summary>
    public bool IsNobodys => Lead is null && !Ended;
}
