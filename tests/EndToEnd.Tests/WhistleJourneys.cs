using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GridFlow.EndToEnd.Tests;

/// <summary>A whistle from the street's dialog to the judgement of both sides, and what happens to who does not come.</summary>
public sealed class WhistleJourneys(Portal portal) : IClassFixture<Portal>
{
    private const int Desktop = 1440;

    [Fact]
    public async Task A_whistle_is_blown_answered_attended_done_and_judged_both_ways()
    {
        var number = await portal.SmallAsync("集贸市场门口占道经营，多次劝离又回来。");
        await using var street = await portal.SignInAsync("qingxi.leader", Desktop);
        await street.TakeAsync(number, "吹哨", "请联合整治市场周边", ("哨种", "推进哨：3 个工作日到场"), ("事由", "需要联合执法"), ("吹哨哪些单位", "城市管理局、市场监督管理局"));
        await street.GoLiveAsync("/whistles");
        await Expect(Card(street, number).GetByText("待应哨")).ToBeVisibleAsync();
        await street.LookAsync("whistle-1-board");

        foreach (var (user, unit) in new[] { ("urban", "城市管理局"), ("market", "市场监督管理局") })
        {
            await using var clerk = await portal.SignInAsync(user, 390);
            await clerk.GoLiveAsync($"/cases/{number}");
            await clerk.Page.GetByRole(AriaRole.Button, new() { Name = "签收" }).ClickAsync();
            await Expect(clerk.Page.Locator(".notice-ok").First).ToBeVisibleAsync();
            await clerk.TakeAsync(number, "已联系", "已与镇里约好下午两点");
            await clerk.TakeAsync(number, "到场报到", null, ("到场地点", "集贸市场东门"));
            await clerk.DecideAsync(number, "吹哨报到", "办结", null, ("办理情况", $"{unit}已整治"));
            await clerk.TakeAsync(number, "吹哨考核", "该吹", ("评分", "5 很好"));
            await street.TakeAsync(number, "吹哨考核", "来得快", ("被吹哨单位", unit), ("评分", "4 好"));
        }

        await street.GoLiveAsync("/whistles?tab=over");
        await Expect(Card(street, number).GetByText("已双向考核")).ToBeVisibleAsync();
        await Expect(Card(street, number).GetByText("集贸市场东门").First).ToBeVisibleAsync();
        await street.LookAsync("whistle-2-judged");
        await street.Page.SetViewportSizeAsync(390, 844);
        await street.LookAsync("whistle-3-phone");
        Assert.True(await street.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"));
    }

    [Fact]
    public async Task Who_does_not_sign_within_the_hour_is_seen_on_the_board()
    {
        var number = await portal.SmallAsync("广场夜间烧烤油烟大。");
        await using var street = await portal.SignInAsync("qingxi.leader", Desktop, "en");
        await using (var chinese = await portal.SignInAsync("qingxi.leader", Desktop))
        {
            await chinese.TakeAsync(number, "吹哨", "请环保到场", ("哨种", "攻坚哨：5 个工作日到场"), ("事由", "本级难以解决"), ("吹哨哪些单位", "生态环境局"));
        }

        portal.Time.Advance(TimeSpan.FromMinutes(61));
        await Desk.WaitAsync(async () => await portal.IsLateAsync(number, "sign"));
        await street.GoLiveAsync("/whistles");
        await Expect(Card(street, number).GetByText("late, was due").First).ToBeVisibleAsync();
        await street.LookAsync("whistle-4-late");
    }

    [Theory]
    [InlineData("zh-CN", 390)]
    [InlineData("en", 1440)]
    public async Task From_the_board_of_whistles_a_unit_comes_to_the_open_form_in_which_it_judges(string language, int width)
    {
        var number = await portal.SmallAsync("河道边焚烧秸秆，烟很大。");
        await using (var street = await portal.SignInAsync("qingxi.leader", Desktop))
        {
            await street.TakeAsync(number, "吹哨", "请到场", ("哨种", "推进哨：3 个工作日到场"), ("事由", "需要联合执法"), ("吹哨哪些单位", "城市管理局"));
        }

        await using (var clerk = await portal.SignInAsync("urban", Desktop))
        {
            await clerk.GoLiveAsync($"/cases/{number}");
            await clerk.Page.GetByRole(AriaRole.Button, new() { Name = "签收" }).ClickAsync();
            await Expect(clerk.Page.Locator(".notice-ok").First).ToBeVisibleAsync();
            await clerk.TakeAsync(number, "到场报到", null, ("到场地点", "河边"));
            await clerk.DecideAsync(number, "吹哨报到", "办结", null, ("办理情况", "已扑灭"));
        }

        await using var judge = await portal.SignInAsync("urban", width, language);
        await judge.GoLiveAsync("/whistles?tab=toassess");
        await Card(judge, number).GetByRole(AriaRole.Link, new() { Name = judge.Say("去考核", "Judge") }).ClickAsync();
        var dialog = judge.Page.GetByRole(AriaRole.Dialog, new() { Name = judge.Say("吹哨考核", "Assess the whistle") });
        await Expect(dialog).ToBeVisibleAsync();
        await judge.LookAsync($"whistle-judge-{language}");

        // Without a score it says so in the page's own words, and stays.
        await dialog.Locator("button[type=submit]").ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Alert).First).ToBeVisibleAsync();
        await judge.LookAsync($"whistle-judge-wrong-{language}");
        await dialog.Locator(".choice").First.ClickAsync();
        await dialog.Locator("[name=comment]").FillAsync("该吹");
        await dialog.Locator("button[type=submit]").ClickAsync();
        await Expect(judge.Page.Locator(".notice-ok").First).ToBeVisibleAsync();
        await judge.Page.ReloadAsync();
        await Expect(judge.Page.Locator("[data-live]").First).ToBeAttachedAsync();
        await Expect(judge.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
    }

    private static ILocator Card(Visitor visitor, string number) => visitor.Page.Locator("section.whistle").Filter(new() { HasText = number });
}
