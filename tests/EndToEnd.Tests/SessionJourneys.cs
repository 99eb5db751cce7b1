using GridFlow.Server.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GridFlow.EndToEnd.Tests;

/// <summary>An account is closed while its pages stand open: each of them asks to sign in, and none breaks.</summary>
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

    private async Task SetClosedAsync(string account, bool isClosed)
    {
        await using var scope = portal.Services.CreateAsyncScope();
        var done = await scope.ServiceProvider.GetRequiredService<AccountCommands>().SetDisabledAsync(account, isClosed, Server.Security.CurrentUser.Operator);
        Assert.Null(done.Problem);
    }
}
