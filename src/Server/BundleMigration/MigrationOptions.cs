using System.ComponentModel.DataAnnotations;

namespace GridFlow.Server.BundleMigration;

/// <summary>Settings of moving open cases to another version.</summary>
public sealed class MigrationOptions
{
    public const string Section = "Migration";

    /// <summary>How long after a case was moved it can go back; a day unless told.</summary>
    [Range(0, 24 * 365)]
    public double UndoHours { get; set; } = 24;

    public TimeSpan UndoWindow => TimeSpan.FromHours(UndoHours);
}
