using GridFlow.Server.Security;
using GridFlow.Workflows.Cases;

namespace GridFlow.Server.Board;

/// <summary>An open case as the board knows it: what is counted and sorted by, and of what was reported the telling words of its title.</summary>
/// <param name="Number">The case's number.</param>
/// <param name="AreaPath">Where.</param>
/// <param name="Lead">The unit that leads, or null.</param>
/// <param name="Assisting">Units that assist, separated by commas.</param>
/// <param name="Category">The category's key, or null.</param>
/// <param name="Place">The place in words, letters and digits only; empty where none was given.</param>
public sealed record OpenCase(string Number, string AreaPath, string? Lead, string Assisting, string? Category, string Place)
{
    /// <summary>What its title says of the matter (<see cref="MatterWords"/>); empty when that is nothing.</summary>
    public string Words { get; init; } = "";

    public CaseTier? Tier { get; init; }

    public CaseStage Stage { get; init; }

    public CaseUrgency Urgency { get; init; }

    public DateTimeOffset AcceptedAt { get; init; }

    /// <summary>When it is to be handled by; null once it is handled, for then the next turn is somebody else's.</summary>
    public DateTimeOffset? DueAt { get; init; }

    public bool IsOverdue(DateTimeOffset now) => DueAt < now;

    public bool IsSoon(DateTimeOffset now) => DueAt >= now && DueAt < now.AddHours(BoardView.SoonHours);
}

/// <summary>
/// What a person sees of the board: the areas they look after and the cases their units have a part in now. Never wider than
/// <see cref="Cases.CaseScope"/>, which also shows what one's unit once had a part in.
/// </summary>
public sealed class BoardScope
{
    private readonly IReadOnlyList<string> _paths;
    private readonly HashSet<string> _units;

    public BoardScope(CurrentUser user, string? areaPath)
    {
        _paths = user.ScopeOf(Permission.ViewCases).AreaPaths;
        _units = user.UnitKeys.ToHashSet(StringComparer.Ordinal);
        AreaPath = areaPath;
        Key = $"{string.Join(' ', _paths.Order(StringComparer.Ordinal))}|{string.Join(' ', _units.Order(StringComparer.Ordinal))}|{areaPath}";
    }

    /// <summary>The area looked at; null for all of one's own.</summary>
    public string? AreaPath { get; }

    /// <summary>The same for all who see the same.</summary>
    public string Key { get; }

    /// <summary>The areas whose cases are seen whoever leads.</summary>
    public IReadOnlyList<string> Paths => _paths;

    public bool Sees(OpenCase @case) =>
        (AreaPath is null || @case.AreaPath.StartsWith(AreaPath, StringComparison.Ordinal))
        && (_paths.Any(path => @case.AreaPath.StartsWith(path, StringComparison.Ordinal)) || (@case.Lead is { } lead && _units.Contains(lead)) || Assists(@case));

    private bool Assists(OpenCase @case) => @case.Assisting.Length > 0 && @case.Assisting.Split(',').Any(_units.Contains);
}
