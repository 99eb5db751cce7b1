using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GridFlow.EndToEnd.Tests;

/// <summary>Two have the same work item before them, and one is quicker: the other is told, and what they typed is not lost.</summary>
public sealed class QuickerJourneys(Portal portal) : IClassFixture<Portal>
{
    [Theory]
    [InlineData(390, "zh-CN", "qingxi")]
    [InlineData(1440, "en", "liutang")]
    public async Task What_was_typed_stays_when_somebody_else_finishes_the_item_and_can_be_kept_as_a_remark(int width, string language, string quicker)
    {
        var number = await portal.SmallAsync();
        await using var slow = await portal.SignInAsync("liutang", width, language);
        await slow.GoLiveAsync($"/cases/{number}");
        var answer = slow.Page.GetByLabel(slow.Say("答复内容", "Answer to the resident"));
        await answer.FillAsync("正在路上，");
        await answer.BlurAsync();

        // The page has heard of the first; the second is still being typed.
        await slow.Page.Locator(".work-item [name=comment]").PressSequentiallyAsync("半小时到");

        await FinishAsync(quicker, number);

        var panel = slow.Page.Locator(".work-item");
        var by = await portal.UserAsync(quicker);
        await Expect(panel.Locator(".notice-warn")).ToContainTextAsync(slow.Say($"{by.Name} 已于", $"{by.NameEn} finished this"));
        var kept = panel.GetByLabel(slow.Say("您填写的内容", "What you had typed"));
        await Expect(kept).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("正在路上，"));
        await Expect(kept).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("半小时到"));
        await slow.LookAsync($"quicker-{language}");

        await panel.GetByRole(AriaRole.Button, new() { Name = slow.Say("作为备注添加", "Add as a remark") }).ClickAsync();
        await Expect(slow.Page.Locator(".timeline")).ToContainTextAsync("半小时到");
        await Expect(panel).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Who_only_looked_on_is_told_and_who_did_it_is_not()
    {
        var number = await portal.SmallAsync();
        await using var slow = await portal.SignInAsync("liutang", 1440);
        await slow.GoLiveAsync($"/cases/{number}");
        await Expect(slow.Page.Locator(".work-item form")).ToBeVisibleAsync();

        await using var town = await portal.SignInAsync("qingxi", 1440);
        await town.GoLiveAsync($"/cases/{number}");
        await town.CompleteAsync("办结", null, null, ("答复内容", "已清运。"));

        await Expect(slow.Page.Locator(".case > .notice-warn")).ToContainTextAsync((await portal.UserAsync("qingxi")).Name);
        await Expect(slow.Page.Locator(".work-item")).ToHaveCountAsync(0);

        // By now the feed has told both of them.
        await Expect(town.Page.Locator(".case > .notice-ok")).ToBeVisibleAsync();
        await Expect(town.Page.GetByRole(AriaRole.Main)).Not.ToContainTextAsync("已于");
    }

    [Fact]
    public async Task What_was_typed_can_be_let_go()
    {
        var number = await portal.SmallAsync();
        await using var slow = await portal.SignInAsync("liutang", 390);
        await slow.GoLiveAsync($"/cases/{number}");
        await slow.Page.GetByLabel("答复内容").FillAsync("两个都在写");

        await FinishAsync("qingxi", number);

        var panel = slow.Page.Locator(".work-item");
        await Expect(panel.GetByLabel("您填写的内容")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("两个都在写"));
        await panel.GetByRole(AriaRole.Button, new() { Name = "放弃" }).ClickAsync();
        await Expect(panel).ToHaveCountAsync(0);
        await Expect(slow.Page.Locator(".timeline")).Not.ToContainTextAsync("两个都在写");
    }

    [Fact]
    public async Task The_desk_says_who_has_dispatched_it_already()
    {
        var number = await portal.TakeInAsync("想反映一件事，请派人来看看。", "990101102001001001");
        await using var slow = await portal.SignInAsync("yunling", 1440);
        await slow.OpenItemAsync(number);
        await Expect(slow.Page.Locator(".desk")).ToBeVisibleAsync();

        await using var county = await portal.SignInAsync("county", 1440);
        await county.OpenItemAsync(number, "reach");
        await county.Page.Locator("[data-accept]").ClickAsync();

        await Expect(slow.Page.Locator(".desk .notice-warn")).ToContainTextAsync((await portal.UserAsync("county")).Name);
        await Expect(slow.Page.Locator("[data-accept]")).ToBeDisabledAsync();
        await slow.LookAsync("quicker-desk");
    }

    private async Task FinishAsync(string userName, string number)
    {
        await using var quick = await portal.SignInAsync(userName, 1440);
        await quick.GoLiveAsync($"/cases/{number}");
        await quick.CompleteAsync("办结", null, null, ("答复内容", "已清运。"));
    }
}
