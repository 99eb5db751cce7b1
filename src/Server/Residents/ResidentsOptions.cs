using System.ComponentModel.DataAnnotations;

namespace GridFlow.Server.Residents;

/// <summary>What an anonymous visitor may do, and how often.</summary>
public sealed class ResidentsOptions
{
    public const string Section = "Residents";

    /// <summary>Reports taken per client address and window. Generous, because a village may share one address.</summary>
    [Range(1, 1_000_000)]
    public int ReportsPerWindow { get; set; } = 60;

    /// <summary>Tries at a number and its code, and acts on a case, per client address and window.</summary>
    [Range(1, 1_000_000)]
    public int FollowsPerWindow { get; set; } = 120;

    /// <summary>The window, in minutes.</summary>
    [Range(1, 1440)]
    public int WindowMinutes { get; set; } = 10;
}
