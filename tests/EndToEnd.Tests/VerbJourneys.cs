using GridFlow.Server.Drafts;
using GridFlow.Workflows.Engine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GridFlow.EndToEnd.Tests;

/// <summary>Each verb as its user does it, from the menu of acts to what others see of it; and what is refused.</summary>
public sealed class VerbJourneys(Portal portal) : IClassFixture<Portal>
{
    private const int Desktop = 1440;
    private const string Handle = "handle";

    [Fact]
    public async Task Transfer_leaves_the_matter_where_it_is_until_the_other_unit_accepts()
    {
        var number = await portal.SmallAsync();
        await using (var liutang = await portal.SignInAsync("liutang", 390))
        {
            var dialog = await liutang.OpenActAsync(number, "转办");
            await liutang.LookAsync("verb-transfer");
            await dialog.PressAsync("Escape");
            await Expect(dialog).ToHaveCountAsync(0);
            await liutang.TakeAsync(number, "转办", "属城管职责", ("转给哪个单位", "城市管理局"));
            await Expect(liutang.Now().GetByText("柳塘村").First).ToBeVisibleAsync();
        }

        await using var urban = await portal.SignInAsync("urban", Desktop);
        await urban.DecideAsync(number, "转办待接收", "同意");
        await Expect(urban.Now()).ToContainTextAsync("城市管理局");
        await Expect(urban.Now()).Not.ToContainTextAsync("转办待接收");
        Assert.Equal("dept:urban", (await portal.CaseAsync(number)).LeadUnit);
    }

    [Fact]
    public async Task Delegation_puts_it_into_a_colleagues_hands()
    {
        var number = await portal.SmallAsync();
        await using var county = await portal.SignInAsync("county", Desktop);
        await county.TakeAsync(number, "委派", null, ("委派给谁", "周大梅"));
        await Expect(county.Now()).ToContainTextAsync("周大梅");
    }

    [Fact]
    public async Task An_objection_that_holds_sends_the_matter_to_the_right_unit()
    {
        var number = await portal.SmallAsync();
        await using (var liutang = await portal.SignInAsync("liutang", 390))
        {
            await liutang.TakeAsync(number, "派单异议", "供水归供水公司", ("应由哪个单位办", "供水公司"));
        }

        await using var county = await portal.SignInAsync("county", Desktop);
        await county.Page.GotoAsync($"/cases/{number}");
        await Expect(county.Page.GetByText("理由：供水归供水公司")).ToHaveCountAsync(1);
        await county.DecideAsync(number, "派单异议审核", "同意", null, ("改派单位", "供水公司"));
        await Expect(county.Now()).ToContainTextAsync("供水公司");
    }

