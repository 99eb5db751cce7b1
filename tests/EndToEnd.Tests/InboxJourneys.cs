using GridFlow.Server.Cases;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Engine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GridFlow.EndToEnd.Tests;

/// <summary>The inbox as it is worked through: by keys, by thumb, for somebody who is away, on a line that breaks.</summary>
public sealed class InboxJourneys(Portal portal) : IClassFixture<Portal>
{
    private const int Phone = 390;
    private const int Desktop = 1440;
    private const string Rubbish = "local/1/matter/06001";

    [Fact]
    public async Task A_dispatcher_sends_each_case_to_the_proposed_unit_with_one_key_and_the_next_is_there()
    {
        var numbers = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            numbers.Add(await ReportAsync($"想反映一件事，第{i}件，请派人来看看。", "990101102001001001"));
        }

        await using var town = await portal.SignInAsync("yunling", Desktop);
        await town.GoLiveAsync("/inbox?flow=intake&step=check");
        var hand = new Hand(town.Page);
        await Expect(town.Page.Locator("[data-row]")).ToHaveCountAsync(numbers.Count);
        await hand.TapAsync(town.Page.Locator("[data-row]").First);
        await Expect(town.Page.Locator("[data-accept]")).ToBeFocusedAsync();
        await town.LookAsync("desk-1-proposal");

        for (var left = numbers.Count; left > 0; left--)
        {
            var shown = await town.Page.Locator(".desk .num").First.InnerTextAsync();
            await Expect(town.Page.Locator("[data-accept]")).ToBeFocusedAsync();
            await hand.PressAsync("Enter");
            await Expect(town.Page.Locator("[data-row]")).ToHaveCountAsync(left - 1);
            if (left > 1)
            {
                await Expect(town.Page.Locator(".desk .num").First).Not.ToHaveTextAsync(shown);
                await Expect(town.Page.Locator(".desk .notice-ok")).ToBeVisibleAsync();
            }
        }

