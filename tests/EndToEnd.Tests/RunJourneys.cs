using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GridFlow.EndToEnd.Tests;

/// <summary>How a case ran, as those read it who keep the workflow or answer for it.</summary>
public sealed class RunJourneys(Portal portal) : IClassFixture<Portal>
{
    private const int Phone = 390;
    private const int Desktop = 1440;

    [Fact]
    public async Task The_case_page_tells_what_ran_why_and_how_often_and_draws_the_way()
    {
        await using var resident = await portal.OpenAsync(Phone);
        var (number, _) = await resident.ReportAsync("村口垃圾堆了三天没人清运，臭味很大。", "柳塘村", "run-a");
        await DoAsync("liutang", number, "办结", "", ("答复内容", "已清运，有事打 13812345678。"));
        await DoAsync("qingxi", number, "未解决，退回", "垃圾还在");
        await DoAsync("liutang", number, "办结", "", ("答复内容", "已再次清运。"));

        foreach (var (width, language) in new[] { (Phone, "zh-CN"), (Desktop, "en") })
        {
            await using var county = await portal.SignInAsync("county", width, language);
            await county.GoLiveAsync($"/cases/{number}");
            var run = county.Page.Locator(".case-run");
            await run.Locator("summary").First.ClickAsync();
            await Expect(run.Locator(".run-line").First).ToBeVisibleAsync();

            await Expect(run.GetByText(county.Say("第 2 次", "time 2")).First).ToBeVisibleAsync();
            await Expect(run.GetByText(county.Say("等待中", "waiting"))).ToHaveCountAsync(1);
            await Expect(run).ToContainTextAsync("138****5678");
            await Expect(run).Not.ToContainTextAsync("13812345678");
            await Expect(county.Page.Locator(".flow-picture .badge.is-visits").First).ToBeVisibleAsync();
            await run.Locator(".run-flow > summary").First.ClickAsync();
            await county.LookAsync($"run-{language}");
            Assert.True(await county.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"));
        }

        // Who only handles cases is not shown it.
        await using var leader = await portal.SignInAsync("liutang", Phone);
        await leader.Page.GotoAsync($"/cases/{number}");
        await Expect(leader.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await Expect(leader.Page.Locator(".case-run")).ToHaveCountAsync(0);
    }

    private async Task DoAsync(string user, string number, string outcome, string comment, params (string, string)[] texts)
    {
        await using var clerk = await portal.SignInAsync(user, Desktop);
        await clerk.OpenItemAsync(number);
        await clerk.CompleteAsync(outcome, null, comment.Length > 0 ? comment : null, texts);
    }
}
