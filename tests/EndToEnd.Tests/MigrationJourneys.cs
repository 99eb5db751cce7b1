using System.Collections.Immutable;
using GridFlow.Server.Bundles;
using GridFlow.Server.Security;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Definitions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GridFlow.EndToEnd.Tests;

/// <summary>The administrator moves open cases to a newer version, sees what becomes of each, and takes it back.</summary>
public sealed class MigrationJourneys(Portal portal) : IClassFixture<Portal>
{
    private const int Phone = 390;
    private const int Desktop = 1440;

    [Fact]
    public async Task Open_cases_are_previewed_moved_and_moved_back()
    {
        await using var resident = await portal.OpenAsync(Phone);
        var (first, _) = await resident.ReportAsync("村口垃圾堆了三天没人清运，臭味很大。", "柳塘村", "migrate-a");
        var (second, _) = await resident.ReportAsync("电梯一个月困人三次，电梯维修拖着不办。", "文昌社区", "migrate-b");
        await PublishAsync();

        await using var admin = await portal.SignInAsync("admin", Desktop, "en");
        var page = admin.Page;
        await admin.GoLiveAsync("/admin/bundles/migrate");
        await Expect(page.GetByText("Steps without a counterpart: 1")).ToBeVisibleAsync();

        // The step was renamed beyond recognition: without help its case cannot move.
        await page.GetByRole(AriaRole.Button, new() { Name = "Preview" }).ClickAsync();
        await Expect(page.Locator(".forecast-why")).ToHaveCountAsync(1);
        await admin.LookAsync("migrate-1-forecast");
        await page.GetByLabel("Handle on the spot").SelectOptionAsync("deal");
        await page.GetByRole(AriaRole.Button, new() { Name = "Preview" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Move cases: 2" })).ToBeVisibleAsync();
        await Expect(page.Locator(".forecast-why")).ToHaveCountAsync(0);
        await page.GetByLabel("Why").FillAsync("The step has a clearer name now");
        await admin.LookAsync("migrate-2-corrected");
        await page.GetByRole(AriaRole.Button, new() { Name = "Move cases: 2" }).ClickAsync();
        await Expect(page.GetByText("2 moved, 0 not")).ToBeVisibleAsync();
        await admin.LookAsync("migrate-3-done");

        await using (var leader = await portal.SignInAsync("liutang", Phone))
        {
            await leader.OpenItemAsync(first);
            var fold = leader.Page.Locator("details.case-fold").Filter(new() { Has = leader.Page.Locator(".flow-picture") }).First;
            await fold.EvaluateAsync("fold => { fold.open = true; }");
            await leader.Page.WaitForFunctionAsync("""
                () => [...document.querySelectorAll(".flow-picture .scroll")].filter(box => box.querySelector(".is-here")).every(box => {
                  const [outer, inner] = [box.getBoundingClientRect(), box.querySelector(".is-here").getBoundingClientRect()];
                  return outer.width > 0 && inner.left >= outer.left - 1 && inner.right <= outer.right + 1;
                })
                """);
            await Expect(leader.Page.Locator(".work-item").GetByText("上门处理").First).ToBeVisibleAsync();
            await leader.CompleteAsync("办结", "migrate-4-moved-on", null, ("答复内容", "已清运。"));
        }

        await using (var phone = await portal.SignInAsync("admin", Phone))
        {
            await phone.GoLiveAsync("/admin/bundles/migrate");
            await phone.Page.GetByRole(AriaRole.Button, new() { Name = "撤回" }).ClickAsync();
            await Expect(phone.Page.GetByText("要把已迁移的 2 件退回旧版本吗？")).ToBeVisibleAsync();
            await phone.Page.GetByRole(AriaRole.Button, new() { Name = "确认撤回" }).ClickAsync();
            await Expect(phone.Page.GetByText("已撤回 1 件；1 件已继续办理或超过期限，未撤回")).ToBeVisibleAsync();
            await phone.Page.GetByText("未撤回 1 件及原因").ClickAsync();
            await Expect(phone.Page.Locator(".run-refusals")).ToContainTextAsync(first);
            await phone.LookAsync("migrate-5-undone");
            Assert.True(await phone.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"));
        }

        await page.GotoAsync($"/cases/{second}");
        await Expect(page.GetByText("Moved back from version", new() { Exact = false })).ToBeVisibleAsync();
    }

    private async Task PublishAsync()
    {
        var cancel = TestContext.Current.CancellationToken;
        var store = portal.Services.GetRequiredService<BundleStore>();
        var current = await store.GetCurrentAsync(cancel);
        var definitions = current.Definitions.Select(definition => definition.DefinitionId == "small" ? definition with { Root = Rename(definition.Root) } : definition);
        Assert.IsType<PublishResult.Published>(await store.PublishAsync(new Bundle(0, definitions, current.Routing, current.Categories, current.Calendar), "test", CurrentUser.Operator, null, cancel));
    }

    private static ActivityNode Rename(ActivityNode flow)
    {
        ImmutableArray<ActivityNode> nodes = [.. flow.Activities.Select(RenameStep)];
        return flow with
        {
            Activities = nodes,
            Connections = [.. flow.Connections.Where(connection => connection.SourcePort != "Overdue").Select(connection => connection with { Source = NewId(connection.Source), Target = NewId(connection.Target) })],
        };
    }

    // Another name, and one connection fewer, so that neither tells that it is the same step.
    private static ActivityNode RenameStep(ActivityNode node)
    {
        var inputs = node.Inputs;
        if (inputs.TryGetValue("notBy", out var by))
        {
            inputs = inputs.SetItem("notBy", by with { Value = System.Text.Json.JsonSerializer.SerializeToElement(NewId(by.Text)) });
        }

        if (node.Id == "handle")
        {
            var title = System.Text.Json.JsonSerializer.SerializeToElement(new { zh = "上门处理", en = "Deal with it" });
            inputs = inputs.SetItem("title", new ActivityInput("Object", "Object", title));
            return node with { Id = "deal", Name = "deal", DisplayText = new LocalizedText("上门处理", "Deal with it"), Inputs = inputs };
        }

        return node with { Inputs = inputs };
    }

    private static string NewId(string id) => id == "handle" ? "deal" : id;
}
