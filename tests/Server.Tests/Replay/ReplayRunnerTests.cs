using System.Collections.Immutable;
using GridFlow.Server.Bundles;
using GridFlow.Server.Cases;
using GridFlow.Server.Organisation;
using GridFlow.Server.Replay;
using GridFlow.Server.Security;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Engine;
using GridFlow.Workflows.Replay;
using GridFlow.Workflows.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace GridFlow.Server.Tests.Replay;

public sealed class ReplayRunnerTests : IDisposable
{
    private const string Town = DemoOrganisation.CountyCode + "101";
    private const string OtherTown = DemoOrganisation.CountyCode + "102";
    private readonly GridFlowApplication _application = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private ReplayPeriod Today => ReplayPeriod.LastDays(Get<TimeProvider>().GetUtcNow(), 2);

    [Fact]
    public async Task The_published_bundle_differs_in_no_case_however_it_was_dispatched()
    {
        string[] texts = ["楼道堆放杂物", "路灯不亮", "您好", "井盖缺失", "半夜施工噪音"];
        foreach (var (text, index) in texts.SelectMany(text => Enumerable.Range(0, 4).Select(index => (text, index))))
        {
            var number = await ReportAsync(text, index % 2 == 0 ? Town : null, index == 3 ? "local/1/matter/06001" : null);
            await DispatchAsync(number, index);
        }

        var result = await RunAsync(await CurrentAsync());

        Assert.Equal((20, 0, 0), (result.Tally.Cases, result.Tally.Differences, result.Tally.NotReplayed));
        Assert.True(result.Tally.Asked.Before >= 3);
        Assert.Equal(result.Tally.Asked.Before, result.Tally.Asked.After);
        Assert.All(result.Tally.Units.Values, load => Assert.Equal(0, load.Change));
        Assert.Equal(20, result.Tally.Units.Values.Sum(load => load.Before) + result.Tally.Nobody.Before);
        Assert.True(result.Tally.Nobody is { Before: > 0, Change: 0 });
    }

    [Fact]
    public async Task A_changed_row_differs_in_exactly_its_cases_and_they_are_counted_everywhere()
    {
        for (var i = 0; i < 6; i++)
        {
            await ReportAsync("楼下路灯不亮", Town, null);
            await ReportAsync("楼道堆放杂物", Town, null);
        }

        var result = await RunAsync(With(await CurrentAsync(), new RoutingRow { Number = 900, Keywords = ["路灯"], Lead = "dept:fire", StartTier = CaseTier.Big }));

        Assert.Equal((12, 6), (result.Tally.Cases, result.Tally.Differences));
        Assert.Equal(6, result.Tally.Kinds[ReplayDifference.Lead]);
        Assert.Equal(6, result.Tally.Kinds[ReplayDifference.Row]);
        Assert.Equal(0, result.Tally.Kinds[ReplayDifference.NeedsPerson]);
        Assert.Equal(new BeforeAfter(0, 6), result.Tally.Units["dept:fire"]);
        Assert.Equal(new BeforeAfter(0, 6), result.Tally.Rows[900]);
        Assert.Equal(6, result.Tally.Tiers.Where(way => way.Key.To == TierPlace.Big).Sum(way => way.Value));
        Assert.All(result.Differing, row => Assert.Equal("dept:fire", row.After.Lead));
        Assert.Contains(result.NeverHit, row => row.Number == 10);
        Assert.DoesNotContain(result.NeverHit, row => row.Number == 900);
    }

    [Fact]
    public async Task The_cases_a_row_would_catch_are_listed_even_when_nothing_changes_for_them()
    {
        var number = await ReportAsync("楼下路灯不亮", Town, null);
        await ReportAsync("楼道堆放杂物", Town, null);
        var current = await CurrentAsync();
        var lead = (await RunAsync(current)).Tally.Units.Keys.First(unit => unit.StartsWith("dept:power", StringComparison.Ordinal));

        var result = await RunAsync(With(current, new RoutingRow { Number = 900, Keywords = ["路灯"], Lead = lead }), row: 900);

        Assert.Equal(0, result.Tally.Differences);
        Assert.Equal(number, Assert.Single(result.Caught).Number);
    }

    [Fact]
    public async Task All_are_counted_and_only_those_listed_that_the_reader_may_see()
    {
        var mine = await ReportAsync("楼下路灯不亮", Town, null);
        await ReportAsync("楼下路灯不亮", OtherTown, null);
        var reader = new CurrentUser("someone", "某人", null, [new UserPost("area:" + Town, Role.Administrator, $"/99/9901/{DemoOrganisation.CountyCode}/{Town}/")]);

        var result = await RunAsync(With(await CurrentAsync(), new RoutingRow { Number = 900, Keywords = ["路灯"], Lead = "dept:fire" }), reader: reader);

        Assert.Equal(2, result.Tally.Differences);
        Assert.Equal(mine, Assert.Single(result.Differing).Number);
        Assert.True(result.IsCut);
    }

