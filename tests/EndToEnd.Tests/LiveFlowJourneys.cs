using System.Collections.Immutable;
using GridFlow.Server.Cases;
using GridFlow.Server.Organisation;
using GridFlow.Workflows.Engine;
using GridFlow.Workflows.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace GridFlow.EndToEnd.Tests;

/// <summary>The administrator looks at a workflow in force: where cases stand, which way they go, how long it takes.</summary>
public sealed class LiveFlowJourneys(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task The_picture_of_a_workflow_tells_what_goes_through_it_and_leads_to_the_cases()
    {
        await RecordAsync();
        await using var admin = await portal.SignInAsync("admin", 1440);
        var page = admin.Page;
        await page.GotoAsync("/admin/flows/intake");

        await Expect(page.GetByText("最近 30 天受理的 12 件案件")).ToBeVisibleAsync();
        await Expect(page.Locator(".stage .labels").GetByText("确认派单 67%")).ToBeVisibleAsync();
        await Expect(page.Locator(".stage .median-text").First).ToBeVisibleAsync();
        await admin.LookAsync("live-1-intake");
        await page.Locator("[data-view=fit]").ClickAsync();
        await page.Locator("[data-node=check]").ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "人工确认分类派单" }).First.ClickAsync();
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("flow=intake&step=check"));
        await Expect(page.Locator(".case-table tbody tr")).ToHaveCountAsync(3);
    }

    private async Task RecordAsync()
    {
        var (cancel, services) = (TestContext.Current.CancellationToken, portal.Services);
        var client = services.GetRequiredService<WorkflowClient>();
        for (var i = 0; i < 12; i++)
        {
            var report = new NewReport { Detail = "有件事想反映一下。", AreaCode = DemoOrganisation.CountyCode + "101", HasReporter = true };
            var number = Assert.IsType<ReportResult.Accepted>(await services.GetRequiredService<CaseCommands>().ReportAsync(report, Actor.Reporter, cancel)).Number;
            var check = (await services.GetRequiredService<IWorkflowStore>().FindAsync(number, cancel))!.WorkItems.Single();
            if (i % 4 != 3)
            {
                await client.SendAsync(number, new Stimulus.CompleteWorkItem(check.Id, i % 3 == 0 ? "NotOurs" : "Confirmed", ImmutableDictionary<string, object?>.Empty, "说明", Actor.System), cancel);
            }
        }
    }
}
