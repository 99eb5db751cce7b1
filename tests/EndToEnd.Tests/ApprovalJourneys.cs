using System.Collections.Immutable;
using System.Text.Json;
using GridFlow.Server.Bundles;
using GridFlow.Server.Security;
using GridFlow.Workflows.Definitions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GridFlow.EndToEnd.Tests;

/// <summary>A plan that several have to agree to: all of them, the first of them, or enough of them. Each decides at a browser of their own.</summary>
public sealed class ApprovalJourneys(Portal portal) : IClassFixture<Portal>
{
    private const int Desktop = 1440;
    private const string County = "area:990101";
    private const string Qingxi = "area:990101101";
    private const string Yunling = "area:990101102";

    [Fact]
    public async Task A_vote_is_won_by_the_share_that_is_needed_and_those_not_yet_asked_need_not_answer()
    {
        await PublishAsync("Share", "60", County, Qingxi, Yunling);
        var number = await PlannedAsync();
        await using var leader = await portal.SignInAsync("leader", Desktop);
        await leader.GoLiveAsync($"/cases/{number}");
        await Expect(leader.Now()).ToContainTextAsync("清溪镇");
        await Expect(leader.Now()).ToContainTextAsync("云岭");
        await leader.LookAsync("approval-vote");
        await DecideAsync("qingxi.leader", number, "不同意", "补偿标准还没谈妥");
        Assert.Equal(2, await OpenAsync(number));
        await DecideAsync("yunling.leader", number, "同意");
        Assert.Equal(1, await OpenAsync(number));
        await leader.DecideAsync(number, "审批", "同意");
        Assert.Equal(0, await OpenAsync(number));
        Assert.NotEqual("", await portal.ItemAsync(number, "whistle"));

        // Who said what stands in the timeline.
        await leader.GoLiveAsync($"/cases/{number}");
        await Expect(leader.Page.Locator(".timeline li").Filter(new() { HasText = "补偿标准还没谈妥" }).First).ToContainTextAsync("何远山");
        await leader.LookAsync("approval-voted");
    }

