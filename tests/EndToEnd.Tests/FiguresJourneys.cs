using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GridFlow.EndToEnd.Tests;

/// <summary>A number is opened down to its cases, and taken along in a file.</summary>
public sealed partial class FiguresJourneys(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task A_figure_opens_down_to_exactly_its_cases()
    {
        await using var resident = await portal.OpenAsync(390);
        var (number, _) = await resident.ReportAsync("果园路边有人倒了一车生活垃圾，没人清运。", "柳塘村", "figures");
        await using var county = await portal.SignInAsync("county", 1440);
        var page = county.Page;
        var card = page.Locator("[data-figure=Closing]");

        // Counted within seconds; the page is asked again until it is.
        await county.GoLiveAsync("/figures?span=day");
        while (await card.GetByRole(AriaRole.Link).Filter(new() { HasText = "件中的" }).CountAsync() == 0)
        {
            await county.GoLiveAsync("/figures?span=day");
        }

        await county.LookAsync("figures");
        var told = int.Parse(Count().Match(await card.GetByRole(AriaRole.Link).Filter(new() { HasText = "件中的" }).InnerTextAsync()).Groups[1].Value, CultureInfo.InvariantCulture);
        await card.GetByRole(AriaRole.Link).Filter(new() { HasText = "件中的" }).ClickAsync();
        await Expect(page.Locator("[data-total]")).ToHaveAttributeAsync("data-total", told.ToString(CultureInfo.InvariantCulture));
        await Expect(page.Locator(".case-table tbody tr")).ToHaveCountAsync(told);
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = number, Exact = true })).ToBeVisibleAsync();
        await county.LookAsync("figures-cases");
    }

    [Fact]
    public async Task Every_table_can_be_taken_along_and_says_how_it_was_counted()
    {
        await using var leader = await portal.SignInAsync("leader", 1440, "en");
        await leader.GoLiveAsync("/figures");
        var csv = await leader.Page.APIRequest.GetAsync($"{portal.Address}/figures/rates.csv", new() { Headers = await CookiesAsync(leader) });
        var excel = await leader.Page.APIRequest.GetAsync($"{portal.Address}/figures/parts.xlsx?by=unit", new() { Headers = await CookiesAsync(leader) });

        Assert.Equal("text/csv", csv.Headers["content-type"]);
        var text = await csv.TextAsync();
        Assert.Contains("Handled on time", text, StringComparison.Ordinal);
        Assert.Contains("Those exempted on appeal", text, StringComparison.Ordinal);
        Assert.Equal("PK", System.Text.Encoding.ASCII.GetString((await excel.BodyAsync())[..2]));
    }

    [Theory]
    [InlineData(390, "zh-CN")]
    [InlineData(1440, "en")]
    public async Task The_page_says_what_each_figure_counts_at_any_width(int width, string language)
    {
        await using var town = await portal.SignInAsync("qingxi", width, language);
        await town.GoLiveAsync("/figures?span=month");
        await Expect(town.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(town.Say("统计", "Figures"));
        var summaries = town.Page.Locator("[data-figure=OnTime] summary");
        if (await summaries.CountAsync() > 0)
        {
            await summaries.First.ClickAsync();
            await Expect(town.Page.Locator("[data-figure=OnTime]").GetByText(town.Say("超时申诉获准豁免的", "Those exempted on appeal"))).ToBeVisibleAsync();
        }

        await town.LookAsync($"figures-what-{language}");
        Assert.True(await town.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"));
    }

    private static async Task<Dictionary<string, string>> CookiesAsync(Visitor visitor) =>
        new() { ["Cookie"] = string.Join("; ", (await visitor.Page.Context.CookiesAsync()).Select(cookie => $"{cookie.Name}={cookie.Value}")), ["Accept-Language"] = "en" };

    [GeneratedRegex("^([0-9]+) 件中的")]
    private static partial Regex Count();
}
