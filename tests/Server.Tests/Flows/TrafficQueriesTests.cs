using System.Collections.Immutable;
using GridFlow.Server.Bundles;
using GridFlow.Server.Cases;
using GridFlow.Server.Flows;
using GridFlow.Server.Organisation;
using GridFlow.Server.Persistence;
using GridFlow.Server.Security;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Engine;
using GridFlow.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GridFlow.Server.Tests.Flows;

public sealed class TrafficQueriesTests : IDisposable
{
    private const string Town = DemoOrganisation.CountyCode + "101";
    private static readonly Actor Clerk = new("clerk", "王芳");
    private readonly GridFlowApplication _application = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Shares_are_of_the_ways_cases_took_and_times_of_the_work_that_was_done()
    {
        for (var i = 0; i < 4; i++)
        {
            var number = await ReportAsync();
            var instance = (await Get<IWorkflowStore>().FindAsync(number, Cancel))!;
            var check = instance.WorkItems.Single(item => item.ActivityId == "check");
            var outcome = i == 3 ? "NotOurs" : "Confirmed";
            await Get<WorkflowClient>().SendAsync(number, new Stimulus.CompleteWorkItem(check.Id, outcome, ImmutableDictionary<string, object?>.Empty, "说明", Clerk), Cancel);
        }

        await SpreadAsync("check", [10, 20, 300, 30]);
        var intake = (await Get<BundleStore>().GetCurrentAsync(Cancel)).FindDefinition("intake")!;

        var view = await Get<TrafficQueries>().FindAsync(intake, CurrentUser.Operator, Cancel);

        Assert.Equal((4, 4), (view.Cases, view.Sampled));
        Assert.Equal(0.75, view.Traffic.ShareOf("check", "Confirmed"));
        Assert.Equal(0.25, view.Traffic.ShareOf("check", "NotOurs"));
        Assert.Equal(4, view.Traffic.Ports["route:Routed"]);
        Assert.Equal(1, view.Traffic.ShareOf("sure", "False"));
        Assert.Equal(TimeSpan.FromMinutes(20), view.Traffic.Medians["check"]);
    }

    [Fact]
    public async Task Only_cases_the_reader_may_see_count()
    {
        await ReportAsync();
        var elsewhere = new CurrentUser("someone", "某人", null, [new UserPost("area:1", Role.Administrator, "/1/")]);
        var intake = (await Get<BundleStore>().GetCurrentAsync(Cancel)).FindDefinition("intake")!;

        var view = await Get<TrafficQueries>().FindAsync(intake, elsewhere, Cancel);

        Assert.Equal((0, 0), (view.Cases, view.Sampled));
        Assert.Empty(view.Traffic.Ports);
    }

    [Fact]
    public async Task Of_more_cases_than_are_read_a_sample_is_spread_over_the_time()
    {
        await using (var db = await Get<IDbContextFactory<GridFlowDbContext>>().CreateDbContextAsync(Cancel))
        {
            var now = Get<TimeProvider>().GetUtcNow();
            for (var i = 0; i < 3000; i++)
            {
                db.Cases.Add(CaseMapping.ToRow(
                    new CaseState { Number = $"T-{i:D5}", Title = "t", ReportedAt = now, AcceptedAt = now - TimeSpan.FromMinutes(14 * i), AreaPath = "/99/" }, intakeKey: null));
            }

            await db.SaveChangesAsync(Cancel);
        }

        var intake = (await Get<BundleStore>().GetCurrentAsync(Cancel)).FindDefinition("intake")!;

        var view = await Get<TrafficQueries>().FindAsync(intake, CurrentUser.Operator, Cancel);

        Assert.Equal((3000, TrafficQueries.Sample), (view.Cases, view.Sampled));
    }

    public void Dispose() => _application.Dispose();

    private T Get<T>()
        where T : notnull => _application.Services.GetRequiredService<T>();

    private async Task<string> ReportAsync()
    {
        var report = new NewReport { Detail = "您好，有件事想反映一下。", AreaCode = Town, HasReporter = true };
        return Assert.IsType<ReportResult.Accepted>(await Get<CaseCommands>().ReportAsync(report, Actor.Reporter, Cancel)).Number;
    }

    // As if each had been given so many minutes before it was done.
    private async Task SpreadAsync(string activity, int[] minutes)
    {
        await using var db = await Get<IDbContextFactory<GridFlowDbContext>>().CreateDbContextAsync(Cancel);
        var items = await db.WorkItems.Where(item => item.ActivityId == activity).ToListAsync(Cancel);
        foreach (var (item, minute) in items.Zip(minutes))
        {
            item.ClosedAt = item.OpenedAt + TimeSpan.FromMinutes(minute);
        }

        await db.SaveChangesAsync(Cancel);
    }
}
