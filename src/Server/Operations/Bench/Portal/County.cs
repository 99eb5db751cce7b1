using System.Globalization;
using GridFlow.Server.Organisation;
using GridFlow.Server.Security;
using GridFlow.Workflows.Cases;

namespace GridFlow.Server.Operations.Bench.Portal;

/// <summary>A county of the usual size that does not exist: towns, villages, grids and micro-grids, and its departments.</summary>
internal sealed class County
{
    public const string Code = "990101";
    private const int Towns = 20;
    private const int VillagesOfTown = 20;
    private const int GridsOfVillage = 3;
    private const int MicroGridsOfGrid = 2;
    private const string Names = "清云柳石枫文桃松竹梅兰荷青白金银龙凤鹤鹿";
    private const string Places = "溪岭塘桥林昌源坪湾洲港岗坡川泉井岩谷峰湖";
    private readonly List<Area> _areas = [];

    public County()
    {
        var province = Add("99", "和泰省", null);
        var city = Add("9901", "安澜市", province);
        var county = Add(Code, "嘉禾县", city);
        for (var town = 0; town < Towns; town++)
        {
            AddTown(county, town);
        }

        MicroGrids = [.. _areas.Where(area => area.Level == AreaLevel.MicroGrid)];
        Departments = [.. DemoOrganisation.Departments.Select(department => new Department { Key = department.Key, Name = department.Name, NameEn = department.NameEn, AreaCode = Code })];
    }

    public IReadOnlyList<Area> Areas => _areas;

    public IReadOnlyList<Area> MicroGrids { get; }

    public IReadOnlyList<Department> Departments { get; }

    /// <summary>Those who ask, one of each kind for each number, so that not always the same rows are asked for.</summary>
    public CurrentUser GridWorker(int number) => InArea(Of(AreaLevel.Grid, number), Role.GridWorker);

    public CurrentUser TownDispatcher(int number) => InArea(Of(AreaLevel.Town, number), Role.Dispatcher);

    public CurrentUser CountyDispatcher(int number) => InArea(Of(AreaLevel.County, number), Role.Dispatcher);

    public CurrentUser Leader(int number) => InArea(Of(AreaLevel.County, number), Role.Leader);

    public CurrentUser Clerk(int number)
    {
        var key = UnitKey.ForDepartment(Departments[number % Departments.Count].Key);
        return new CurrentUser($"clerk-{key}", "承办人", null, [new UserPost(key, Role.Handler, null)]);
    }

    public Area Of(AreaLevel level, int number)
    {
        var areas = _areas.Where(area => area.Level == level).ToList();
        return areas[number * 7 % areas.Count];
    }

    private static CurrentUser InArea(Area area, Role role) => new($"{role}-{area.Code}", area.Name, null, [new UserPost(UnitKey.ForArea(area.Code), role, area.Path)]);

    private void AddTown(Area county, int number)
    {
        var town = Add(Code + Three(101 + number), $"{Names[number]}{Places[number]}镇", county);
        for (var index = 0; index < VillagesOfTown; index++)
        {
            var village = Add(town.Code + Three(1 + index), $"{Names[index]}{Places[(index + number) % Places.Length]}{(index < 4 ? "社区" : "村")}", town);
            for (var grid = 1; grid <= GridsOfVillage; grid++)
            {
                var one = Add(village.Code + Three(grid), $"{village.Name}第{"一二三"[grid - 1]}网格", village);
                for (var micro = 1; micro <= MicroGridsOfGrid; micro++)
                {
                    Add(one.Code + Three(micro), $"{village.Name}{"东西"[micro - 1]}片微网格", one);
                }
            }
        }
    }

    private Area Add(string code, string name, Area? parent)
    {
        var area = Area.Create(code, name, parent);
        _areas.Add(area);
        return area;
    }

    private static string Three(int number) => number.ToString("D3", CultureInfo.InvariantCulture);
}
