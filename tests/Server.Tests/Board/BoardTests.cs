using GridFlow.Server.Board;
using GridFlow.Server.Cases;
using GridFlow.Server.Organisation;
using GridFlow.Server.Security;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Engine;
using Microsoft.Extensions.DependencyInjection;

namespace GridFlow.Server.Tests.Board;

/// <summary>The board through the eyes of those who watch it, fed by cases that come in through the front door.</summary>
public sealed class BoardTests : IDisposable
{
    private const string County = "/99/9901/990101/";
    private static readonly CurrentUser Dispatcher = new("county", "沈若安", null, [new UserPost("area:990101", Role.Dispatcher, County)]);
    private static readonly CurrentUser Town = new("qingxi", "q", null, [new UserPost("area:990101101", Role.Dispatcher, County + "990101101/")]);
    private static readonly CurrentUser Urban = new("urban", "u", null, [new UserPost("dept:urban", Role.Handler, null)]);
    private readonly GridFlowApplication _application = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everybody_sees_the_cases_of_their_own_scope_and_no_other()
    {
        var near = await ReportAsync("老街垃圾桶满溢，没人清运", "990101101001001002");
        var far = await ReportAsync("下湾河边有人乱倒垃圾", "990101102001001002");
        var urban = await ReportAsync("楼道里贴满小广告，牛皮癣一样", "990101102002001001");

        Assert.Equal(new[] { near, far, urban }.Order(StringComparer.Ordinal), Numbers(await ViewAsync(Dispatcher)).Order(StringComparer.Ordinal));
        Assert.Equal([near], Numbers(await ViewAsync(Town)));
        var cases = Get<CaseQueries>();
        foreach (var number in Numbers(await ViewAsync(Urban)))
        {
            Assert.NotNull(await cases.FindAsync(number, Urban, Cancel));
        }

        Assert.DoesNotContain(near, Numbers(await ViewAsync(Urban)));
        Assert.Equal((await ViewAsync(Dispatcher)).Total.Open, (await ViewAsync(Dispatcher)).Areas.Sum(area => area.Open));
    }

    [Fact]
    public async Task A_picture_that_was_kept_up_is_the_picture_read_whole()
    {
        await ReportAsync("路灯不亮，晚上摸黑", "990101101002001001");
        var kept = Get<BoardState>();
        await kept.GetAsync(Cancel);
        var gone = await ReportAsync("不知道该找哪里，想请你们来看看", "990101101001002001");
        await ReportAsync("井盖破损，车一过就响", "990101102001001001");
        var item = (await Get<Workflows.Storage.IWorkflowStore>().FindAsync(gone, Cancel))!.WorkItems.Single(item => item.ActivityId == "check");
        await Get<WorkflowClient>().SendAsync(gone, new Stimulus.CompleteWorkItem(item.Id, "NotOurs", System.Collections.Immutable.ImmutableDictionary<string, object?>.Empty, "说明", new Actor("clerk", "王芳")), Cancel);

        var after = await FreshAsync(kept, snapshot => snapshot.Version > 1);

        using var whole = ActivatorUtilities.CreateInstance<BoardState>(_application.Services);
        Assert.Equal((await whole.GetAsync(Cancel)).Cases.OrderBy(one => one.Number), after.Cases.OrderBy(one => one.Number));
        Assert.Equal(2, after.Cases.Count);
        Assert.DoesNotContain(after.Cases, one => one.Number == gone);
    }

    [Fact]
    public async Task A_case_another_machine_took_in_a_moment_ago_is_counted_around_itself()
    {
        await ReportAsync("路灯不亮，晚上摸黑", "990101101001001002");
        using var untold = ActivatorUtilities.CreateInstance<BoardState>(_application.Services, new ChangeFeed());
        var before = await untold.GetAsync(Cancel);
        var number = await ReportAsync("老街垃圾桶满溢，没人清运", "990101101001001002");
        var finder = ActivatorUtilities.CreateInstance<CaseSurroundings>(_application.Services, untold);

        var found = await finder.FindAsync(number, County + "990101101/990101101001/990101101001001/990101101001001002/", Town, Cancel);

        Assert.DoesNotContain(before.Cases, one => one.Number == number);
        Assert.Equal(2, found!.HereCount.Open);
    }

