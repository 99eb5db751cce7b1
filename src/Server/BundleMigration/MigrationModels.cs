using GridFlow.Workflows.Migration;

namespace GridFlow.Server.BundleMigration;

/// <summary>What is to be moved where.</summary>
/// <param name="From">The bundle cases run under now.</param>
/// <param name="To">The bundle they are to run under.</param>
/// <param name="Workflow">Only cases this workflow runs in; null for all.</param>
/// <param name="Mapping">What takes the place of what.</param>
public sealed record MigrationOrder(int From, int To, string? Workflow, ActivityMapping Mapping)
{
    public int To { get; } = To != From ? To : throw new ArgumentException($"Version {From} cannot be migrated to itself.", nameof(To));
}

/// <summary>What a migration would do to all there is.</summary>
/// <param name="Total">Cases looked at.</param>
/// <param name="Possible">Those that can move.</param>
/// <param name="Visible">Of those, the ones people will notice: another step or another form.</param>
/// <param name="Timers">Timers that go on unchanged.</param>
/// <param name="Cases">The first of them, those that cannot move before all others.</param>
public sealed record MigrationForecast(int Total, int Possible, int Visible, int Timers, IReadOnlyList<MigrationPreview> Cases)
{
    public int Impossible => Total - Possible;
}

/// <summary>How far a run is, or how it went.</summary>
public sealed record MigrationProgress(string Run, int Total, int Moved, int Refused, int Undone, bool IsFinished)
{
    /// <summary>How many could not be moved back.</summary>
    public int NotUndone { get; init; }

    /// <summary>Whether something is left that can be taken up again: what was moved back on purpose is not.</summary>
    public bool MayResume => !IsFinished && Undone == 0 && NotUndone == 0;

    /// <summary>Whether something is left that may yet go back.</summary>
    public bool MayUndo => Moved > Undone + NotUndone;

    public double Share => Total == 0 ? 1 : Math.Min(1, (double)(Moved + Refused) / Total);
}

/// <summary>How moving back went.</summary>
public sealed record UndoResult(string Run, int Undone, int Refused);

/// <summary>A case that was not moved, or not moved back, and why.</summary>
public sealed record MigrationRefusal(string InstanceId, bool IsUndo, IReadOnlyList<MigrationObstacle> Obstacles);
