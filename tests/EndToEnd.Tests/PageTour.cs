namespace GridFlow.EndToEnd.Tests;

/// <summary>Every page, at phone and desktop width, in both languages and both themes: pictures to look at, and axe.</summary>
public sealed class PageTour(Portal portal) : IClassFixture<Portal>
{
    // Each language, width and theme once; scripts/screenshots asks for all of them together.
    private static readonly (int Width, string Language, string Theme)[] Looks = Environment.GetEnvironmentVariable("GRIDFLOW_TOUR") == "all"
        ? [.. from width in new[] { 390, 1440 } from language in new[] { "zh-CN", "en" } from theme in new[] { "light", "dark" } select (width, language, theme)]
        : [(390, "zh-CN", "light"), (1440, "en", "dark")];

    [Theory]
    [InlineData("admin", "/admin/flows", "flows")]
    [InlineData("admin", "/admin/flows/hard", "flow")]
    [InlineData("admin", "/admin/routing", "routing")]
    [InlineData("admin", "/admin/categories", "categories")]
    [InlineData("admin", "/admin/calendar", "calendar")]
    [InlineData("admin", "/admin/rules", "rules")]
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
    [InlineData("qingxi", "/whistles", "whistles")]
    [InlineData("county", "/board", "board")]
    [InlineData("leader", "/leader", "leader")]
    [InlineData("supervisor", "/late", "late")]
    [InlineData("county", "/figures", "figures")]
    [InlineData("", "/", "home")]
    [InlineData("", "/follow", "follow")]
    [InlineData("", "/sign-in", "sign-in")]
    public async Task The_page_reads_well_on_phone_and_desktop(string user, string address, string name)
    {
        foreach (var (width, language, theme) in Looks)
        {
            await using var visitor = user.Length > 0 ? await portal.SignInAsync(user, width, language) : await portal.OpenAsync(width, language);
            await visitor.Page.GotoAsync($"/theme?t={theme}&back=/");
            await visitor.Page.GotoAsync(address);
            await Microsoft.Playwright.Assertions.Expect(visitor.Page.GetByRole(Microsoft.Playwright.AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();

            await visitor.LookAsync($"page-{name}-{language}-{theme}");

            Assert.True(await visitor.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"), $"{address} is wider than a window of {width}");
        }
    }
}
