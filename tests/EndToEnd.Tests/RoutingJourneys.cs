using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GridFlow.EndToEnd.Tests;

/// <summary>An administrator changes who gets what in a draft, sees what it would catch, publishes, and the next case follows.</summary>
public sealed class RoutingJourneys(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task A_new_row_sends_the_next_case_elsewhere()
    {
        Assert.Equal("交 柳塘村", await ReportAndSeeWhoHasItAsync());

        await using var admin = await portal.SignInAsync("admin", 1440);
        var page = admin.Page;
        await admin.GoLiveAsync("/admin/routing");
        await admin.LookAsync("routing-0-read");
        await EditAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "新增一行" }).ClickAsync();
        var editor = page.GetByRole(AriaRole.Dialog);
        var words = editor.GetByRole(AriaRole.Textbox, new() { Name = "关键词" });
        await words.FillAsync("广场舞");
        await words.PressAsync("Enter");
        await Expect(editor.GetByText("广场舞")).ToBeVisibleAsync();
        await editor.GetByRole(AriaRole.Button, new() { Name = "完成" }).ClickAsync();

        // The unit by keyboard, in the grid: from the new row's number to its lead unit, and the name of it.
        await Cell(page, 0, 0).ClickAsync();
        await page.Keyboard.PressAsync("Home");
        for (var step = 0; step < 10; step++)
        {
            await page.Keyboard.PressAsync("ArrowRight");
        }

        await page.Keyboard.PressAsync("Enter");
        var cell = page.Locator("[data-editor]");
        await Expect(cell).ToBeFocusedAsync();
        await cell.FillAsync("火星局");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByText("没有单位“火星局”，请写名称或编号")).ToBeVisibleAsync();
        await admin.LookAsync("routing-1-cell");
        await cell.FillAsync("公安局派出所");
        await page.Keyboard.PressAsync("Tab");
        await Expect(Cell(page, 0, 10)).ToHaveTextAsync("公安局派出所");
        await Expect(Cell(page, 0, 11)).ToBeFocusedAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "上个月会命中哪些案件？" }).ClickAsync();
        await Expect(page.GetByText("的 1 件中会命中 1 件")).ToBeVisibleAsync();
        await admin.LookAsync("routing-2-caught");

        await page.GetByRole(AriaRole.Link, new() { Name = "检查并发布" }).ClickAsync();
        await PublishAsync(page);

        Assert.Equal("交 公安局派出所", await ReportAndSeeWhoHasItAsync());
    }

    [Fact]
    public async Task A_block_of_a_spreadsheet_is_pasted_whole_filled_down_undone_and_refused_by_cell()
    {
        await using var admin = await portal.SignInAsync("admin", 1440);
        var page = admin.Page;
        await admin.GoLiveAsync("/admin/routing");
        await EditAsync(page);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "新增一行" })).ToBeVisibleAsync();
        var before = (await Cell(page, 0, 10).InnerTextAsync(), await Cell(page, 1, 10).InnerTextAsync());

        await PasteAsync(page, 0, 10, "消防救援大队\t公安局派出所\n火星局\t");
        await Expect(page.GetByText("第 2 行，主办单位：没有单位“火星局”")).ToBeVisibleAsync();
        await Expect(Cell(page, 0, 10)).ToHaveTextAsync(before.Item1);
        await admin.LookAsync("routing-3-refused");

        await PasteAsync(page, 0, 10, "消防救援大队\t公安局派出所\n供电公司\t");
        await Expect(Cell(page, 0, 10)).ToHaveTextAsync("消防救援大队");
        await Expect(Cell(page, 0, 11)).ToHaveTextAsync("公安局派出所");
        await Expect(Cell(page, 1, 10)).ToHaveTextAsync("供电公司");

        await Cell(page, 0, 10).ClickAsync();
        await page.Keyboard.PressAsync("Shift+ArrowDown");
        await page.Keyboard.PressAsync("Control+d");
        await Expect(Cell(page, 1, 10)).ToHaveTextAsync("消防救援大队");
        await page.GetByRole(AriaRole.Button, new() { Name = "撤销" }).ClickAsync();
        await Expect(Cell(page, 1, 10)).ToHaveTextAsync("供电公司");
        await page.GetByRole(AriaRole.Button, new() { Name = "撤销" }).ClickAsync();
        await Expect(Cell(page, 0, 10)).ToHaveTextAsync(before.Item1);
        await Expect(Cell(page, 1, 10)).ToHaveTextAsync(before.Item2);
        await admin.LookAsync("routing-4-grid");

        await page.SetViewportSizeAsync(390, 844);
        await page.GotoAsync("/culture?c=en&back=/");
        await admin.GoLiveAsync("/admin/routing");
        await admin.LookAsync("routing-5-phone");
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"));
    }

    // A draft of one's own: the button makes it where there is none yet, else the menu that lists those there are.
    private static async Task EditAsync(IPage page)
    {
        var edit = page.GetByRole(AriaRole.Button, new() { Name = "编辑", Exact = true });
        var menu = page.Locator("summary").GetByText("编辑");
        await edit.Or(menu).First.ClickAsync();
        var another = page.GetByRole(AriaRole.Button, new() { Name = "新建草稿" });
        var add = page.GetByRole(AriaRole.Button, new() { Name = "新增一行" });
        await Expect(another.Or(add).First).ToBeVisibleAsync();
        if (await another.IsVisibleAsync())
        {
            await another.ClickAsync();
        }

        await Expect(add).ToBeVisibleAsync();
    }

    private static ILocator Cell(IPage page, int row, int column) => page.Locator($"td[data-r='{row}'][data-c='{column}']");

    private static async Task PasteAsync(IPage page, int row, int column, string text)
    {
        await Cell(page, row, column).ClickAsync();
        await page.EvaluateAsync(
            """
            text => { const data = new DataTransfer(); data.setData("text/plain", text); document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })); }
            """,
            text);
    }

    private static async Task PublishAsync(IPage page)
    {
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "发布…" })).ToBeEnabledAsync();
        await page.Locator("[data-live]").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await page.GetByRole(AriaRole.Button, new() { Name = "发布…" }).ClickAsync();
        await page.GetByLabel("原因").FillAsync("广场舞由派出所管");
        await page.GetByRole(AriaRole.Dialog).Locator("button[type=submit]").ClickAsync();
        await Expect(page.GetByText("第 3 版现已生效").First).ToBeVisibleAsync();
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