    [Fact]
    public async Task After_two_returns_the_third_is_closed_and_a_ruling_binds_and_drafts_the_row()
    {
        var number = await portal.SmallAsync();
        for (var time = 0; time < 2; time++)
        {
            await portal.DoAsync(time == 0 ? "liutang" : "county", number, Handle, "Returned", ("reason", "WrongUnit"));
            await portal.DoAsync("qingxi", number, "redispatch", "Dispatched", ("lead", "area:990101101001"));
        }

        await using (var liutang = await portal.SignInAsync("liutang", 390))
        {
            await liutang.Page.GotoAsync($"/cases/{number}");
            await Expect(liutang.Page.GetByText("已退回 2 次，请提请裁定")).ToBeVisibleAsync();
            await Expect(liutang.Page.GetByLabel("退回派单")).ToBeDisabledAsync();
            await liutang.TakeAsync(number, "提请裁定");
        }

        await using (var leader = await portal.SignInAsync("leader", Desktop))
        {
            await leader.DecideAsync(number, "责任裁定", "作出裁定", null, ("裁定意见", "按三定方案由城管主办"), ("主办单位", "城市管理局"), ("建议今后同类事项直接派给主办单位", "是"));
            await Expect(leader.Now()).ToContainTextAsync("城市管理局");
            await leader.LookAsync("verb-ruling");
        }

        await using var admin = await portal.SignInAsync("admin", Desktop);
        await admin.Page.GotoAsync("/admin/bundles");
        await Expect(admin.Page.GetByText($"裁定 {number}").First).ToBeVisibleAsync();
        var drafts = await portal.Services.GetRequiredService<DraftStore>().ListAsync(TestContext.Current.CancellationToken);
        var content = (await portal.Services.GetRequiredService<DraftStore>().FindAsync(drafts.First(draft => draft.Name.Contains(number, StringComparison.Ordinal)).Id, TestContext.Current.CancellationToken))!.Content;
        Assert.Contains(content.Routing.Rows, row => row.Lead == "dept:urban" && row.Note.Contains("三定方案", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_passed_up_goes_to_the_body_above()
    {
        var number = await portal.SmallAsync();
        await using var liutang = await portal.SignInAsync("liutang", 390);
        await liutang.TakeAsync(number, "提级");
        await Expect(liutang.Now()).ToContainTextAsync("清溪镇");
    }

    [Fact]
    public async Task A_step_is_taken_back_until_somebody_goes_on()
    {
        var number = await portal.SmallAsync();
        await using var liutang = await portal.SignInAsync("liutang", 390);
        await liutang.DecideAsync(number, "就地办理", "办结", null, ("答复内容", "已清运"));
        await liutang.TakeAsync(number, "拿回", null);
        await Expect(liutang.Now()).ToContainTextAsync("就地办理");

        await liutang.DecideAsync(number, "就地办理", "办结", null, ("答复内容", "已清运并消杀"));
        await portal.DoAsync("qingxi", number, "verify", "Passed");
        Assert.Equal((Refusal.ActNotPossible, "WentOn"), Refused(await portal.TryAsync("liutang", number, "TakeBack", null)));
    }

    [Fact]
    public async Task Assisting_units_do_their_part_before_the_lead_reports_done()
    {
        var number = await portal.SmallAsync();
        await using var liutang = await portal.SignInAsync("liutang", 390);
        await liutang.TakeAsync(number, "请协办", "请一起清运", ("请哪些单位协办", "城市管理局、供水公司"));
        await liutang.Page.GotoAsync($"/cases/{number}");
        await liutang.Page.Locator("[data-live]").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await liutang.Page.GetByLabel("答复内容").FillAsync("已办");
        await liutang.Page.GetByRole(AriaRole.Button, new() { Name = "提交：办结" }).ClickAsync();
        await Expect(liutang.Page.GetByText("还有 2 个协办单位或分办件未办完")).ToBeVisibleAsync();
        await liutang.LookAsync("verb-assist");
        await using (var urban = await portal.SignInAsync("urban", Desktop))
        {
            await urban.DecideAsync(number, "协办", "协办完成", null, ("协办情况", "已派车清运"));
        }

        await liutang.TakeAsync(number, "取消协办", "不用供水了", ("不再需要哪个单位协办", "供水公司"));
        await liutang.DecideAsync(number, "就地办理", "办结", null, ("答复内容", "已清运"));
        Assert.NotNull((await portal.CaseAsync(number)).HandledAt);
    }

    [Fact]
    public async Task Approvers_are_added_and_taken_out()
    {
        var number = await BigAsync();
        await using var leader = await portal.SignInAsync("leader", Desktop);
        await leader.TakeAsync(number, "加签", "请住建会签", ("请哪个单位一同审批", "住房和城乡建设局"), ("顺序", "与我同时（会签）"));
        await Expect(leader.Now()).ToContainTextAsync("住房和城乡建设局");
        await leader.TakeAsync(number, "减签", "不需要", ("不再请哪个单位审批", "住房和城乡建设局"));
        await Expect(leader.Now()).Not.ToContainTextAsync("住房和城乡建设局");
    }

    [Fact]
    public async Task Urging_reaches_those_at_work_and_is_not_repeated_at_once()
    {
        var number = await portal.SmallAsync();
        await using var supervisor = await portal.SignInAsync("supervisor", Desktop);
        await supervisor.TakeAsync(number, "催办", null);
        await Expect(supervisor.Page.GetByText("催办").First).ToBeVisibleAsync();
        var button = await supervisor.FindActAsync(number, "催办");
        await Expect(button).ToHaveAttributeAsync("aria-disabled", "true");
        await Expect(supervisor.Page.GetByText("刚催办过，请稍后再催")).ToBeVisibleAsync();
        Assert.Equal(1, (await portal.CaseAsync(number)).Urged);
    }

    [Fact]
    public async Task A_supervision_is_answered_by_the_lead_unit()
    {
        var number = await portal.SmallAsync();
        await using (var leader = await portal.SignInAsync("leader", Desktop))
        {
            await leader.TakeAsync(number, "督办", "群众反映强烈", ("几个工作日内回复", "2"));
        }

        await using var liutang = await portal.SignInAsync("liutang", 390);
        await liutang.DecideAsync(number, "督办回复", "回复督办", null, ("办理进展", "今天清运完"));
        await Expect(liutang.Page.GetByText("“督办回复”：回复督办").First).ToBeVisibleAsync();
        await Expect(liutang.Now()).ToContainTextAsync("就地办理");
    }

    [Fact]
    public async Task A_leader_answers_for_a_matter_and_finds_it_on_the_page_of_their_own()
    {
        var number = await portal.SmallAsync();
        await using var leader = await portal.SignInAsync("leader", Desktop);
        await leader.TakeAsync(number, "领导包案", null);
        await Expect(leader.Page.GetByText("包案领导").First).ToBeVisibleAsync();

        await leader.GoLiveAsync("/leader");
        await Expect(leader.Page.GetByRole(AriaRole.Region, new() { Name = "我包案的" }).Locator($"a[href='/cases/{number}']")).ToBeVisibleAsync();
        await leader.GoLiveAsync("/cases?status=open&sponsor=me");
        await Expect(leader.Page.Locator($"a[href='/cases/{number}']").First).ToBeVisibleAsync();

        Assert.Equal((Refusal.NotYourAct, "Sponsorship"), Refused(await portal.TryAsync("qingxi", number, "Sponsorship", null)));
        Assert.Equal((Refusal.InvalidField, "person"), Refused(await portal.TryAsync("leader", number, "Sponsorship", null, ("person", "nobody|谁"))));
    }

    [Fact]
    public async Task A_copy_is_read_and_asks_nothing()
    {
        var number = await portal.SmallAsync();
        await using (var qingxi = await portal.SignInAsync("qingxi", Desktop))
        {
            await qingxi.TakeAsync(number, "抄送", null, ("抄送哪些单位", "生态环境局"));
        }

        await using var environment = await portal.SignInAsync("environment", Desktop);
        await environment.DecideAsync(number, "待阅", "已阅");
    }

    [Fact]
    public async Task A_second_report_is_merged_and_its_reporter_follows_the_first()
    {
        var first = await portal.SmallAsync();
        await using var resident = await portal.OpenAsync(390);
        var (second, code) = await resident.ReportAsync("村口垃圾没人管，太臭了。", "柳塘村", "merge");
        await using (var qingxi = await portal.SignInAsync("qingxi", Desktop))
        {
            // Which case the number, or the end of it, means is said before anything is done.
            var dialog = await qingxi.OpenActAsync(second, "并单");
            await dialog.GetByLabel("并入哪个案件").First.FillAsync(first[^4..]);
            await qingxi.Page.Keyboard.PressAsync("Tab");
            await Expect(dialog.GetByRole(AriaRole.Status)).ToContainTextAsync("柳塘村");
            await Expect(dialog.GetByLabel("并入哪个案件").First).ToHaveValueAsync(first);
            await dialog.GetByLabel("并入哪个案件").First.FillAsync("GF2026-999999");
            await qingxi.Page.Keyboard.PressAsync("Tab");
            await Expect(dialog.GetByRole(AriaRole.Status)).ToContainTextAsync("没有找到");
            await dialog.GetByLabel("并入哪个案件").First.FillAsync("");
            await qingxi.Page.Keyboard.PressAsync("Escape");
            await qingxi.TakeAsync(second, "并单", null, ("并入哪个案件", first));
            await Expect(qingxi.Page.GetByRole(AriaRole.Link, new() { Name = first, Exact = true })).ToBeVisibleAsync();
            await qingxi.Page.GotoAsync($"/cases/{first}");
            await Expect(qingxi.Page.GetByRole(AriaRole.Link, new() { Name = second, Exact = true })).ToBeVisibleAsync();
        }

        await portal.DoAsync("liutang", first, Handle, "Handled", ("answer", "已清运并加设垃圾桶"));
        await resident.FollowAsync(second, code);
        await Expect(resident.Page.GetByText("合并办理").First).ToBeVisibleAsync();
        await Expect(resident.Page.GetByText("已清运并加设垃圾桶").First).ToBeVisibleAsync();
        await resident.LookAsync("verb-merged");
    }

    [Fact]
    public async Task A_split_matter_waits_for_its_parts()
    {
        var number = await portal.SmallAsync();
        await using (var qingxi = await portal.SignInAsync("qingxi", Desktop))
        {
            await qingxi.TakeAsync(number, "分办", "城管清运，供水修管", ("分给哪些单位", "城市管理局、供水公司"));
            await Desk.WaitAsync(async () => await portal.HasCaseAsync(number + "-2"));
            await qingxi.Page.GotoAsync($"/cases/{number}");
            await Expect(qingxi.Page.GetByRole(AriaRole.Link, new() { Name = number + "-1", Exact = true })).ToBeVisibleAsync();
            await qingxi.LookAsync("verb-split");
        }

        Assert.Equal(2, (await portal.CaseAsync(number)).OpenParts);
        await using (var urban = await portal.SignInAsync("urban", Desktop))
        {
            await urban.DecideAsync(number + "-1", "办理分办件", "办结", null, ("办理结果", "已清运"));
        }

        await portal.DoAsync("water", number + "-2", Handle, "Handled", ("answer", "已清河"));
        await Desk.WaitAsync(async () => (await portal.CaseAsync(number)).OpenParts == 0);
        await portal.DoAsync("liutang", number, Handle, "Handled", ("answer", "都办好了"));
    }

    [Fact]
    public async Task Whoever_may_not_is_not_offered_an_act_and_is_refused_when_they_try_all_the_same()
    {
        var number = await portal.SmallAsync();
        await using var liutang = await portal.SignInAsync("liutang", 390);
        await liutang.Page.GotoAsync($"/cases/{number}");
        await liutang.Page.Locator("[data-live]").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await Expect(liutang.Page.GetByRole(AriaRole.Button, new() { Name = "督办", Exact = true, IncludeHidden = true })).ToHaveCountAsync(0);
        await Expect(liutang.Page.GetByRole(AriaRole.Button, new() { Name = "并单", Exact = true, IncludeHidden = true })).ToHaveCountAsync(0);

        Assert.Equal((Refusal.NotYourAct, "Supervision"), Refused(await portal.TryAsync("liutang", number, "Supervision", null)));
        Assert.Equal((Refusal.NotYourAct, "Merge"), Refused(await portal.TryAsync("leader", number, "Merge", null, ("into", "GF2026-000001"))));
        Assert.Equal((Refusal.NotYourAct, "Whistle"), Refused(await portal.TryAsync("supervisor", number, "Whistle", null, ("kind", "Push"))));

        // Another town's dispatcher is not even told that there is such a case.
        Assert.IsType<ActResult.NotFound>(await portal.TryAsync("yunling", number, "Urge", null));
        Assert.IsType<ActResult.NotFound>(await portal.TryAsync("yunling", number, "Transfer", Handle, ("unit", "dept:urban")));

        // 攻坚哨 is for the secretary or director alone.
        Assert.Equal((Refusal.NotYourAct, "Whistle.Hard"), Refused(await portal.TryAsync("qingxi", number, "Whistle", null, ("kind", "Hard"), ("grounds", "BeyondUs"), ("units", new List<object?> { "dept:urban" }))));
        Assert.Equal((Refusal.InvalidField, "unit"), Refused(await portal.TryAsync("liutang", number, "Transfer", Handle, ("unit", "dept:mars"))));
        Assert.Equal(0, (await portal.CaseAsync(number)).Urged);
    }

    // A big matter whose plan waits for the county leader's approval.
    private async Task<string> BigAsync()
    {
        var number = await portal.TakeInAsync("老旧厂房开裂，群众要求整体搬迁。", "990101101001", "local/1/matter/52001");
        await portal.DoAsync("county", number, "plan", "Submitted", ("plan", "先撤人再鉴定"), ("lead", "dept:housing"));
        return number;
    }

    private static (Refusal, string) Refused(ActResult result) => Assert.IsType<ActResult.Refused>(result) is var refused ? (refused.Reason, refused.Detail) : default;
}
