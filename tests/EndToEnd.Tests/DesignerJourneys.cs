using System.Globalization;
using GridFlow.Server.Bundles;
using GridFlow.Server.Drafts;
using GridFlow.Server.Security;
using GridFlow.Tests;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Definitions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GridFlow.EndToEnd.Tests;

/// <summary>An administrator at the canvas: with the mouse, with the keys alone, on a phone, and with a colleague.</summary>
public sealed class DesignerJourneys(Portal portal) : IClassFixture<Portal>
{
    private const int Desktop = 1440;
    private const int Phone = 390;
    private const string Arrived = "[data-live] .stage .item";

    [Fact]
    public async Task A_flow_of_200_steps_is_dragged_smoothly_and_an_edit_is_one_message()
    {
        var draft = await BeginAsync(LargeFlow.Of(200));
        await using var admin = await portal.SignInAsync("admin", Desktop, "en");
        var page = admin.Page;
        var sent = new List<string>();
        page.WebSocket += (_, socket) => socket.FrameSent += (_, frame) => sent.Add(frame.Text ?? System.Text.Encoding.Latin1.GetString(frame.Binary ?? []));
        await OpenAsync(admin, $"/admin/flows/large?draft={draft}");
        var box = await page.Locator("[data-node=step22]").BoundingBoxAsync() ?? throw new InvalidOperationException("step22 is not in view");
        var (x, y) = (box.X + (box.Width / 2), box.Y + 12);

        await page.Mouse.MoveAsync(x, y);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(x + 10, y + 10, new() { Steps = 2 });
        await page.EvaluateAsync("() => { window.frames_ = []; const note = at => { window.frames_.push(at); window.noting_ = requestAnimationFrame(note); }; window.noting_ = requestAnimationFrame(note); }");
        for (var turn = 0; turn < 40; turn++)
        {
            await page.Mouse.MoveAsync(x + (turn % 2 == 0 ? 120 : 10), y + 40 + turn, new() { Steps = 6 });
        }

        var frames = await page.EvaluateAsync<double[]>("() => { cancelAnimationFrame(window.noting_); return window.frames_; }");
        await page.Mouse.MoveAsync(x + 60, y + 70, new() { Steps = 4 });
        sent.Clear();
        await page.Mouse.UpAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Undo: Move" })).ToBeEnabledAsync();
        await Expect(page.Locator(".is-moving")).ToHaveCountAsync(0);

        var gaps = frames.Zip(frames.Skip(1), (a, b) => b - a).Order().ToArray();
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"200 steps: {1000 * gaps.Length / (frames[^1] - frames[0]):0} frames/s over {frames.Length} frames, median {gaps[gaps.Length / 2]:0.0} ms, 95% {gaps[gaps.Length * 95 / 100]:0.0} ms, worst {gaps[^1]:0.0} ms; {sent.Count} websocket messages for the edit and what came of it"));
        var edits = sent.Where(message => !message.Contains("OnRenderCompleted", StringComparison.Ordinal) && message.Length > 8).ToList();
        Assert.Contains("Move", Assert.Single(edits), StringComparison.Ordinal);
        Assert.NotEqual(LargeFlow.Of(200).FindActivity("step22")!.Position, (await FindAsync(draft, "large")).FindActivity("step22")!.Position);
    }

    [Fact]
    public async Task With_the_mouse_a_step_is_put_on_a_line_connected_moved_and_taken_back()
    {
        var draft = await BeginAsync(null);
        await using var admin = await portal.SignInAsync("admin", Desktop);
        var page = admin.Page;
        await OpenAsync(admin, $"/admin/flows/hard?draft={draft}");

        await DragAsync(page, ".side [data-type='GridFlow.Approval']", await MiddleAsync(page, "plan", "whistle"));
        await Expect(page.Locator("[data-node=approve].is-selected")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-node=approve] .problem.is-error")).ToBeVisibleAsync();
        await DragAsync(page, ".chip[data-port=Rejected]", await CenterAsync(page, "plan"));
        await Expect(page.Locator(".edge[data-source=approve][data-target=plan]")).ToHaveCountAsync(1);
        await Expect(page.Locator("[data-node=approve] .problem.is-error")).ToHaveCountAsync(0);
        await admin.LookAsync("designer-mouse");

        var flow = await FindAsync(draft, "hard");
        Assert.Contains(flow.Root.Connections, link => link is { Source: "plan", SourcePort: "Whistle", Target: "approve" });
        Assert.Contains(flow.Root.Connections, link => link is { Source: "approve", SourcePort: "Approved", Target: "whistle" });
        Assert.Contains(flow.Root.Connections, link => link is { Source: "approve", SourcePort: "Rejected", Target: "plan" });

        await page.Keyboard.PressAsync("Control+z");
        await Expect(page.Locator(".edge[data-source=approve][data-target=plan]")).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("Control+z");
        await Expect(page.Locator("[data-node=approve]")).ToHaveCountAsync(0);
        await Expect(page.Locator(".draft-state")).ToContainTextAsync("已保存");
        Assert.Null((await FindAsync(draft, "hard")).FindActivity("approve"));
    }

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public async Task By_keyboard_alone_a_step_is_added_connected_moved_copied_and_deleted(string language)
    {
        var draft = await BeginAsync(null);
        await using var admin = await portal.SignInAsync("admin", Desktop, language);
        var page = admin.Page;
        await OpenAsync(admin, $"/admin/flows/hard?draft={draft}");
        var stage = page.GetByRole(AriaRole.Application);
        var focused = page.Locator(":focus");

        // Into the canvas, on to the planning step, along its line to the whistle.
        await stage.FocusAsync();
        await Expect(focused).ToHaveAttributeAsync("data-step", "begin");
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(focused).ToHaveAttributeAsync("data-step", "plan");
        await page.Keyboard.PressAsync("l");
        await Expect(focused).ToHaveAttributeAsync("data-source", "plan");
        for (var line = 0; line < 4 && await focused.GetAttributeAsync("data-target") != "whistle"; line++)
        {
            await page.Keyboard.PressAsync("l");
        }

        await Expect(page.Locator(".edge.is-selected")).ToHaveAttributeAsync("data-target", "whistle");
        await page.Keyboard.PressAsync("a");
        await Expect(focused).ToHaveRoleAsync(AriaRole.Searchbox);
        await admin.LookAsync($"designer-keys-1-{language}");
        await page.Keyboard.TypeAsync(admin.Say("审批", "Approval"));
        await page.Keyboard.PressAsync("Enter");
        await Expect(focused).ToHaveAttributeAsync("data-step", "approve");

        // Where it leads when refused.
        await page.Keyboard.PressAsync("c");
        await Expect(focused).ToHaveRoleAsync(AriaRole.Combobox);
        await admin.LookAsync($"designer-keys-2-{language}");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(page.Locator(".edge[data-source=approve][data-target=begin]")).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(page.Locator(".edge[data-source=approve][data-target=plan]")).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator(".edge[data-source=approve][data-target=plan]")).ToHaveCountAsync(1);
        await Expect(focused).ToHaveAttributeAsync("data-step", "approve");

        // Several presses are one move, and one undo.
        var approve = page.Locator("[data-node=approve]");
        var before = await approve.GetAttributeAsync("transform");
        await page.Keyboard.DownAsync("Shift");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.UpAsync("Shift");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = admin.Say("撤销：移动", "Undo: Move") })).ToBeEnabledAsync();
        await Expect(approve).Not.ToHaveAttributeAsync("transform", before!);
        await page.Keyboard.PressAsync("Control+z");
        await Expect(approve).ToHaveAttributeAsync("transform", before!);

        await page.Keyboard.PressAsync("Control+c");
        await page.Keyboard.PressAsync("Control+v");
        await Expect(page.Locator("[data-node=approve2].is-selected")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Delete");
        await Expect(page.Locator("[data-node=approve2]")).ToHaveCountAsync(0);

        await page.Keyboard.PressAsync("Control+f");
        await Expect(focused).ToHaveRoleAsync(AriaRole.Searchbox);
        await page.Keyboard.TypeAsync("approve");
        await page.Keyboard.PressAsync("Enter");
        await Expect(focused).ToHaveAttributeAsync("data-step", "approve");
        await page.Keyboard.PressAsync("?");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await admin.LookAsync($"designer-keys-3-{language}");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Expect(focused).ToHaveAttributeAsync("data-step", "approve");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".inspector:focus-within, .inspector:focus").First).ToBeVisibleAsync();

        var flow = await FindAsync(draft, "hard");
        Assert.Equal(["plan", "whistle"], flow.Root.Connections.Where(link => link.Source == "approve").Select(link => link.Target).Order(StringComparer.Ordinal));
        Assert.Contains(flow.Root.Connections, link => link is { Source: "plan", SourcePort: "Whistle", Target: "approve" });
    }

    [Fact]
    public async Task Two_people_in_one_draft_see_each_other_and_what_the_other_does()
    {
        var draft = await BeginAsync(null);
        await using var one = await portal.SignInAsync("admin", Desktop);
        await using var other = await portal.SignInAsync("admin", Desktop, "en");
        await OpenAsync(one, $"/admin/flows/hard?draft={draft}");
        await OpenAsync(other, $"/admin/flows/hard?draft={draft}");

        await one.Page.Locator("[data-node=answer]").ClickAsync();
        await other.Page.Locator("[data-node=handled]").ClickAsync();
        await other.Page.Keyboard.PressAsync("Delete");

        await Expect(one.Page.Locator("[data-node=handled]")).ToHaveCountAsync(0);
        await Expect(one.Page.Locator("[data-node=answer].is-selected")).ToBeVisibleAsync();
        await Expect(one.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("难事协调办");
    }

    [Fact]
    public async Task A_called_workflow_is_opened_in_place_and_left_again()
    {
        var draft = await BeginAsync(null);
        await using var admin = await portal.SignInAsync("admin", Desktop, "en");
        var page = admin.Page;
        await OpenAsync(admin, $"/admin/flows/intake?draft={draft}");
        var call = page.Locator(".item:has(.opener)").First;

        await call.Locator(".opener").ClickAsync();

        var crumbs = page.GetByRole(AriaRole.Navigation, new() { Name = "Opened" });
        await Expect(crumbs).ToBeVisibleAsync();
        await admin.LookAsync("designer-opened");
        await crumbs.GetByRole(AriaRole.Button).First.ClickAsync();
        await Expect(crumbs).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_workflow_is_begun_in_a_draft_and_deleted_again()
    {
        var draft = await BeginAsync(null);
        await using var admin = await portal.SignInAsync("admin", Desktop, "en");
        var page = admin.Page;
        await admin.GoLiveAsync($"/admin/flows?draft={draft}");
        var begin = page.Locator("section").Filter(new() { Has = page.GetByRole(AriaRole.Heading, new() { Name = "New workflow" }) });
        await begin.GetByLabel("Name in Chinese").FillAsync("夜间噪声");
        await begin.GetByLabel("Name in English").FillAsync("Noise at night");
        await begin.GetByLabel("Id", new() { Exact = true }).FillAsync("night");
        await admin.LookAsync("designer-flows");
        await begin.GetByRole(AriaRole.Button, new() { Name = "Begin" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Noise at night");
        await Expect(page.Locator(".stage .item")).ToHaveCountAsync(2);
        await admin.GoLiveAsync($"/admin/flows?draft={draft}");
        var flow = page.GetByRole(AriaRole.Article).Filter(new() { HasText = "Noise at night" });
        await flow.GetByText("Name, delete").ClickAsync();
        await flow.GetByRole(AriaRole.Button, new() { Name = "Delete the workflow" }).ClickAsync();

        await Expect(flow).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task On_a_phone_the_canvas_is_usable_too()
    {
        var draft = await BeginAsync(null);
        await using var admin = await portal.SignInAsync("admin", Phone);
        var page = admin.Page;
        await OpenAsync(admin, $"/admin/flows/hard?draft={draft}");
        await page.Locator("[data-node=plan]").ClickAsync();
        await admin.LookAsync("designer-phone-1");

        await page.GetByRole(AriaRole.Button, new() { Name = "添加步骤", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "通知" }).First.ClickAsync();

        await Expect(page.Locator("[data-node=notify]")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "设置", Exact = true }).ClickAsync();
        await admin.LookAsync("designer-phone-2");
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"));
    }

    private async Task<int> BeginAsync(WorkflowDefinition? added)
    {
        var inForce = await portal.Services.GetRequiredService<BundleStore>().GetCurrentAsync(TestContext.Current.CancellationToken);
        var content = added is null ? null : new Bundle(inForce.Number, inForce.Definitions.Add(added), inForce.Routing, inForce.Categories, inForce.Calendar);
        return (await portal.Services.GetRequiredService<DraftStore>().BeginAsync("Designer", content, CurrentUser.Operator, TestContext.Current.CancellationToken)).Id;
    }

    private async Task<WorkflowDefinition> FindAsync(int draft, string flow) =>
        (await portal.Services.GetRequiredService<DraftStore>().FindAsync(draft, TestContext.Current.CancellationToken))!.Content.FindDefinition(flow)!;

    private static async Task OpenAsync(Visitor visitor, string address)
    {
        await visitor.Page.GotoAsync(address);
        await visitor.Page.Locator(Arrived).First.WaitForAsync();
        await visitor.Page.Locator(".flow-canvas[data-live]").WaitForAsync();
    }

    private static async Task DragAsync(IPage page, string what, (float X, float Y) to)
    {
        var box = await page.Locator(what).First.BoundingBoxAsync() ?? throw new InvalidOperationException($"{what} is not in view");
        await page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + (box.Height / 2));
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(to.X, to.Y, new() { Steps = 12 });
        await page.Mouse.UpAsync();
    }

    private static async Task<(float X, float Y)> CenterAsync(IPage page, string node)
    {
        var box = await page.Locator($"[data-node={node}]").BoundingBoxAsync() ?? throw new InvalidOperationException($"{node} is not in view");
        return (box.X + (box.Width / 2), box.Y + (box.Height / 2));
    }

    private static async Task<(float X, float Y)> MiddleAsync(IPage page, string source, string target)
    {
        var box = await page.Locator($".edge[data-source={source}][data-target={target}]").BoundingBoxAsync() ?? throw new InvalidOperationException("the line is not in view");
        return (box.X + (box.Width / 2), box.Y + (box.Height / 2));
    }
}