        // One tap to begin, one key for each.
        Assert.Equal(1 + numbers.Count, hand.Count);
        await town.Page.GotoAsync($"/cases/{numbers[0]}");
        await Expect(town.Page.Locator(".now")).Not.ToContainTextAsync("人工确认分类派单");
    }

    [Fact]
    public async Task A_wrong_proposal_is_corrected_with_a_few_keys()
    {
        var number = await ReportAsync("再反映一件事，麻烦处理。", "990101102001001002");
        await using var town = await portal.SignInAsync("yunling", Desktop, "en");
        await town.GoLiveAsync($"/inbox?flow=intake&step=check&text={number}");
        var hand = new Hand(town.Page);
        await hand.TapAsync(town.Page.Locator("[data-row]").First);
        await Expect(town.Page.Locator("[data-accept]")).ToBeFocusedAsync();
        await Expect(town.Page.Locator("[data-listens]")).ToBeAttachedAsync();

        await hand.PressAsync("u");
        var unit = town.Page.Locator("[data-correct-unit] input[list]");
        await Expect(unit).ToBeFocusedAsync();
        await unit.FillAsync("urban");
        await hand.PressAsync("Enter");

        await Expect(town.Page.Locator("[data-row]")).ToHaveCountAsync(0);
        Assert.Equal(3, hand.Count);
        await town.Page.GotoAsync($"/cases/{number}");
        await Expect(town.Page.Locator(".facts-list").First).ToContainTextAsync("Urban Management");
    }

    [Fact]
    public async Task A_list_longer_than_a_page_grows_as_one_scrolls_and_shows_every_task_once()
    {
        const int count = 70;
        for (var i = 0; i < count; i++)
        {
            await ReportAsync($"村口垃圾没人清运，第{i}处。", "990101102002001001", Rubbish);
        }

        await using var worker = await portal.SignInAsync("fenglin1", Phone, "en");
        await worker.GoLiveAsync("/inbox");
        var rows = worker.Page.Locator("[data-row]");
        await Expect(rows.First).ToBeVisibleAsync();
        await worker.LookAsync("inbox-phone");
        var before = await rows.CountAsync();
        Assert.True(before < count, $"{before} rows came at once.");

        while (await worker.Page.Locator("[data-more]").CountAsync() > 0)
        {
            var had = await rows.CountAsync();
            await worker.Page.Mouse.WheelAsync(0, 5000);
            await Expect(rows.Nth(had)).ToBeAttachedAsync();
        }

        var ids = await rows.EvaluateAllAsync<string[]>("all => all.map(row => row.dataset.row)");
        Assert.Equal(count, ids.Distinct().Count());
        Assert.Equal(count, ids.Length);
    }

    [Fact]
    public async Task Unread_tasks_say_so_keys_choose_several_and_all_are_signed_for_at_once()
    {
        for (var i = 0; i < 3; i++)
        {
            await ReportAsync($"果园边垃圾没人清运，第{i}处。", "990101101001002001", Rubbish);
        }

        await using var worker = await portal.SignInAsync("liutang2", Desktop, "en");
        await worker.GoLiveAsync("/inbox");
        await Expect(worker.Page.Locator(".inbox-row.is-unread")).ToHaveCountAsync(3);
        await Expect(worker.Page.GetByRole(AriaRole.Link, new() { Name = "Unread:" })).ToHaveCountAsync(3);
        await worker.Page.Locator("[data-row]").First.ClickAsync();
        await Expect(worker.Page.Locator(".inbox-row.is-unread")).ToHaveCountAsync(2);
        await worker.GoLiveAsync("/inbox");
        await Expect(worker.Page.Locator(".inbox-row.is-unread")).ToHaveCountAsync(2);

        await Expect(worker.Page.Locator("[data-listens]")).ToBeAttachedAsync();
        var hand = new Hand(worker.Page);
        foreach (var (key, chosen) in new[] { ("j", 0), ("x", 1), ("j", 1), ("x", 2), ("j", 2), ("x", 3) })
        {
            await hand.PressAsync(key);
            await Expect(worker.Page.Locator(".inbox-check :checked")).ToHaveCountAsync(chosen);
        }

        await worker.LookAsync("inbox-chosen");
        await hand.TapAsync(worker.Page.GetByRole(AriaRole.Button, new() { Name = "Sign for", Exact = true }));
        await Expect(worker.Page.GetByText("Signed for 3.")).ToBeVisibleAsync();
        Assert.Equal(7, hand.Count);
        await Expect(worker.Page.Locator(".tab").First).ToContainTextAsync("3");

        // Signed for before is said, not done twice.
        await hand.PressAsync("?");
        await Expect(worker.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await worker.LookAsync("inbox-keys");
        await hand.PressAsync("Escape");
        await Expect(worker.Page.GetByRole(AriaRole.Dialog)).Not.ToBeVisibleAsync();
        await hand.PressAsync("/");
        await Expect(worker.Page.GetByRole(AriaRole.Searchbox)).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_filter_is_kept_under_a_name_and_found_again_as_a_link()
    {
        await ReportAsync("老街垃圾没人清运。", "990101101001001002", Rubbish);
        await using var town = await portal.SignInAsync("qingxi", Desktop, "en");
        await town.GoLiveAsync("/inbox?tab=reach");
        await town.Page.GetByLabel("Tier", new() { Exact = true }).SelectOptionAsync("Small");
        await town.Page.GetByRole(AriaRole.Button, new() { Name = "Keep this filter" }).ClickAsync();
        await town.Page.GetByLabel("Name of the filter").FillAsync("Small ones");
        await town.Page.Keyboard.PressAsync("Enter");

        var chip = town.Page.GetByRole(AriaRole.Link, new() { Name = "Small ones", Exact = true });
        await Expect(chip).ToHaveAttributeAsync("aria-current", "true");
        await town.LookAsync("inbox-filters");
        await town.GoLiveAsync("/inbox");
        await chip.ClickAsync();
        await Expect(town.Page.GetByLabel("Tier", new() { Exact = true })).ToHaveValueAsync("Small");
        Assert.Contains("tier=Small", town.Page.Url, StringComparison.Ordinal);
        await Expect(chip).ToHaveAttributeAsync("aria-current", "true");

        await town.Page.GetByRole(AriaRole.Button, new() { Name = "Remove the filter Small ones" }).ClickAsync();
        await Expect(chip).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task What_comes_in_moves_the_count_by_itself_and_waits_behind_a_pill()
    {
        await ReportAsync("集市垃圾没人清运。", "990101101002001002", Rubbish);
        await using var worker = await portal.SignInAsync("wenchang1", Phone);
        await worker.GoLiveAsync("/inbox");
        var rows = worker.Page.Locator("[data-row]");
        await Expect(rows.First).ToBeVisibleAsync();
        var had = await rows.CountAsync();

        await ReportAsync("集市又有垃圾没人清运。", "990101101002001002", Rubbish);

        await Expect(worker.Page.Locator(".pill-new")).ToContainTextAsync("1");
        await Expect(worker.Page.Locator(".tab[aria-current] .tab-count")).ToHaveTextAsync($"{had + 1}");
        await Expect(rows).ToHaveCountAsync(had);
        await worker.Page.Locator(".pill-new").ClickAsync();
        await Expect(rows).ToHaveCountAsync(had + 1);
    }

    [Fact]
    public async Task A_grid_worker_passes_on_what_is_beyond_the_grid_with_two_taps_and_sees_who_has_it_now()
    {
        var number = await ReportAsync("学校旁垃圾没人清运。", "990101101002002001", Rubbish);
        await using var worker = await portal.SignInAsync("wenchang2", Phone);
        await worker.OpenItemAsync(number);
        await Expect(worker.Page.Locator(".pass-on > .btn")).ToBeEnabledAsync();
        await worker.LookAsync("pass-on-1");
        var hand = new Hand(worker.Page);

        await hand.TapAsync(worker.Page.Locator(".pass-on > .btn"));
        await hand.TapAsync(worker.Page.GetByRole(AriaRole.Button, new() { Name = "缺设备、人手或资金" }));

        var notice = worker.Page.Locator(".notice-ok").First;
        await Expect(notice).ToContainTextAsync("清溪镇");
        Assert.Equal(2, hand.Count);
        await worker.LookAsync("pass-on-2");
    }

    [Fact]
    public async Task A_supervisor_urges_what_is_late_or_will_be_in_bulk()
    {
        await ReportAsync("下湾垃圾没人清运。", "990101102001001002", Rubbish);
        await using var supervisor = await portal.SignInAsync("supervisor", Desktop, "en");
        await supervisor.GoLiveAsync("/inbox?text=下湾");
        await Expect(supervisor.Page.Locator("[data-row]")).ToHaveCountAsync(1);
        await Expect(supervisor.Page.Locator("[data-listens]")).ToBeAttachedAsync();
        var hand = new Hand(supervisor.Page);

        await hand.PressAsync("j");
        await hand.PressAsync("x");
        await hand.TapAsync(supervisor.Page.GetByRole(AriaRole.Button, new() { Name = "Urge", Exact = true }));

        await Expect(supervisor.Page.GetByText("Urged 1.")).ToBeVisibleAsync();
        Assert.Equal(3, hand.Count);
        await supervisor.LookAsync("inbox-watch");
    }

    private async Task<string> ReportAsync(string text, string area, string? category = null)
    {
        var report = new NewReport { Detail = text, AreaCode = area, Channel = CaseChannel.Hotline, Category = category };
        return ((ReportResult.Accepted)await portal.Services.GetRequiredService<CaseCommands>().ReportAsync(report, Actor.Reporter, TestContext.Current.CancellationToken)).Number;
    }
}
