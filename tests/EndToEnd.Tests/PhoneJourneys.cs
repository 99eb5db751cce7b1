using GridFlow.Server.Cases;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Engine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GridFlow.EndToEnd.Tests;

/// <summary>A phone outdoors: a slow line that breaks while somebody types, and a colleague who is away.</summary>
public sealed class PhoneJourneys(Portal portal) : IClassFixture<Portal>
{
    private const int Phone = 390;
    private const string Rubbish = "local/1/matter/06001";

    [Fact]
    public async Task On_a_slow_line_that_breaks_in_the_middle_of_a_form_nothing_typed_is_lost()
    {
        var number = await ReportAsync("河东垃圾没人清运，夜里也臭。", "990101101001001001");
        await using var worker = await portal.SignInAsync("liutang1", Phone);
        var line = await SlowLineAsync(worker.Page);
        await worker.OpenItemAsync(number);
        var form = worker.Page.Locator("form.form").Filter(new() { Has = worker.Page.Locator("[name=comment]") });
        await Expect(form.GetByRole(AriaRole.Button, new() { Name = "提交：办结" })).ToBeEnabledAsync();
        await Expect(worker.Page.Locator(".photo-buttons input[data-kind=Before]")).ToBeEnabledAsync();
        var answer = form.GetByLabel("答复内容");
        await answer.FillAsync("已联系保洁员，");
        await form.Locator("[name=comment]").FillAsync("明早再看一次");
        var remark = worker.Page.Locator(".comment-box textarea");
        await remark.FillAsync("请村里备一辆车");

        // The line breaks. What is typed afterwards is typed into a page that nobody answers.
        await line.CutAsync();
        await Expect(worker.Page.Locator("#components-reconnect-modal")).ToBeVisibleAsync();
        await worker.LookAsync("line-lost");
        await answer.EvaluateAsync("field => { field.value += '下午清运完毕。'; field.dispatchEvent(new Event('input', { bubbles: true })); }");

        // The server has given the page up meanwhile, or the phone restarts the browser: it is loaded anew.
        await line.MendAsync();
        await worker.Page.ReloadAsync();
        await worker.Page.Locator("[data-live]").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await Expect(form.GetByLabel("答复内容")).ToHaveValueAsync("已联系保洁员，下午清运完毕。");
        await Expect(form.Locator("[name=comment]")).ToHaveValueAsync("明早再看一次");
        await Expect(remark).ToHaveValueAsync("请村里备一辆车");

        await form.GetByRole(AriaRole.Button, new() { Name = "提交：办结" }).ClickAsync();
        await Expect(worker.Page.Locator(".notice-ok").First).ToBeVisibleAsync();
        await Expect(worker.Page.Locator(".timeline")).ToContainTextAsync("已联系保洁员，下午清运完毕。");

        // What was sent is no draft any more; what was not, still is.
        await Expect(remark).ToHaveValueAsync("请村里备一辆车");
        await worker.Page.Locator(".comment-box").GetByRole(AriaRole.Button).ClickAsync();
        await Expect(remark).ToHaveValueAsync("");
        await worker.Page.ReloadAsync();
        await worker.Page.Locator("[data-live]").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await Expect(remark).ToHaveValueAsync("");
    }

    [Fact]
    public async Task A_photo_taken_while_the_line_is_dead_is_sent_when_it_is_back_and_counts_once()
    {
        var number = await ReportAsync("老街垃圾没人清运，墙边一堆。", "990101101001001002");
        await using var worker = await portal.SignInAsync("liutang1", Phone, "en");
        var line = await SlowLineAsync(worker.Page);
        await worker.OpenItemAsync(number);
        var hand = new Hand(worker.Page);
        var camera = worker.Page.Locator(".photo-buttons input[data-kind=Before]");
        await Expect(camera).ToBeEnabledAsync();
        await hand.PhotographAsync(camera);
        await Expect(worker.Page.Locator(".photo-group img")).ToHaveCountAsync(1);

        await line.CutAsync();
        await hand.PhotographAsync(camera);
        await Expect(worker.Page.Locator(".photo-waiting li")).ToContainTextAsync("Waiting for the network");

        await line.MendAsync();
        await worker.Page.ReloadAsync();
        await Expect(worker.Page.Locator(".photo-group img")).ToHaveCountAsync(2);
        await Expect(worker.Page.Locator(".photo-waiting li")).ToHaveCountAsync(0);
        await worker.LookAsync("case-photos");
    }

