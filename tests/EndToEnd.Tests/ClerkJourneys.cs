using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GridFlow.EndToEnd.Tests;

/// <summary>A department's clerk: sees whose turn it is, what is asked and until when; signs, answers with a photo, or objects.</summary>
public sealed class ClerkJourneys(Portal portal) : IClassFixture<Portal>
{
    private const int Desktop = 1440;

    [Fact]
    public async Task A_clerk_signs_answers_with_a_photo_and_is_told_who_has_it_next_in_four_taps()
    {
        var number = await AtUrbanAsync();
        await using var clerk = await portal.SignInAsync("urban", Desktop);
        await clerk.GoLiveAsync($"/inbox?text={number}");
        var hand = new Hand(clerk.Page);
        await hand.TapAsync(clerk.Page.Locator("[data-row]").First);
        var item = clerk.Page.Locator(".work-item");
        await Expect(item.GetByText("写明做了什么、结果如何")).ToBeVisibleAsync();
        await Expect(item.Locator("details.due")).ToBeVisibleAsync();
        await hand.TapAsync(item.GetByRole(AriaRole.Button, new() { Name = "签收" }));
        await Expect(item.GetByRole(AriaRole.Button, new() { Name = "退回待办" })).ToBeVisibleAsync();
        await hand.PhotographAsync(clerk.Page.GetByLabel("拍处置后").First);
        await Expect(clerk.Page.Locator(".photo-list img").First).ToBeVisibleAsync();
        await item.GetByLabel("答复内容").FillAsync("已清运，并安排每日巡查。");
        await hand.TapAsync(item.GetByRole(AriaRole.Button, new() { Name = "提交：办结" }));
        await Expect(clerk.Page.Locator(".notice-ok").First).ToContainTextAsync("现场核查");
        await clerk.LookAsync("clerk-answered");
        Assert.Equal(4, hand.Count);
    }

    [Fact]
    public async Task A_clerk_gives_back_what_they_signed_and_leaves_a_word_for_colleagues_that_the_resident_does_not_see()
    {
        var number = await AtUrbanAsync();
        await using var clerk = await portal.SignInAsync("urban", Desktop);
        await clerk.GoLiveAsync($"/cases/{number}");
        await clerk.Page.GetByRole(AriaRole.Button, new() { Name = "签收" }).ClickAsync();
        await clerk.Page.GetByRole(AriaRole.Button, new() { Name = "退回待办" }).ClickAsync();
        await Expect(clerk.Page.GetByRole(AriaRole.Button, new() { Name = "签收" })).ToBeVisibleAsync();
        await clerk.Page.GetByLabel("写备注").FillAsync("现场要带吊车");
        await clerk.Page.GetByRole(AriaRole.Button, new() { Name = "添加" }).ClickAsync();
        var entry = clerk.Page.Locator(".timeline li").Filter(new() { HasText = "现场要带吊车" });
        await Expect(entry).ToBeVisibleAsync();
        await Expect(entry.GetByText("居民可见")).ToHaveCountAsync(0);
    }

    // A small matter that the urban management took over.
    private async Task<string> AtUrbanAsync()
    {
        var number = await portal.SmallAsync();
        Assert.IsType<GridFlow.Workflows.Engine.ActResult.Done>(await portal.TryAsync("liutang", number, "Transfer", "handle", ("unit", "dept:urban")));
        await portal.DoAsync("urban", number, "act:Transfer", "Agree");
        await portal.Services.GetRequiredService<GridFlow.Server.Cases.CaseCommands>().ReleaseAsync(await portal.ItemAsync(number, "handle"), await portal.UserAsync("urban"), TestContext.Current.CancellationToken);
        return number;
    }
}
