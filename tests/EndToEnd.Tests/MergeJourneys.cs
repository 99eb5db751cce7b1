using GridFlow.Server.Cases;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Engine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GridFlow.EndToEnd.Tests;

/// <summary>The dispatcher's desk shows what may be the same matter, and says what goes into what before it is merged.</summary>
public sealed class MergeJourneys(Portal portal) : IClassFixture<Portal>
{
    private const int Desktop = 1440;
    private const string Shiqiao = "990101102001001";

    [Fact]
    public async Task A_second_report_of_the_same_is_merged_into_the_first_with_three_taps_and_the_next_is_there()
    {
        var first = await ReportAsync("想反映鹭鸶桥头的情况，请派人来看看。", "鹭鸶桥头");
        var second = await ReportAsync("鹭鸶桥头的情况再反映一次，请派人来看看。", "鹭鸶桥头");
        await using var town = await portal.SignInAsync("yunling", Desktop);
        await town.GoLiveAsync($"/inbox?flow=intake&step=check&text=鹭鸶桥头");
        var hand = new Hand(town.Page);
        await Expect(town.Page.Locator("[data-row]")).ToHaveCountAsync(2);
        await hand.TapAsync(town.Page.Locator("[data-row]").Filter(new() { HasText = second }));
        var related = town.Page.Locator(".desk-related .row").Filter(new() { HasText = first });
        await Expect(related).ToContainTextAsync("同一地点");
        await town.LookAsync("desk-merge");
        await hand.TapAsync(related.GetByRole(AriaRole.Button, new() { Name = $"与 {first} 并单" }));

        // Nothing is done before it is said what goes where.
        var choice = town.Page.GetByRole(AriaRole.Group, new() { Name = "将下列案件并单？" });
        await Expect(choice).ToBeFocusedAsync();
        await Expect(choice.Locator("li").Filter(new() { HasText = first })).ToContainTextAsync("保留");
        await Expect(choice.Locator("li").Filter(new() { HasText = second })).ToContainTextAsync("受理");
        await Expect(choice).ToContainTextAsync("不能撤销");
        await town.LookAsync("desk-merge-choice");
        Assert.Equal(CaseStatus.Open, (await portal.CaseAsync(second)).Status);
        await hand.TapAsync(choice.GetByRole(AriaRole.Button, new() { Name = $"把 1 件并入 {first}" }));

        // The one that came first stays, and lies open as the next; the word about the other stands above it.
        await Expect(town.Page.Locator(".desk .notice-ok")).ToContainTextAsync($"{second} 已并入 {first}");
        await Expect(town.Page.Locator(".desk .num").First).ToContainTextAsync(first);
        await Expect(town.Page.Locator("[data-row]")).ToHaveCountAsync(1);
        Assert.Equal(3, hand.Count);
        Assert.Equal((CaseStatus.Merged, first), await StandsAsync(second));
        await Desk.WaitAsync(async () => await HeardAsync(first, second) == 1);
        await town.Page.GotoAsync($"/cases/{first}");
        await Expect(town.Page.GetByText($"案件 {second} 并入本件").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task From_the_desk_of_the_first_the_second_is_the_one_that_goes()
    {
        var first = await ReportAsync("白果树下的情况反映一下，请派人来看看。", "白果树下");
        var second = await ReportAsync("白果树下的情况还要反映，请派人来看看。", "白果树下");
        await using var town = await portal.SignInAsync("yunling", Desktop, "en");
        await town.GoLiveAsync($"/inbox?flow=intake&step=check&text=白果树下");
        await town.Page.Locator("[data-row]").Filter(new() { HasText = first }).ClickAsync();
        await town.Page.Locator(".desk-related .row").Filter(new() { HasText = second }).GetByRole(AriaRole.Button).ClickAsync();
        await town.Page.GetByRole(AriaRole.Button, new() { Name = $"Merge 1 case into {first}" }).ClickAsync();
        await Expect(town.Page.Locator("[data-row]")).ToHaveCountAsync(1);
        Assert.Equal((CaseStatus.Merged, first), await StandsAsync(second));
        Assert.Equal(CaseStatus.Open, (await portal.CaseAsync(first)).Status);
    }

    [Fact]
    public async Task What_a_colleague_merged_a_moment_before_is_said_and_stays_where_it_is()
    {
        var first = await ReportAsync("乌桕林边的情况反映一下，请派人来看看。", "乌桕林边");
        var second = await ReportAsync("乌桕林边的情况还要反映，请派人来看看。", "乌桕林边");
        await using var town = await portal.SignInAsync("yunling", Desktop);
        await town.GoLiveAsync($"/inbox?flow=intake&step=check&text=乌桕林边");
        await town.Page.Locator("[data-row]").Filter(new() { HasText = second }).ClickAsync();
        var button = town.Page.Locator(".desk-related .row").Filter(new() { HasText = first }).GetByRole(AriaRole.Button);
        await button.ClickAsync();
        var merge = town.Page.GetByRole(AriaRole.Button, new() { Name = $"把 1 件并入 {first}" });
        await Expect(merge).ToBeEnabledAsync();
        Assert.IsType<ActResult.Done>(await portal.TryAsync("county", second, "Merge", null, ("into", first)));
        await merge.ClickAsync();
        await Expect(town.Page.Locator(".merge-choice [role=alert]")).ToContainTextAsync("案件刚有变化");
        await Expect(town.Page.Locator(".merge-choice li").Filter(new() { HasText = second })).ToContainTextAsync("已结束，不并单");
        await Expect(town.Page.Locator(".merge-choice .btn-primary")).ToBeDisabledAsync();
        await Desk.WaitAsync(async () => await HeardAsync(first, second) == 1);
    }

    [Fact]
    public async Task What_has_its_answer_is_not_offered_to_be_merged()
    {
        var first = await ReportAsync("枫杨渡口的情况反映一下，请派人来看看。", "枫杨渡口");
        var second = await ReportAsync("枫杨渡口的情况还要反映，请派人来看看。", "枫杨渡口");
        await portal.StandAtAsync(first, CaseStage.Rating);
        await using var town = await portal.SignInAsync("yunling", Desktop);
        await town.GoLiveAsync($"/inbox?flow=intake&step=check&text={second}");
        await town.Page.Locator("[data-row]").Filter(new() { HasText = second }).ClickAsync();
        var related = town.Page.Locator(".desk-related .row").Filter(new() { HasText = first });
        await Expect(related).ToContainTextAsync("已答复，不并单");
        await Expect(related.GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
    }

    private async Task<(CaseStatus, string?)> StandsAsync(string number) => await portal.CaseAsync(number) is var row ? (row.Status, row.MergedInto) : default;

    // How often a case was told that another went into it.
    private Task<int> HeardAsync(string number, string other) => portal.CountHistoryAsync(number, HistoryKind.Related, $"\"{other}\"");

    private async Task<string> ReportAsync(string text, string place)
    {
        var report = new NewReport { Detail = text, AreaCode = Shiqiao, Place = place, Channel = CaseChannel.Hotline };
        return ((ReportResult.Accepted)await portal.Services.GetRequiredService<CaseCommands>().ReportAsync(report, Actor.Reporter, TestContext.Current.CancellationToken)).Number;
    }
}
