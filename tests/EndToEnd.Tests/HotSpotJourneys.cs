using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GridFlow.EndToEnd.Tests;

/// <summary>The board says what many report at once, opens it where it stands, and lets it be carried on as one.</summary>
public sealed class HotSpotJourneys(Portal portal) : IClassFixture<Portal>
{
    private const string Grid = "990101101001001";

    [Theory]
    [InlineData("zh-CN", 1440)]
    [InlineData("en", 390)]
    public async Task What_many_say_at_once_is_a_hot_spot_that_opens_its_cases(string language, int width)
    {
        await AmongOthersAsync();
        var first = await portal.TakeInAsync("广场舞音响半夜扰民", Grid);
        await portal.TakeInAsync("广场舞的音响太吵，天天扰民", Grid);
        await portal.TakeInAsync("想反映一下，广场舞音响又扰民了", Grid);
        await using var county = await portal.SignInAsync("county", width, language);
        await county.GoLiveAsync("/board");
        var spot = county.Page.Locator(".hot-spot").Filter(new() { HasText = "广场舞" });

        await spot.GetByRole(AriaRole.Button, new() { Name = county.Say("看案件", "Cases") }).ClickAsync();

        await Expect(spot.Locator($"a[href='/cases/{first}']")).ToBeVisibleAsync();
        await Expect(spot.GetByRole(AriaRole.Button, new() { Expanded = true })).ToBeVisibleAsync();
        Assert.True(await county.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"));
        await county.LookAsync($"board-hot-words-{language}");
    }

    [Fact]
    public async Task A_hot_spot_within_a_village_is_merged_and_one_across_villages_only_supervised()
    {
        await AmongOthersAsync();
        var near = new List<string>();
        foreach (var title in new[] { "河堤塌陷有裂缝", "河堤塌陷很危险", "河堤塌陷要修" })
        {
            near.Add(await portal.TakeInAsync(title, Grid));
        }

        foreach (var area in new[] { "990101102001001001", "990101102002001001", "990101101002001001" })
        {
            await portal.TakeInAsync("自来水发黄有异味", area);
        }

        // Who supervises sees both, and merges none; who dispatches merges what lies together.
        await using var leader = await portal.SignInAsync("leader", 1440);
        await leader.GoLiveAsync("/board");
        await Expect(Spot(leader, "自来水发黄").GetByRole(AriaRole.Button, new() { Name = "督办" })).ToBeVisibleAsync();
        await LookAtAsync(leader, "河堤塌陷");
        await Expect(Spot(leader, "河堤塌陷").GetByRole(AriaRole.Button, new() { Name = "并单" })).ToHaveCountAsync(0);
        await using var county = await portal.SignInAsync("county", 1440);
        await county.GoLiveAsync("/board");
        await LookAtAsync(county, "自来水发黄");
        await Expect(Spot(county, "自来水发黄").GetByRole(AriaRole.Button, new() { Name = "并单" })).ToHaveCountAsync(0);

        // Alike words are a guess: only with the cases in view are they merged.
        var merge = Spot(county, "河堤塌陷").GetByRole(AriaRole.Button, new() { Name = "并单" });
        await Expect(merge).ToHaveCountAsync(0);
        await LookAtAsync(county, "河堤塌陷");
        await merge.ClickAsync();

        await Expect(county.Page.GetByRole(AriaRole.Status).Filter(new() { HasText = "已并单 2 件" })).ToBeVisibleAsync();
        await Expect(Spot(county, "河堤塌陷")).ToHaveCountAsync(0);
        Assert.Equal(GridFlow.Workflows.Cases.CaseStatus.Open, (await portal.CaseAsync(near[0])).Status);
        Assert.Equal(GridFlow.Workflows.Cases.CaseStatus.Merged, (await portal.CaseAsync(near[2])).Status);
    }

    // What half of all say is no hot spot but the weather.
    private async Task AmongOthersAsync()
    {
        foreach (var text in new[] { "井盖破损", "围墙倒了", "公交站牌歪斜", "屋顶漏雨", "健身器材生锈", "树枝压住电线", "厕所堵了", "窨井冒水" })
        {
            await portal.TakeInAsync(text, Grid);
        }
    }

    private static async Task LookAtAsync(Visitor visitor, string words)
    {
        await Spot(visitor, words).GetByRole(AriaRole.Button, new() { Name = "看案件" }).ClickAsync();
        await Expect(Spot(visitor, words).Locator(".hot-spot-cases a")).ToHaveCountAsync(3);
    }

    private static ILocator Spot(Visitor visitor, string words) => visitor.Page.Locator(".hot-spot").Filter(new() { HasText = words });
}
