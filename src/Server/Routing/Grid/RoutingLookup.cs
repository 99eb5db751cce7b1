using System.Text.RegularExpressions;
using GridFlow.Server.Organisation;
using GridFlow.Server.Persistence;
using GridFlow.Workflows.Cases;
using Microsoft.EntityFrameworkCore;

namespace GridFlow.Server.Routing.Grid;

/// <summary>What a name in a cell may mean: departments and areas by key, code or name. Read once for all cells of a block.</summary>
public sealed partial class RoutingLookup
{
    private readonly ILookup<string, string> _units;
    private readonly Dictionary<string, string> _names;

    private RoutingLookup(ILookup<string, string> units, Dictionary<string, string> names) => (_units, _names) = (units, names);

    /// <summary>Reads what the texts of a block may mean, in two statements.</summary>
    public static async Task<RoutingLookup> ReadAsync(IDbContextFactory<GridFlowDbContext> database, IEnumerable<string> texts, CancellationToken cancellationToken = default)
    {
        var wanted = texts.SelectMany(Parts).Select(part => CodeOf(part) ?? part).Select(part => UnitKey.AreaOf(part) ?? part).Where(part => part.Length > 0).Distinct().ToList();
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var departments = await db.Departments.AsNoTracking().ToListAsync(cancellationToken);
        var areas = new List<Area>();
        foreach (var some in wanted.Chunk(1_000))
        {
            areas.AddRange(await db.Areas.AsNoTracking().Where(area => some.Contains(area.Code) || some.Contains(area.Name) || some.Contains(area.NameEn!)).Take(5_000).ToListAsync(cancellationToken));
        }

        var called = departments.SelectMany(unit => new[] { unit.Key, UnitKey.ForDepartment(unit.Key), unit.Name, unit.NameEn ?? "" }, (unit, name) => (name, Key: UnitKey.ForDepartment(unit.Key)))
            .Concat(areas.SelectMany(area => new[] { area.Code, UnitKey.ForArea(area.Code), area.Name, area.NameEn ?? "" }, (area, name) => (name, Key: UnitKey.ForArea(area.Code))))
            .Where(unit => unit.name.Length > 0).Distinct();
        var names = departments.Select(unit => (Key: UnitKey.ForDepartment(unit.Key), unit.DisplayName)).Concat(areas.DistinctBy(area => area.Code).Select(area => (Key: UnitKey.ForArea(area.Code), area.DisplayName)))
            .ToDictionary(unit => unit.Key, unit => unit.DisplayName, StringComparer.Ordinal);
        return new RoutingLookup(called.ToLookup(unit => unit.name, unit => unit.Key, StringComparer.OrdinalIgnoreCase), names);
    }

    /// <summary>The unit keys a text may mean: none, one, or several of the same name.</summary>
    public IReadOnlyList<string> Units(string text) => [.. _units[CodeOf(text) ?? text.Trim()].Distinct()];

    /// <summary>What a unit is called; null where it is not known.</summary>
    public string? NameOf(string key) => _names.GetValueOrDefault(key);

    /// <summary>Departments, for a picker.</summary>
    public IEnumerable<string> Departments => _names.Where(unit => UnitKey.DepartmentOf(unit.Key) is not null).Select(unit => unit.Value).Order(StringComparer.CurrentCulture);

    /// <summary>The texts of a cell that lists several.</summary>
    public static IEnumerable<string> Parts(string text) => text.Split(['、', ',', '，', ';', '；', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    // "柳塘村 (990101101001)": as a cell of an area is written, so that it can be read back.
    private static string? CodeOf(string text) => Code().Match(text.Trim()) is { Success: true } match ? match.Groups[1].Value : null;

    [GeneratedRegex(@"[\(（](\d{2,18})[\)）]$", RegexOptions.None, 200)]
    private static partial Regex Code();
}
