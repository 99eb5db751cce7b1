using System.Text.RegularExpressions;
using GridFlow.Server.Cases;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GridFlow.EndToEnd.Tests;

/// <summary>Looking a case up: by Chinese words, by filters that are an address, further than the first page, and opened.</summary>
public sealed partial class CasesPageJourneys(Portal portal) : IClassFixture<Portal>
{
    private const int Phone = 390;
    private const int Desktop = 1440;
    private const string Rubbish = "local/1/matter/06001";

    [Theory]
    [InlineData(Phone, "zh-CN")]
    [InlineData(Desktop, "en")]
    public async Task A_case_is_found_by_words_of_its_text_marked_and_opened(int width, string language)
    {
        var wanted = await portal.TakeInAsync($"凤尾巷{width}号门前污水外溢，行人绕道。", "990101101001", Rubbish);
        var other = await portal.TakeInAsync($"凤尾巷{width}号门前垃圾成堆。", "990101102001", Rubbish);
        await using var county = await portal.SignInAsync("county", width, language);
        await county.GoLiveAsync("/cases");
        var page = county.Page;
        var hand = new Hand(page);
        await page.GetByRole(AriaRole.Searchbox, new() { Name = county.Say("编号或内容", "Number or words") }).FillAsync($"凤尾巷{width} 污水");
        await hand.PressAsync("Enter");

        // What was looked for stands in the address, is marked in what was found, and finds nothing else.
        await page.WaitForURLAsync(url => Uri.UnescapeDataString(url).Replace('+', ' ').Contains($"text=凤尾巷{width} 污水", StringComparison.Ordinal));
        var rows = page.Locator(".case-table tbody tr");
        await Expect(rows).ToHaveCountAsync(1);
        await Expect(rows.First).ToContainTextAsync(wanted);
        await Expect(rows.First.Locator("mark").Filter(new() { HasText = "污水" }).First).ToBeVisibleAsync();
        await Expect(page.GetByText(other)).ToHaveCountAsync(0);
        await county.LookAsync($"cases-found-{language}");
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"));
        await hand.TapAsync(page.Locator($".case-what a[href='/cases/{wanted}']"));
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync($"凤尾巷{width}号门前污水外溢");
        Assert.Equal(2, hand.Count);

        // Back, and what was looked for is still there.
        await page.GoBackAsync();
        await Expect(rows).ToHaveCountAsync(1);
        await Expect(page.GetByRole(AriaRole.Searchbox)).ToHaveValueAsync($"凤尾巷{width} 污水");
    }

