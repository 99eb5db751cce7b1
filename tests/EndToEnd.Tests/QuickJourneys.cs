using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GridFlow.EndToEnd.Tests;

/// <summary>The grid worker's day on a phone: what is found is dealt with, photographed and recorded, with or without a line.</summary>
public sealed class QuickJourneys(Portal portal) : IClassFixture<Portal>
{
    private const int Phone = 390;

    [Fact]
    public async Task A_small_matter_dealt_with_on_the_spot_takes_three_taps()
    {
        await using var worker = await portal.SignInAsync("wenchang1", Phone);
        await OpenAsync(worker);
        await worker.LookAsync("quick-1-empty");
        var hand = new Hand(worker.Page);

        await hand.PhotographAsync(Camera(worker, "before"));
        await Expect(worker.Page.Locator(".quick-preview")).ToBeVisibleAsync();
        await hand.TapAsync(worker.Page.Locator(".quick-chip", new() { HasTextString = "垃圾满溢" }));
        await worker.LookAsync("quick-2-chosen");
        await hand.PhotographAsync(Camera(worker, "after"));

        var entry = worker.Page.Locator(".quick-entry");
        await Expect(entry).ToContainTextAsync("已登记并办结");
        Assert.Equal(3, hand.Count);
        await worker.LookAsync("quick-3-sent");

        // What is recorded is the case, with both photos, and a second person is asked to look.
        await entry.GetByRole(AriaRole.Link).ClickAsync();
        await worker.Page.Locator("[data-live]").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await Expect(worker.Page.Locator(".photo-group img")).ToHaveCountAsync(2);
        await Expect(worker.Page.Locator(".now")).ToContainTextAsync("文昌社区");
        await worker.LookAsync("quick-4-case");
    }

    [Fact]
    public async Task Without_a_line_nothing_is_lost_and_with_it_everything_is_sent_once()
    {
        await using var worker = await portal.SignInAsync("wenchang2", Phone, "en");
        await OpenAsync(worker);
        await Expect(worker.Page.Locator(".quick[data-kept=true]")).ToBeAttachedAsync();
        var hand = new Hand(worker.Page);
        await worker.Page.Context.SetOfflineAsync(true);
        await Expect(worker.Page.Locator(".quick-offline")).ToBeVisibleAsync();

        await hand.PhotographAsync(Camera(worker, "before"));
        await worker.Page.Locator("[name=words]").FillAsync("Two bins at the school gate");
        await hand.TapAsync(worker.Page.Locator(".quick-chip", new() { HasTextString = "Overflowing bins" }));
        await hand.PhotographAsync(Camera(worker, "after"));
        var entry = worker.Page.Locator(".quick-entry");
        await Expect(entry).ToContainTextAsync("waits on this phone");
        Assert.Equal(3, hand.Count);
        await worker.LookAsync("quick-5-offline");

        // A second one is only begun when the phone restarts the browser, still without a line.
        await hand.PhotographAsync(Camera(worker, "before"));
        await Expect(worker.Page.Locator(".quick-preview")).ToBeVisibleAsync();
        await worker.Page.Locator("[name=words]").FillAsync("Rubbish behind the wall");
        await worker.Page.ReloadAsync();
        await Expect(worker.Page.Locator(".quick[data-live=true]")).ToBeAttachedAsync();
        await Expect(entry).ToContainTextAsync("waits on this phone");
        await Expect(worker.Page.Locator(".quick-preview")).ToBeVisibleAsync();
        await Expect(worker.Page.Locator("[name=words]")).ToHaveValueAsync("Rubbish behind the wall");

        await worker.Page.Context.SetOfflineAsync(false);
        await Expect(entry).ToContainTextAsync("and handled");
        await Expect(worker.Page.Locator(".quick[data-waiting='0']")).ToBeAttachedAsync();
        await worker.Page.GotoAsync("/cases?text=Two+bins");
        await Expect(worker.Page.Locator(".case-table tbody tr")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task An_answer_that_is_lost_on_the_way_back_costs_nothing_but_a_second_try()
    {
        await using var worker = await portal.SignInAsync("shiqiao1", Phone);
        await OpenAsync(worker);
        var hand = new Hand(worker.Page);
        var lost = 0;
        await worker.Page.RouteAsync("**/quick/findings", async route =>
        {
            // The server does it all; the phone never hears of it.
            if (lost++ == 0)
            {
                await route.FetchAsync();
                await route.AbortAsync();
            }
            else
            {
                await route.ContinueAsync();
            }
        });

        await hand.PhotographAsync(Camera(worker, "before"));
        await hand.TapAsync(worker.Page.Locator(".quick-chip", new() { HasTextString = "暴露垃圾" }));
        await hand.PhotographAsync(Camera(worker, "after"));
        var entry = worker.Page.Locator(".quick-entry");
        await Expect(entry).ToContainTextAsync("等待网络");
        await entry.GetByRole(AriaRole.Button).ClickAsync();

        await Expect(entry).ToContainTextAsync("已登记并办结");
        await worker.Page.GotoAsync("/cases");
        await Expect(worker.Page.Locator(".case-table tbody tr")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Without_a_category_or_a_word_it_says_so_and_keeps_the_photo()
    {
        await using var worker = await portal.SignInAsync("fenglin1", Phone, "en");
        await OpenAsync(worker);
        var hand = new Hand(worker.Page);
        await hand.PhotographAsync(Camera(worker, "before"));
        await Expect(worker.Page.Locator(".quick-preview")).ToBeVisibleAsync();

        await hand.TapAsync(worker.Page.GetByRole(AriaRole.Button, new() { Name = "Report only" }));

        await Expect(worker.Page.Locator(".quick-choose")).ToBeVisibleAsync();
        await Expect(worker.Page.Locator(".quick-preview")).ToBeVisibleAsync();
        await worker.LookAsync("quick-6-choose");

        // Words find the category too, on the phone itself.
        await worker.Page.Locator("[name=words]").FillAsync("广场舞噪音扰民");
        await Expect(worker.Page.Locator(".quick-chip:visible").First).ToBeVisibleAsync();
        await Expect(worker.Page.Locator(".quick-chip:visible", new() { HasTextString = "Exposed rubbish" })).ToHaveCountAsync(0);
    }

    private static ILocator Camera(Visitor worker, string name) => worker.Page.Locator($"input[type=file][name={name}]");

    private static async Task OpenAsync(Visitor worker)
    {
        await worker.Page.GotoAsync("/quick");
        await Expect(worker.Page.Locator(".quick[data-live=true]")).ToBeAttachedAsync();
    }
}
