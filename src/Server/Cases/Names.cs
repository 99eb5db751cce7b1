using GridFlow.Server.Accounts;
using GridFlow.Server.Persistence;
using GridFlow.Workflows.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace GridFlow.Server.Cases;

/// <summary>What people call the units and places of one page, in the language of its reader.</summary>
public sealed class Names(IReadOnlyDictionary<string, string> areas, IReadOnlyDictionary<string, string> departments, IStringLocalizer<CasesText> text)
{
    /// <summary>County and above are left out: nobody is told their own province.</summary>
    private const int FirstLevelLength = 9;

    /// <summary>The unit's name; the key itself where it names nothing.</summary>
    public string Unit(string? key) => key switch
    {
        null or "" => text["UnitNobody"],
        UnitKey.Reporter => text["UnitReporter"],
        UnitKey.Administrator => text["UnitAdmin"],
        UnitKey.Everywhere => text["UnitEverywhere"],
        _ when UnitKey.AreaOf(key) is { } code => areas.GetValueOrDefault(code, key),
        _ when UnitKey.DepartmentOf(key) is { } department => departments.GetValueOrDefault(department, key),
        _ => key,
    };

    /// <summary>The area with this code; the code itself where there is none.</summary>
    public string Area(string code) => areas.GetValueOrDefault(code, code);

    /// <summary>"清溪镇 / 柳塘村 / 柳塘村第一网格" from a path of codes.</summary>
    public string Place(string areaPath)
    {
        var codes = areaPath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var shown = codes.Where(code => code.Length >= FirstLevelLength).ToList();
        return codes.Length == 0 ? text["PlaceUnknown"] : string.Join(" / ", (shown.Count > 0 ? shown : [codes[^1]]).Select(Area));
    }

    /// <summary>The innermost place alone, for lists.</summary>
    public string NearPlace(string areaPath)
    {
        var codes = areaPath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return codes.Length == 0 ? text["PlaceUnknown"] : Area(codes[^1]);
    }
}

/// <summary>Fetches the names a page needs, in two statements however many there are.</summary>
public sealed class NameLookup(IDbContextFactory<GridFlowDbContext> database, IStringLocalizer<CasesText> text)
{
    public async Task<Names> FindAsync(IEnumerable<string?> units, IEnumerable<string> areaPaths, CancellationToken cancellationToken = default)
    {
        var keys = units.OfType<string>().Distinct().ToList();
        var codes = areaPaths.SelectMany(path => path.Split('/', StringSplitOptions.RemoveEmptyEntries))
            .Concat(keys.Select(UnitKey.AreaOf).OfType<string>()).Distinct().ToList();
        var departments = keys.Select(UnitKey.DepartmentOf).OfType<string>().ToList();
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var foundAreas = codes.Count == 0 ? [] : await db.Areas.AsNoTracking().Where(area => codes.Contains(area.Code))
            .Select(area => new { area.Code, area.Name, area.NameEn }).ToListAsync(cancellationToken);
        var foundDepartments = departments.Count == 0 ? [] : await db.Departments.AsNoTracking().Where(department => departments.Contains(department.Key))
            .Select(department => new { department.Key, department.Name, department.NameEn }).ToListAsync(cancellationToken);
        return new Names(
            foundAreas.ToDictionary(area => area.Code, area => LocalName.Of(area.Name, area.NameEn)),
            foundDepartments.ToDictionary(department => department.Key, department => LocalName.Of(department.Name, department.NameEn)),
            text);
    }
}