    [Fact]
    public async Task Cases_of_one_kind_at_one_place_are_a_hot_spot_and_are_merged_into_the_first()
    {
        var first = await ReportAsync("老街垃圾桶满溢，没人清运", "990101101001001002", "老街 12 号");
        var second = await ReportAsync("老街垃圾桶又满溢了，没人清运", "990101101001001002", "老街12号");
        var spot = Assert.Single((await ViewAsync(Town)).HotSpots);
        Assert.Equal([first, second], spot.Numbers);

        var report = await Get<BoardActs>().MergeAsync(spot.Numbers, Town, Cancel);

        Assert.True(report.IsDone, report.Text);
        Assert.Equal(CaseStatus.Merged, (await Get<CaseQueries>().FindAsync(second, Town, Cancel))!.Status);
        Assert.Equal(CaseStatus.Open, (await Get<CaseQueries>().FindAsync(first, Town, Cancel))!.Status);
    }

    [Fact]
    public async Task What_cannot_be_done_with_one_case_is_told_and_the_others_are_done()
    {
        var (mine, other) = (await ReportAsync("老街垃圾桶满溢，没人清运", "990101101001001002"), await ReportAsync("下湾河边有人乱倒垃圾", "990101102001001002"));

        var report = await Get<BoardActs>().UrgeAsync([mine, other], Town, Cancel);
        var again = await Get<BoardActs>().UrgeAsync([mine], Town, Cancel);

        Assert.False(report.IsDone);
        Assert.Contains("1", report.Text, StringComparison.Ordinal);
        Assert.False(again.IsDone);
    }

    [Fact]
    public void Outlines_lie_beside_each_other_and_are_drawn_into_one_frame()
    {
        var areas = DemoOrganisation.Areas.ToDictionary(area => area.Code, area => Area.Create(area.Code, area.Name, null));
        var outlines = Demo.DemoBoundaries.Draw(DemoOrganisation.CountyCode, areas.Keys);
        var towns = outlines.Keys.Where(code => code.Length == 9).Select(code => AreaBoundary.Read(outlines[code])[0]).ToList();

        Assert.Equal(areas.Keys.Count(code => code.StartsWith(DemoOrganisation.CountyCode, StringComparison.Ordinal)), outlines.Count);
        Assert.Equal(Size(AreaBoundary.Read(outlines[DemoOrganisation.CountyCode])[0]), towns.Sum(Size), 5);
        foreach (var (code, outline) in outlines)
        {
            areas[code].Boundary = outline;
        }

        var map = AreaMaps.Draw([.. areas.Values.Where(area => area.Code.Length == 9)]);
        Assert.All(map.Shapes, shape => Assert.True(shape.X > 0 && shape.X < map.Width && shape.Y > 0 && shape.Y < map.Height));
    }

    public void Dispose() => _application.Dispose();

    private static double Size(IReadOnlyList<MapPoint> ring) =>
        Math.Abs(ring.Select((point, index) => (point, next: ring[(index + 1) % ring.Count])).Sum(pair => (pair.point.X * pair.next.Y) - (pair.next.X * pair.point.Y))) / 2;

    private static IEnumerable<string> Numbers(BoardView view) => view.Newest.Select(one => one.Number);

    private T Get<T>()
        where T : notnull => _application.Services.GetRequiredService<T>();

    // A picture of its own each time: what is under test is what it shows, not how old it may be.
    private async Task<BoardView> ViewAsync(CurrentUser user)
    {
        using var state = ActivatorUtilities.CreateInstance<BoardState>(_application.Services);
        return await ActivatorUtilities.CreateInstance<BoardQueries>(_application.Services, state).GetAsync(user, null, Cancel);
    }

    private static async Task<BoardSnapshot> FreshAsync(BoardState state, Func<BoardSnapshot, bool> isSo)
    {
        var came = new TaskCompletionSource<BoardSnapshot>(TaskCreationOptions.RunContinuationsAsynchronously);
        state.Refreshed += async () =>
        {
            if (await state.GetAsync(Cancel) is var snapshot && isSo(snapshot))
            {
                came.TrySetResult(snapshot);
            }
        };
        using var watching = state.Watch();
        return await came.Task.WaitAsync(Cancel);
    }

    private async Task<string> ReportAsync(string detail, string area, string? place = null)
    {
        var report = new NewReport { Detail = detail, AreaCode = area, Place = place, HasReporter = true };
        return Assert.IsType<ReportResult.Accepted>(await Get<CaseCommands>().ReportAsync(report, Actor.Reporter, Cancel)).Number;
    }
}
