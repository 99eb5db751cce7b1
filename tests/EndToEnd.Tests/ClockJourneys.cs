using GridFlow.Workflows.Engine;
using static Microsoft.Playwright.Assertions;

namespace GridFlow.EndToEnd.Tests;

/// <summary>Each rule of the clocks as its users meet it; time is put on where a rule is about it.</summary>
public sealed class ClockJourneys(Portal portal) : IClassFixture<Portal>
{
    private const int Desktop = 1440;
    private const string Handle = "handle";

    [Fact]
    public async Task More_time_needs_two_levels_and_leaves_the_original_visible()
    {
        var number = await portal.SmallAsync();
        var original = (await portal.CaseAsync(number)).DueAt;
        await using (var liutang = await portal.SignInAsync("liutang", 390))
        {
            await liutang.TakeAsync(number, "申请延期", "需要吊车，周边交通要协调");
        }

        await using (var qingxi = await portal.SignInAsync("qingxi", Desktop))
        {
            await qingxi.DecideAsync(number, "延期审批", "同意");
        }

        Assert.Equal(original, (await portal.CaseAsync(number)).DueAt);
        await using (var leader = await portal.SignInAsync("leader", Desktop))
        {
            await leader.DecideAsync(number, "延期审批", "同意");
            await Expect(leader.Page.GetByText("原期限", new() { Exact = true })).ToBeVisibleAsync();
            await Expect(leader.Page.GetByText("延期：由").First).ToBeVisibleAsync();
            await leader.LookAsync("clock-extended");
        }

        var moved = await portal.CaseAsync(number);
        Assert.True(moved.DueAt > original);
        Assert.Equal((original, 1), (moved.OriginalDueAt, moved.Extensions));
    }

    [Fact]
    public async Task A_refused_extension_does_not_count_and_a_third_is_not_granted()
    {
        var number = await portal.SmallAsync();
        await TakeAsync("liutang", number, "Extension", Handle);
        await portal.DoAsync("qingxi", number, "act:Extension", "Refuse");
        for (var time = 0; time < 2; time++)
        {
            await TakeAsync("liutang", number, "Extension", Handle);
            await portal.DoAsync("qingxi", number, "act:Extension", "Agree");
            await portal.DoAsync("leader", number, "act:Extension", "Agree");
        }

        Assert.Equal(2, (await portal.CaseAsync(number)).Extensions);
        await using var liutang = await portal.SignInAsync("liutang", 390);
        await Expect(await liutang.FindActAsync(number, "申请延期")).ToHaveAttributeAsync("aria-disabled", "true");
        await Expect(liutang.Page.Locator("#why-Extension-" + number)).ToHaveTextAsync("次数已用完");
    }

    [Fact]
    public async Task A_hold_stops_the_clock_and_an_early_end_sets_it_going_again()
    {
        var number = await portal.SmallAsync();
        var original = (await portal.CaseAsync(number)).DueAt!.Value;
        var until = portal.Time.GetUtcNow().AddDays(30).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        await using (var liutang = await portal.SignInAsync("liutang", 390))
        {
            await liutang.TakeAsync(number, "申请挂账", "等汛期过后施工", ("挂账到哪天", until));
        }

        await portal.DoAsync("qingxi", number, "act:Hold", "Agree");
        await using (var leader = await portal.SignInAsync("leader", Desktop))
        {
            await leader.DecideAsync(number, "挂账审批", "同意");
            await Expect(leader.Page.GetByText("挂账至", new() { Exact = true })).ToBeVisibleAsync();
        }

        Assert.True((await portal.CaseAsync(number)).DueAt > original.AddDays(25));
        await using var county = await portal.SignInAsync("county", Desktop);
        await county.TakeAsync(number, "恢复办理", "提前具备条件");
        var row = await portal.CaseAsync(number);
        Assert.Null(row.HeldUntil);
        Assert.True(row.DueAt < original.AddDays(5));
        Assert.Equal((Refusal.ActNotPossible, "UsedUp"), Refused(await portal.TryAsync("liutang", number, "Hold", Handle, ("until", until))));
    }

    [Fact]
    public async Task What_was_late_is_appealed_once_reviewed_twice_and_both_stay_visible()
    {
        var number = await portal.SmallAsync();
        portal.Time.Pass((await portal.CaseAsync(number)).DueAt!.Value);
        Assert.Equal((Refusal.ActNotPossible, "Overdue"), Refused(await portal.TryAsync("liutang", number, "Extension", Handle)));
        await portal.DoAsync("liutang", number, Handle, "Handled", ("answer", "已清运"));
        Assert.Equal((Refusal.ActNotPossible, "NotClosed"), Refused(await portal.TryAsync("liutang", number, "Appeal", null)));
        await portal.DoAsync("qingxi", number, "verify", "Passed");

        await using (var liutang = await portal.SignInAsync("liutang", 390))
        {
            await liutang.TakeAsync(number, "超时申诉", "暴雨封路，无法到场");
        }

        await using (var qingxi = await portal.SignInAsync("qingxi", Desktop))
        {
            await qingxi.DecideAsync(number, "超时申诉审核", "同意");
        }

        await using (var county = await portal.SignInAsync("county", Desktop))
        {
            await county.DecideAsync(number, "超时申诉审核", "同意");
            await Expect(county.Page.GetByText("申诉成立，不计入超时统计")).ToBeVisibleAsync();
            await Expect(county.Page.GetByText("曾超时")).ToBeVisibleAsync();
            await county.LookAsync("clock-appeal");
        }

        var row = await portal.CaseAsync(number);
        Assert.True(row is { WasOverdue: true, IsExempted: true });
        Assert.Equal((Refusal.ActNotPossible, "AppealedBefore"), Refused(await portal.TryAsync("liutang", number, "Appeal", null)));
    }

    [Fact]
    public async Task Every_deadline_says_how_it_came_about()
    {
        var number = await portal.SmallAsync();
        await using var liutang = await portal.SignInAsync("liutang", 390);
        await liutang.GoLiveAsync($"/cases/{number}");
        await liutang.Page.Locator("details.due summary").First.ClickAsync();
        await Expect(liutang.Page.Locator(".due-why").First).ToContainTextAsync("4 个工作时");
    }

    private async Task TakeAsync(string user, string number, string act, string? activity) => Assert.IsType<ActResult.Done>(await portal.TryAsync(user, number, act, activity));

    private static (Refusal, string) Refused(ActResult result) => Assert.IsType<ActResult.Refused>(result) is var refused ? (refused.Reason, refused.Detail) : default;
}
