using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GridFlow.EndToEnd.Tests;

/// <summary>Somebody at a browser, acting by the words on the page.</summary>
public sealed class Visitor(IPage page, int width, string language) : IAsyncDisposable
{
    public IPage Page => page;

    public string Say(string chinese, string english) => language.StartsWith("zh", StringComparison.Ordinal) ? chinese : english;

    /// <summary>Reports a matter on the residents' page and notes number and code.</summary>
    public async Task<(string Number, string Code)> ReportAsync(string text, string place, string picture)
    {
        await page.GotoAsync("/");
        await page.GetByLabel(Say("什么事", "What is the matter")).FillAsync(text);
        await page.GetByLabel(Say("在哪里", "Where?")).SelectOptionAsync(new SelectOptionValue { Label = place });
        await LookAsync(picture + "-1-report");
        await page.GetByRole(AriaRole.Button, new() { Name = Say("提交", "Send") }).ClickAsync();
        await Expect(page.GetByText(Say("查询码", "Code"), new() { Exact = true })).ToBeVisibleAsync();
        await LookAsync(picture + "-2-receipt");
        var slip = page.Locator(".receipt-slip dd");
        return (await slip.Nth(0).InnerTextAsync(), await slip.Nth(1).InnerTextAsync());
    }

    /// <summary>Follows the case as its resident, with number and code.</summary>
    public async Task FollowAsync(string number, string code)
    {
        await page.Context.ClearCookiesAsync();
        await page.GotoAsync("/follow");
        await page.GetByLabel(Say("编号", "Number")).FillAsync(number);
        await page.GetByLabel(Say("查询码", "Code")).FillAsync(code);
        await page.GetByRole(AriaRole.Button, new() { Name = Say("查询", "Show"), Exact = true }).ClickAsync();
        await Expect(page.GetByText(number).First).ToBeVisibleAsync();
    }

    /// <summary>Opens an interactive page and waits until it listens: what is clicked on the first picture of it is lost.</summary>
    public async Task GoLiveAsync(string address)
    {
        await page.GotoAsync(address);
        await page.Locator("[data-live]").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
    }

    /// <summary>Opens the case's item from the inbox.</summary>
    public async Task OpenItemAsync(string number, string tab = "unit")
    {
        await GoLiveAsync($"/inbox?tab={tab}&text={number}");
        var row = page.GetByRole(AriaRole.Link).Filter(new() { HasText = number });
        await row.First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 }).Last).ToBeVisibleAsync();
    }

    /// <summary>Completes the open item: the outcome by its label, long texts by theirs, a reason where one is asked for.</summary>
    public async Task CompleteAsync(string outcome, string? picture = null, string? comment = null, params (string Label, string Text)[] texts)
    {
        var form = page.Locator("form.form").Filter(new() { Has = page.Locator("[name=comment]") });
        await Expect(form).ToBeVisibleAsync();
        var choice = form.GetByLabel(outcome, new() { Exact = true });
        if (await choice.CountAsync() > 0)
        {
            await choice.CheckAsync();
        }

        var send = form.GetByRole(AriaRole.Button, new() { Name = Say("提交：", "Submit: ") + outcome });
        await Expect(send).ToBeVisibleAsync();
        foreach (var (label, text) in texts)
        {
            await form.GetByLabel(label).FillAsync(text);
        }

        if (comment is not null)
        {
            await form.Locator("[name=comment]").FillAsync(comment);
        }

        if (picture is not null)
        {
            await LookAsync(picture);
        }

        await send.ClickAsync();
        await Expect(page.Locator(".notice-ok").First).ToBeVisibleAsync();
    }

    /// <summary>Takes a picture of the whole page, and asks axe what a screen reader's user would complain about.</summary>
    public async Task LookAsync(string name)
    {
        await page.ScreenshotAsync(new() { Path = Path.Combine(Portal.Screenshots, $"{name}-{width}.png"), FullPage = true });
        var found = await page.RunAxe();
        Assert.True(found.Violations.Length == 0, $"{name}: " + string.Join("; ", found.Violations.Select(violation => $"{violation.Id} {violation.Help}: {string.Join(", ", violation.Nodes.Select(node => node.Html))}")));
    }

    public async ValueTask DisposeAsync() => await page.Context.DisposeAsync();
}
