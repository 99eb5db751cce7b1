using System.Collections.Immutable;
using System.Globalization;
using GridFlow.Server.Cases;
using GridFlow.Server.Organisation;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Calendars;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Engine;

namespace GridFlow.Server.Operations.Bench.Portal;

/// <summary>
/// The cases of a county over five years, each with all that hangs on it, the same for the same numbers. They do not come from
/// the engine: a million of them are for looking at, not for going on with.
/// </summary>
internal sealed class CountyCases(County county, Bundle bundle, int cases, int open, DateTimeOffset now)
{
    /// <summary>A word that one case in a hundred has, and one that one in twenty thousand has.</summary>
    public const string UncommonWord = "电梯困人";
    public const string RareWord = "古井塌陷";
    private const int RareEvery = 20_000;
    private const int UncommonEvery = 100;
    private static readonly TimeSpan Span = TimeSpan.FromDays(5 * 365);
    private static readonly string[] Roads = ["人民路", "解放路", "建设路", "和平路", "文化路", "新华街", "中山路", "环城路", "胜利街", "幸福路", "学府路", "滨河路", "工业大道", "迎宾大道", "朝阳街", "光明路"];
    private static readonly string[] Estates = ["翠苑小区", "锦绣花园", "阳光城", "碧水湾", "金色家园", "书香苑", "和谐家园", "丽景苑", "枫林苑", "桃源里", "农贸市场", "实验小学", "中心医院", "汽车站", "体育公园", "老街"];
    private static readonly string[] Asks = ["请尽快安排人员处理", "希望有关部门重视", "盼回复", "请派人来看一下", "要求给个说法", "恳请解决", "麻烦尽快处理，谢谢"];
    private static readonly string[] Since = ["已经好几天了", "从上个月开始", "快半年了", "昨天晚上发现的", "每到下雨天就这样", "早晚高峰最严重", "反映过两次没有结果"];
    private static readonly string[] Harms = ["老人和孩子出行不便", "晚上看不清路", "味道很大", "影响休息", "存在安全隐患", "车辆无法通行", "邻居们意见很大", "商户也受影响"];
    private readonly ImmutableArray<Category> _categories = [.. bundle.Categories.All.Where(category => category is { IsGroup: false, IsRetired: false } && category.Keywords.Length > 0)];

    // Nine in ten of what is open came in lately, the rest is old.
    private readonly int _recent = Math.Min(cases, open + (open / 5));

    public BenchCase Of(int index)
    {
        var random = new Random(index * 7919);
        var acceptedAt = now - TimeSpan.FromTicks(Span.Ticks / cases * (cases - index)) + TimeSpan.FromSeconds(random.Next(30));
        var number = string.Create(CultureInfo.InvariantCulture, $"GF{acceptedAt.Year}-{index:D6}");
        var category = _categories[Math.Min(random.Next(_categories.Length), random.Next(_categories.Length))];
        var area = county.MicroGrids[Math.Min(random.Next(county.MicroGrids.Count), random.Next(county.MicroGrids.Count))];
        var department = random.Next(10) < 6 ? county.Departments[Math.Min(random.Next(county.Departments.Count), random.Next(county.Departments.Count))] : null;
        var tier = random.Next(20) switch { < 12 => CaseTier.Small, < 19 => CaseTier.Hard, _ => CaseTier.Big };
        var lead = department is not null ? UnitKey.ForDepartment(department.Key) : UnitKey.ForArea(area.ParentCode!);
        var isOpen = IsOpen(index);
        var due = DueOf(isOpen, acceptedAt, random);
        var (title, detail, place) = TextOf(index, category, random);
        var closedAt = isOpen ? (DateTimeOffset?)null : Min(acceptedAt.AddHours(random.Next(2, 400)), now.AddMinutes(-random.Next(1, 600)));
        var isRated = !isOpen && random.Next(10) < 4;
        var row = new CaseRow
        {
            Number = number,
            Title = title,
            Detail = detail,
            ReportedAt = acceptedAt,
            AcceptedAt = acceptedAt,
            Channel = (CaseChannel)random.Next(Enum.GetValues<CaseChannel>().Length),
            Nature = random.Next(3) == 0 ? CaseNature.Complaint : CaseNature.Request,
            Urgency = random.Next(30) == 0 ? CaseUrgency.Urgent : CaseUrgency.Normal,
            AreaPath = area.Path,
            Place = place,
            HasReporter = random.Next(10) < 7,
            Status = isOpen ? CaseStatus.Open : random.Next(40) switch { 0 => CaseStatus.Withdrawn, 1 => CaseStatus.Merged, _ => CaseStatus.Closed },
            Stage = isOpen ? StageOf(random) : CaseStage.Done,
            Category = category.Key,
            Tier = tier,
            LeadUnit = lead,
            Workflow = tier switch { CaseTier.Small => "small", CaseTier.Hard => "hard", _ => "big" },
            DueAt = due?.DueAt,
            Due = due is null ? null : DeadlineJson.Write(due),
            Round = random.Next(25) == 0 ? 2 : 1,
            Answer = isOpen ? null : "已安排人员到现场处理完毕，并向反映人说明情况。",
            HandledAt = closedAt,
            HandledBy = isOpen ? null : "王芳",
            VerifiedAt = closedAt,
            VerifiedBy = isOpen ? null : "李明",
            RatedSolved = isRated ? random.Next(5) > 0 : null,
            RatedSatisfied = isRated ? random.Next(6) > 0 : null,
            RatedStars = isRated ? random.Next(1, 6) : null,
            RatedAt = isRated ? closedAt : null,
            ClosedAt = closedAt,
        };
        return new BenchCase(row, ItemsOf(row, area, department, random), random.Next());
    }

