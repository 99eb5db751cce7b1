using GridFlow.Server.Security;

namespace GridFlow.Server.Board;

/// <summary>Where a case lies, and how much is open around it.</summary>
/// <param name="Map">The part of the map it lies in.</param>
/// <param name="Root">The path of the area drawn.</param>
/// <param name="Here">The part of it the case lies in.</param>
/// <param name="Areas">Open cases of each part that has some, as far as the reader may see them.</param>
public sealed record Surroundings(AreaMap Map, string Root, MapShape Here, IReadOnlyList<BoardCount> Areas)
{
    public BoardCount HereCount => Areas.FirstOrDefault(area => area.Key == Here.Path) ?? new BoardCount(Here.Path, 0, 0, 0);
}

/// <summary>Finds the surroundings of a case: nothing is asked of the database but outlines, and those once a minute.</summary>
public sealed class CaseSurroundings(BoardState state, AreaMaps maps, TimeProvider time)
{
    /// <summary>With fewer parts the area above is drawn, where that has more.</summary>
    private const int FewestParts = 3;

    /// <summary>The digits of a village's code: what is nearer shows nothing of the surroundings.</summary>
    private const int Village = 12;

    /// <summary>Null where no area around the case has a boundary.</summary>
    public async Task<Surroundings?> FindAsync(string caseNumber, string areaPath, CurrentUser user, CancellationToken cancellationToken = default)
    {
        var codes = areaPath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        (AreaMap Map, string Root, MapShape Here)? nearest = null;
        var nearby = codes.TakeWhile(code => code.Length <= Village).Count();
        for (var depth = Math.Min(nearby, codes.Length - 1); depth > 0 && !(nearest?.Map.Shapes.Count >= FewestParts); depth--)
        {
            var root = $"/{string.Join('/', codes[..depth])}/";
            var map = await maps.GetAsync(root, cancellationToken);
            if (map.Shapes.Count > (nearest?.Map.Shapes.Count ?? 0) && map.Shapes.FirstOrDefault(shape => areaPath.StartsWith(shape.Path, StringComparison.Ordinal)) is { } here)
            {
                nearest = (map, root, here);
            }
        }

        if (nearest is not var (drawn, around, at))
        {
            return null;
        }

        var scope = new BoardScope(user, around);
        var snapshot = await state.GetWithAsync(caseNumber, cancellationToken);
        return new Surroundings(drawn, around, at, BoardView.AreasOf(snapshot.Cases.Where(scope.Sees), around, time.GetUtcNow()));
    }
}
