using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GridFlow.EndToEnd.Tests;

/// <summary>A case on paper: legible whatever the screen looks like, with everything that stands open and nothing to click.</summary>
public sealed class PrintJourneys(Portal portal) : IClassFixture<Portal>
{
    private const int PaperWidth = 794;

    [Fact]
    public async Task A_case_printed_from_a_dark_screen_is_dark_on_light_and_whole()
    {
        var number = await portal.SmallAsync();
        await using var clerk = await portal.SignInAsync("liutang", PaperWidth);
        var page = clerk.Page;
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await clerk.GoLiveAsync($"/cases/{number}");
        await Expect(page.Locator(".flow-picture svg").First).ToBeVisibleAsync();
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark, Media = Media.Print });

        Assert.Equal("rgb(255, 255, 255)", await page.Locator(".case .card").First.EvaluateAsync<string>("card => getComputedStyle(card).backgroundColor"));
        Assert.Equal("rgb(24, 33, 29)", await page.EvaluateAsync<string>("""
            () => { const trial = document.body.appendChild(document.createElement("p")); trial.style.color = "var(--text)"; return getComputedStyle(trial).color; }
            """));

        // The picture is there from its first step to its last, however far it was scrolled.
        Assert.True(await page.Locator(".flow-picture").First.EvaluateAsync<bool>("""
            picture => { const [outer, inner] = [picture.getBoundingClientRect(), picture.querySelector("svg").getBoundingClientRect()]; return inner.left >= outer.left - 1 && inner.right <= outer.right + 1; }
            """));
        await Expect(page.Locator(".case .due-why").First).ToBeVisibleAsync();
        await Expect(page.GetByText("打印时间：20")).ToBeVisibleAsync();
        foreach (var left in (string[])[".work-item", ".acts", ".comment-box", ".case-print", ".nav", ".pass-on", ".case-fold:not([open])"])
        {
            await Expect(page.Locator(left).First).ToBeHiddenAsync();
        }

        await page.ScreenshotAsync(new() { Path = Path.Combine(Portal.Screenshots, "case-print.png"), FullPage = true });
    }
}
