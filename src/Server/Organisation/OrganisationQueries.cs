using GridFlow.Server.Persistence;
using GridFlow.Workflows.Cases;
using Microsoft.EntityFrameworkCore;

namespace GridFlow.Server.Organisation;

/// <summary>An area as lists and trees show it.</summary>
public sealed record AreaRow(string Code, string Name, string? NameEn, AreaLevel Level, bool IsMissing, int Children)
{
    public string DisplayName => Accounts.LocalName.Of(Name, NameEn);
}

/// <summary>A unit as a picker offers it: the place or body, and where it is.</summary>
public sealed record UnitChoice(string Key, string Name, string? Where)
{
    private const string Below = " / ";

    /// <summary>"柳塘村 · 嘉禾县 / 清溪镇": names alone are not enough, every county has a 城关镇; keys are not for people.</summary>
    public string Label
    {
        get
        {
            var above = Where?.EndsWith(Below + Name, StringComparison.Ordinal) == true ? Where[..^(Below.Length + Name.Length)] : Where;
            return string.IsNullOrEmpty(above) || above == Name ? Name : $"{Name} · {above}";
        }
    }
}

public sealed class OrganisationQueries(IDbContextFactory<GridFlowDbContext> database)
{
    /// <summary>The areas right below one, or the roots; in order of their codes.</summary>
    public async Task<IReadOnlyList<AreaRow>> ListChildrenAsync(
        string? parentCode, int skip = 0, int take = 100, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await Rows(db, db.Areas.Where(area => area.ParentCode == parentCode).OrderBy(area => area.Code).Skip(skip).Take(take))
            .ToListAsync(cancellationToken);
    }

    /// <summary>By a part of the name, or the beginning of the code; larger areas first.</summary>
    public async Task<IReadOnlyList<AreaRow>> SearchAsync(string text, int take = 30, CancellationToken cancellationToken = default)
    {
        var wanted = text.Trim();
        if (wanted.Length == 0)
        {
            return [];
        }

        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var found = db.Areas
            .Where(area => area.Name.Contains(wanted) || area.NameEn!.Contains(wanted) || area.Code.StartsWith(wanted))
            .OrderBy(area => area.Code.Length).ThenBy(area => area.Code).Take(take);
        return await Rows(db, found).ToListAsync(cancellationToken);
    }

    public async Task<Area?> FindAreaAsync(string code, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.Areas.AsNoTracking().SingleOrDefaultAsync(area => area.Code == code, cancellationToken);
    }

    /// <summary>The area and those above it, from the root down; empty when there is no such area.</summary>
    public async Task<IReadOnlyList<Area>> GetLineAsync(string code, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var path = await db.Areas.Where(area => area.Code == code).Select(area => area.Path).SingleOrDefaultAsync(cancellationToken);
        var codes = path?.Split('/', StringSplitOptions.RemoveEmptyEntries) ?? [];
        return await db.Areas.AsNoTracking().Where(area => codes.Contains(area.Code))
            .OrderBy(area => area.Code.Length).ToListAsync(cancellationToken);
    }

    /// <summary>"嘉禾县 / 清溪镇 / 柳塘村" for each code that exists, from the county down: nobody is told their own province.</summary>
    public async Task<IReadOnlyDictionary<string, string>> GetPathNamesAsync(
        IReadOnlyCollection<string> codes, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var wanted = await db.Areas.AsNoTracking().Where(area => codes.Contains(area.Code))
            .Select(area => new { area.Code, area.Path }).ToListAsync(cancellationToken);
        var onTheWay = wanted.SelectMany(area => area.Path.Split('/', StringSplitOptions.RemoveEmptyEntries)).Distinct().ToList();
        var names = await db.Areas.AsNoTracking().Where(area => onTheWay.Contains(area.Code))
            .ToDictionaryAsync(area => area.Code, cancellationToken);
        return wanted.ToDictionary(area => area.Code, area => PathName(area.Path, names));
    }

    public async Task<string> GetPathNameAsync(string code, CancellationToken cancellationToken = default) =>
        (await GetPathNamesAsync([code], cancellationToken)).GetValueOrDefault(code, code);