    [Fact]
    public async Task Who_is_away_names_a_stand_in_who_does_the_work_and_the_history_names_both()
    {
        var number = await ReportAsync("枫林苑垃圾没人清运。", "990101102002001001");
        await using (var absent = await portal.SignInAsync("fenglin1", Phone))
        {
            await absent.GoLiveAsync("/me");
            await absent.Page.GetByLabel("代理人").FillAsync("石小桥");
            await absent.Page.GetByRole(AriaRole.Button, new() { Name = "保存" }).ClickAsync();
            await Expect(absent.Page.Locator(".notice-ok")).ToContainTextAsync("由石小桥代理");
            await absent.LookAsync("me-absent");
        }

        await using var standIn = await portal.SignInAsync("shiqiao1", Phone);
        await standIn.GoLiveAsync($"/inbox?text={number}");
        await Expect(standIn.Page.Locator(".inbox-row")).ToContainTextAsync("代冯秋叶");
        await standIn.LookAsync("inbox-stand-in");
        await standIn.OpenItemAsync(number);
        await standIn.CompleteAsync("办结", null, null, ("答复内容", "已清运。"));
        await Expect(standIn.Page.Locator(".timeline")).ToContainTextAsync("石小桥（代冯秋叶）");
    }

    [Fact]
    public async Task Everything_on_the_phone_is_under_the_thumb_and_large_enough()
    {
        await ReportAsync("翠苑小区垃圾没人清运。", "990101101002001001");
        await using var worker = await portal.SignInAsync("wenchang1", Phone, "en");
        foreach (var address in new[] { "/inbox", "/quick", "/me" })
        {
            await worker.Page.GotoAsync(address);
            await Expect(worker.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
            var small = await worker.Page.EvaluateAsync<string[]>("""
                () => [...document.querySelectorAll("main button, main a.btn, main .tab, main a[data-row], main label.btn, main .quick-chip, .nav-phone .nav-link")]
                  .filter(target => target.getClientRects().length && !target.closest("dialog"))
                  .map(target => [target, target.getBoundingClientRect()])
                  .filter(([, box]) => box.height < 43.5 || box.width < 43.5)
                  .map(([target, box]) => `${target.textContent.trim() || target.ariaLabel} ${box.width}x${box.height}`)
                """);
            Assert.True(small.Length == 0, $"{address}: {string.Join(", ", small)}");
        }

        await Expect(worker.Page.Locator(".nav-phone .nav-link:visible")).ToHaveCountAsync(5);
    }

    // 50 KB a second with 400 ms to the server and back, as at the edge of a cell.
    private static async Task<Line> SlowLineAsync(IPage page)
    {
        // A page takes long on such a line, and longer on a busy machine.
        page.SetDefaultNavigationTimeout(180_000);
        var line = new Line(await page.Context.NewCDPSessionAsync(page), page);
        await page.AddInitScriptAsync("window.WebSocket = class extends WebSocket { constructor(...args) { super(...args); (window.sockets ??= []).push(this); } };");

        // The portal's own styles and scripts are on the phone since this morning.
        await page.GotoAsync("/inbox", new() { WaitUntil = WaitUntilState.NetworkIdle });
        await line.Browser.SendAsync("Network.enable");
        await line.MendAsync();
        return line;
    }

    private sealed record Line(ICDPSession Browser, IPage Page)
    {
        public async Task CutAsync()
        {
            await SetAsync(isDead: true);
            await Page.Context.SetOfflineAsync(true);
            // A socket that is told to close waits for an answer, which a dead line does not bring.
            await Page.EvaluateAsync("window.sockets.forEach(socket => { socket.close(); socket.dispatchEvent(new CloseEvent('close', { code: 1006 })); })");
        }

        public async Task MendAsync()
        {
            await Page.Context.SetOfflineAsync(false);
            await SetAsync(isDead: false);
        }

        private async Task SetAsync(bool isDead) => await Browser.SendAsync("Network.emulateNetworkConditions", new()
        {
            ["offline"] = isDead,
            ["latency"] = 400,
            ["downloadThroughput"] = 50_000,
            ["uploadThroughput"] = 50_000,
        });
    }

    private async Task<string> ReportAsync(string text, string area)
    {
        var report = new NewReport { Detail = text, AreaCode = area, Channel = CaseChannel.Hotline, Category = Rubbish };
        return ((ReportResult.Accepted)await portal.Services.GetRequiredService<CaseCommands>().ReportAsync(report, Actor.Reporter, TestContext.Current.CancellationToken)).Number;
    }
}
