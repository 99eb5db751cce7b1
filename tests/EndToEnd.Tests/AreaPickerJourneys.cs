using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GridFlow.EndToEnd.Tests;

/// <summary>A place is named by as much of its name as it takes to tell it from others.</summary>
public sealed class AreaPickerJourneys(Portal portal) : IClassFixture<Portal>
{
    [Theory]
    [InlineData("zh-CN", "翠苑", "翠苑小区微网格 · ", "柳塘村", "柳塘村 · ", "微网格")]
    [InlineData("en", "Cuiyuan", "Cuiyuan Estate Micro-grid · ", "Liutang Village", "Liutang Village · ", "Micro-grid")]
    public async Task A_part_of_a_name_that_only_one_area_has_is_that_area(string language, string part, string one, string whole, string village, string many)
    {
        await using var worker = await portal.SignInAsync("county", 1440, language);
        var page = worker.Page;
        await page.GotoAsync("/report");
        await Expect(page.Locator("form[data-draft=report] button[type=submit]")).ToBeEnabledAsync();
        var where = page.GetByRole(AriaRole.Combobox, new() { Name = worker.Say("在哪里", "Where") });
        foreach (var (typed, shown) in new[] { (part, one), (whole, village) })
        {
            await where.FillAsync(typed);
            await where.PressAsync("Tab");
            await Expect(where).ToHaveValueAsync(new Regex("^" + shown));
        }

        // Several have it: it stays as it was typed, and is asked for when it is sent.
        await where.FillAsync(many);
        await where.PressAsync("Tab");
        await page.Locator("textarea").FillAsync("路灯坏了");
        await page.Locator("form[data-draft=report] button[type=submit]").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert).First).ToBeVisibleAsync();
        await Expect(where).ToHaveValueAsync(many);
    }
}
