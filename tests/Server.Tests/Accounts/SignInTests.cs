using System.Net;
using GridFlow.Server.Accounts;
using GridFlow.Server.Security;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace GridFlow.Server.Tests.Accounts;

public sealed class SignInTests : IDisposable
{
    private readonly GridFlowApplication _app = new();

    [Fact]
    public async Task The_right_password_opens_the_page_that_was_asked_for()
    {
        using var browser = _app.CreateBrowser();

        using var response = await GridFlowApplication.PostFormAsync(
            browser, "/sign-in?back=%2Fadmin%2Fareas", Credentials("admin", DemoAccounts.Password));

        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        Assert.EndsWith("/admin/areas", response.Headers.Location!.ToString(), StringComparison.Ordinal);
        using var page = await browser.GetAsync("/admin/areas", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    [Theory]
    [InlineData("admin", "not the password")]
    [InlineData("nobody", "gridflow-demo")]
    public async Task A_wrong_name_and_a_wrong_password_read_the_same(string userName, string password)
    {
        using var browser = _app.CreateBrowser();

        using var response = await GridFlowApplication.PostFormAsync(browser, "/sign-in", Credentials(userName, password));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("User name or password is wrong.", await Read(response), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_the_account_for_a_while()
    {
        using var browser = _app.CreateBrowser();
        for (var attempt = 0; attempt < 5; attempt++)
        {
            using var wrong = await GridFlowApplication.PostFormAsync(browser, "/sign-in", Credentials("admin", "not the password"));
        }

        using var response = await GridFlowApplication.PostFormAsync(browser, "/sign-in", Credentials("admin", DemoAccounts.Password));

        Assert.Contains("Too many wrong attempts", await Read(response), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    public async Task Signing_in_never_leads_elsewhere(string back)
    {
        using var browser = _app.CreateBrowser();

        using var response = await GridFlowApplication.PostFormAsync(
            browser, "/sign-in?back=" + Uri.EscapeDataString(back), Credentials("admin", DemoAccounts.Password));

        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        Assert.DoesNotContain("evil", response.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused()
    {
        using var browser = _app.CreateBrowser();
        using var form = new FormUrlEncodedContent(Credentials("admin", DemoAccounts.Password));

        using var response = await browser.PostAsync("/sign-in", form, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Signing_out_ends_the_session()
    {
        using var browser = await _app.CreateBrowserAsync("admin");

        using var response = await GridFlowApplication.PostFormAsync(browser, "/admin/people", [], "/sign-out");

        Assert.Equal("/sign-in", response.Headers.Location!.ToString());
        using var page = await browser.GetAsync("/admin/people", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Found, page.StatusCode);
    }

    [Fact]
    public async Task Whose_account_was_closed_is_asked_to_sign_in_and_led_back()
    {
        var services = _app.Services;
        services.GetRequiredService<IOptions<SecurityStampValidatorOptions>>().Value.ValidationInterval = TimeSpan.Zero;
        using var browser = await _app.CreateBrowserAsync("county");
        using var meanwhile = await browser.GetAsync("/session-ended?back=/cases", TestContext.Current.CancellationToken);
        await CloseAsync(services, "county");

        using var ended = await browser.GetAsync("/session-ended?back=/cases?tier=Big", TestContext.Current.CancellationToken);
        using var away = await browser.GetAsync("/session-ended?back=//elsewhere.example", TestContext.Current.CancellationToken);
        using var page = await browser.GetAsync("/inbox", TestContext.Current.CancellationToken);

        Assert.Equal("/cases", meanwhile.Headers.Location?.OriginalString);
        Assert.Equal("/sign-in?back=%2Fcases%3Ftier%3DBig", ended.Headers.Location?.OriginalString);
        Assert.Equal("/sign-in?back=%2F", away.Headers.Location?.OriginalString);
        Assert.Equal((HttpStatusCode.Found, "/sign-in"), (page.StatusCode, page.Headers.Location?.AbsolutePath));
    }

    [Fact]
    public async Task A_page_asked_for_after_the_account_was_closed_is_no_failure()
    {
        var services = _app.Services;
        services.GetRequiredService<IOptions<SecurityStampValidatorOptions>>().Value.ValidationInterval = TimeSpan.Zero;
        using var browser = await _app.CreateBrowserAsync("county");
        await CloseAsync(services, "county");

        using var page = await browser.GetAsync("/inbox", TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.Found, "/sign-in"), (page.StatusCode, page.Headers.Location?.AbsolutePath));
    }

    [Fact]
    public async Task Demo_accounts_are_shown_in_development_only()
    {
        using var production = new GridFlowApplication { EnvironmentName = "Production" };
        using var open = _app.CreateBrowser();
        using var closed = production.CreateBrowser();

        var inDevelopment = await open.GetStringAsync("/sign-in", TestContext.Current.CancellationToken);
        var inProduction = await closed.GetStringAsync("/sign-in", TestContext.Current.CancellationToken);

        Assert.Contains(DemoAccounts.Password, inDevelopment, StringComparison.Ordinal);
        Assert.DoesNotContain("gridflow-demo", inProduction, StringComparison.Ordinal);
        Assert.DoesNotContain("Demo accounts", inProduction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outside_development_there_is_no_account_to_sign_in_with()
    {
        using var production = new GridFlowApplication { EnvironmentName = "Production" };
        using var browser = production.CreateBrowser();

        using var response = await GridFlowApplication.PostFormAsync(browser, "/sign-in", Credentials("admin", DemoAccounts.Password));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    public void Dispose() => _app.Dispose();

    private static async Task CloseAsync(IServiceProvider services, string userName)
    {
        await using var scope = services.CreateAsyncScope();
        var account = await scope.ServiceProvider.GetRequiredService<UserManager<Account>>().FindByNameAsync(userName);
        var closed = await scope.ServiceProvider.GetRequiredService<AccountCommands>().SetDisabledAsync(account!.Id, true, CurrentUser.Operator);
        Assert.Null(closed.Problem);
    }

    private static Dictionary<string, string> Credentials(string userName, string password) => new()
    {
        ["_handler"] = "sign-in",
        ["Form.UserName"] = userName,
        ["Form.Password"] = password,
    };

    private static Task<string> Read(HttpResponseMessage response) => response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
}
