using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GridFlow.EndToEnd.Tests;

/// <summary>An administrator works on a draft: categories and limits, the calendar, the settings of a step.</summary>
public sealed class RulesJourneys(Portal portal) : IClassFixture<Portal>
{
    [Theory]
    [InlineData(1440, "zh-CN")]
    [InlineData(390, "en")]
    public async Task Limits_are_set_in_the_grid_and_a_table_is_pasted(int width, string language)
    {
        await using var admin = await portal.SignInAsync("admin", width, language);
        var page = admin.Page;
        var draft = await BeginAsync(admin, "/admin/categories");

        await admin.GoLiveAsync($"/admin/categories?draft={draft}&category=local/1/matter/06");
        var limit = page.GetByRole(AriaRole.Spinbutton, new() { Name = admin.Say("时限数量：暴露垃圾, 大量堆积", "Limit of Exposed rubbish, A large heap") });
        await limit.FillAsync("3");
        await limit.BlurAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = admin.Say("撤销", "Undo") })).ToBeEnabledAsync();
        await admin.LookAsync($"categories-1-group-{language}");

        await page.GetByRole(AriaRole.Button, new() { Name = admin.Say("导入", "Import"), Exact = true }).ClickAsync();
        var paste = page.GetByLabel(admin.Say("粘贴（第一行是列名）", "Paste (the first line names the columns)"));
        await paste.FillAsync("code\tname\tlimit\n06002\t渣土\tsoon");
        await paste.BlurAsync();
        await Expect(page.GetByText("soon", new() { Exact = false }).Last).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = admin.Say("导入到草稿", "Import into the draft") })).ToBeDisabledAsync();
        await admin.LookAsync($"categories-2-import-{language}");
        await paste.FillAsync("code\tname\tlimit\n06002\t渣土\t5 工作日");
        await paste.BlurAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = admin.Say("导入到草稿", "Import into the draft") }).ClickAsync();

        await admin.GoLiveAsync($"/admin/categories?draft={draft}&category=local/1/matter/06002");
        await Expect(page.GetByLabel(admin.Say("中文名称", "Name in Chinese"))).ToHaveValueAsync("渣土");
        await admin.LookAsync($"categories-3-category-{language}");
        await admin.GoLiveAsync($"/admin/categories?draft={draft}&category=local/1/matter/06001");
        await Expect(page.GetByRole(AriaRole.Spinbutton, new() { Name = admin.Say("时限数量：大量堆积", "Limit of A large heap") })).ToHaveValueAsync("3");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = admin.Say("删除类别", "Remove the category") })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Numbers_out_of_range_are_told_beside_their_fields_and_change_nothing()
    {
        await using var admin = await portal.SignInAsync("admin", 1440);
        var page = admin.Page;
        var draft = await BeginAsync(admin, "/admin/rules");
        await admin.GoLiveAsync($"/admin/rules?draft={draft}");
        var (returns, days) = (page.Locator("label.field").Filter(new() { HasText = "最多退回几次" }), page.Locator("label.field").Filter(new() { HasText = "挂账最长多少天" }));
        await returns.Locator("input").FillAsync("");
        await returns.Locator("input").BlurAsync();
        await Expect(returns.GetByRole(AriaRole.Alert)).ToContainTextAsync("请填 0 到 10 的整数");
        await days.Locator("input").FillAsync("400");
        await days.Locator("input").BlurAsync();
        await Expect(days.GetByRole(AriaRole.Alert)).ToContainTextAsync("请填 1 到 365 的整数");
        await Expect(returns.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "撤销" })).ToBeDisabledAsync();
        await admin.LookAsync("rules-out-of-range");
        await days.Locator("input").FillAsync("300");
        await days.Locator("input").BlurAsync();
        await Expect(days.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "撤销" })).ToBeEnabledAsync();
        await Expect(returns.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(1440, "zh-CN")]
    [InlineData(390, "en")]
    public async Task Who_decides_on_more_time_is_changed_and_the_draft_says_it_in_words(int width, string language)
    {
        await using var admin = await portal.SignInAsync("admin", width, language);
        var page = admin.Page;
        var draft = await BeginAsync(admin, "/admin/rules");

        await admin.GoLiveAsync($"/admin/rules?draft={draft}");
        var deciders = page.GetByRole(AriaRole.Group, new() { Name = admin.Say("延期、挂账由谁审批", "Who decides on more time") });
        await deciders.GetByRole(AriaRole.Button, new() { Name = admin.Say("增加一级", "Add a level") }).ClickAsync();
        await Expect(deciders.GetByRole(AriaRole.Combobox)).ToHaveCountAsync(3);
        await deciders.GetByRole(AriaRole.Combobox).Last.SelectOptionAsync(new SelectOptionValue { Label = admin.Say("县（区）调度员", "County, dispatcher") });
        await Expect(deciders.GetByRole(AriaRole.Combobox).Last).ToHaveValueAsync("county_Dispatcher");
        await admin.LookAsync($"rules-deciders-{language}");

        await admin.GoLiveAsync($"/admin/bundles/drafts/{draft}");
        await Expect(page.Locator(".compared").First).ToContainTextAsync(admin.Say("镇（街道）调度员 → 县（区）领导 → 县（区）调度员", "Town, dispatcher → County, leader → County, dispatcher"));
    }

    [Theory]
    [InlineData(1440, "en")]
    [InlineData(390, "zh-CN")]
    public async Task A_day_is_made_free_and_taken_back(int width, string language)
    {
        await using var admin = await portal.SignInAsync("admin", width, language);
        var page = admin.Page;
        var draft = await BeginAsync(admin, "/admin/calendar");

        await admin.GoLiveAsync($"/admin/calendar?draft={draft}");
        var day = page.Locator("button.day.is-workday").First;
        var number = await day.Locator(".number").InnerTextAsync();
        await day.ClickAsync();
        await page.GetByLabel(admin.Say("节日名称", "Holiday, in Chinese")).FillAsync("停电");
        await page.GetByRole(AriaRole.Button, new() { Name = admin.Say("设为放假", "Make it a day off") }).ClickAsync();
        var free = page.Locator("button.day.is-holiday").Filter(new() { HasText = "停电" });
        await Expect(free).ToBeVisibleAsync();
        Assert.Equal(number, await free.Locator(".number").InnerTextAsync());
        await admin.LookAsync($"calendar-{language}");

        await page.GetByRole(AriaRole.Button, new() { Name = admin.Say("撤销", "Undo") }).ClickAsync();
        await Expect(free).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData(1440, "zh-CN")]
    [InlineData(390, "en")]
    public async Task An_answer_is_added_to_a_task_and_what_is_missing_is_mended(int width, string language)
    {
        await using var admin = await portal.SignInAsync("admin", width, language);
        var page = admin.Page;
        var draft = await BeginAsync(admin, "/admin/categories");

        await OpenSettingsAsync(admin, width, $"/admin/flows/hard?draft={draft}&step=plan");
        var inspector = page.Locator(".flow-inspector");
        await Expect(inspector.GetByText(admin.Say("谁来办", "Who does it"))).ToBeVisibleAsync();
        await inspector.GetByRole(AriaRole.Button, new() { Name = admin.Say("添加办理结果", "Add an outcome") }).ClickAsync();
        await Expect(inspector.Locator(".form-preview").GetByText(admin.Say("新结果", "New outcome"))).ToBeVisibleAsync();
        var fix = inspector.GetByRole(AriaRole.Button, new() { Name = admin.Say("连到“提级为大事”", "Connect to “Raise to big”") });
        await Expect(fix).ToBeVisibleAsync();
        await LookAtSettingsAsync(admin, $"inspector-1-task-{language}-{width}");
        await fix.ClickAsync();
        await Expect(fix).ToHaveCountAsync(0);

        await OpenSettingsAsync(admin, width, $"/admin/flows/intake?draft={draft}&step=sure");
        await inspector.GetByRole(AriaRole.Button, new() { Name = admin.Say("添加条件", "Add a condition") }).ClickAsync();
        await Expect(inspector.GetByRole(AriaRole.Group, new() { Name = admin.Say("条件 4", "Condition 4") })).ToBeVisibleAsync();
        await LookAtSettingsAsync(admin, $"inspector-2-condition-{language}-{width}");
        await inspector.GetByRole(AriaRole.Button, new() { Name = admin.Say("改成文字（熟练人员）", "As text (for experts)") }).ClickAsync();
        var text = inspector.GetByRole(AriaRole.Textbox, new() { Name = admin.Say("判断条件", "Condition") });
        await text.FillAsync("case.tier === 'Hard' &&");
        await Expect(inspector.GetByText(admin.Say("但表达式到这里就结束了", "but the expression ends here")).First).ToBeVisibleAsync();
        await LookAtSettingsAsync(admin, $"inspector-3-text-{language}-{width}");
    }

    private static async Task OpenSettingsAsync(Visitor admin, int width, string address)
    {
        await admin.Page.GotoAsync(address);
        await admin.Page.Locator(".flow-canvas[data-live]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        if (width < 600)
        {
            await admin.Page.GetByRole(AriaRole.Button, new() { Name = admin.Say("设置", "Settings") }).First.ClickAsync();
        }
    }

    // The canvas beside the settings has journeys of its own.
    private static async Task LookAtSettingsAsync(Visitor admin, string name)
    {
        await admin.Page.ScreenshotAsync(new() { Path = Path.Combine(Portal.Screenshots, $"{name}.png") });
        var found = await admin.Page.Locator(".flow-inspector").RunAxe();
        Assert.True(found.Violations.Length == 0, $"{name}: " + string.Join("; ", found.Violations.Select(violation => $"{violation.Id} {violation.Help}: {string.Join(", ", violation.Nodes.Select(node => node.Html))}")));
    }

    private static async Task<string> BeginAsync(Visitor admin, string address)
    {
        await admin.GoLiveAsync(address);
        var edit = admin.Page.Locator(".page-head .actions").Last;
        var menu = edit.Locator("details summary.btn-primary");
        if (await menu.CountAsync() > 0)
        {
            await menu.ClickAsync();
            await edit.GetByRole(AriaRole.Button, new() { Name = admin.Say("新", "New") }).ClickAsync();
        }
        else
        {
            await edit.Locator("button.btn-primary").ClickAsync();
        }

        await admin.Page.WaitForURLAsync(url => url.Contains("draft=", StringComparison.Ordinal));
        return admin.Page.Url.Split("draft=")[1].Split('&')[0];
    }
}
