using GridFlow.Server.Cases;
using GridFlow.Server.Inbox;
using GridFlow.Server.Persistence;
using GridFlow.Server.Security;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Engine;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GridFlow.Server.Tests.Search;

/// <summary>What is found by which words, the same on both databases.</summary>
public sealed class CaseSearchTests
{
    private const string Liutang = "990101101001001001";
    private const string Yunling = "990101102001001001";

    private static readonly (string Title, string Detail, string Area, string? Place)[] Reports =
    [
        ("路灯不亮", "小区门口的路灯坏了三天，晚上出门看不见。", Liutang, "人民路 12 号"),
        ("垃圾没人清理", "垃圾桶满了，味道很大，请尽快清运。", Liutang, null),
        ("井盖丢失", "人民路上的井盖不见了，很危险。灯也不亮。", Yunling, "人民路口"),
        ("WiFi 不通", "社区 Free-WiFi 连不上，ＡＢＣ１２３ 也不行。", Yunling, "3栋2单元"),
        ("噪音扰民", "夜里施工，路边灯光刺眼，老人睡不着。", Liutang, "翠苑小区"),
    ];

    /// <summary>What is typed, and which of the reports it finds, in this order.</summary>
    private static readonly (string Typed, string Expected)[] Words =
    [
        ("路灯", "0"),
        ("人民路", "20"),
        ("不亮", "20"),
        ("路灯不亮", "0"),
        ("灯", "420"),
        ("人民路 不亮", "20"),
        ("，不亮！人民路", "20"),
        ("垃圾 人民路", ""),
        ("wifi", "3"),
        ("ＷＩＦＩ", "3"),
        ("abc123", "3"),
        ("fre", "3"),
        ("ree", ""),
        ("3栋", "3"),
        ("翠苑小区", "4"),
        ("小区", "40"),
        ("路边灯光刺眼", "4"),
        ("夜里刺眼", ""),
        ("施工路边", ""),
        ("！？", ""),
        ("   ", "43210"),
    ];

