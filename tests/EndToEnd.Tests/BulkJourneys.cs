using GridFlow.Workflows.Engine;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GridFlow.EndToEnd.Tests;

/// <summary>Several cases are urged and supervised at once, from the inbox and from what will be late; each by its own rules.</summary>
public sealed class BulkJourneys(Portal portal) : IClassFixture<Portal>
{
    private const int Desktop = 1440;

    [Fact]
    public async Task A_leader_supervises_several_from_the_inbox_with_one_reason_and_what_was_asked_already_is_named()
    {
        var numbers = await ThreeAsync("紫藤弄");
        await using var leader = await portal.SignInAsync("leader", Desktop);
        await leader.GoLiveAsync("/inbox?tab=watch&text=紫藤弄");
        var page = leader.Page;
        await Expect(page.Locator("[data-row]")).ToHaveCountAsync(3);
        var hand = new Hand(page);
        foreach (var number in numbers.Take(2))
        {
            await hand.TapAsync(Box(page, number));
        }

        var bulk = page.GetByRole(AriaRole.Group, new() { Name = "批量处理" });
        await Expect(bulk.GetByText("已选 2 件")).ToBeVisibleAsync();
        await hand.TapAsync(bulk.GetByRole(AriaRole.Button, new() { Name = "督办", Exact = true }));
        await bulk.GetByRole(AriaRole.Textbox, new() { Name = "督办要求" }).FillAsync("三天内清完，报送照片");
        await leader.LookAsync("bulk-supervise");
        await hand.PressAsync("Enter");
        await Expect(bulk.GetByText("已督办 2 件。")).ToBeVisibleAsync();
        Assert.Equal(4, hand.Count);
        Assert.Equal([1, 1, 0], await SupervisedAsync(numbers));

        // All three now: two are asked for already and say so, the third is done all the same.
        await leader.GoLiveAsync("/inbox?tab=watch&step=handle&text=紫藤弄");
        await Expect(page.Locator("[data-row]")).ToHaveCountAsync(3);
        foreach (var number in numbers)
        {
            await Box(page, number).ClickAsync();
        }

        await bulk.GetByRole(AriaRole.Button, new() { Name = "督办", Exact = true }).ClickAsync();
        await bulk.GetByRole(AriaRole.Textbox, new() { Name = "督办要求" }).FillAsync("再催一次");
        await page.Keyboard.PressAsync("Enter");
        await Expect(bulk.GetByText("已督办 1 件。")).ToBeVisibleAsync();
        await Expect(bulk.GetByText("未办：已经提出，正在等待答复")).ToHaveCountAsync(2);
        await leader.LookAsync("bulk-refused");
        Assert.Equal([1, 1, 1], await SupervisedAsync(numbers));

        // The one who has to answer reads the reason and answers.
        await using var liutang = await portal.SignInAsync("liutang", 390);
        await liutang.Page.GotoAsync($"/cases/{numbers[0]}");
        await Expect(liutang.Page.GetByText("三天内清完，报送照片").First).ToBeVisibleAsync();
        await liutang.DecideAsync(numbers[0], "督办回复", "回复督办", null, ("办理进展", "已清完两处"));
        Assert.Equal(1, await portal.CountHistoryAsync(numbers[0], HistoryKind.ActDecided, "Supervision"));
    }

    [Fact]
    public async Task A_supervisor_urges_and_supervises_what_will_be_late_and_not_twice_at_once()
    {
        var numbers = await ThreeAsync("青石街");
        await using var supervisor = await portal.SignInAsync("supervisor", Desktop);
        await supervisor.GoLiveAsync("/late?when=week");
        var page = supervisor.Page;
        foreach (var number in numbers.Take(2))
        {
            await Pick(page, number).CheckAsync();
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "督办（2）" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "已督办 2 件。" })).ToBeVisibleAsync();
        Assert.Equal([1, 1, 0], await SupervisedAsync(numbers));
        foreach (var number in numbers)
        {
            await Pick(page, number).CheckAsync();
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "催办（3）" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "已催办 3 件。" })).ToBeVisibleAsync();
        foreach (var number in numbers)
        {
            await Pick(page, number).CheckAsync();
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "催办（3）" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "3 件未办成：刚催办过，请稍后再催" })).ToBeVisibleAsync();
        await supervisor.LookAsync("late-refused");
        Assert.All(numbers, number => Assert.Equal(1, portal.CaseAsync(number).GetAwaiter().GetResult().Urged));
    }

    private static ILocator Box(IPage page, string number) => page.Locator(".inbox-row").Filter(new() { HasText = number }).First.Locator(".inbox-check");

    private static ILocator Pick(IPage page, string number) => page.Locator(".late-row").Filter(new() { HasText = number }).GetByRole(AriaRole.Checkbox);

    private async Task<List<int>> SupervisedAsync(IReadOnlyList<string> numbers)
    {
        var counts = new List<int>();
        foreach (var number in numbers)
        {
            counts.Add((await portal.CaseAsync(number)).Supervised);
        }

        return counts;
    }

    private async Task<IReadOnlyList<string>> ThreeAsync(string place)
    {
        var numbers = new List<string>();
        for (var index = 1; index <= 3; index++)
        {
            numbers.Add(await portal.SmallAsync($"{place}{index}号门口垃圾堆了三天没人清运。"));
        }

        return numbers;
    }
}
