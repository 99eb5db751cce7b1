using GridFlow.Server.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GridFlow.EndToEnd.Tests;

/// <summary>A session ends while its pages stand open: each of them asks to sign in, none breaks, and none acts for whoever has gone.</summary>
public sealed class SessionJourneys(Portal portal) : IClassFixture<Portal>
{
    [Theory]
    [InlineData("county", "/inbox", "/cases/{0}", "/cases", "/board", "/figures", "/whistles")]
    [InlineData("admin", "/admin/routing", "/admin/bundles", "/me", "/cases/{0}")]
    public async Task Pages_that_stand_open_when_the_account_is_closed_ask_to_sign_in(string userName, params string[] addresses)
    {
        // Whether a session still holds is asked once a minute; here more often.
        portal.Services.GetRequiredService<IOptions<SecurityStampValidatorOptions>>().Value.ValidationInterval = TimeSpan.FromSeconds(1);
        var number = await portal.SmallAsync();
        await using var reader = await portal.SignInAsync(userName, 1440);
        var broken = new List<string>();
        var pages = new List<IPage>();
        foreach (var address in addresses)
        {
            var page = await reader.Page.Context.NewPageAsync();
            page.Console += (_, said) =>
            {
                if (said.Type == "error" && said.Text.Contains("circuit", StringComparison.OrdinalIgnoreCase))
                {
                    broken.Add($"{address}: {said.Text}");
                }
            };
            await page.GotoAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, address, number));
            await Expect(page.Locator("[data-live]").First).ToBeAttachedAsync();
            pages.Add(page);
        }

        var account = (await portal.UserAsync(userName)).AccountId;
        await SetClosedAsync(account, true);
        try
        {
            foreach (var page in pages)
            {
                await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/sign-in\\?back="));
                await Expect(page.GetByLabel("密码")).ToBeVisibleAsync();
            }
        }
        finally
        {
            await SetClosedAsync(account, false);
        }

        Assert.Empty(broken);
    }

    [Fact]
    public async Task Signing_out_in_one_tab_ends_the_others_of_that_browser_and_leaves_other_devices_alone()
    {
        var number = await portal.SmallAsync();
        await using var pc = await portal.SignInAsync("qingxi", 1440);
        await using var phone = await portal.SignInAsync("qingxi", 390);
        var left = await pc.Page.Context.NewPageAsync();
        foreach (var page in (IPage[])[left, phone.Page])
        {
            await page.GotoAsync($"/cases/{number}");
            await Expect(page.Locator(".case[data-live]")).ToBeAttachedAsync();
        }

        await left.GetByLabel("写备注").FillAsync("人已经走了");
        await phone.Page.GetByLabel("写备注").FillAsync("我在现场");

        await SignOutAsync(pc.Page);
        try
        {
            await left.EvaluateAsync("document.querySelector('.comment-box')?.requestSubmit()");
        }
        catch (PlaywrightException)
        {
            // It is on its way already.
        }

        await Expect(left).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/sign-in\\?back=%2Fcases%2F"));
        await Expect(left.GetByLabel("密码")).ToBeVisibleAsync();

        await phone.Page.Locator(".comment-box button").ClickAsync();
        await Expect(phone.Page.Locator(".timeline")).ToContainTextAsync("我在现场");
        await Expect(phone.Page.Locator(".timeline")).Not.ToContainTextAsync("人已经走了");
    }

    [Fact]
    public async Task Signing_in_as_somebody_else_in_one_tab_takes_the_others_over()
    {
        var number = await portal.SmallAsync();
        await using var pc = await portal.SignInAsync("qingxi", 1440);
        var other = await pc.Page.Context.NewPageAsync();
        await pc.GoLiveAsync($"/cases/{number}");
        await Expect(pc.Page.Locator(".menu-name")).ToContainTextAsync((await portal.UserAsync("qingxi")).Name);

        await other.GotoAsync("/sign-in");
        await other.GetByRole(AriaRole.Textbox, new() { Name = "账号" }).FillAsync("county");
        await other.GetByLabel("密码").FillAsync(DemoAccounts.Password);
        await other.GetByRole(AriaRole.Button, new() { Name = "登录", Exact = true }).ClickAsync();

        await Expect(pc.Page.Locator(".menu-name")).ToContainTextAsync((await portal.UserAsync("county")).Name);
        await Expect(pc.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex($"/cases/{number}$"));
    }

    private static async Task SignOutAsync(IPage page)
    {
        await page.Locator(".menu summary").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "退出登录", Exact = true }).ClickAsync();
        await page.WaitForURLAsync(url => url.EndsWith("/sign-in", StringComparison.Ordinal));
    }

    private async Task SetClosedAsync(string account, bool isClosed)
    {
        await using var scope = portal.Services.CreateAsyncScope();
        var done = await scope.ServiceProvider.GetRequiredService<AccountCommands>().SetDisabledAsync(account, isClosed, Server.Security.CurrentUser.Operator);
        Assert.Null(done.Problem);
    }
}
