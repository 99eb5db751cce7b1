using GridFlow.Server.Cases;
using GridFlow.Server.Persistence;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Engine;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GridFlow.EndToEnd.Tests;

/// <summary>Somebody does something while another program holds the database: they are told, lose nothing, and it happens once.</summary>
public sealed class OutageJourneys(Portal portal) : IClassFixture<Portal>
{
    // Milliseconds. The database is waited for before its absence is told.
    private const int Long = 120_000;

    [Fact]
    public async Task An_act_that_found_the_database_held_says_so_keeps_what_was_typed_and_is_sent_again()
    {
        var number = await portal.SmallAsync();
        await using var qingxi = await portal.SignInAsync("qingxi", 390);
        var dialog = await qingxi.OpenActAsync(number, "抄送");
        await dialog.GetByLabel("抄送哪些单位").OfferedAsync("生态环境局");
        await Expect(dialog.Locator(".picked .badge")).ToHaveCountAsync(1);
        await dialog.Locator("[name=comment]").FillAsync("请关注水质");
        var send = dialog.GetByRole(AriaRole.Button, new() { Name = "确定：抄送" });
        await using (var other = new SqliteConnection(await ConnectionAsync()))
        {
            await other.OpenAsync(TestContext.Current.CancellationToken);
            await using var holds = await other.BeginTransactionAsync(System.Data.IsolationLevel.Serializable, TestContext.Current.CancellationToken);
            await send.ClickAsync();
            await Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("数据库暂时没有响应", new() { Timeout = Long });
        }

        await qingxi.LookAsync("outage-act");
        await Expect(dialog.Locator("[name=comment]")).ToHaveValueAsync("请关注水质");
        Assert.Equal(0, await portal.CountHistoryAsync(number, HistoryKind.ActTaken, "CopyTo"));
        await send.ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0, new() { Timeout = Long });
        await Expect(qingxi.Page.Locator(".notice-ok").First).ToBeVisibleAsync();
        Assert.Equal(1, await portal.CountHistoryAsync(number, HistoryKind.ActTaken, "CopyTo"));
    }

    [Fact]
    public async Task Whatever_is_sent_while_the_database_is_held_stays_on_its_page_and_is_sent_again_once()
    {
        var (remarked, handled, passed) = (await portal.SmallAsync(), await portal.SmallAsync("村委会后面的垃圾没人清运。"), await portal.SmallAsync("小学门口的垃圾没人清运。"));
        var (sorted, first, second) = (await ReportAsync("枫杨渡口的情况反映一下。", "枫杨渡口"), await ReportAsync("乌桕林边的情况反映一下。", "乌桕林边"), await ReportAsync("乌桕林边的情况还要反映。", "乌桕林边"));

        await using var remark = await portal.SignInAsync("liutang", 390);
        await remark.GoLiveAsync($"/cases/{remarked}");
        var box = remark.Page.Locator(".comment-box");
        await box.Locator("textarea").FillAsync("钥匙在小卖部");

        await using var work = await portal.SignInAsync("liutang", 390);
        await work.GoLiveAsync($"/cases/{handled}");
        var form = work.Page.Locator(".work-item form");
        await form.GetByLabel("办结", new() { Exact = true }).CheckAsync();
        await form.GetByLabel("答复内容").FillAsync("已清运干净");

        await using var pass = await portal.SignInAsync("liutang", 390);
        await pass.GoLiveAsync($"/cases/{passed}");
        await pass.Page.Locator(".pass-on > .btn").ClickAsync();

        await using var send = await OpenDeskAsync(sorted);
        await using var merge = await OpenDeskAsync(second);

        var choose = merge.Page.GetByRole(AriaRole.Button, new() { Name = $"与 {first} 并单" });
        await choose.ClickAsync();

        Visitor[] pages = [remark, work, pass, send, merge];
        var sends = new[]
        {
            box.GetByRole(AriaRole.Button), form.GetByRole(AriaRole.Button, new() { Name = "提交：办结" }), pass.Page.Locator(".pass-on-reasons .btn").First,
            send.Page.Locator("[data-accept]"), merge.Page.GetByRole(AriaRole.Button, new() { Name = $"把 1 件并入 {first}" }),
        };
        await using (var other = new SqliteConnection(await ConnectionAsync()))
        {
            await other.OpenAsync(TestContext.Current.CancellationToken);
            await using var holds = await other.BeginTransactionAsync(System.Data.IsolationLevel.Serializable, TestContext.Current.CancellationToken);
            foreach (var button in sends)
            {
                await button.ClickAsync();
            }

            foreach (var page in pages)
            {
                await Expect(page.Page.Locator("main").GetByRole(AriaRole.Alert).First).ToContainTextAsync("数据库暂时没有响应，请稍后再提交", new() { Timeout = Long });
            }
        }

        await remark.LookAsync("outage-remark");
        await work.LookAsync("outage-work-item");
        await pass.LookAsync("outage-pass-on");
        await send.LookAsync("outage-desk");
        await Expect(box.Locator("textarea")).ToHaveValueAsync("钥匙在小卖部");
        await Expect(form.GetByLabel("答复内容")).ToHaveValueAsync("已清运干净");
        await choose.ClickAsync();
        foreach (var button in sends)
        {
            await button.ClickAsync();
        }

        foreach (var page in pages[..3])
        {
            await Expect(page.Page.Locator("main .notice-ok").First).ToBeVisibleAsync(new() { Timeout = Long });
        }

        foreach (var page in pages[3..])
        {
            await Expect(page.Page.Locator(".desk")).ToHaveCountAsync(0, new() { Timeout = Long });
        }

        await Expect(box.Locator("textarea")).ToHaveValueAsync("");
        Assert.Equal(1, await portal.CountHistoryAsync(remarked, HistoryKind.Comment, "钥匙在小卖部"));
        Assert.Equal(1, await portal.CountHistoryAsync(handled, HistoryKind.WorkItemCompleted, "已清运干净"));
        Assert.Equal(1, await portal.CountHistoryAsync(passed, HistoryKind.WorkItemCompleted, "PassOn"));
        Assert.Equal(0, await portal.CountOpenAsync(sorted, "check"));
        Assert.Equal((CaseStatus.Merged, first), await portal.CaseAsync(second) is var row ? (row.Status, row.MergedInto) : default);
    }

    private async Task<Visitor> OpenDeskAsync(string number)
    {
        var town = await portal.SignInAsync("yunling", 1440);
        await town.GoLiveAsync($"/inbox?flow=intake&step=check&text={number}");
        await town.Page.Locator("[data-row]").Filter(new() { HasText = number }).ClickAsync();
        await Expect(town.Page.Locator(".desk [data-accept]")).ToBeEnabledAsync();
        await Desk.WaitAsync(async () => await portal.IsSeenAsync(await portal.ItemAsync(number, "check"), "yunling"));
        return town;
    }

    private async Task<string> ReportAsync(string text, string place)
    {
        var report = new NewReport { Detail = text, AreaCode = "990101102001001", Place = place, Channel = CaseChannel.Hotline };
        return ((ReportResult.Accepted)await portal.Services.GetRequiredService<CaseCommands>().ReportAsync(report, Actor.Reporter, TestContext.Current.CancellationToken)).Number;
    }

    private async Task<string> ConnectionAsync()
    {
        await using var db = await portal.Services.GetRequiredService<IDbContextFactory<GridFlowDbContext>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        return db.Database.GetConnectionString()!;
    }
}
