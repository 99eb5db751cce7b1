using GridFlow.Server.Persistence;
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

    private async Task<string> ConnectionAsync()
    {
        await using var db = await portal.Services.GetRequiredService<IDbContextFactory<GridFlowDbContext>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        return db.Database.GetConnectionString()!;
    }
}
