using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GridFlow.EndToEnd.Tests;

/// <summary>
/// The administrator puts an approval before the whistle, as the journey of the mission asks: draw, mend, try on real cases,
/// publish, take back; while cases run.
/// </summary>
public sealed class PublishingJourneys(Portal portal) : IClassFixture<Portal>
{
    private const int Desktop = 1440;
    private const string Hard = "电梯一个月困人三次，电梯维修拖着不办。";

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public async Task An_approval_is_drawn_before_the_whistle_mended_tried_published_and_taken_back(string language)
    {
        var running = await ReportAsync();
        await using var admin = await portal.SignInAsync("admin", Desktop, language);
        var page = admin.Page;
        await OpenDesignerAsync(admin, click => click.ClickAsync());

        // Drag the approval from the palette onto the line from the dispatcher to the whistle.
        await page.Locator(".side .entry[data-type='GridFlow.Approval']").HoverAsync();
        await page.Mouse.DownAsync();
        var (x, y) = await MiddleOfLineAsync(page, "plan", "whistle");
        await page.Mouse.MoveAsync(x - 40, y - 40, new() { Steps = 8 });
        await page.Mouse.MoveAsync(x, y, new() { Steps = 8 });
        await page.Mouse.UpAsync();
        var approval = page.Locator(".nodes [data-node='approve']");
        await Expect(approval).ToBeVisibleAsync();
        await Expect(Line(page, "plan", "approve")).ToBeAttachedAsync();
        await Expect(Line(page, "approve", "whistle")).ToBeAttachedAsync();
        await admin.LookAsync($"designer-{language}-1-approval");

        // The refusal leads nowhere yet: the list of problems says so and offers a way.
        await page.GetByRole(AriaRole.Button, new() { Name = admin.Say("1 处须修改", "1 to mend") }).ClickAsync();
        var problem = page.Locator(".canvas li.problem.is-error");
        await Expect(problem).ToHaveCountAsync(1);
        await Expect(problem).ToContainTextAsync(admin.Say("“Rejected”", "'Rejected'"));
        await admin.LookAsync($"designer-{language}-2-problem");
        await problem.GetByRole(AriaRole.Button, new() { Name = admin.Say("连到“转大事统筹办”", "Connect to “On to big”") }).ClickAsync();
        await Expect(problem).ToHaveCountAsync(0);
        await Expect(Line(page, "approve", "raised")).ToBeAttachedAsync();

        await TryPublishAndCheckAsync(admin, running, language, click => click.ClickAsync());
    }

