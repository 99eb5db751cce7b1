using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GridFlow.EndToEnd.Tests;

/// <summary>The board moves by itself, and what is about to be late is urged in bulk.</summary>
public sealed class BoardJourneys(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task A_case_that_comes_in_waits_behind_a_pill_and_the_count_moves_by_itself()
    {
        await using var resident = await portal.OpenAsync(390);
        await resident.ReportAsync("老街垃圾桶满溢，没人清运。", "文昌社区", "board-1");
        await using var county = await portal.SignInAsync("county", 1440);
        await county.GoLiveAsync("/board");
        var page = county.Page;
        var open = page.Locator(".board-totals li").First.Locator("strong");
        await Expect(open).Not.ToHaveTextAsync("0");
        var before = int.Parse(await open.InnerTextAsync(), System.Globalization.CultureInfo.InvariantCulture);

        var (number, _) = await resident.ReportAsync("下湾河边有人乱倒垃圾，暴露垃圾一大片。", "石桥村", "board-2");

        await Expect(open).ToHaveTextAsync((before + 1).ToString(System.Globalization.CultureInfo.InvariantCulture));
        await Expect(page.Locator($".board-new a[href='/cases/{number}']")).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "有 1 件新的" }).ClickAsync();
        await Expect(page.Locator($".board-new a[href='/cases/{number}']")).ToBeVisibleAsync();
        await county.LookAsync("board");
    }

    [Theory]
    [InlineData(390, "zh-CN")]
    [InlineData(1440, "en")]
    public async Task An_area_on_the_map_opens_its_parts_and_the_table_says_the_same(int width, string language)
    {
        await using var resident = await portal.OpenAsync(390, language);
        await resident.ReportAsync("果园路边有人倒了一车生活垃圾，没人清运。", resident.Say("柳塘村", "Liutang Village"), "board-3");
        await using var county = await portal.SignInAsync("county", width, language);
        await county.GoLiveAsync("/board");
        await county.LookAsync($"board-{language}");
        Assert.True(await county.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"));

        // By the keyboard: the area is a link with a name that says its numbers.
        var town = county.Page.Locator(".board-map a[href^='/board?area=990101101']");
        await town.FocusAsync();
        await county.Page.Keyboard.PressAsync("Enter");
        await Expect(county.Page.Locator(".board-map a[href^='/board?area=990101101001']")).ToBeVisibleAsync();
        await Expect(county.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync(county.Say("清溪镇", "Qingxi Town"));
    }

    [Fact]
    public async Task The_supervisor_urges_what_will_be_late_in_three_taps()
    {
        await using var resident = await portal.OpenAsync(390);
        await resident.ReportAsync("村口垃圾堆了三天没人清运，臭味很大。", "柳塘村", "late");
        await using var supervisor = await portal.SignInAsync("supervisor", 1440);
        var page = supervisor.Page;
        var taps = 0;
        await Tap(page.GetByRole(AriaRole.Link, new() { Name = "将要逾期" }).First);
        await page.Locator(".late[data-live]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await supervisor.GoLiveAsync("/late?when=week");
        await supervisor.LookAsync("late");
        await Tap(page.GetByLabel("全选本页"));
        await Tap(page.GetByRole(AriaRole.Button, new() { Name = "催办（" }));
        await Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "已催办" })).ToBeVisibleAsync();
        Assert.Equal(3, taps);

        async Task Tap(ILocator target)
        {
            taps++;
            await target.ClickAsync();
        }
    }

    [Fact]
    public async Task The_wall_shows_nothing_but_the_board()
    {
        await using var leader = await portal.SignInAsync("leader", 1440, "en");
        await leader.GoLiveAsync("/board?wall=true");
        await Expect(leader.Page.Locator(".nav").First).ToBeHiddenAsync();
        await leader.LookAsync("board-wall");
        await leader.Page.GetByRole(AriaRole.Link, new() { Name = "Leave full screen" }).ClickAsync();
        await Expect(leader.Page.Locator(".nav").First).ToBeVisibleAsync();
    }
}