    public static TheoryData<bool> OnPostgres => new(false, true);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(OnPostgres))]
    public async Task Chinese_is_found_anywhere_other_words_from_their_beginning_and_the_newest_first(bool onPostgres)
    {
        await using var application = new GridFlowApplication { OnPostgres = onPostgres };
        var numbers = await ReportAsync(application);

        foreach (var (typed, expected) in Words)
        {
            var found = await FindAsync(application, typed, size: 10);

            Assert.Equal((typed, expected), (typed, string.Concat(found.Select(number => numbers.IndexOf(number)))));
            Assert.Equal(expected.Length, (await Lists(application).CountAsync(User("county"), new CaseFilter { Text = typed }, Cancel)).Count);
        }
    }

    [Theory]
    [MemberData(nameof(OnPostgres))]
    public async Task A_case_is_found_by_its_number_and_by_the_last_digits_of_it(bool onPostgres)
    {
        await using var application = new GridFlowApplication { OnPostgres = onPostgres };
        var numbers = await ReportAsync(application);

        Assert.Equal([numbers[2]], await FindAsync(application, numbers[2].ToLowerInvariant()));
        Assert.Equal([numbers[2]], await FindAsync(application, numbers[2].Split('-')[1]));
        Assert.Contains(numbers[2], await FindAsync(application, numbers[2].Split('-')[1].TrimStart('0')));
    }

    [Theory]
    [MemberData(nameof(OnPostgres))]
    public async Task Nobody_finds_what_they_may_not_see_and_filters_hold_beside_the_words(bool onPostgres)
    {
        await using var application = new GridFlowApplication { OnPostgres = onPostgres };
        var numbers = await ReportAsync(application);

        Assert.Equal([numbers[0]], await FindAsync(application, "不亮", user: "liutang1"));
        Assert.Equal([numbers[2]], await FindAsync(application, "不亮", user: "yunling"));
        Assert.Empty(await FindAsync(application, "不亮", user: "police"));
        Assert.Equal([numbers[2]], await FindAsync(application, "不亮", filter: new CaseFilter { Area = "990101102" }));
        Assert.Empty(await FindAsync(application, "不亮", filter: new CaseFilter { Area = "999999" }));
        Assert.Empty(await FindAsync(application, "不亮", filter: new CaseFilter { Status = CaseStatus.Closed }));
    }

    [Theory]
    [MemberData(nameof(OnPostgres))]
    public async Task A_search_is_walked_slice_by_slice(bool onPostgres)
    {
        await using var application = new GridFlowApplication { OnPostgres = onPostgres };
        var numbers = await ReportAsync(application);

        foreach (var size in (int[])[1, 2, 3])
        {
            Assert.Equal([numbers[4], numbers[2], numbers[0]], await FindAsync(application, "灯", size: size));
        }
    }

    [Theory]
    [MemberData(nameof(OnPostgres))]
    public async Task Cases_are_found_newest_first_however_many_came_in_between(bool onPostgres)
    {
        await using var application = new GridFlowApplication { OnPostgres = onPostgres };
        var numbers = new List<string>();
        foreach (var next in (long[])[1, 3_000, 4_093, 4_098, 9_000, 40_000, 40_007, 300_000, 2_500_000, 20_000_000])
        {
            await ContinueAtAsync(application, next);
            numbers.InsertRange(0, Enumerable.Reverse(await ReportAsync(application)));
        }

        foreach (var size in (int[])[1, 7, 100])
        {
            Assert.Equal(numbers.Where((_, index) => index % 5 is 0 or 2 or 4), await FindAsync(application, "灯", size: size));
            Assert.Equal(numbers.Where((_, index) => index % 5 == 1), await FindAsync(application, "wifi", size: size));
            Assert.Equal(numbers.Where((_, index) => index % 5 == 2), await FindAsync(application, "不亮", user: "yunling", size: size));
        }

        Assert.Equal(30, (await Lists(application).CountAsync(User("county"), new CaseFilter { Text = "灯" }, Cancel)).Count);
    }

    [Theory]
    [MemberData(nameof(OnPostgres))]
    public async Task The_inbox_is_narrowed_by_the_same_words(bool onPostgres)
    {
        await using var application = new GridFlowApplication { OnPostgres = onPostgres };
        var numbers = await ReportAsync(application);
        var queries = application.Services.GetRequiredService<InboxQueries>();

        async Task<IReadOnlyList<string>> Open(string typed) =>
            [.. (await queries.ListAsync(User("county"), InboxTab.Reach, new InboxFilter { Text = typed }, after: null, 30, Cancel)).Rows.Select(row => row.CaseNumber).Order(StringComparer.Ordinal)];

        Assert.Equal([numbers[0], numbers[2]], await Open("不亮"));
        Assert.Equal([numbers[0]], await Open("路灯不亮"));
        Assert.Equal([numbers[3]], await Open("WIFI"));
        Assert.Empty(await Open("施工路边"));
    }

    [Theory]
    [MemberData(nameof(OnPostgres))]
    public async Task What_one_s_unit_has_to_do_elsewhere_is_found_by_its_words_as_well(bool onPostgres)
    {
        await using var application = new GridFlowApplication { OnPostgres = onPostgres };
        var numbers = await ReportAsync(application);
        await using (var db = await application.Services.GetRequiredService<IDbContextFactory<GridFlowDbContext>>().CreateDbContextAsync(Cancel))
        {
            await db.WorkItems.Where(item => item.CaseNumber == numbers[0] || item.CaseNumber == numbers[1])
                .ExecuteUpdateAsync(set => set.SetProperty(item => item.Unit, "area:990101102").SetProperty(item => item.Role, (Role?)null), Cancel);
        }

        var queries = application.Services.GetRequiredService<InboxQueries>();
        var found = await queries.ListAsync(User("yunling"), InboxTab.Reach, new InboxFilter { Text = "不亮" }, after: null, 30, Cancel);

        Assert.Equal([numbers[0], numbers[2]], found.Rows.Select(row => row.CaseNumber).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(OnPostgres))]
    public async Task Whatever_is_typed_means_only_itself(bool onPostgres)
    {
        await using var application = new GridFlowApplication { OnPostgres = onPostgres };
        await ReportAsync(application);
        var random = new Random(20261122);
        string[] parts = ["\"", "'", "*", "^", "(", ")", "AND", "OR", "NOT", "NEAR(", ":", "&", "|", "!", "<->", "\\", "%", "_", "-", "--", ";", "路灯", "a", "1", " ", "{", "}", "+", "words:", "\ud840", "\udc00", "𠀀", "$1", "é", "٣", "ﬁ", "\u0301", "\u200d", "😀"];

        for (var run = 0; run < 300; run++)
        {
            var typed = string.Concat(Enumerable.Range(0, random.Next(1, 8)).Select(_ => parts[random.Next(parts.Length)]));
            var found = await FindAsync(application, typed);
            var count = await Lists(application).CountAsync(User("county"), new CaseFilter { Text = typed }, Cancel);
            Assert.True(found.Count == count.Count, typed);
        }
    }

    [Theory]
    [MemberData(nameof(OnPostgres))]
    public async Task Cases_from_before_the_index_are_found_after_the_next_start(bool onPostgres)
    {
        await using var application = new GridFlowApplication { OnPostgres = onPostgres };
        var numbers = await ReportAsync(application);
        await using (var db = await application.Services.GetRequiredService<IDbContextFactory<GridFlowDbContext>>().CreateDbContextAsync(Cancel))
        {
            await db.Counters.Where(row => row.Name == CaseTextFiller.Filled).ExecuteDeleteAsync(Cancel);
            await db.CaseTexts.Where(row => row.CaseNumber == numbers[0] || row.CaseNumber == numbers[2]).ExecuteDeleteAsync(Cancel);
        }

        Assert.DoesNotContain(numbers[2], await FindAsync(application, "人民路"));
        await application.Services.GetRequiredService<CaseTextFiller>().FillAsync(Cancel);
        await application.Services.GetRequiredService<CaseTextFiller>().FillAsync(Cancel);

        Assert.Equal([numbers[2], numbers[0]], await FindAsync(application, "人民路"));
    }

    /// <summary>As if so many cases had come in before.</summary>
    private static async Task ContinueAtAsync(GridFlowApplication application, long next)
    {
        await using var db = await application.Services.GetRequiredService<IDbContextFactory<GridFlowDbContext>>().CreateDbContextAsync(Cancel);
        var sql = db.Database.IsNpgsql()
            ? """SELECT setval(pg_get_serial_sequence('"CaseTexts"', 'Seq'), {0}, false)"""
            : """UPDATE sqlite_sequence SET seq = {0} - 1 WHERE name = 'CaseTexts'""";
        await db.Database.ExecuteSqlRawAsync(sql, [next], Cancel);
    }

    private static async Task<List<string>> ReportAsync(GridFlowApplication application)
    {
        var numbers = new List<string>();
        foreach (var (title, detail, area, place) in Reports)
        {
            var report = new NewReport { Title = title, Detail = detail, AreaCode = area, Place = place };
            numbers.Add(Assert.IsType<ReportResult.Accepted>(await application.Services.GetRequiredService<CaseCommands>().ReportAsync(report, Actor.System, Cancel)).Number);
        }

        return numbers;
    }

    private static async Task<IReadOnlyList<string>> FindAsync(GridFlowApplication application, string typed, string user = "county", CaseFilter? filter = null, int size = 25)
    {
        var numbers = new List<string>();
        CaseCursor? after = null;
        do
        {
            var slice = await Lists(application).ListAsync(User(user), (filter ?? new CaseFilter()) with { Text = typed }, after, size, Cancel);
            numbers.AddRange(slice.Rows.Select(row => row.Number));
            after = slice.Next;
        }
        while (after is not null);
        return numbers;
    }

    private static CaseLists Lists(GridFlowApplication application) => application.Services.GetRequiredService<CaseLists>();

    private static CurrentUser User(string name) => name switch
    {
        "county" => new(name, name, null, [new UserPost("area:990101", Role.Dispatcher, "/99/9901/990101/")]),
        "yunling" => new(name, name, null, [new UserPost("area:990101102", Role.Dispatcher, "/99/9901/990101/990101102/")]),
        "liutang1" => new(name, name, null, [new UserPost("area:990101101001001", Role.GridWorker, "/99/9901/990101/990101101/990101101001/990101101001001/")]),
        _ => new(name, name, null, [new UserPost("dept:police", Role.Handler, null)]),
    };
}
