using GridFlow.Workflows.Engine;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GridFlow.EndToEnd.Tests;

/// <summary>What one handed on can be taken back until somebody of the next unit has opened it.</summary>
public sealed class TakeBackJourneys(Portal portal) : IClassFixture<Portal>
{
    private const int Desktop = 1440;
    private const int Phone = 390;

    [Fact]
    public async Task Once_the_next_one_has_opened_it_it_cannot_be_taken_back_and_says_why()
    {
        var number = await portal.SmallAsync();
        await portal.DoAsync("liutang", number, "handle", "Handled", ("answer", "已清运"));
        await using var liutang = await portal.SignInAsync("liutang", Phone);
        var button = await liutang.FindActAsync(number, "拿回");
        await Expect(button).Not.ToHaveAttributeAsync("aria-disabled", "true");

        // Somebody who only watches has opened nothing; the next one has.
        await using (var county = await portal.SignInAsync("county", Desktop))
        {
            await county.OpenItemAsync(number, "reach");
        }

        Assert.Equal("", await WhyNotAsync(liutang, number));
        await using (var qingxi = await portal.SignInAsync("qingxi", Desktop))
        {
            await qingxi.OpenItemAsync(number);
            await Desk.WaitAsync(async () => await portal.IsSeenAsync(await portal.ItemAsync(number, "verify"), "qingxi"));
        }

        // The button that still stood there is refused, and the page says so from then on.
        await button.ClickAsync();
        var dialog = liutang.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "确定：拿回" }).ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("下一环节已打开，不能拿回");
        Assert.Equal("下一环节已打开，不能拿回", await WhyNotAsync(liutang, number));
        await liutang.LookAsync("take-back-opened");
        Assert.Equal((Refusal.ActNotPossible, "Opened"), Assert.IsType<ActResult.Refused>(await portal.TryAsync("liutang", number, "TakeBack", null)) is var refused ? (refused.Reason, refused.Detail) : default);
        Assert.Equal(0, await portal.CountHistoryAsync(number, HistoryKind.ActTaken, "TakeBack"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Opened_on_the_page_of_the_case_it_cannot_be_taken_back_either(bool isByItem)
    {
        var number = await portal.SmallAsync();
        await portal.DoAsync("liutang", number, "handle", "Handled", ("answer", "已清运"));
        var item = await portal.ItemAsync(number, "verify");
        var address = isByItem ? $"/cases/{number}?item={item}" : $"/cases/{number}";
        await using var liutang = await portal.SignInAsync("liutang", Phone);
        Assert.Equal("", await WhyNotAsync(liutang, number));

        await using (var qingxi = await portal.SignInAsync("qingxi", Desktop))
        {
            await qingxi.GoLiveAsync(address);
            await Expect(qingxi.Page.Locator(".work-item")).ToBeVisibleAsync();
            await Desk.WaitAsync(() => portal.IsSeenAsync(item, "qingxi"));
        }

        Assert.Equal("下一环节已打开，不能拿回", await WhyNotAsync(liutang, number));
        Assert.Equal((Refusal.ActNotPossible, "Opened"), Assert.IsType<ActResult.Refused>(await portal.TryAsync("liutang", number, "TakeBack", null)) is var refused ? (refused.Reason, refused.Detail) : default);
    }

    [Fact]
    public async Task What_comes_onto_a_page_that_stands_open_is_not_read_by_that()
    {
        var number = await portal.SmallAsync();
        await using var qingxi = await portal.SignInAsync("qingxi", Desktop);
        await qingxi.GoLiveAsync($"/cases/{number}");

        await portal.DoAsync("liutang", number, "handle", "Handled", ("answer", "已清运"));
        var item = await portal.ItemAsync(number, "verify");
        await Expect(qingxi.Page.Locator($"[id='item-{item}']")).ToBeVisibleAsync();
        Assert.False(await portal.IsSeenAsync(item, "qingxi"));

        await qingxi.Page.ReloadAsync();
        await Desk.WaitAsync(() => portal.IsSeenAsync(item, "qingxi"));
    }

    [Fact]
    public async Task What_was_taken_back_and_handed_on_anew_can_be_taken_back_anew()
    {
        var number = await portal.SmallAsync();
        await using var liutang = await portal.SignInAsync("liutang", Phone);
        for (var time = 1; time <= 2; time++)
        {
            await liutang.DecideAsync(number, "就地办理", "办结", null, ("答复内容", $"第 {time} 次答复"));
            await liutang.TakeAsync(number, "拿回", null);
            await Expect(liutang.Now()).ToContainTextAsync("就地办理");
        }

        Assert.Equal(2, await portal.CountHistoryAsync(number, HistoryKind.ActTaken, "TakeBack"));
        Assert.Null((await portal.CaseAsync(number)).HandledAt);
    }

    [Fact]
    public async Task Who_did_not_hand_it_on_cannot_take_it_back()
    {
        var number = await portal.SmallAsync();
        await portal.DoAsync("liutang", number, "handle", "Handled", ("answer", "已清运"));
        await using var county = await portal.SignInAsync("county", Desktop);
        await county.FindActAsync(number, "催办");
        await Expect(county.Page.GetByRole(AriaRole.Button, new() { Name = "拿回", Exact = true })).ToHaveCountAsync(0);
        Assert.Equal((Refusal.ActNotPossible, "NotHandedOn"), Assert.IsType<ActResult.Refused>(await portal.TryAsync("county", number, "TakeBack", null)) is var refused ? (refused.Reason, refused.Detail) : default);
    }

    private static async Task<string> WhyNotAsync(Visitor visitor, string number)
    {
        await visitor.FindActAsync(number, "拿回");
        var why = visitor.Page.Locator($"#why-TakeBack-{number}");
        return await why.CountAsync() == 0 ? "" : await why.InnerTextAsync();
    }
}
