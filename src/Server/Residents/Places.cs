using GridFlow.Server.Organisation;
using GridFlow.Server.Persistence;
using GridFlow.Workflows.Cases;
using Microsoft.EntityFrameworkCore;

namespace GridFlow.Server.Residents;

/// <summary>A place as a resident chooses it.</summary>
public sealed record Place(string Code, string Name);

/// <summary>A town with its villages; the first place is the town itself, for who is not sure.</summary>
public sealed record Town(string Name, IReadOnlyList<Place> Places);

/// <summary>The places of this installation: all of them where a list can be scrolled, else found by name.</summary>
public sealed record PlaceList(IReadOnlyList<Town> Towns, bool IsSearched)
{
    public bool IsEmpty => Towns.Count == 0 && !IsSearched;
}

public sealed class PlaceQueries(IDbContextFactory<GridFlowDbContext> database)
{
    private const int MaxListed = 300;
    private const int MaxFound = 40;

    /// <summary>All towns and villages, or those matching what was searched when there are too many for one list.</summary>
    public async Task<PlaceList> ListAsync(string? search, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var places = db.Areas.AsNoTracking().Where(area => area.Level == AreaLevel.Town || area.Level == AreaLevel.Village);
        if (await places.CountAsync(cancellationToken) <= MaxListed)
        {
            return new PlaceList(Group(await places.OrderBy(area => area.Code).ToListAsync(cancellationToken), []), IsSearched: false);
        }

        var wanted = search?.Trim() ?? "";
        if (wanted.Length == 0)
        {
            return new PlaceList([], IsSearched: true);
        }

        var found = await places.Where(area => area.Name.Contains(wanted) || area.NameEn!.Contains(wanted))
            .OrderBy(area => area.Code.Length).ThenBy(area => area.Code).Take(MaxFound).ToListAsync(cancellationToken);
        var above = found.Select(area => area.ParentCode).OfType<string>().Distinct().ToList();
        var parents = await db.Areas.AsNoTracking().Where(area => above.Contains(area.Code)).ToListAsync(cancellationToken);
        return new PlaceList(Group(found, parents), IsSearched: true);
    }

    /// <summary>Whether there is a place to choose at all; a fresh installation has none yet.</summary>
    public async Task<bool> AnyAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.Areas.AnyAsync(area => area.Level == AreaLevel.Town || area.Level == AreaLevel.Village, cancellationToken);
    }

    private static List<Town> Group(List<Area> places, List<Area> parents)
    {
        var names = parents.Concat(places).DistinctBy(area => area.Code).ToDictionary(area => area.Code, area => area.DisplayName);
        return
        [
            .. places.GroupBy(area => area.Level == AreaLevel.Town ? area.Code : area.ParentCode ?? area.Code)
                .Select(town => new Town(
                    names.GetValueOrDefault(town.Key, town.Key),
                    [.. town.OrderBy(area => area.Code.Length).ThenBy(area => area.Code).Select(area => new Place(area.Code, area.DisplayName))])),
        ];
    }
}
