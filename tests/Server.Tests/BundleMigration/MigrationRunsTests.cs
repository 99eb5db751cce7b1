using System.Collections.Immutable;
using GridFlow.Server.BundleMigration;
using GridFlow.Server.Bundles;
using GridFlow.Server.Cases;
using GridFlow.Server.Organisation;
using GridFlow.Server.Persistence;
using GridFlow.Server.Security;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Engine;
using GridFlow.Workflows.Migration;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GridFlow.Server.Tests.BundleMigration;

public sealed class MigrationRunsTests : IDisposable
{
    private static readonly CurrentUser Author = new("a", "林致远", null, []);
    private readonly GridFlowApplication _application = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private MigrationRuns Runs => _application.Services.GetRequiredService<MigrationRuns>();

    private BundleStore Bundles => _application.Services.GetRequiredService<BundleStore>();

    [Fact]
    public async Task Open_cases_move_with_their_work_and_deadlines_and_go_back_where_nothing_happened_since()
    {
        var (first, second) = (await ReportAsync(), await ReportAsync());
        var before = await ItemsAsync();
        var order = await PublishAsync(Renamed);

        var forecast = await Runs.ForecastAsync(order, new Progress<double>(), Cancel);
        Assert.Equal((2, 2, 2), (forecast.Total, forecast.Possible, forecast.Visible));

        var run = await Runs.OrderAsync(order, "步骤改名", Author, Cancel);
        var done = await Runs.CarryOutAsync(run, new Progress<MigrationProgress>(), Cancel);

        Assert.Equal((2, 0, true), (done.Moved, done.Refused, done.IsFinished));
        var after = await ItemsAsync();
        Assert.All(after, row => Assert.Equal((order.To, "work"), (row.Bundle, row.ActivityId)));
        Assert.Equal(before.Select(Kept), after.Select(Kept));
        await AssertBalancedAsync();

        // One goes on under the new version, with an outcome only that one has.
        var item = after.First(row => row.CaseNumber == first);
        var client = _application.Services.GetRequiredService<WorkflowClient>();
        var answered = ImmutableDictionary<string, object?>.Empty.Add("answer", "已清理");
        Assert.IsType<ActResult.Done>(await client.SendAsync(first, new Stimulus.CompleteWorkItem(item.Id, "Handled", answered, null, new Actor("x", "周大梅")), Cancel));

        var undone = await Runs.UndoAsync(run, "改错了", Author, new Progress<double>(), Cancel);

        Assert.Equal((1, 1), (undone.Undone, undone.Refused));
        var refusal = Assert.Single(await Runs.RefusalsAsync(run, 10, Cancel));
        Assert.Equal((first, true, ObstacleKind.MovedOn), (refusal.InstanceId, refusal.IsUndo, Assert.Single(refusal.Obstacles).Kind));
        var back = Assert.Single(await ItemsAsync(), row => row.CaseNumber == second);
        Assert.Equal((order.From, "handle"), (back.Bundle, back.ActivityId));
        Assert.Equal(Kept(before.Single(row => row.CaseNumber == second)), Kept(back));
        await AssertBalancedAsync();
    }

    [Fact]
    public async Task A_case_that_cannot_move_stays_and_is_named_with_the_reason_and_the_others_move()
    {
        var stays = await ReportAsync();
        var goes = await ReportAsync("电梯一个月困人三次，电梯维修拖着不办。");
        var order = await PublishAsync(Without);

        var forecast = await Runs.ForecastAsync(order, new Progress<double>(), Cancel);
        Assert.Equal(stays, forecast.Cases[0].InstanceId);
        Assert.Equal((1, 1), (forecast.Possible, forecast.Impossible));
        var done = await Runs.CarryOutAsync(await Runs.OrderAsync(order, "", Author, Cancel), new Progress<MigrationProgress>(), Cancel);

        Assert.Equal((1, 1), (done.Moved, done.Refused));
        var refusal = Assert.Single(await Runs.RefusalsAsync(done.Run, 10, Cancel));
        Assert.Equal((stays, ObstacleKind.ActivityGone), (refusal.InstanceId, Assert.Single(refusal.Obstacles).Kind));
        Assert.Equal([KeyValuePair.Create(order.To, 1), KeyValuePair.Create(order.From, 1)], await Runs.CountByBundleAsync(Cancel));
        Assert.Contains(await ItemsAsync(), row => row.CaseNumber == goes && row.Bundle == order.To);

        // Taken up again nothing is left to do, and nothing is counted twice.
        var again = await Runs.CarryOutAsync(done.Run, new Progress<MigrationProgress>(), Cancel);
        Assert.Equal((1, 1), (again.Moved, again.Refused));
    }

