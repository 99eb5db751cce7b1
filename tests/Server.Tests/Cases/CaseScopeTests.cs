using GridFlow.Server.Accounts;
using GridFlow.Server.Cases;
using GridFlow.Server.Persistence;
using GridFlow.Server.Security;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Engine;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GridFlow.Server.Tests.Cases;

public sealed class CaseScopeTests : IDisposable
{
    private const string InLiutang = "990101101001001001";
    private const string InWenchang = "990101101002001001";
    private const string InYunling = "990101102001001001";
    private readonly GridFlowApplication _application = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("county", 3)]
    [InlineData("supervisor", 3)]
    [InlineData("admin", 3)]
    [InlineData("qingxi", 2)]
    [InlineData("yunling", 1)]
    [InlineData("liutang", 1)]
    [InlineData("liutang1", 1)]
    [InlineData("liutang2", 0)]
    [InlineData("police", 0)]
    public async Task A_post_in_an_area_sees_the_cases_of_its_subtree(string userName, int expected)
    {
        await ReportAsync(InLiutang);
        await ReportAsync(InWenchang);
        await ReportAsync(InYunling);

        var seen = await Get<CaseQueries>().ListAsync(User(userName), new CaseFilter(), cancellationToken: Cancel);

        Assert.Equal(expected, seen.Total);
        Assert.Equal(expected, seen.Rows.Count);
    }

    [Fact]
    public async Task A_department_sees_a_case_from_when_it_has_a_part_and_keeps_seeing_it()
    {
        var number = await ReportAsync(InLiutang);
        var clerk = User("urban");

        var before = await Get<CaseQueries>().FindAsync(number, clerk, Cancel);
        await CompleteAsync(number, "liutang1", "Returned", new() { ["reason"] = "WrongUnit" });
        await CompleteAsync(number, "qingxi", "Dispatched", new() { ["lead"] = "dept:urban" });
        var during = await Get<CaseQueries>().FindAsync(number, clerk, Cancel);
        await CompleteAsync(number, "urban", "Handled", new() { ["answer"] = "Done" });
        var after = await Get<CaseQueries>().FindAsync(number, clerk, Cancel);

        Assert.Null(before);
        Assert.True(Assert.Single(during!.OpenItems).MayAct);
        Assert.False(Assert.Single(after!.OpenItems).MayAct);
        Assert.Equal("dept:urban", after.Lead!.Key);
    }

    [Fact]
    public async Task A_supervisor_sees_the_work_and_does_none_of_it()
    {
        var number = await ReportAsync(InLiutang);
        var supervisor = User("supervisor");

        var found = await Get<CaseQueries>().FindAsync(number, supervisor, Cancel);
        var result = await Get<CaseCommands>().ClaimAsync(found!.OpenItems[0].Id, supervisor, Cancel);

        Assert.False(found.OpenItems[0].MayAct);
        Assert.IsType<ActResult.NotFound>(result);
    }

    [Fact]
    public async Task Who_dispatches_reaches_the_work_of_the_whole_area_and_nothing_beside_it()
    {
        await ReportAsync(InLiutang);
        await ReportAsync(InYunling);
        await using var db = await Get<IDbContextFactory<GridFlowDbContext>>().CreateDbContextAsync(Cancel);

        var reached = await db.WorkItems.InReachOf(User("qingxi")).Where(item => item.ClosedAt == null).ToListAsync(Cancel);
        var own = await db.WorkItems.OfUnitsOf(User("qingxi")).Where(item => item.ClosedAt == null).ToListAsync(Cancel);

        Assert.Equal("area:990101101001001", Assert.Single(reached).Unit);
        Assert.Empty(own);
    }

    [Fact]
    public async Task A_town_s_dispatcher_does_not_do_a_department_s_work_and_the_county_s_steps_in_for_it()
    {
        var number = await ReportAsync(InLiutang);
        await CompleteAsync(number, "liutang1", "Returned", new() { ["reason"] = "WrongUnit" });
        await CompleteAsync(number, "qingxi", "Dispatched", new() { ["lead"] = "dept:urban" });

        var town = await Get<CaseQueries>().FindAsync(number, User("qingxi"), Cancel);
        var county = await Get<CaseQueries>().FindAsync(number, User("county"), Cancel);

        Assert.False(Assert.Single(town!.OpenItems).MayAct);
        Assert.True(Assert.Single(county!.OpenItems).MayAct);
        Assert.IsType<ActResult.NotFound>(await Get<CaseCommands>().ClaimAsync(town.OpenItems[0].Id, User("qingxi"), Cancel));
    }

    [Fact]
    public async Task Looking_for_an_area_finds_its_subtree_and_for_a_step_those_who_wait_there()
    {
        var number = await ReportAsync(InLiutang);
        await ReportAsync(InYunling);
        await CompleteAsync(number, "liutang1", "Handled", new() { ["answer"] = "Done" });
        var (queries, county) = (Get<CaseQueries>(), User("county"));

        var inTown = await queries.ListAsync(county, new CaseFilter { Area = "990101101" }, cancellationToken: Cancel);
        var atVerify = await queries.ListAsync(county, new CaseFilter { Flow = "small", Step = "verify" }, cancellationToken: Cancel);
        var atHandle = await queries.ListAsync(county, new CaseFilter { Flow = "small", Step = "handle" }, cancellationToken: Cancel);
        var byNumber = await queries.ListAsync(county, new CaseFilter { Text = number[^4..] }, cancellationToken: Cancel);
        var nowhere = await queries.ListAsync(county, new CaseFilter { Area = "42" }, cancellationToken: Cancel);

        Assert.Equal(number, Assert.Single(inTown.Rows).Number);
        Assert.Equal(number, Assert.Single(atVerify.Rows).Number);
        Assert.NotEqual(number, Assert.Single(atHandle.Rows).Number);
        Assert.Equal(number, Assert.Single(byNumber.Rows).Number);
        Assert.Empty(nowhere.Rows);
    }

    public void Dispose() => _application.Dispose();

    internal static CurrentUser User(string userName)
    {
        var account = DemoAccounts.All.Single(account => account.UserName == userName);
        var code = UnitKey.AreaOf(account.UnitKey);
        int[] lengths = [2, 4, 6, 9, 12, 15, 18];
        var path = code is null ? null : "/" + string.Concat(lengths.Where(length => length <= code.Length).Select(length => code[..length] + "/"));
        return new CurrentUser(userName, account.Name, account.NameEn, [new UserPost(account.UnitKey, account.Role, path)]);
    }

    private T Get<T>()
        where T : notnull => _application.Services.GetRequiredService<T>();

    private async Task<string> ReportAsync(string area)
    {
        var report = new NewReport { Title = "垃圾桶满溢", Detail = "垃圾箱满溢，没人清运。", AreaCode = area, Channel = CaseChannel.Patrol };
        return Assert.IsType<ReportResult.Accepted>(await Get<CaseCommands>().ReportAsync(report, Actor.Reporter, Cancel)).Number;
    }

    private async Task CompleteAsync(string number, string userName, string outcome, Dictionary<string, object?> fields)
    {
        var user = User(userName);
        var found = await Get<CaseQueries>().FindAsync(number, user, Cancel);
        var item = Assert.Single(found!.OpenItems, item => item.MayAct);
        var result = await Get<CaseCommands>().CompleteAsync(item.Id, outcome, System.Collections.Immutable.ImmutableDictionary.CreateRange(fields), "Why", user, Cancel);
        Assert.IsType<ActResult.Done>(result);
    }
}
