using System.Collections.Immutable;
using GridFlow.Workflows.Engine;

namespace GridFlow.Workflows.Migration;

/// <summary>What moving an instance to another bundle would do to it.</summary>
public sealed record MigrationPreview
{
    /// <summary>The instance.</summary>
    public required string InstanceId { get; init; }

    /// <summary>Where it stands, and where it would.</summary>
    public ImmutableArray<StandingPlace> Stands { get; init; } = [];

    /// <summary>Its open work items. Unit, claim and deadline stay as they are.</summary>
    public ImmutableArray<MovedWorkItem> WorkItems { get; init; } = [];

    /// <summary>Its timers. None changes when it is due.</summary>
    public ImmutableArray<MovedTimer> Timers { get; init; } = [];

    /// <summary>Why it cannot move; empty when it can.</summary>
    public ImmutableArray<MigrationObstacle> Obstacles { get; init; } = [];

    /// <summary>It can move.</summary>
    public bool IsPossible => Obstacles.IsEmpty;

    /// <summary>It would stand elsewhere, or people would see another form.</summary>
    public bool IsVisible => Stands.Any(place => place.From != place.To) || WorkItems.Any(item => item.FormChanges);
}

/// <summary>A place at which an instance stands: an activity that waits for something.</summary>
/// <param name="Definition">The workflow.</param>
/// <param name="From">The activity by id.</param>
/// <param name="To">The activity it would stand at; null when there is none.</param>
public sealed record StandingPlace(string Definition, string From, string? To);

/// <summary>An open work item that would move.</summary>
/// <param name="Item">The item as it is.</param>
/// <param name="To">The activity it would belong to; null when there is none.</param>
/// <param name="FormChanges">Its title, outcomes or fields would change.</param>
public sealed record MovedWorkItem(WorkItem Item, string? To, bool FormChanges);

/// <summary>A timer that would go on under the other bundle.</summary>
/// <param name="Timer">The timer as it is and stays.</param>
/// <param name="From">The activity that set it.</param>
/// <param name="To">The activity that would hear of it; null when there is none.</param>
public sealed record MovedTimer(InstanceTimer Timer, string From, string? To);

/// <summary>That an instance was moved, with what is needed to move it back.</summary>
/// <param name="Run">The run of the migration.</param>
/// <param name="InstanceId">The instance.</param>
/// <param name="From">The bundle before.</param>
/// <param name="To">The bundle after.</param>
/// <param name="At">UTC.</param>
/// <param name="Version">The instance's version right after the move; at any other it has gone on.</param>
/// <param name="Before">The instance's state before, as JSON.</param>
public sealed record MigrationRecord(string Run, string InstanceId, int From, int To, DateTimeOffset At, long Version, string Before)
{
    /// <summary>When it was moved back; null while it was not.</summary>
    public DateTimeOffset? UndoneAt { get; init; }
}