    /// <summary>What people call each unit, in the language of the reader; a key that names nothing keeps its place unchanged.</summary>
    public async Task<IReadOnlyDictionary<string, string>> GetUnitNamesAsync(
        IReadOnlyCollection<string> unitKeys, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var codes = unitKeys.Select(UnitKey.AreaOf).OfType<string>().Distinct().ToList();
        var keys = unitKeys.Select(UnitKey.DepartmentOf).OfType<string>().Distinct().ToList();
        var areas = await db.Areas.AsNoTracking().Where(area => codes.Contains(area.Code)).ToListAsync(cancellationToken);
        var departments = await db.Departments.AsNoTracking().Where(department => keys.Contains(department.Key))
            .ToListAsync(cancellationToken);
        var names = areas.Select(area => (Key: UnitKey.ForArea(area.Code), Name: area.DisplayName))
            .Concat(departments.Select(department => (Key: UnitKey.ForDepartment(department.Key), Name: department.DisplayName)))
            .ToDictionary(unit => unit.Key, unit => unit.Name);
        return unitKeys.Distinct().ToDictionary(key => key, key => names.GetValueOrDefault(key, key));
    }

    public async Task<string> GetUnitNameAsync(string unitKey, CancellationToken cancellationToken = default) =>
        (await GetUnitNamesAsync([unitKey], cancellationToken))[unitKey];

    public async Task<IReadOnlyList<Department>> ListDepartmentsAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.Departments.AsNoTracking().OrderBy(department => department.Key).ToListAsync(cancellationToken);
    }

    /// <summary>Departments first, then areas, whose name, key or code matches; without a text the departments alone.</summary>
    public async Task<IReadOnlyList<UnitChoice>> SearchUnitsAsync(
        string? text, int take = 20, CancellationToken cancellationToken = default)
    {
        var wanted = text?.Trim() ?? "";
        var departments = (await ListDepartmentsAsync(cancellationToken))
            .Where(unit => wanted.Length == 0 || $"{unit.Key} {unit.Name} {unit.NameEn}".Contains(wanted, StringComparison.OrdinalIgnoreCase))
            .ToList();
        var areas = await SearchAsync(wanted, take, cancellationToken);
        var where = await GetPathNamesAsync(
            [.. areas.Select(area => area.Code), .. departments.Select(department => department.AreaCode)], cancellationToken);
        return
        [
            .. departments.Select(unit => new UnitChoice(
                UnitKey.ForDepartment(unit.Key), unit.DisplayName, where.GetValueOrDefault(unit.AreaCode))),
            .. areas.Select(area => new UnitChoice(UnitKey.ForArea(area.Code), area.DisplayName, where.GetValueOrDefault(area.Code))),
        ];
    }

    /// <summary>The path of the area a unit lies in, "/" for the whole installation; null when the key names no unit.</summary>
    public async Task<string?> FindUnitPathAsync(string unitKey, CancellationToken cancellationToken = default)
    {
        if (unitKey == UnitKey.Everywhere)
        {
            return "/";
        }

        var code = UnitKey.AreaOf(unitKey) ?? (await ListDepartmentsAsync(cancellationToken)).FirstOrDefault(unit => UnitKey.ForDepartment(unit.Key) == unitKey)?.AreaCode;
        return code is null ? null : (await FindAreaAsync(code, cancellationToken))?.Path;
    }

    /// <summary>The unit as a picker shows it, or null when the key names none.</summary>
    public async Task<UnitChoice?> FindUnitAsync(string unitKey, CancellationToken cancellationToken = default)
    {
        if (UnitKey.AreaOf(unitKey) is { } code)
        {
            return await FindAreaAsync(code, cancellationToken) is { } area ? new UnitChoice(unitKey, area.DisplayName, await GetPathNameAsync(code, cancellationToken)) : null;
        }

        var department = (await ListDepartmentsAsync(cancellationToken)).FirstOrDefault(unit => UnitKey.ForDepartment(unit.Key) == unitKey);
        return department is null ? null : new UnitChoice(unitKey, department.DisplayName, await GetPathNameAsync(department.AreaCode, cancellationToken));
    }

    public async Task<bool> UnitExistsAsync(string unitKey, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        if (unitKey == UnitKey.Everywhere)
        {
            return true;
        }

        if (UnitKey.AreaOf(unitKey) is { } code)
        {
            return await db.Areas.AnyAsync(area => area.Code == code, cancellationToken);
        }

        return UnitKey.DepartmentOf(unitKey) is { } key
            && await db.Departments.AnyAsync(department => department.Key == key, cancellationToken);
    }

    private static IQueryable<AreaRow> Rows(GridFlowDbContext db, IQueryable<Area> areas) =>
        areas.Select(area => new AreaRow(
            area.Code, area.Name, area.NameEn, area.Level, area.IsMissing, db.Areas.Count(child => child.ParentCode == area.Code)));

    private static string PathName(string path, Dictionary<string, Area> areas)
    {
        var line = path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(code => areas[code]).ToList();
        var fromCounty = line.Where(area => area.Level >= AreaLevel.County).ToList();
        return string.Join(" / ", (fromCounty.Count > 0 ? fromCounty : line).Select(area => area.DisplayName));
    }
}