    private bool IsOpen(int index)
    {
        var age = cases - 1 - index;
        if (cases <= _recent)
        {
            return age < open;
        }

        var older = Math.Max(1, (cases - _recent) / Math.Max(1, open / 10));
        return age < _recent ? age % 4 != 3 : (age - _recent) % older == 0;
    }

    private Deadline? DueOf(bool isOpen, DateTimeOffset acceptedAt, Random random)
    {
        if (random.Next(20) == 0)
        {
            return null;
        }

        var days = random.Next(1, 20);
        var at = isOpen ? now.AddMinutes(random.Next(-10 * 1440, 40 * 1440)) : acceptedAt.AddDays(days);
        return new Deadline(acceptedAt, new TimeLimit(days, TimeUnit.WorkingDay), at, []);
    }

    private static CaseStage StageOf(Random random) => random.Next(20) switch
    {
        < 3 => CaseStage.Dispatching,
        < 16 => CaseStage.Handling,
        < 19 => CaseStage.Verifying,
        _ => CaseStage.Rating,
    };

    private static (string Title, string Detail, string Place) TextOf(int index, Category category, Random random)
    {
        var word = category.Keywords[random.Next(category.Keywords.Length)].Split('^')[0];
        var special = index % RareEvery == RareEvery / 2 ? RareWord : index % UncommonEvery == UncommonEvery / 2 ? UncommonWord : null;
        var road = Roads[random.Next(Roads.Length)];
        var estate = Estates[random.Next(Estates.Length)];
        var house = random.Next(1, 300);
        var place = random.Next(2) == 0 ? $"{road}{house}号" : $"{estate}{random.Next(1, 20)}栋";
        var since = Since[random.Next(Since.Length)];
        var harm = Harms[random.Next(Harms.Length)];
        return ($"{estate}附近{special ?? word}", $"您好，{road}{house}号{estate}旁边{word}{(special is null ? "" : "，还有" + special)}，{since}，{harm}，{Harms[random.Next(Harms.Length)]}。{Asks[random.Next(Asks.Length)]}。", place);
    }

    private List<WorkItemRow> ItemsOf(CaseRow row, Area area, Department? department, Random random)
    {
        var parts = area.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var (unit, role, step) = row.Stage switch
        {
            CaseStage.Dispatching or CaseStage.Verifying => (UnitKey.ForArea(parts[3]), Role.Dispatcher, "verify"),
            CaseStage.Rating => (UnitKey.Reporter, (Role?)null, "rate"),
            _ when department is not null => (UnitKey.ForDepartment(department.Key), Role.Handler, "handle"),
            _ => (UnitKey.ForArea(parts[5]), (Role?)null, "handle"),
        };
        var items = new List<WorkItemRow> { Item(row, 1, unit, role, step, random) };
        if (random.Next(10) == 0)
        {
            items.Add(Item(row, 2, UnitKey.ForDepartment(county.Departments[random.Next(county.Departments.Count)].Key), Role.Handler, "handle", random));
        }

        return items;
    }

    private WorkItemRow Item(CaseRow row, int number, string unit, Role? role, string step, Random random)
    {
        var isClaimed = row.ClosedAt is not null || random.Next(3) == 0;
        var who = unit == UnitKey.Reporter || !isClaimed ? null : unit.StartsWith("dept:", StringComparison.Ordinal) ? $"clerk-{unit}" : $"{role ?? Role.GridWorker}-{unit[5..]}";
        return new WorkItemRow
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"{row.Number}-{number}"),
            CaseNumber = row.Number,
            Bundle = bundle.Number,
            DefinitionId = row.Workflow!,
            ActivityId = step,
            Kind = unit == UnitKey.Reporter ? WorkItemKind.Rating : WorkItemKind.Task,
            Unit = unit,
            Role = role,
            Part = number == 1 ? UnitPart.Lead : UnitPart.Assisting,
            AreaPath = row.AreaPath,
            OpenedAt = row.AcceptedAt,
            DueAt = row.DueAt,
            Due = row.Due,
            IsOverdue = row.DueAt < now,
            ClaimedById = who,
            ClaimedByName = who is null ? null : "王芳",
            ClaimedAt = who is null ? null : row.AcceptedAt.AddMinutes(random.Next(5, 600)),
            ClosedAt = row.ClosedAt,
            Outcome = row.ClosedAt is null ? null : "Handled",
            ClosedById = row.ClosedAt is null ? null : who,
            ClosedByName = row.ClosedAt is null ? null : "王芳",
        };
    }

    private static DateTimeOffset Min(DateTimeOffset left, DateTimeOffset right) => left < right ? left : right;
}

/// <summary>A case with its work; what else hangs on it follows from the seed.</summary>
internal sealed record BenchCase(CaseRow Row, IReadOnlyList<WorkItemRow> Items, int Seed);
