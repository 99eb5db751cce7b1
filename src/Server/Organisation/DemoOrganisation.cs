using GridFlow.Server.Accounts;
using GridFlow.Server.Demo;
using GridFlow.Server.Persistence;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace GridFlow.Server.Organisation;

/// <summary>
/// A county that does not exist, so that a fresh checkout has something to show. Codes beginning with 99 are given to
/// no province. Only in Development, and only into a database without a single account.
/// </summary>
public static class DemoOrganisation
{
    public const string CountyCode = "990101";

    public static readonly IReadOnlyList<(string Code, string Name, string NameEn)> Areas =
    [
        ("99", "和泰省（虚构）", "Hetai Province (fictional)"),
        ("9901", "安澜市", "Anlan City"),
        (CountyCode, "嘉禾县", "Jiahe County"),
        ("990101101", "清溪镇", "Qingxi Town"),
        ("990101101001", "柳塘村", "Liutang Village"),
        ("990101101001001", "柳塘村第一网格", "Liutang Grid 1"),
        ("990101101001001001", "河东微网格", "Riverside Micro-grid"),
        ("990101101001001002", "老街微网格", "Old Street Micro-grid"),
        ("990101101001002", "柳塘村第二网格", "Liutang Grid 2"),
        ("990101101001002001", "果园微网格", "Orchard Micro-grid"),
        ("990101101002", "文昌社区", "Wenchang Community"),
        ("990101101002001", "文昌社区第一网格", "Wenchang Grid 1"),
        ("990101101002001001", "翠苑小区微网格", "Cuiyuan Estate Micro-grid"),
        ("990101101002001002", "农贸市场微网格", "Market Micro-grid"),
        ("990101101002002", "文昌社区第二网格", "Wenchang Grid 2"),
        ("990101101002002001", "实验小学微网格", "Primary School Micro-grid"),
        ("990101102", "云岭镇", "Yunling Town"),
        ("990101102001", "石桥村", "Shiqiao Village"),
        ("990101102001001", "石桥村第一网格", "Shiqiao Grid 1"),
        ("990101102001001001", "上湾微网格", "Upper Bend Micro-grid"),
        ("990101102001001002", "下湾微网格", "Lower Bend Micro-grid"),
        ("990101102002", "枫林社区", "Fenglin Community"),
        ("990101102002001", "枫林社区第一网格", "Fenglin Grid 1"),
        ("990101102002001001", "枫林苑微网格", "Maple Court Micro-grid"),
    ];

    public static readonly IReadOnlyList<(string Key, string Name, string NameEn)> Departments =
    [
        ("urban", "城市管理局", "Urban Management"),
        ("police", "公安局派出所", "Police"),
        ("housing", "住房和城乡建设局", "Housing and Construction"),
        ("market", "市场监督管理局", "Market Supervision"),
        ("labour", "人力资源和社会保障局", "Labour and Social Security"),
        ("environment", "生态环境局", "Environment"),
        ("civil", "民政局", "Civil Affairs"),
        ("transport", "交通运输局", "Transport"),
        ("education", "教育局", "Education"),
        ("health", "卫生健康局", "Health"),
        ("agriculture", "农业农村局", "Agriculture"),
        ("water", "供水公司", "Water Company"),
        ("power", "供电公司", "Power Company"),
        ("fire", "消防救援大队", "Fire and Rescue"),
    ];

    /// <summary>Does nothing once there is an account; tells whether it did something.</summary>
    internal static async Task<bool> SeedAsync(IDbContextFactory<GridFlowDbContext> database, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        if (await db.Users.AnyAsync(cancellationToken))
        {
            return false;
        }

        AddAreas(db);
        AddPeople(db, new UpperInvariantLookupNormalizer());
        await db.SaveChangesAsync(cancellationToken);
        return true;
    }

    private static void AddAreas(GridFlowDbContext db)
    {
        Dictionary<string, Area> made = [];
        foreach (var (code, name, nameEn) in Areas)
        {
            var parent = AreaCode.ParentOf(code) is { } above ? made[above] : null;
            made[code] = Area.Create(code, name, parent, nameEn);
        }

        foreach (var (code, outline) in DemoBoundaries.Draw(CountyCode, made.Keys))
        {
            made[code].Boundary = outline;
        }

        db.AddRange(made.Values);
        db.AddRange(Departments.Select(department =>
            new Department { Key = department.Key, Name = department.Name, NameEn = department.NameEn, AreaCode = CountyCode }));
    }

    private static void AddPeople(GridFlowDbContext db, UpperInvariantLookupNormalizer normaliser)
    {
        // One hash for all: thirty slow hashes would make the first start slow, and the password is printed on the page anyway.
        string? hash = null;
        foreach (var person in DemoAccounts.All)
        {
            var account = new Account
            {
                UserName = person.UserName,
                NormalizedUserName = normaliser.NormalizeName(person.UserName),
                Name = person.Name,
                NameEn = person.NameEn,
                LockoutEnabled = true,
            };
            account.PasswordHash = hash ??= new PasswordHasher<Account>().HashPassword(account, DemoAccounts.Password);
            account.Posts.Add(new Post { AccountId = account.Id, UnitKey = person.UnitKey, Role = person.Role });
            db.Add(account);
        }
    }
}
