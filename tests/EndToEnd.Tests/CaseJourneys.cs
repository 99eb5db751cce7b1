using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GridFlow.EndToEnd.Tests;

/// <summary>One report of each tier from the resident's phone through every desk to the resident's judgement.</summary>
public sealed class CaseJourneys(Portal portal) : IClassFixture<Portal>
{
    private const int Phone = 390;
    private const int Desktop = 1440;

    [Fact]
    public async Task A_small_matter_is_done_on_the_spot_checked_by_a_second_person_and_judged()
    {
        await using var resident = await portal.OpenAsync(Phone);
        var (number, code) = await resident.ReportAsync("村口垃圾堆了三天没人清运，臭味很大。", "柳塘村", "small");

        await using (var leader = await portal.SignInAsync("liutang", Phone))
        {
            await leader.OpenItemAsync(number);
            await leader.CompleteAsync("办结", "small-3-handle", null, ("答复内容", "已联系保洁员清运完毕，并消杀一遍。"));
            await leader.GoLiveAsync($"/inbox?text={number}");
            await Expect(leader.Page.Locator("[data-row]")).ToHaveCountAsync(0);
        }

        await using (var town = await portal.SignInAsync("qingxi", Desktop))
        {
            await town.OpenItemAsync(number);
            await town.CompleteAsync("核查通过", "small-4-verify");
        }

        await resident.FollowAsync(number, code);
        await Expect(resident.Page.GetByText("已联系保洁员清运完毕").First).ToBeVisibleAsync();
        await Expect(resident.Page.GetByText("周大梅")).ToHaveCountAsync(0);
        await RateAsync(resident, satisfied: true);
        await resident.LookAsync("small-6-judged");
        await AssertStatusAsync("county", number, "已结案");
    }

    [Fact]
    public async Task A_hard_matter_is_whistled_answered_and_taken_up_again_one_tier_up_when_the_resident_is_not_content()
    {
        await using var resident = await portal.OpenAsync(Phone, "en");
        var (number, code) = await resident.ReportAsync("电梯一个月困人三次，电梯维修拖着不办。", "Wenchang Community", "hard");

        await using (var town = await portal.SignInAsync("qingxi", Desktop, "en"))
        {
            await town.OpenItemAsync(number);
            await town.CompleteAsync("Whistle", "hard-3-plan");
        }

        await CompleteAsync("market", number, "Our part is done", "hard-4-whistled", ("What was done", "Inspected; the lift is stopped until it is repaired."));
        await CompleteAsync("housing", number, "Our part is done", null, ("What was done", "The repair fund has been released."));
        await CompleteAsync("market", number, "Answer", "hard-5-answer", ("Answer to the resident", "The lift has a new mainboard and passed its test on Friday."));
        await using (var leader = await portal.SignInAsync("wenchang", Phone, "en"))
        {
            await leader.OpenItemAsync(number);
            await leader.CompleteAsync("It is done");
        }

        await resident.FollowAsync(number, code);
        await RateAsync(resident, satisfied: false);
        await resident.LookAsync("hard-6-reopened");

        await using var county = await portal.SignInAsync("county", Desktop, "en");
        await county.OpenItemAsync(number);
        await Expect(county.Page.GetByText("Draw up the plan").First).ToBeVisibleAsync();
        await county.LookAsync("hard-7-big");

        async Task CompleteAsync(string user, string item, string outcome, string? picture, params (string, string)[] texts)
        {
            await using var clerk = await portal.SignInAsync(user, Desktop, "en");
            await clerk.OpenItemAsync(item);
            await clerk.CompleteAsync(outcome, picture, null, texts);
        }
    }

    [Fact]
    public async Task A_big_matter_is_planned_approved_by_a_leader_worked_on_by_many_and_judged()
    {
        await using var resident = await portal.OpenAsync(Desktop);
        var (number, code) = await resident.ReportAsync("拆迁三年了，安置房还没回迁，征收的拆迁款也没结清。", "石桥村", "big");

        await CompleteAsync("county", "报批", "big-3-plan", ("工作方案", "一、核对台账；二、倒排工期；三、年底前回迁。"));
        await CompleteAsync("leader", "同意", "big-4-approve");
        await CompleteAsync("housing", "本单位已办完", null, ("办理情况", "首批 40 套已具备交房条件。"));
        await CompleteAsync("yunling", "本单位已办完", null, ("办理情况", "已逐户核对补偿台账。"));
        await CompleteAsync("housing", "办结答复", "big-5-answer", ("答复内容", "首批安置房 12 月交付，补偿款已结清。"));
        await CompleteAsync("supervisor", "核查通过", null);

        await resident.FollowAsync(number, code);
        await resident.LookAsync("big-6-follow");
        await RateAsync(resident, satisfied: true);
        await AssertStatusAsync("county", number, "已结案");

        async Task CompleteAsync(string user, string outcome, string? picture, params (string, string)[] texts)
        {
            await using var clerk = await portal.SignInAsync(user, Desktop);
            await clerk.OpenItemAsync(number);
            await clerk.CompleteAsync(outcome, picture, null, texts);
        }
    }

    private static async Task RateAsync(Visitor resident, bool satisfied)
    {
        var page = resident.Page;
        await page.GetByLabel(satisfied ? resident.Say("解决了", "Yes, solved") : resident.Say("没解决", "No, not solved"), new() { Exact = true }).CheckAsync(new() { Force = true });
        await page.GetByLabel(satisfied ? resident.Say("满意", "Satisfied") : resident.Say("不满意", "Not satisfied"), new() { Exact = true }).CheckAsync(new() { Force = true });
        await page.GetByRole(AriaRole.Button, new() { Name = resident.Say("提交评价", "Send my judgement") }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = resident.Say("提交评价", "Send my judgement") })).ToHaveCountAsync(0);
    }

    private async Task AssertStatusAsync(string user, string number, string status)
    {
        await using var staff = await portal.SignInAsync(user, Desktop);
        await staff.Page.GotoAsync($"/cases/{number}");
        await Expect(staff.Page.GetByText(status, new() { Exact = true }).First).ToBeVisibleAsync();
        await staff.LookAsync($"case-{number}");
    }
}
