using System.Net;
using System.Text.RegularExpressions;

namespace GridFlow.Server.Tests.Shell;

public sealed partial class PagesTests : IDisposable
{
    private readonly GridFlowApplication _app = new();

    [Theory]
    [InlineData("/admin/areas")]
    [InlineData("/admin/people")]
    public async Task A_page_of_staff_asks_to_sign_in(string address)
    {
        using var browser = _app.CreateBrowser();

        using var response = await browser.GetAsync(address, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        Assert.Contains("/sign-in?back=" + Uri.EscapeDataString(address), response.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_beyond_ones_posts_is_denied_and_not_in_the_menu()
    {
        using var browser = await _app.CreateBrowserAsync("liutang1");

        using var response = await browser.GetAsync("/admin/people", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        Assert.Contains("/denied", response.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_entry_of_the_menu_can_be_opened()
    {
        using var browser = await _app.CreateBrowserAsync("admin");
        var html = await browser.GetStringAsync("/admin/people", TestContext.Current.CancellationToken);
        var addresses = NavLink().Matches(html).Select(match => match.Groups[1].Value).Distinct().ToList();

        Assert.Contains("/admin/areas", addresses);
        foreach (var address in addresses)
        {
            using var response = await browser.GetAsync(address, TestContext.Current.CancellationToken);
            Assert.True(response.IsSuccessStatusCode, $"{address}: {response.StatusCode}");
        }
    }

    [Fact]
    public async Task An_address_that_does_not_exist_is_not_found_for_everybody()
    {
        using var browser = _app.CreateBrowser();

        using var response = await browser.GetAsync("/no/such/page", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("Nothing here", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en-GB", "lang=\"en\"")]
    [InlineData("zh-CN", "lang=\"zh-CN\"")]
    [InlineData("fr", "lang=\"zh-CN\"")]
    public async Task The_browser_chooses_the_language_and_Chinese_stands_in(string accepted, string expected)
    {
        using var browser = _app.CreateBrowser(accepted);

        Assert.Contains(expected, await browser.GetStringAsync("/sign-in", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_reader_switches_language_and_theme_by_links()
    {
        using var browser = _app.CreateBrowser("en");
        using var culture = await browser.GetAsync("/culture?c=zh-CN&back=%2Fsign-in", TestContext.Current.CancellationToken);
        using var theme = await browser.GetAsync("/theme?t=dark&back=%2Fsign-in", TestContext.Current.CancellationToken);

        var html = await browser.GetStringAsync("/sign-in", TestContext.Current.CancellationToken);

        Assert.Equal("/sign-in", culture.Headers.Location!.ToString());
        Assert.Contains("lang=\"zh-CN\" data-theme=\"dark\"", html, StringComparison.Ordinal);
        Assert.Contains("登录", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/culture?c=en&back=https://evil.example")]
    [InlineData("/theme?t=dark&back=%2F%2Fevil.example")]
    public async Task Switching_never_leads_elsewhere(string address)
    {
        using var browser = _app.CreateBrowser();

        using var response = await browser.GetAsync(address, TestContext.Current.CancellationToken);

        Assert.Equal("/", response.Headers.Location!.ToString());
    }

    [Fact]
    public async Task A_page_of_residents_carries_no_script_the_sign_in_one_of_our_own_and_every_page_a_policy()
    {
        using var browser = _app.CreateBrowser();

        using var response = await browser.GetAsync("/sign-in", TestContext.Current.CancellationToken);

        foreach (var page in (string[])["/", "/follow"])
        {
            Assert.DoesNotContain("<script", await browser.GetStringAsync(page, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }

        var script = Assert.Single(Script().Matches(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
        Assert.StartsWith("<script type=\"module\" src=\"fields.", script.Value, StringComparison.Ordinal);
        Assert.Contains("script-src 'self' 'nonce-", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/healthz/live")]
    [InlineData("/healthz/ready")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/_framework/blazor.web.js")]
    public async Task What_machines_ask_for_needs_no_session(string address)
    {
        using var browser = _app.CreateBrowser();

        using var response = await browser.GetAsync(address, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    public void Dispose() => _app.Dispose();

    [GeneratedRegex("<script[^>]*>")]
    private static partial Regex Script();

    [GeneratedRegex("href=\"([^\"]+)\"[^>]*class=\"nav-link|class=\"nav-link[^\"]*\"[^>]*href=\"([^\"]+)\"")]
    private static partial Regex NavLink();
}