    [Fact]
    public async Task What_is_not_there_says_so_and_what_to_do_and_a_number_finds_its_case()
    {
        var number = await portal.SmallAsync("莲花池边垃圾没人清运。");
        await using var county = await portal.SignInAsync("county", Desktop);
        await county.GoLiveAsync("/cases?text=不存在的事情甲乙丙");
        await Expect(county.Page.GetByText("没有符合条件的案件")).ToBeVisibleAsync();
        await Expect(county.Page.Locator(".case-table")).ToHaveCountAsync(0);
        await county.LookAsync("cases-none");
        await county.Page.GetByRole(AriaRole.Link, new() { Name = "清除条件" }).ClickAsync();
        await Expect(county.Page.Locator(".case-table tbody tr").First).ToBeVisibleAsync();
        await county.GoLiveAsync($"/cases?text={number}");
        await Expect(county.Page.Locator(".case-table tbody tr")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Filters_are_an_address_that_shows_the_same_to_whoever_is_sent_it_and_only_what_they_may_see()
    {
        var small = await portal.TakeInAsync("银杏坪公厕旁垃圾没人清运。", "990101101001", Rubbish);
        var big = await portal.TakeInAsync("银杏坪老旧厂房开裂，要求搬迁。", "990101101001", "local/1/matter/52001");
        var far = await portal.TakeInAsync("银杏坪路口垃圾没人清运。", "990101102001", Rubbish);
        await using var county = await portal.SignInAsync("county", Desktop);
        await county.GoLiveAsync("/cases?text=银杏坪");
        var page = county.Page;
        var rows = page.Locator(".case-table tbody tr");
        await Expect(rows).ToHaveCountAsync(3);
        await page.GetByRole(AriaRole.Combobox, new() { Name = "分级" }).SelectOptionAsync("Small");
        await page.WaitForURLAsync(url => url.Contains("tier=Small", StringComparison.Ordinal));
        await Expect(rows).ToHaveCountAsync(2);
        await Expect(page.GetByText(big)).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Combobox, new() { Name = "状态" }).SelectOptionAsync("Open");
        await page.WaitForURLAsync(url => url.Contains("status=Open", StringComparison.Ordinal));
        await page.GetByText("更多条件").ClickAsync();
        var area = page.Locator("details.more-filters").GetByLabel("地点");
        await area.OfferedAsync("柳塘村");
        await page.WaitForURLAsync(url => url.Contains("area=990101101001", StringComparison.Ordinal));
        await Expect(rows).ToHaveCountAsync(1);
        await Expect(rows.First).ToContainTextAsync(small);
        await county.LookAsync("cases-filtered");
        var address = page.Url;

        // The colleague who is sent the address sees the same, and whoever sees other areas sees nothing of this one.
        await using var supervisor = await portal.SignInAsync("supervisor", Phone);
        await supervisor.GoLiveAsync(address);
        await Expect(supervisor.Page.Locator(".case-table tbody tr")).ToHaveCountAsync(1);
        await Expect(supervisor.Page.GetByText(small).First).ToBeVisibleAsync();
        await using var yunling = await portal.SignInAsync("yunling", Desktop);
        await yunling.GoLiveAsync(address);
        await Expect(yunling.Page.GetByText("没有符合条件的案件")).ToBeVisibleAsync();
        await yunling.GoLiveAsync("/cases?text=银杏坪");
        await Expect(yunling.Page.Locator(".case-table tbody tr")).ToHaveCountAsync(1);
        await Expect(yunling.Page.GetByText(far).First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Further_cases_come_as_one_scrolls_each_once_and_without_a_script_by_the_next_page()
    {
        const int count = 2 * CaseQueries.PageSize + 5;
        for (var index = 0; index < count; index++)
        {
            await portal.TakeInAsync($"桂花苑楼道垃圾没人清运，第{index}处。", "990101101002", Rubbish);
        }

        await using var county = await portal.SignInAsync("county", Desktop);
        await county.GoLiveAsync("/cases?text=桂花苑");
        var rows = county.Page.Locator(".case-table tbody tr");
        await Expect(rows.First).ToBeVisibleAsync();
        while (await rows.CountAsync() < count)
        {
            var had = await rows.CountAsync();
            await county.Page.Mouse.WheelAsync(0, 5000);
            await Expect(rows.Nth(had)).ToBeAttachedAsync();
        }

        var numbers = await rows.Locator(".case-number a").AllInnerTextsAsync();
        Assert.Equal(count, numbers.Distinct().Count());
        Assert.Equal(count, numbers.Count);
        Assert.Equal(numbers.OrderDescending(StringComparer.Ordinal), numbers);

        // The same list, a page at a time, as whoever has no script turns it.
        var read = new List<string>();
        for (var address = "/cases?text=桂花苑"; address is not null;)
        {
            var html = await (await county.Page.Context.APIRequest.GetAsync(new Uri(new Uri(portal.Address), address).ToString())).TextAsync();
            read.AddRange(Number().Matches(html).Select(match => match.Groups[1].Value));
            address = Further().Match(html) is { Success: true } next ? System.Net.WebUtility.HtmlDecode(next.Groups[1].Value) : null;
        }

        Assert.Equal(numbers, read);
    }

    [GeneratedRegex("class=\"case-number\"[^>]*><a href=\"/cases/([^\"]+)\"")]
    private static partial Regex Number();

    [GeneratedRegex("data-more=\"[a-z]+\"[^>]*href=\"([^\"]+)\"")]
    private static partial Regex Further();
}
