using GridFlow.Server.Cases;
using GridFlow.Server.Persistence;
using GridFlow.Server.Search;
using GridFlow.Server.Security;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Engine;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GridFlow.Server.Tests.Search;

/// <summary>Which cases are told as being about the same, and why, on both databases.</summary>
public sealed class RelatedCasesTests
{
    private const string Liutang = "990101101001001001";
    private const string NextDoor = "990101101001001002";
    private const string Yunling = "990101102001001001";

    public static TheoryData<bool> OnPostgres => new(false, true);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static CurrentUser County => new("county", "county", null, [new UserPost("area:990101", Role.Dispatcher, "/99/9901/990101/")]);

    [Theory]
    [MemberData(nameof(OnPostgres))]
    public async Task What_is_near_and_says_the_same_is_related_and_the_reason_says_why(bool onPostgres)
    {
        await using var application = new GridFlowApplication { OnPostgres = onPostgres };
        var first = await ReportAsync(application, "河边井盖丢失", "河边的井盖不见了，夜里很危险。", Liutang, "滨河路 8 号");
        var again = await ReportAsync(application, "滨河路井盖丢失", "井盖还是没有，孩子差点掉下去。", NextDoor, "滨河路8号对面");
        await ReportAsync(application, "噪音扰民", "夜里施工，睡不着。", Liutang, "翠苑小区");
        await ReportAsync(application, "井盖丢失", "路口的井盖不见了。", Yunling, "滨河路 8 号");
        await ReportAsync(application, "路灯不亮", "路灯坏了。", Liutang, null);

        var related = await FindAsync(application, again);

        var one = Assert.Single(related);
        Assert.Equal(first, one.Number);
        Assert.True(one.IsSamePlace);
        Assert.False(one.IsRepeated);
        Assert.Contains("井盖丢失", one.CommonWords);
        Assert.Contains("same place", one.Reason, StringComparison.Ordinal);
        Assert.Contains("井盖丢失", one.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(OnPostgres))]
    public async Task An_earlier_case_of_the_same_place_that_is_over_is_repeated_however_long_ago(bool onPostgres)
    {
        await using var application = new GridFlowApplication { OnPostgres = onPostgres };
        var old = await ReportAsync(application, "垃圾没人清理", "垃圾桶满了。", Liutang, "翠苑小区3栋");
        var far = await ReportAsync(application, "垃圾没人清理", "垃圾桶满了。", Liutang, "农贸市场");
        await using (var db = await application.Services.GetRequiredService<IDbContextFactory<GridFlowDbContext>>().CreateDbContextAsync(Cancel))
        {
            var yearAgo = TimeProvider.System.GetUtcNow().AddDays(-300);
            await db.Cases.Where(row => row.Number == old || row.Number == far).ExecuteUpdateAsync(
                set =>
                {
                    set.SetProperty(row => row.AcceptedAt, yearAgo);
                    set.SetProperty(row => row.Status, CaseStatus.Closed);
                },
                Cancel);
        }

        var now = await ReportAsync(application, "垃圾满溢", "垃圾又堆起来了。", Liutang, "翠苑小区3栋");
        var related = await FindAsync(application, now);

        var one = Assert.Single(related);
        Assert.Equal(old, one.Number);
        Assert.True(one.IsRepeated);
        Assert.Contains("300 days before", one.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(OnPostgres))]
    public async Task Another_matter_of_the_same_place_is_not_related_though_both_name_the_place(bool onPostgres)
    {
        await using var application = new GridFlowApplication { OnPostgres = onPostgres };
        await ReportAsync(application, "翠苑小区3栋垃圾没人清运", "翠苑小区3栋垃圾堆了三天。", Liutang, "翠苑小区3栋", "local/1/matter/06001");
        await ReportAsync(application, "夜间施工", "翠苑小区3栋旁边夜里打桩。", Liutang, "翠苑小区3栋", "local/1/matter/08001");
        await ReportAsync(application, "没有分类的事", "翠苑小区3栋有件事。", Liutang, "翠苑小区3栋");

        var toilet = await ReportAsync(application, "翠苑小区3栋公厕停水", "翠苑小区3栋公厕三天没水。", Liutang, "翠苑小区3栋", "local/1/matter/06007");

        // Of one kind and with something said in common, of another kind with what is said, and neither of them.
        var one = Assert.Single(await FindAsync(application, toilet));
        Assert.Equal("翠苑小区3栋垃圾没人清运", one.Title);
        Assert.DoesNotContain(one.CommonWords, word => word.Contains("翠苑", StringComparison.Ordinal));
        var noise = await ReportAsync(application, "半夜打桩声太吵", "旁边夜里打桩，睡不着。", Liutang, "翠苑小区3栋", "local/1/matter/06005");
        Assert.Equal("夜间施工", Assert.Single(await FindAsync(application, noise)).Title);
    }

    [Theory]
    [MemberData(nameof(OnPostgres))]
    public async Task Nobody_is_told_of_cases_they_may_not_see(bool onPostgres)
    {
        await using var application = new GridFlowApplication { OnPostgres = onPostgres };
        await ReportAsync(application, "井盖丢失", "井盖不见了。", NextDoor, "滨河路");
        var number = await ReportAsync(application, "井盖丢失", "井盖不见了。", Liutang, "滨河路");
        var stranger = new CurrentUser("police", "police", null, [new UserPost("dept:police", Role.Handler, null)]);
        var related = application.Services.GetRequiredService<RelatedCases>();

        Assert.Single(await related.FindAsync(number, County, Cancel));
        Assert.Empty(await related.FindAsync(number, stranger, Cancel));
        Assert.Empty(await related.FindAsync(new RelatedTo("井盖丢失", "井盖不见了", "/99/9901/990101/990101101/990101101001/", "滨河路", TimeProvider.System.GetUtcNow()), stranger, Cancel));
    }

    private static async Task<IReadOnlyList<RelatedCase>> FindAsync(GridFlowApplication application, string number) =>
        await application.Services.GetRequiredService<RelatedCases>().FindAsync(number, County, Cancel);

    private static async Task<string> ReportAsync(GridFlowApplication application, string title, string detail, string area, string? place, string? category = null)
    {
        var report = new NewReport { Title = title, Detail = detail, AreaCode = area, Place = place, Category = category };
        return Assert.IsType<ReportResult.Accepted>(await application.Services.GetRequiredService<CaseCommands>().ReportAsync(report, Actor.System, Cancel)).Number;
    }
}
