namespace GridFlow.EndToEnd.Tests;

/// <summary>Every page of the staff, at phone and desktop width, in both languages: pictures to look at, and axe.</summary>
public sealed class PageTour(Portal portal) : IClassFixture<Portal>
{
    [Theory]
    [InlineData("admin", "/admin/flows", "flows")]
    [InlineData("admin", "/admin/flows/hard", "flow")]
    [InlineData("admin", "/admin/routing", "routing")]
    [InlineData("admin", "/admin/categories", "categories")]
    [InlineData("admin", "/admin/calendar", "calendar")]
    [InlineData("admin", "/admin/bundles", "bundles")]
    [InlineData("admin", "/admin/bundles/migrate", "migrate")]
    [InlineData("admin", "/admin/areas", "areas")]
    [InlineData("admin", "/admin/people", "people")]
    [InlineData("admin", "/admin/audit", "audit")]
    [InlineData("qingxi", "/inbox", "inbox")]
    [InlineData("qingxi", "/cases", "cases")]
    [InlineData("liutang1", "/report", "report")]
    [InlineData("liutang1", "/quick", "quick")]
    [InlineData("qingxi", "/me", "me")]
    [InlineData("supervisor", "/inbox", "inbox-watch")]
    public async Task The_page_reads_well_on_phone_and_desktop(string user, string address, string name)
    {
        foreach (var (width, language) in new[] { (390, "zh-CN"), (1440, "en") })
        {
            await using var visitor = await portal.SignInAsync(user, width, language);
            await visitor.Page.GotoAsync(address, new() { WaitUntil = Microsoft.Playwright.WaitUntilState.NetworkIdle });
            await Microsoft.Playwright.Assertions.Expect(visitor.Page.GetByRole(Microsoft.Playwright.AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();

            await visitor.LookAsync($"page-{name}-{language}");

            Assert.True(await visitor.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"), $"{address} is wider than a window of {width}");
        }
    }
}