    [Fact]
    public async Task A_period_is_of_whole_days_by_the_clock_of_the_deployment()
    {
        await ReportAsync("楼下路灯不亮", Town, null);
        var now = Get<TimeProvider>().GetUtcNow();
        var today = ReplayPeriod.Today(now);
        var cases = Get<RecordedCases>();

        Assert.Equal(1, await cases.CountAsync(new ReplayPeriod(today.AddDays(-1), today), Cancel));
        Assert.Equal(0, await cases.CountAsync(new ReplayPeriod(today.AddDays(1), today.AddDays(9)), Cancel));
        Assert.Equal(new DateTimeOffset(2026, 10, 1, 0, 0, 0, TimeSpan.FromHours(8)), new ReplayPeriod(new DateOnly(2026, 10, 1), new DateOnly(2026, 10, 31)).Begin);
        Assert.Equal(new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.FromHours(8)), new ReplayPeriod(new DateOnly(2026, 10, 1), new DateOnly(2026, 10, 31)).End);
        Assert.Equal(new ReplayPeriod(new DateOnly(2025, 12, 1), new DateOnly(2025, 12, 31)), ReplayPeriod.LastMonth(new DateTimeOffset(2026, 1, 31, 17, 0, 0, TimeSpan.Zero) - TimeSpan.FromDays(10)));
    }

    [Fact]
    public async Task More_cases_than_a_batch_are_all_read_once()
    {
        for (var i = 0; i < RecordedCases.BatchSize + 7; i++)
        {
            await ReportAsync("楼道堆放杂物", Town, null);
        }

        var read = new List<string>();
        await foreach (var batch in Get<RecordedCases>().ReadAsync(Today, Cancel))
        {
            read.AddRange(batch.Select(head => head.Case.Number));
        }

        Assert.Equal(RecordedCases.BatchSize + 7, read.Distinct().Count());
        Assert.Equal(read.Count, read.Distinct().Count());
        Assert.Equal(0, (await RunAsync(await CurrentAsync())).Tally.Differences);
    }

    [Fact]
    public async Task Stopping_ends_it()
    {
        await ReportAsync("楼道堆放杂物", Town, null);
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Get<ReplayRunner>().RunAsync(
            new ReplayOrder(await CurrentAsync(), Today, CurrentUser.Operator), new Progress<double>(), stop.Token));
    }

    [Fact]
    public async Task Real_messages_replay_the_same_and_with_another_row_exactly_otherwise()
    {
        var path = Path.Combine(SharedMaterial.Directory ?? "", "data", "complaints", "with_reply.csv");
        if (!File.Exists(path))
        {
            Assert.Skip($"The real messages are not here: {path}");
        }

        var import = await Get<CaseImport>().RunAsync(path, new CaseColumns(null, null, null, null, null), null, CaseChannel.Hotline, new Progress<double>(), Cancel);
        var current = await CurrentAsync();

        var same = await RunAsync(current);
        var changed = await RunAsync(With(current, new RoutingRow { Number = 900, Keywords = ["幼儿园"], Lead = "dept:fire" }));

        Assert.Equal((import.Added, 0, 0), (same.Tally.Cases, same.Tally.Differences, same.Tally.NotReplayed));
        var named = (await File.ReadAllTextAsync(path, Cancel)).Split("幼儿园").Length - 1;
        Assert.InRange(changed.Tally.Differences, 20, named);
        Assert.Equal(changed.Tally.Rows[900].After, changed.Tally.Differences);
        Assert.All(changed.Differing, row => Assert.Equal("dept:fire", row.After.Lead));
    }

    public void Dispose() => _application.Dispose();

    private static Bundle With(Bundle bundle, RoutingRow row) => new(0, bundle.Definitions, new RoutingTable(bundle.Routing.Rows.Add(row)), bundle.Categories, bundle.Calendar);

    private T Get<T>()
        where T : notnull => _application.Services.GetRequiredService<T>();

    private async Task<Bundle> CurrentAsync() => await Get<BundleStore>().GetCurrentAsync(Cancel);

    private Task<ReplayResult> RunAsync(Bundle bundle, CurrentUser? reader = null, int? row = null) =>
        Get<ReplayRunner>().RunAsync(new ReplayOrder(bundle, Today, reader ?? CurrentUser.Operator) { Row = row }, new Progress<double>(), Cancel);

    private async Task<string> ReportAsync(string text, string? area, string? category)
    {
        var report = new NewReport { Detail = text, Channel = CaseChannel.Hotline, AreaCode = area, Category = category, HasReporter = true };
        return Assert.IsType<ReportResult.Accepted>(await Get<CaseCommands>().ReportAsync(report, Actor.Reporter, Cancel)).Number;
    }

    // What dispatchers do with a case that waits for them: confirm, sort anew, give to another, or leave it.
    private async Task DispatchAsync(string number, int how)
    {
        var instance = (await Get<Workflows.Storage.IWorkflowStore>().FindAsync(number, Cancel))!;
        if (instance.WorkItems.Find(item => item.ActivityId == "check") is not { } check || how == 0)
        {
            return;
        }

        var fields = ImmutableDictionary<string, object?>.Empty;
        var clerk = new Actor("clerk", "王芳");
        var stimulus = how switch
        {
            1 => new Stimulus.CompleteWorkItem(check.Id, "Confirmed", fields.Add("lead", instance.Case!.LeadUnit).Add("tier", instance.Case.Tier.ToString()), null, clerk),
            2 => new Stimulus.CompleteWorkItem(check.Id, "Resort", fields.Add("category", "local/1/matter/10003"), null, clerk),
            _ => new Stimulus.CompleteWorkItem(check.Id, "Confirmed", fields.Add("lead", "dept:fire").Add("tier", "Big"), null, clerk),
        };
        Assert.IsType<ActResult.Done>(await Get<WorkflowClient>().SendAsync(number, stimulus, Cancel));
    }
}
