using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GridFlow.EndToEnd.Tests;

/// <summary>An administrator changes who gets what, and the next case follows.</summary>
public sealed class RoutingJourneys(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task A_new_row_sends_the_next_case_elsewhere()
    {
        Assert.Equal("交 柳塘村", await ReportAndSeeWhoHasItAsync());

        await using var admin = await portal.SignInAsync("admin", 1440);
        var page = admin.Page;
        await admin.GoLiveAsync("/admin/routing");
        await page.GetByRole(AriaRole.Button, new() { Name = "新增一行" }).ClickAsync();
        var editor = page.GetByRole(AriaRole.Dialog);
        var words = editor.GetByRole(AriaRole.Textbox, new() { Name = "关键词" });
        await words.FillAsync("广场舞");
        await words.PressAsync("Enter");
        await Expect(editor.GetByText("广场舞")).ToBeVisibleAsync();
        await editor.GetByRole(AriaRole.Combobox, new() { Name = "主办单位" }).SelectOptionAsync(new SelectOptionValue { Label = "指定单位…" });
        var unit = editor.GetByLabel("输入单位名称").First;
        await unit.PressSequentiallyAsync("派出所");
        await Expect(editor.Locator("datalist option").Filter(new() { HasText = "" })).Not.ToHaveCountAsync(0);
        var option = await editor.Locator("datalist option[value*='派出所']").First.GetAttributeAsync("value");
        await unit.FillAsync(option!);
        await unit.BlurAsync();
        await admin.LookAsync("routing-1-row");
        await editor.GetByRole(AriaRole.Button, new() { Name = "完成" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "发布…" }).ClickAsync();
        await page.GetByLabel("为什么改").FillAsync("广场舞由派出所管");
        await admin.LookAsync("routing-2-publish");
        await page.GetByRole(AriaRole.Button, new() { Name = "立即发布" }).ClickAsync();
        await Expect(page.GetByText("现在起生效")).ToBeVisibleAsync();

        Assert.Equal("交 公安局派出所", await ReportAndSeeWhoHasItAsync());
    }

    // The newest entry of the case's timeline that gives the work to somebody.
    private async Task<string> ReportAndSeeWhoHasItAsync()
    {
        await using var resident = await portal.OpenAsync(390);
        var (number, _) = await resident.ReportAsync("老街广场舞音量太大，邻居之间天天吵。", "柳塘村", "routing");
        await using var county = await portal.SignInAsync("county", 1440);
        await county.Page.GotoAsync($"/cases/{number}");
        var entry = county.Page.GetByText("交 ", new() { Exact = false }).Filter(new() { HasText = "就地办理" }).First;
        return (await entry.InnerTextAsync()).Split('：')[0].Trim();
    }
}
