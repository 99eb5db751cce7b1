using GridFlow.Server.Bundles;
using GridFlow.Server.Cases;
using GridFlow.Server.Drafts;
using GridFlow.Server.Organisation;
using GridFlow.Server.Security;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Engine;
using GridFlow.Workflows.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GridFlow.EndToEnd.Tests;

/// <summary>The administrator tries a draft on the cases there were, before anybody depends on it.</summary>
public sealed class ReplayJourneys(Portal portal) : IClassFixture<Portal>
{
    private static readonly (string Text, int Times)[] Reports =
    [
        ("小区门口垃圾堆了三天没人清运，臭味很大。", 9), ("楼下路灯不亮已经一个星期了，晚上看不见路。", 7), ("邻居半夜装修噪音太大，吵得睡不着。", 12),
        ("电梯一个月困人三次，电梯维修拖着不办。", 5), ("有件事想反映一下。", 4), ("路口井盖缺失，很危险。", 3),
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_draft_is_tried_on_past_cases_and_tells_what_would_change()
    {
        await using var admin = await portal.SignInAsync("admin", 1440);
        var draft = await BeginAsync();
        var page = admin.Page;
        await admin.GoLiveAsync($"/admin/bundles/drafts/{draft}/replay");
        await Expect(page.GetByText("这段时间共 40 件")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "开始试跑" }).ClickAsync();

        // Noise elsewhere and raised, and street lamps to the grid at once: 12 and 7 of 40.
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "40 件案件中，19 件会走不同的路" })).ToBeVisibleAsync();
        await Expect(page.Locator("table.load tr").Filter(new() { HasText = "生态环境局" })).ToContainTextAsync("+12");
        await admin.LookAsync("replay-1-outcome");

        await page.GetByRole(AriaRole.Button, new() { Name = "时限", Exact = false }).ClickAsync();
        await Expect(page.GetByText("1–7 / 7")).ToBeVisibleAsync();
        await Expect(page.Locator(".changes").First).ToContainTextAsync("2 个紧急工作时");
        await admin.LookAsync("replay-2-limit");
        var file = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "导出 CSV" }).ClickAsync());
        Assert.Equal(20, (await File.ReadAllLinesAsync(await file.PathAsync(), Cancel)).Length);

        // What was found is still there on the way back, in English, on a phone, in the dark.
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await page.SetViewportSizeAsync(390, 844);
        await page.GotoAsync("/culture?c=en&back=/");
        await admin.GoLiveAsync($"/admin/bundles/drafts/{draft}/replay");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "19 of 40 cases would go another way" })).ToBeVisibleAsync();
        await admin.LookAsync("replay-3-phone-dark");
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"));

        await page.GetByLabel("Accepted from").FillAsync("2020-01-01");
        await page.GetByLabel("up to and with").FillAsync("2020-01-31");
        await page.GetByRole(AriaRole.Button, new() { Name = "Run again" }).ClickAsync();
        await Expect(page.GetByText("No case came in then")).ToBeVisibleAsync();
        await admin.LookAsync("replay-4-none");
    }

    private async Task<int> BeginAsync()
    {
        var services = portal.Services;
        foreach (var (text, times) in Reports)
        {
            for (var i = 0; i < times; i++)
            {
                var report = new NewReport { Detail = text, Channel = CaseChannel.Hotline, AreaCode = DemoOrganisation.CountyCode + "101", HasReporter = true };
                Assert.IsType<ReportResult.Accepted>(await services.GetRequiredService<CaseCommands>().ReportAsync(report, Actor.Reporter, Cancel));
            }
        }

        var inForce = await services.GetRequiredService<BundleStore>().GetCurrentAsync(Cancel);
        RoutingRow[] rows =
        [
            new() { Number = 801, Keywords = ["噪音"], Lead = "dept:environment", StartTier = CaseTier.Big, Note = "噪音归环保" },
            new() { Number = 802, Keywords = ["路灯"], Lead = "@grid", Limit = Workflows.Calendars.TimeLimit.UrgentHours(2) },
            new() { Number = 803, Keywords = ["野猪"], Lead = "@town", Note = "备用" },
        ];
        var content = new Bundle(0, inForce.Definitions, new RoutingTable([.. inForce.Routing.Rows, .. rows]), inForce.Categories, inForce.Calendar);
        return (await services.GetRequiredService<DraftStore>().BeginAsync("噪音归环保", content, CurrentUser.Operator, Cancel)).Id;
    }
}
