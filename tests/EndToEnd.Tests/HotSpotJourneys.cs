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

        // Alike words are a guess: they are merged only with the cases in view.
        await Spot(county, "河堤塌陷").GetByRole(AriaRole.Button, new() { Name = "并单" }).ClickAsync();
        var choice = Spot(county, "河堤塌陷").GetByRole(AriaRole.Group, new() { Name = "将下列案件并单？" });
        await Expect(choice.GetByRole(AriaRole.Checkbox, new() { Checked = true })).ToHaveCountAsync(3);
        await county.LookAsync("board-merge");
        await choice.GetByRole(AriaRole.Button, new() { Name = $"把 2 件并入 {near[0]}" }).ClickAsync();

        await Expect(county.Page.GetByRole(AriaRole.Status).Filter(new() { HasText = "已并单 2 件" })).ToBeVisibleAsync();
        await Expect(Spot(county, "河堤塌陷")).ToHaveCountAsync(0);
        Assert.Equal(GridFlow.Workflows.Cases.CaseStatus.Open, (await portal.CaseAsync(near[0])).Status);
        Assert.Equal(GridFlow.Workflows.Cases.CaseStatus.Merged, (await portal.CaseAsync(near[2])).Status);
    }

    [Fact]
    public async Task Of_a_hot_spot_only_what_is_ticked_and_not_yet_answered_is_merged()
    {
        await AmongOthersAsync();
        var spot = new List<string>();
        foreach (var title in new[] { "菜场污水横流一", "菜场污水横流二", "菜场污水横流三", "菜场污水横流四" })
        {
            spot.Add(await portal.TakeInAsync(title, Grid));
        }

        await portal.StandAtAsync(spot[0], GridFlow.Workflows.Cases.CaseStage.Rating);
        await using var county = await portal.SignInAsync("county", 390, "en");
        await county.GoLiveAsync("/board");
        await Spot(county, "菜场污水横流").GetByRole(AriaRole.Button, new() { Name = "Merge" }).ClickAsync();
        var choice = Spot(county, "菜场污水横流").GetByRole(AriaRole.Group, new() { Name = "Merge these cases?" });
        var answered = choice.Locator("li").Filter(new() { HasText = spot[0] });
        await Expect(answered).ToContainTextAsync("Already answered: not merged");
        await Expect(answered.GetByRole(AriaRole.Checkbox)).ToHaveCountAsync(0);
        await Expect(choice.Locator("li").Filter(new() { HasText = spot[1] })).ToContainTextAsync("Carried on");
        Assert.True(await county.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"));

        // Without the first the next carries on; without that nothing is left to merge.
        await choice.Locator("li").Filter(new() { HasText = spot[1] }).GetByRole(AriaRole.Checkbox).UncheckAsync();
        await Expect(choice.Locator("li").Filter(new() { HasText = spot[2] })).ToContainTextAsync("Carried on");
        await county.LookAsync("board-merge");
        await choice.GetByRole(AriaRole.Button, new() { Name = $"Merge 1 case into {spot[2]}" }).ClickAsync();

        await Expect(county.Page.GetByRole(AriaRole.Status).Filter(new() { HasText = "1 merged" })).ToBeVisibleAsync();
        Assert.Equal(spot[2], (await portal.CaseAsync(spot[3])).MergedInto);
        Assert.Equal(GridFlow.Workflows.Cases.CaseStatus.Open, (await portal.CaseAsync(spot[1])).Status);
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