    [Fact]
    public async Task A_run_that_is_stopped_is_taken_up_again_where_it_was()
    {
        for (var count = 0; count < 5; count++)
        {
            await ReportAsync();
        }

        var order = await PublishAsync(Renamed);
        var run = await Runs.OrderAsync(order, "", Author, Cancel);
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Runs.CarryOutAsync(run, new StopAfter(2, stop), stop.Token));
        Assert.Equal((2, false), ((await Runs.ProgressAsync(run, Cancel)).Moved, (await Runs.ProgressAsync(run, Cancel)).IsFinished));
        await AssertBalancedAsync();

        var done = await Runs.CarryOutAsync(run, new Progress<MigrationProgress>(), Cancel);

        Assert.Equal((5, true), (done.Moved, done.IsFinished));
        Assert.All(await ItemsAsync(), row => Assert.Equal(order.To, row.Bundle));
    }

    [Fact]
    public async Task A_run_that_was_stopped_and_moved_back_moves_nothing_when_taken_up_again()
    {
        for (var count = 0; count < 3; count++)
        {
            await ReportAsync();
        }

        var order = await PublishAsync(Renamed);
        var run = await Runs.OrderAsync(order, "", Author, Cancel);
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Runs.CarryOutAsync(run, new StopAfter(1, stop), stop.Token));
        Assert.True((await Runs.ProgressAsync(run, Cancel)).MayResume);
        await Runs.UndoAsync(run, "", Author, new Progress<double>(), Cancel);

        var again = await Runs.CarryOutAsync(run, new Progress<MigrationProgress>(), Cancel);

        Assert.Equal((1, 1, false, false), (again.Moved, again.Undone, again.MayResume, again.MayUndo));
        Assert.All(await ItemsAsync(), row => Assert.Equal(order.From, row.Bundle));
    }

    [Fact]
    public async Task A_version_cannot_be_ordered_to_move_to_itself_nor_a_case_to_the_version_it_has()
    {
        var number = await ReportAsync();
        var current = await Bundles.GetCurrentAsync(Cancel);
        var client = _application.Services.GetRequiredService<WorkflowClient>();

        var result = await client.SendAsync(number, new Stimulus.MoveToBundle(current.Number, current, ActivityMapping.Empty, "r", "", Actor.System), Cancel);

        var refused = Assert.IsType<ActResult.Refused>(result);
        Assert.Equal(ObstacleKind.SameBundle, Assert.Single(MigrationObstacle.Read(refused.Detail)).Kind);
        Assert.Throws<ArgumentException>(() => new MigrationOrder(current.Number, current.Number, null, ActivityMapping.Empty));
    }

    [Fact]
    public async Task A_move_an_operator_gave_no_reason_for_is_told_in_the_readers_language_without_one()
    {
        var number = await ReportAsync();
        var order = await PublishAsync(Renamed);
        await Runs.CarryOutAsync(await Runs.OrderAsync(order, "", CurrentUser.Operator, Cancel), new Progress<MigrationProgress>(), Cancel);
        System.Globalization.CultureInfo.CurrentUICulture = new System.Globalization.CultureInfo("zh-CN");
        await using var scope = _application.Services.CreateAsyncScope();

        var told = await scope.ServiceProvider.GetRequiredService<TimelineQueries>().FindAsync(number, CurrentUser.Operator, Cancel);

        var move = Assert.Single(told!, entry => entry.Kind == HistoryKind.Migrated);
        Assert.Equal("运维人员", move.By);
        Assert.Empty(move.Lines);
    }

    public void Dispose() => _application.Dispose();

    private static (string, string, DateTimeOffset?, string?, string, DateTimeOffset) Kept(WorkItemRow row) => (row.Id, row.Unit, row.DueAt, row.ClaimedById, row.AreaPath, row.OpenedAt);

    private static WorkflowDefinition Renamed(WorkflowDefinition definition) => definition.DefinitionId != "small" ? definition : definition with
    {
        Root = definition.Root with
        {
            Activities = [.. definition.Root.Activities.Select(Rename)],
            Connections = [.. definition.Root.Connections.Select(connection => connection with { Source = NewId(connection.Source), Target = NewId(connection.Target) })],
        },
    };

    private static ActivityNode Rename(ActivityNode node)
    {
        var inputs = node.Inputs;
        if (inputs.TryGetValue("notBy", out var by))
        {
            inputs = inputs.SetItem("notBy", by with { Value = System.Text.Json.JsonSerializer.SerializeToElement(NewId(by.Text)) });
        }

        return node with { Id = NewId(node.Id), Inputs = inputs };
    }

    private static string NewId(string id) => id == "handle" ? "work" : id;

    private static WorkflowDefinition Without(WorkflowDefinition definition)
    {
        if (definition.DefinitionId != "small")
        {
            return definition;
        }

        var root = definition.Root;
        return definition with
        {
            Root = root with
            {
                Activities = [.. root.Activities.Select(node => node.Id == "handle" ? node with { Id = "other", DisplayText = LocalizedText.Same("Another"), Type = "GridFlow.Approval" } : node)],
                Connections = [],
            },
        };
    }

    private async Task<MigrationOrder> PublishAsync(Func<WorkflowDefinition, WorkflowDefinition> edit)
    {
        var current = await Bundles.GetCurrentAsync(Cancel);
        var content = new Bundle(0, current.Definitions.Select(edit), current.Routing, current.Categories, current.Calendar);
        var next = current.Number + 1;
        await using var db = await OpenAsync();
        db.Bundles.Add(new BundleRow { Number = next, PublishedAt = DateTimeOffset.UnixEpoch, Author = "a", Reason = "", Content = BundleJson.Write(content) });
        await db.SaveChangesAsync(Cancel);
        return new MigrationOrder(current.Number, next, null, MappingProposal.Between(current, await Bundles.GetAsync(next, Cancel)).ToMapping());
    }

    private async Task<string> ReportAsync(string detail = "垃圾堆了三天没人清运，臭味很大。")
    {
        var report = new NewReport { Title = "", Detail = detail, AreaCode = DemoOrganisation.CountyCode + "101001001", HasReporter = true };
        return Assert.IsType<ReportResult.Accepted>(await _application.Services.GetRequiredService<CaseCommands>().ReportAsync(report, Actor.Reporter, Cancel)).Number;
    }

    private async Task<List<WorkItemRow>> ItemsAsync()
    {
        await using var db = await OpenAsync();
        return await db.WorkItems.AsNoTracking().Where(row => row.ClosedAt == null).OrderBy(row => row.Id).ToListAsync(Cancel);
    }

    private async Task AssertBalancedAsync() => Assert.True((await _application.Services.GetRequiredService<ConservationLedger>().CheckAsync(new Progress<double>(), Cancel)).IsBalanced);

    private Task<GridFlowDbContext> OpenAsync() => _application.Services.GetRequiredService<IDbContextFactory<GridFlowDbContext>>().CreateDbContextAsync(Cancel);

    private sealed class StopAfter(int count, CancellationTokenSource stop) : IProgress<MigrationProgress>
    {
        public void Report(MigrationProgress value)
        {
            if (value.Moved >= count)
            {
                stop.Cancel();
            }
        }
    }
}
