using System.Collections.Immutable;
using System.Text.Json;
using GridFlow.Server.Bundles;
using GridFlow.Server.Security;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Definitions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GridFlow.EndToEnd.Tests;

/// <summary>A step that fails: what the administrator sees of it and does about it, and what the resident is told.</summary>
public sealed class IncidentJourneys(Portal portal) : IClassFixture<Portal>
{
    private const int Phone = 390;
    private const int Desktop = 1440;

    [Fact]
    public async Task A_failed_step_is_shown_to_the_administrator_who_tries_again_skips_it_or_ends_the_matter()
    {
        await using var resident = await portal.OpenAsync(Phone);
        await BreakSmallMattersAsync();
        var (skipped, _) = await resident.ReportAsync("村口垃圾堆了三天没人清运，臭味很大。", "柳塘村", "incident-a");
        var (ended, code) = await resident.ReportAsync("桥头垃圾堆了两天没人清运，臭味很大。", "柳塘村", "incident-b");

        await using (var admin = await portal.SignInAsync("admin", Desktop, "en"))
        {
            await admin.GoLiveAsync("/inbox?incidents=true");
            await Expect(admin.Page.Locator("[data-row]")).ToHaveCountAsync(2);
            await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Try all 2 again" }).ClickAsync();
            await Expect(admin.Page.GetByText("0 of them go on")).ToHaveCountAsync(0);
            await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Yes, all of them" }).ClickAsync();
            await Expect(admin.Page.GetByText("2 tried again, 0 of them go on")).ToBeVisibleAsync();

            await admin.OpenItemAsync(skipped);
            await Expect(admin.Page.Locator(".incident")).ToContainTextAsync("failed 2 times");
            await admin.LookAsync("incident-1-admin");
            var form = admin.Page.Locator("form.form").Filter(new() { Has = admin.Page.Locator("[name=comment]") });
            await form.GetByLabel("Skip this step", new() { Exact = true }).CheckAsync();
            await form.GetByRole(AriaRole.Radiogroup, new() { Name = "Go on as if it had ended with" }).GetByRole(AriaRole.Radio).First.CheckAsync();
            await admin.CompleteAsync("Skip this step", null, "The unit has already cleaned up; the step is drawn wrongly.");
        }

        await using (var admin = await portal.SignInAsync("admin", Phone))
        {
            await admin.OpenItemAsync(ended);
            await admin.LookAsync("incident-2-admin-phone");
            await admin.CompleteAsync("终止办理", null, "同一问题已另案办理");
        }

        await using (var leader = await portal.SignInAsync("liutang", Desktop))
        {
            await leader.OpenItemAsync(skipped);
            await Expect(leader.Page.Locator(".work-item").GetByText("核查").First).ToBeVisibleAsync();
        }

        await resident.FollowAsync(ended, code);
        await Expect(resident.Page.GetByText("同一问题已另案办理").First).ToBeVisibleAsync();
        await Expect(resident.Page.GetByText("已终止办理").First).ToBeVisibleAsync();
        await Expect(resident.Page.GetByText("您已撤回")).ToHaveCountAsync(0);
        await resident.LookAsync("incident-3-resident");
    }

    // The step that hands a small matter out asks for an answer nobody ever gave.
    private async Task BreakSmallMattersAsync()
    {
        var cancel = TestContext.Current.CancellationToken;
        var store = portal.Services.GetRequiredService<BundleStore>();
        var current = await store.GetCurrentAsync(cancel);
        var definitions = current.Definitions.Select(definition => definition.DefinitionId != "small" ? definition : definition with { Root = Break(definition.Root) });
        var result = await store.PublishAsync(new Bundle(0, definitions, current.Routing, current.Categories, current.Calendar), "test", CurrentUser.Operator, null, cancel);
        Assert.IsType<PublishResult.Published>(result);
    }

    private static ActivityNode Break(ActivityNode flow)
    {
        var broken = new ActivityInput("String", "JavaScript", JsonSerializer.SerializeToElement("outputs.nobody.unit"));
        ImmutableArray<ActivityNode> nodes = [.. flow.Activities.Select(node => node.Id == "handle" ? node with { Inputs = node.Inputs.SetItem("unit", broken) } : node)];
        return flow with { Activities = nodes };
    }
}
