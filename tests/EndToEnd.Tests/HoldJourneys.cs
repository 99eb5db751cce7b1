using System.Globalization;
using GridFlow.Workflows.Engine;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GridFlow.EndToEnd.Tests;

/// <summary>What cannot be solved now rests until its day, granted by two levels, and goes on by itself. Here the clock is moved by weeks.</summary>
public sealed class HoldJourneys(Portal portal) : IClassFixture<Portal>
{
    private const int Desktop = 1440;
    private const int Phone = 390;
    private const string Handle = "handle";

    [Fact]
    public async Task A_hold_is_asked_for_granted_twice_and_goes_on_by_itself_on_its_day()
    {
        var number = await portal.SmallAsync();
        var original = (await portal.CaseAsync(number)).DueAt!.Value;
        var until = portal.Time.GetUtcNow().AddDays(40).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        await using (var liutang = await portal.SignInAsync("liutang", Phone))
        {
            await liutang.TakeAsync(number, "申请挂账", "等汛期过后施工", ("挂账到哪天", until));
            await Expect(liutang.Now()).ToContainTextAsync("挂账审批");
        }

        await using (var qingxi = await portal.SignInAsync("qingxi", Desktop))
        {
            await qingxi.Page.GotoAsync($"/cases/{number}");
            await Expect(qingxi.Page.GetByText($"挂账至 {until}").First).ToBeVisibleAsync();
            await Expect(qingxi.Page.GetByText("理由：等汛期过后施工").First).ToBeVisibleAsync();
            await qingxi.LookAsync("hold-asked");
            await qingxi.DecideAsync(number, "挂账审批", "同意");
        }

        // One of two is not enough.
        Assert.Null((await portal.CaseAsync(number)).HeldUntil);
        await using (var leader = await portal.SignInAsync("leader", Desktop))
        {
            await leader.DecideAsync(number, "挂账审批", "同意");
            await Expect(leader.Page.GetByText("挂账至", new() { Exact = true })).ToBeVisibleAsync();
            await leader.LookAsync("hold-granted");
        }

        var held = await portal.CaseAsync(number);
        Assert.True(held.DueAt > original.AddDays(30));
        Assert.Equal(original, held.OriginalDueAt);

        // What rests is not urged, and does not grow late, though its first deadline is long over.
        portal.Time.Pass(held.HeldUntil!.Value.AddDays(-1));
        Assert.Equal((Refusal.ActNotPossible, "OnHold"), Refused(await portal.TryAsync("supervisor", number, "Urge", null)));
        Assert.False((await portal.CaseAsync(number)).WasOverdue);

        portal.Time.Pass(held.HeldUntil!.Value);
        await Desk.WaitAsync(async () => (await portal.CaseAsync(number)).HeldUntil is null);
        Assert.Equal(1, await portal.CountHistoryAsync(number, HistoryKind.ActTaken, "Resume"));
        Assert.Equal(held.DueAt, (await portal.CaseAsync(number)).DueAt);
        await using (var liutang = await portal.SignInAsync("liutang", Phone))
        {
            await liutang.GoLiveAsync($"/cases/{number}");
            await Expect(liutang.Page.GetByText("挂账至", new() { Exact = true })).ToHaveCountAsync(0);
            await Expect(liutang.Page.Locator(".timeline li").Filter(new() { HasText = "恢复办理" }).First).ToContainTextAsync("系统流程");
            await liutang.LookAsync("hold-over");
            await liutang.DecideAsync(number, "就地办理", "办结", null, ("答复内容", "汛期已过，施工完成"));
        }

        Assert.False((await portal.CaseAsync(number)).WasOverdue);
    }

    [Fact]
    public async Task A_hold_that_the_second_level_refuses_stops_no_clock_and_may_be_asked_for_again()
    {
        var number = await portal.SmallAsync();
        var original = (await portal.CaseAsync(number)).DueAt;
        var until = portal.Time.GetUtcNow().AddDays(10).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        Assert.IsType<ActResult.Done>(await portal.TryAsync("liutang", number, "Hold", Handle, ("until", until)));
        await portal.DoAsync("qingxi", number, "act:Hold", "Agree");
        await using (var leader = await portal.SignInAsync("leader", Desktop))
        {
            await leader.DecideAsync(number, "挂账审批", "不同意", "现在就能办");
        }

        var row = await portal.CaseAsync(number);
        Assert.Equal((null, original, 0), (row.HeldUntil, row.DueAt, row.Holds));
        await using var liutang = await portal.SignInAsync("liutang", Phone);
        await liutang.GoLiveAsync($"/cases/{number}");
        await Expect(liutang.Page.Locator(".timeline li").Filter(new() { HasText = "现在就能办" }).First).ToBeVisibleAsync();
        await liutang.TakeAsync(number, "申请挂账", "材料补齐了", ("挂账到哪天", until));
        await Expect(liutang.Now()).ToContainTextAsync("挂账审批");
    }

    [Fact]
    public async Task A_day_that_is_past_or_more_than_a_year_away_is_refused_in_the_dialog_and_nothing_typed_is_lost()
    {
        var number = await portal.SmallAsync();
        await using var liutang = await portal.SignInAsync("liutang", Desktop);
        var dialog = await liutang.OpenActAsync(number, "申请挂账");
        await dialog.Locator("[name=comment]").FillAsync("等材料");
        foreach (var day in new[] { portal.Time.GetUtcNow().AddDays(-2), portal.Time.GetUtcNow().AddDays(400) })
        {
            var date = dialog.Locator("input[type=date]");
            await date.FillAsync(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            await date.PressAsync("Tab");
            await dialog.GetByRole(AriaRole.Button, new() { Name = "确定：申请挂账" }).ClickAsync();
            await Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("挂账到哪天");
            await Expect(dialog.Locator("[name=comment]")).ToHaveValueAsync("等材料");
        }

        await liutang.LookAsync("hold-wrong-day");
        Assert.Equal(0, await portal.CountHistoryAsync(number, HistoryKind.ActTaken, "Hold"));
    }

    private static (Refusal, string) Refused(ActResult result) => Assert.IsType<ActResult.Refused>(result) is var refused ? (refused.Reason, refused.Detail) : default;
}
