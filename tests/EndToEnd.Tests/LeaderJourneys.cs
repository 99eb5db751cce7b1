using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GridFlow.EndToEnd.Tests;

/// <summary>Three minutes before a meeting: one page, and each number opens with one tap.</summary>
public sealed class LeaderJourneys(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task A_plan_that_waits_for_approval_is_opened_with_one_tap_from_the_leaders_page()
    {
        await using var resident = await portal.OpenAsync(1440);
        var (number, _) = await resident.ReportAsync("拆迁三年了，安置房还没回迁，征收的拆迁款也没结清。", "石桥村", "leader");
        await using (var county = await portal.SignInAsync("county", 1440))
        {
            await county.OpenItemAsync(number);
            await county.CompleteAsync("报批", null, null, ("工作方案", "一、核对台账；二、倒排工期；三、年底前回迁。"));
        }

        await using var leader = await portal.SignInAsync("leader", 1440);
        await leader.GoLiveAsync("/leader");
        var page = leader.Page;
        await Expect(page.Locator($"a[href='/cases/{number}']")).ToBeVisibleAsync();
        await leader.LookAsync("leader");
        await page.Locator($"a[href^='/inbox?case={number}']").ClickAsync();
        await leader.CompleteAsync("同意");
    }

    [Theory]
    [InlineData(390, "zh-CN")]
    [InlineData(1440, "en")]
    public async Task Every_number_of_the_page_opens(int width, string language)
    {
        await using var leader = await portal.SignInAsync("leader", width, language);
        await leader.GoLiveAsync("/leader");
        await leader.LookAsync($"leader-{language}");
        Assert.True(await leader.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"));
        foreach (var address in await leader.Page.Locator("a.board-number").EvaluateAllAsync<string[]>("links => links.map(link => link.getAttribute('href'))"))
        {
            var answer = await leader.Page.GotoAsync(address);
            Assert.True(answer!.Ok, address);
            await Expect(leader.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        }
    }
}