    [Fact]
    public async Task A_vote_that_can_no_longer_be_won_ends_at_once_and_the_plan_is_drawn_up_anew()
    {
        await PublishAsync("Share", "60", County, Qingxi, Yunling);
        var number = await PlannedAsync();
        await DecideAsync("qingxi.leader", number, "不同意", "资金没有着落");
        await DecideAsync("yunling.leader", number, "不同意", "先做稳评");
        Assert.Equal(0, await OpenAsync(number));
        await using var county = await portal.SignInAsync("county", Desktop);
        await county.Page.GotoAsync($"/cases/{number}");
        await Expect(county.Page.GetByText("先做稳评").First).ToBeVisibleAsync();
        Assert.NotEqual("", await portal.ItemAsync(number, "plan"));

        // Who had not voted has nothing left to decide.
        await using var leader = await portal.SignInAsync("leader", Desktop);
        await leader.GoLiveAsync($"/inbox?text={number}");
        await Expect(leader.Page.Locator("[data-row]")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Where_either_decides_the_first_does_and_the_other_with_the_page_open_is_told_who_it_was()
    {
        await PublishAsync("Any", null, County, Qingxi, Yunling);
        var number = await PlannedAsync();
        await using var late = await portal.SignInAsync("yunling.leader", Desktop);
        await late.GoLiveAsync($"/cases/{number}");
        var send = late.Page.GetByRole(AriaRole.Button, new() { Name = "提交：同意" });
        await Expect(send).ToBeVisibleAsync();
        await DecideAsync("qingxi.leader", number, "同意");
        Assert.Equal(0, await OpenAsync(number));

        // The page moved on by itself, or says so when the button is pressed before it did.
        await Expect(late.Page.Locator(".work-item").GetByRole(AriaRole.Button, new() { Name = "提交：同意" }).Or(late.Now())).Not.ToHaveCountAsync(0);
        await Expect(send).ToHaveCountAsync(0);
        await late.LookAsync("approval-either");
        Assert.NotEqual("", await portal.ItemAsync(number, "whistle"));
    }

    [Fact]
    public async Task Where_all_must_agree_one_who_was_added_is_asked_in_turn_and_the_last_yes_decides()
    {
        await PublishAsync("All", null, County, Yunling);
        var number = await PlannedAsync(approvers: 2);
        await using (var leader = await portal.SignInAsync("leader", Desktop))
        {
            var dialog = await leader.OpenActAsync(number, "加签");
            await dialog.GetByLabel("请哪个单位一同审批").OfferedAsync("清溪镇");
            await dialog.GetByLabel("在我之后", new() { Exact = true }).CheckAsync();
            await dialog.Locator("[name=comment]").FillAsync("在当地，请镇里最后把关");
            await dialog.GetByRole(AriaRole.Button, new() { Name = "确定：加签" }).ClickAsync();
            await Expect(dialog).ToHaveCountAsync(0);
            Assert.Equal(2, await OpenAsync(number));
            await leader.DecideAsync(number, "审批", "同意");
        }

        // The county's own answer is given; who was added after it is asked now, beside the other town.
        Assert.Equal(2, await OpenAsync(number));
        await DecideAsync("qingxi.leader", number, "同意");
        Assert.Equal((1, 0), (await OpenAsync(number), await CountAsync(number, "whistle")));
        await DecideAsync("yunling.leader", number, "同意");
        Assert.Equal(0, await OpenAsync(number));
        Assert.NotEqual(0, await CountAsync(number, "whistle"));
    }

    private async Task DecideAsync(string user, string number, string outcome, string? why = null)
    {
        await using var visitor = await portal.SignInAsync(user, Desktop);
        await visitor.DecideAsync(number, "审批", outcome, why);
    }

    private Task<int> OpenAsync(string number) => CountAsync(number, "approve");

    private Task<int> CountAsync(string number, string activity) => portal.CountOpenAsync(number, activity);

    // A big matter whose plan lies before the approvers.
    private async Task<string> PlannedAsync(int approvers = 3)
    {
        var number = await portal.TakeInAsync("老旧厂房开裂，群众要求整体搬迁。", "990101101001", "local/1/matter/52001");
        await portal.DoAsync("county", number, "plan", "Submitted", ("plan", "先撤人再鉴定"), ("lead", "dept:housing"));
        Assert.Equal(approvers, await OpenAsync(number));
        return number;
    }

    // The plan is approved by these, in the way given.
    private async Task PublishAsync(string mode, string? share, params string[] units)
    {
        var cancel = TestContext.Current.CancellationToken;
        var store = portal.Services.GetRequiredService<BundleStore>();
        var current = await store.GetCurrentAsync(cancel);
        var definitions = current.Definitions.Select(definition => definition.DefinitionId == "big" ? definition with { Root = Ask(definition.Root, mode, share, units) } : definition);
        Assert.IsType<PublishResult.Published>(await store.PublishAsync(current.Copy(definitions: [.. definitions]), "test", CurrentUser.Operator, null, cancel));
    }

    private static ActivityNode Ask(ActivityNode flow, string mode, string? share, string[] units)
    {
        ImmutableArray<ActivityNode> nodes = [.. flow.Activities.Select(node => node.Id == "approve" ? Ask(node.Inputs, mode, share, units) is var inputs ? node with { Inputs = inputs } : node : node)];
        return flow with { Activities = nodes };
    }

    private static ImmutableDictionary<string, ActivityInput> Ask(ImmutableDictionary<string, ActivityInput> inputs, string mode, string? share, string[] units)
    {
        inputs = inputs.SetItem("units", new ActivityInput("Object", "Object", JsonSerializer.SerializeToElement(units))).SetItem("mode", new ActivityInput("String", "Literal", JsonSerializer.SerializeToElement(mode)));
        return share is null ? inputs.Remove("share") : inputs.SetItem("share", new ActivityInput("String", "Literal", JsonSerializer.SerializeToElement(share)));
    }
}