    [Fact]
    public async Task The_same_is_done_by_keyboard_alone()
    {
        var running = await ReportAsync();
        await using var admin = await portal.SignInAsync("admin", Desktop, "en");
        var page = admin.Page;
        await OpenDesignerAsync(admin, PressAsync);

        // Into the canvas, on to the dispatcher's step, along its line to the whistle.
        var focused = page.Locator(":focus");
        await page.GetByRole(AriaRole.Application).FocusAsync();
        await Expect(focused).ToHaveAttributeAsync("data-step", "begin");
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(focused).ToHaveAttributeAsync("data-step", "plan");
        await page.Keyboard.PressAsync("l");
        await Expect(focused).ToHaveAttributeAsync("data-source", "plan");
        while (await focused.GetAttributeAsync("data-target") != "whistle")
        {
            await page.Keyboard.PressAsync("l");
        }

        await Expect(page.Locator(".edge.is-selected")).ToHaveAttributeAsync("data-target", "whistle");
        await page.Keyboard.PressAsync("a");
        await TypesAsync(page);
        await page.Keyboard.TypeAsync("approv");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".nodes [data-node='approve']")).ToBeVisibleAsync();
        await Expect(Line(page, "approve", "whistle")).ToBeAttachedAsync();

        await PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "1 to mend" }));
        await Expect(page.Locator(".canvas li.problem.is-error")).ToHaveCountAsync(1);
        await admin.LookAsync("designer-keys-2-problem");
        var problem = page.Locator(".canvas li.problem.is-error");
        await PressAsync(problem.GetByRole(AriaRole.Button, new() { Name = "Connect to “On to big”" }));
        await Expect(problem).ToHaveCountAsync(0);
        await TryPublishAndCheckAsync(admin, running, "keys", PressAsync);
    }

    // Somebody who has no mouse: the control has the focus, and a key does the rest.
    private static async Task PressAsync(ILocator control)
    {
        await control.FocusAsync();
        await control.PressAsync("Enter");
    }

    // The window asked for is open and takes what is typed.
    private static Task TypesAsync(IPage page) => Expect(page.Locator("input[type='search']:focus")).ToBeVisibleAsync();

    private static async Task OpenDesignerAsync(Visitor admin, Func<ILocator, Task> press)
    {
        await admin.GoLiveAsync("/admin/bundles");
        await admin.Page.GetByLabel(admin.Say("草稿名称", "What the draft is called")).FillAsync(admin.Say("吹哨前先审批", "Approval before the whistle"));
        await press(admin.Page.GetByRole(AriaRole.Button, new() { Name = admin.Say("新建草稿", "New draft") }));
        await Expect(admin.Page).ToHaveURLAsync(new Regex("/admin/bundles/drafts/[0-9]+$"));
        var draft = admin.Page.Url.Split('/')[^1];
        await admin.GoLiveAsync($"/admin/flows/hard?draft={draft}");
        await admin.Page.Locator(".flow-canvas[data-live]").WaitForAsync();
        await Expect(admin.Page.Locator(".nodes [data-node='whistle']")).ToBeVisibleAsync();
    }

    private async Task TryPublishAndCheckAsync(Visitor admin, string running, string picture, Func<ILocator, Task> press)
    {
        var page = admin.Page;
        await press(page.GetByRole(AriaRole.Link, new() { Name = admin.Say("检查并发布", "Review and publish") }));
        await Expect(page.GetByText(admin.Say("没有妨碍发布的问题", "Nothing keeps this draft from being published"))).ToBeVisibleAsync();
        await Expect(page.Locator(".compared").First).ToContainTextAsync(admin.Say("审批", "Approval"));
        await admin.LookAsync($"designer-{picture}-3-draft");
        var draft = page.Url;

        await press(page.GetByRole(AriaRole.Link, new() { Name = admin.Say("用历史案件试一试", "Try it on past cases") }));
        await Expect(page).ToHaveURLAsync(new Regex("/replay$"));
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = admin.Say("开始试跑", "Run") })).ToBeEnabledAsync();
        await press(page.GetByRole(AriaRole.Button, new() { Name = admin.Say("开始试跑", "Run") }));
        // Intake decides as before, and every hard case of the time would meet the new drawing.
        await Expect(page.Locator("#replay-headline")).ToContainTextAsync(admin.Say("会与当时一样", "would go as"));
        await Expect(page.GetByText(admin.Say("草稿改动了“难事协调办”", "The draft changes “Hard matters, coordinated”"))).ToBeVisibleAsync();
        await admin.LookAsync($"designer-{picture}-4-tried");

        await admin.GoLiveAsync(new Uri(draft).AbsolutePath);
        await press(page.GetByRole(AriaRole.Button, new() { Name = admin.Say("发布…", "Publish…") }));
        await page.GetByLabel(admin.Say("定时", "At a time"), new() { Exact = true }).CheckAsync();
        var time = page.Locator("input[type='datetime-local']");
        await time.FillAsync("2031-01-02T09:30");
        await page.GetByLabel(admin.Say("原因（必填）", "Why (required)")).FillAsync("…");
        await Expect(time).ToHaveValueAsync("2031-01-02T09:30");
        await page.GetByLabel(admin.Say("立即", "Now"), new() { Exact = true }).CheckAsync();
        await page.GetByLabel(admin.Say("原因（必填）", "Why (required)")).FillAsync(admin.Say("吹哨前由镇领导把关", "the town's leader looks before five units are called"));
        await admin.LookAsync($"designer-{picture}-5-publish");
        await press(page.GetByRole(AriaRole.Button, new() { Name = admin.Say("立即发布", "Publish now") }));
        await Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = admin.Say("现已生效", "In force now") })).ToBeVisibleAsync();

        // The one that was running goes the old way, the next one asks for the approval.
        var next = await ReportAsync();
        await WhistleAsync(running);
        await WhistleAsync(next);
        await AssertWaitsAsync("market", running, isThere: true);
        await AssertWaitsAsync("market", next, isThere: false);
        await using (var leader = await portal.SignInAsync("qingxi.leader", Desktop, "en"))
        {
            await leader.OpenItemAsync(next);
            await leader.CompleteAsync("Approve", $"designer-{picture}-6-approval");
        }

        await AssertWaitsAsync("market", next, isThere: true);

        // Taken back, the next one goes the old way again.
        await admin.GoLiveAsync("/admin/bundles");
        await press(page.GetByRole(AriaRole.Button, new() { Name = admin.Say("恢复到这一版", "Bring this back") }).First);
        await page.GetByLabel(admin.Say("为什么恢复（必填）", "Why (required)")).FillAsync(admin.Say("审批拖慢了处置", "it slows things down"));
        await press(page.GetByRole(AriaRole.Button, new() { Name = admin.Say("立即恢复", "Bring it back now") }));
        await Expect(page.GetByRole(AriaRole.Status).First).ToBeVisibleAsync();
        await admin.LookAsync($"designer-{picture}-7-back");
        var last = await ReportAsync();
        await WhistleAsync(last);
        await AssertWaitsAsync("market", last, isThere: true);
    }

    private async Task<string> ReportAsync()
    {
        await using var resident = await portal.OpenAsync(390, "en");
        var (number, _) = await resident.ReportAsync(Hard, "Wenchang Community", "designer-report");
        return number;
    }

    private async Task WhistleAsync(string number)
    {
        await using var town = await portal.SignInAsync("qingxi", Desktop, "en");
        await town.OpenItemAsync(number);
        await town.CompleteAsync("Whistle");
    }

    private async Task AssertWaitsAsync(string user, string number, bool isThere)
    {
        await using var clerk = await portal.SignInAsync(user, Desktop, "en");
        await clerk.GoLiveAsync($"/inbox?tab=unit&text={number}");
        await Expect(clerk.Page.GetByRole(AriaRole.Link).Filter(new() { HasText = number })).ToHaveCountAsync(isThere ? 1 : 0);
    }

    private static ILocator Line(IPage page, string source, string target) => page.Locator($".edges [data-source='{source}'][data-target='{target}']");

    private static async Task<(float X, float Y)> MiddleOfLineAsync(IPage page, string source, string target)
    {
        var middle = await Line(page, source, target).Locator("path").First.EvaluateAsync<float[]>(
            "path => { const at = path.getPointAtLength(path.getTotalLength() / 2).matrixTransform(path.getScreenCTM()); return [at.x, at.y]; }");
        return (middle[0], middle[1]);
    }
}
