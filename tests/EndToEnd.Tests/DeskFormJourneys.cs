using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GridFlow.EndToEnd.Tests;

/// <summary>What is typed on the dispatcher's desk is what is sent, or it is said at its field why not.</summary>
public sealed class DeskFormJourneys(Portal portal) : IClassFixture<Portal>
{
    private const int Desktop = 1440;

    [Fact]
    public async Task What_names_nothing_is_refused_at_its_field_and_the_old_proposal_is_not_sent()
    {
        var number = await portal.TakeInAsync("想反映一件事，请派人来看看。", "990101102001001001");
        await using var town = await OpenAsync(number);
        var (category, units, accept) = (Field(town, "类别"), Field(town, "协办单位"), town.Page.Locator("[data-accept]"));
        await TypeAsync(category, "没有这一类");
        await TypeAsync(units, "乱写的");
        await accept.ClickAsync();
        await Expect(town.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("“协办单位”");
        await Expect(units).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(town.Page.GetByText("请从列表里选类别")).ToBeVisibleAsync();
        await Expect(town.Page.GetByText("请从列表里选单位")).ToBeVisibleAsync();
        await town.LookAsync("desk-form-unknown");

        // Emptied, it is no longer said of the unit; now the category is what is wrong. Enter sends as the button does.
        await units.FillAsync("");
        await units.PressAsync("Tab");
        await Expect(town.Page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
        await TypeAsync(category, "也没有这一类");
        await category.PressAsync("Enter");
        await Expect(town.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("类别");
        await Expect(category).ToHaveValueAsync("也没有这一类");
        await TypeAsync(category, "其他事项");
        await category.PressAsync("Tab");
        await TypeAsync(units, "乱写的");
        await units.PressAsync("Enter");
        await Expect(town.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("“协办单位”");
        Assert.Equal(1, await portal.CountOpenAsync(number, "check"));

        // Put right, it goes.
        await TypeAsync(units, "枫林社区");
        await units.PressAsync("Tab");
        await Expect(town.Page.Locator(".picked .badge")).ToContainTextAsync(["枫林社区"]);
        await accept.ClickAsync();
        await Desk.WaitAsync(async () => await portal.CountOpenAsync(number, "check") == 0);
    }

    [Fact]
    public async Task The_name_people_use_for_a_category_is_enough()
    {
        var number = await portal.TakeInAsync("想反映一件事，请派人来看看。", "990101102001001001");
        await using var town = await OpenAsync(number);
        var category = Field(town, "类别");
        foreach (var typed in new[] { "垃圾满溢", "占道经营", "垃圾满溢", "垃圾满溢" })
        {
            await TypeAsync(category, typed);
            await category.PressAsync("Tab");
            await Expect(category).ToHaveValueAsync(new Regex($" / {typed}$"));
        }

        await TypeAsync(category, "垃圾满溢");
        await category.PressAsync("Enter");
        await Desk.WaitAsync(async () => (await portal.CaseAsync(number)).Category == "local/1/matter/06006");
    }

    [Fact]
    public async Task The_unit_that_leads_is_asked_for_where_it_is_needed_and_not_where_it_is_found_anew()
    {
        var number = await portal.TakeInAsync("想反映一件事，请派人来看看。", "990101102001001001");
        await using var town = await OpenAsync(number);
        var (lead, accept) = (Field(town, "主办单位"), town.Page.Locator("[data-accept]"));
        var field = town.Page.Locator("[data-correct-unit=true] .field-need");
        await Expect(field).ToHaveTextAsync("必填");
        await TypeAsync(lead, "");
        await accept.ClickAsync();
        await Expect(town.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("“主办单位”不能空着");
        await Expect(lead).ToHaveAttributeAsync("aria-invalid", "true");
        await TypeAsync(lead, "乱写的");
        await accept.ClickAsync();
        await Expect(town.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("“主办单位”：没有这个单位");
        await TypeAsync(lead, "");
        await lead.PressAsync("Tab");
        await Expect(town.Page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);

        await TypeAsync(Field(town, "类别"), "垃圾满溢");
        await Field(town, "类别").PressAsync("Tab");
        await Expect(field).ToHaveTextAsync("选填");
        await accept.ClickAsync();
        await Desk.WaitAsync(async () => (await portal.CaseAsync(number)).Category == "local/1/matter/06006");
    }

    [Fact]
    public async Task On_the_page_of_the_case_and_in_an_act_what_names_no_unit_is_refused_as_well()
    {
        var number = await portal.TakeInAsync("想反映一件事，请派人来看看。", "990101102001001001");
        await using var town = await portal.SignInAsync("yunling", Desktop);
        await town.GoLiveAsync($"/cases/{number}");
        var form = town.Page.Locator(".work-item form").Filter(new() { Has = town.Page.Locator("[name=comment]") });
        await form.GetByLabel("确认派单", new() { Exact = true }).CheckAsync();
        var units = form.GetByRole(AriaRole.Combobox, new() { Name = "协办单位" });
        await TypeAsync(units, "乱写的");
        await form.GetByRole(AriaRole.Button, new() { Name = "提交：确认派单" }).ClickAsync();
        await Expect(town.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("“协办单位”");
        await Expect(units).ToHaveAttributeAsync("aria-invalid", "true");
        Assert.Equal(1, await portal.CountOpenAsync(number, "check"));

        var small = await portal.SmallAsync();
        await using var village = await portal.SignInAsync("liutang", Desktop);
        var dialog = await village.OpenActAsync(small, "转办");
        var unit = dialog.GetByRole(AriaRole.Combobox).First;
        await TypeAsync(unit, "乱写的");
        await dialog.Locator("[name=comment]").FillAsync("请接办");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "确定：转办" }).ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("没填或格式不对");
        await Expect(unit).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(dialog.GetByText("请从列表里选单位")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task What_became_of_it_is_said_above_whatever_follows_which_begins_at_its_top()
    {
        // Other matters are the town's own: what follows is no dispatching, but its own work on the same case.
        var number = await portal.TakeInAsync("想反映一件事，请派人来看看。", "990101102001001001");
        await using var town = await portal.SignInAsync("yunling", Desktop);
        await town.Page.SetViewportSizeAsync(Desktop, 420);
        await town.GoLiveAsync($"/inbox?text={number}");
        await town.Page.Locator("[data-row]").First.ClickAsync();
        await Expect(town.Page.Locator("[data-accept]")).ToBeEnabledAsync();
        await Expect(town.Page.Locator("[data-listens]")).ToBeAttachedAsync();
        await town.Page.EvaluateAsync("() => scrollTo(0, document.body.scrollHeight)");
        Assert.True(await town.Page.EvaluateAsync<bool>("() => scrollY > 0"));
        await town.Page.Locator("[data-accept]").ClickAsync();
        await Expect(town.Page.Locator(".inbox-item .desk")).ToHaveCountAsync(0);
        await Expect(town.Page.Locator(".inbox-item .case")).ToBeVisibleAsync();
        await Expect(town.Page.Locator(".inbox-item .notice-ok")).ToContainTextAsync("确认派单");
        await town.Page.WaitForFunctionAsync("() => scrollY === 0");
        await town.LookAsync("desk-followed");
    }

    [Fact]
    public async Task The_whole_desk_stands_on_one_screen()
    {
        var number = await portal.TakeInAsync("想反映一件事，请派人来看看。", "990101102001001001");
        await using var town = await OpenAsync(number);
        await Expect(town.Page.Locator(".case-map")).ToBeVisibleAsync();
        await Expect(town.Page.Locator("[data-accept]")).ToBeInViewportAsync(new() { Ratio = 1 });
        Assert.Equal(0, await town.Page.EvaluateAsync<double>("() => scrollY"));
    }

    private static ILocator Field(Visitor town, string label) => town.Page.Locator(".desk .work-item").GetByRole(AriaRole.Combobox, new() { Name = label });

    // As a person does: what stands there is marked and typed over.
    private static async Task TypeAsync(ILocator field, string text)
    {
        await field.PressAsync("Control+a");
        await field.PressAsync("Delete");
        await field.PressSequentiallyAsync(text);
    }

    private async Task<Visitor> OpenAsync(string number)
    {
        var town = await portal.SignInAsync("yunling", Desktop);
        await town.Page.SetViewportSizeAsync(Desktop, 900);
        await town.GoLiveAsync($"/inbox?flow=intake&step=check&text={number}");
        await town.Page.Locator("[data-row]").First.ClickAsync();
        await Expect(town.Page.Locator("[data-accept]")).ToBeFocusedAsync();
        return town;
    }
}
