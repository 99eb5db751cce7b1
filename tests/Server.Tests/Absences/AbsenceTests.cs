using System.Collections.Immutable;
using GridFlow.Server.Absences;
using GridFlow.Server.Accounts;
using GridFlow.Server.Acts;
using GridFlow.Server.Cases;
using GridFlow.Server.Inbox;
using GridFlow.Server.Persistence;
using GridFlow.Server.Security;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Engine;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GridFlow.Server.Tests.Absences;

public sealed class AbsenceTests : IDisposable
{
    private const string InLiutang = "990101101001001001";
    private readonly GridFlowApplication _application = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(Get<TimeProvider>().GetUtcNow(), CaseWords.Zone).DateTime);

    [Fact]
    public async Task Who_stands_in_sees_and_does_the_work_and_the_history_names_both()
    {
        var number = await ReportAsync();
        var before = await UserAsync("liutang2");
        Assert.Empty((await Get<InboxQueries>().ListAsync(before, InboxTab.Unit, new InboxFilter(), cancellationToken: Cancel)).Rows);

        Assert.Null(await EnterAsync("liutang1", "liutang2", await UserAsync("liutang1")));
        var standIn = await UserAsync("liutang2");
        var row = Assert.Single((await Get<InboxQueries>().ListAsync(standIn, InboxTab.Unit, new InboxFilter(), cancellationToken: Cancel)).Rows);
        var result = await CompleteAsync(row.Id, standIn);

        Assert.Equal("田小满", standIn.StandsInFor(row.Unit.Key));
        Assert.IsType<ActResult.Done>(result);
        var told = await Get<TimelineQueries>().FindAsync(number, await UserAsync("qingxi"), Cancel);
        Assert.Contains(told!, entry => entry.By.Contains("柳成荫 (for 田小满)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_the_absent_one_signed_for_is_done_by_the_stand_in()
    {
        await ReportAsync();
        var absent = await UserAsync("liutang1");
        var item = (await Get<InboxQueries>().ListAsync(absent, InboxTab.Unit, new InboxFilter(), cancellationToken: Cancel)).Rows[0].Id;
        await Get<CaseCommands>().ClaimAsync(item, absent, Cancel);
        await EnterAsync("liutang1", "liutang2", absent);

        var standIn = await UserAsync("liutang2");
        var mine = Assert.Single((await Get<InboxQueries>().ListAsync(standIn, InboxTab.Mine, new InboxFilter(), cancellationToken: Cancel)).Rows);

        Assert.True(mine.IsMine);
        Assert.Contains(await Get<ActOffers>().FindAsync(mine.CaseNumber, item, standIn, Cancel), offer => offer is { Act.Name: "Transfer", WhyNot: null });
        var fields = ImmutableDictionary<string, object?>.Empty.Add("unit", "dept:urban");
        Assert.IsType<ActResult.Done>(await Get<CaseCommands>().TakeActAsync(mine.CaseNumber, "Transfer", item, fields, "不归网格管", standIn, Cancel));
        Assert.IsType<ActResult.Done>(await CompleteAsync(item, standIn));
    }

    [Fact]
    public async Task A_colleague_who_does_not_stand_in_cannot_do_what_another_signed_for()
    {
        await ReportAsync();
        var absent = await UserAsync("liutang1");
        var item = (await Get<InboxQueries>().ListAsync(absent, InboxTab.Unit, new InboxFilter(), cancellationToken: Cancel)).Rows[0].Id;
        await Get<CaseCommands>().ClaimAsync(item, absent, Cancel);

        Assert.IsType<ActResult.Refused>(await CompleteAsync(item, await UserAsync("qingxi")));
        Assert.IsType<ActResult.NotFound>(await CompleteAsync(item, await UserAsync("liutang2")));
    }

    [Fact]
    public async Task Standing_in_ends_with_the_absence_and_begins_with_its_first_day()
    {
        var absent = await UserAsync("liutang1");
        await EnterAsync("liutang1", "liutang2", absent);
        Assert.True((await UserAsync("liutang2")).Holds(absent.Posts[0].UnitKey));
        var entered = Assert.Single(await Get<AbsenceStore>().ListAsync(absent, Cancel));

        Assert.True(await Get<AbsenceStore>().EndAsync(entered.Id, absent, Cancel));
        Assert.False((await UserAsync("liutang2")).Holds(absent.Posts[0].UnitKey));

        await EnterAsync("liutang1", "liutang2", absent, days: 3);
        Assert.False((await UserAsync("liutang2")).Holds(absent.Posts[0].UnitKey));
    }

    [Fact]
    public async Task Standing_in_is_not_passed_on_and_gives_no_power_over_the_portal()
    {
        await EnterAsync("liutang1", "liutang2", await UserAsync("liutang1"));
        await EnterAsync("liutang2", "wenchang1", await UserAsync("liutang2"));
        await EnterAsync("admin", "wenchang1", await UserAsync("admin"));

        var user = await UserAsync("wenchang1");

        Assert.Equal(["area:990101101002001", "area:990101101001002"], user.Posts.Select(post => post.UnitKey));
        Assert.False(user.Can(Permission.ManageOrganisation));
    }

    [Theory]
    [InlineData("liutang1", "liutang1", "liutang1", 0, 0, "RefusedStandIn")]
    [InlineData("liutang1", "liutang2", "liutang1", 1, 0, "RefusedDays")]
    [InlineData("liutang1", "liutang2", "liutang1", -3, -1, "RefusedDays")]
    [InlineData("liutang1", "liutang2", "liutang1", 0, 800, "RefusedDays")]
    [InlineData("liutang1", "liutang2", "liutang2", 0, 1, "RefusedWho")]
    [InlineData("liutang1", "liutang2", "yunling", 0, 1, "RefusedWho")]
    [InlineData("liutang1", "liutang2", "supervisor", 0, 1, "RefusedWho")]
    [InlineData("liutang1", "liutang2", "qingxi", 0, 1, null)]
    [InlineData("urban", "police", "county", 0, 1, null)]
    [InlineData("urban", "police", "qingxi", 0, 1, "RefusedWho")]
    [InlineData("urban", "police", "admin", 0, 1, null)]
    public async Task One_enters_ones_own_absence_and_who_dispatches_there_that_of_others(string who, string standIn, string by, int first, int last, string? refused) =>
        Assert.Equal(refused, await Get<AbsenceStore>().EnterAsync(await IdAsync(who), await IdAsync(standIn), Today.AddDays(first), Today.AddDays(last), await UserAsync(by), Cancel));

    [Fact]
    public async Task Two_absences_do_not_overlap()
    {
        var absent = await UserAsync("liutang1");
        await EnterAsync("liutang1", "liutang2", absent);

        Assert.Equal("RefusedOverlap", await EnterAsync("liutang1", "wenchang1", absent));
        Assert.Null(await EnterAsync("liutang1", "wenchang1", absent, days: 2));
    }

    public void Dispose() => _application.Dispose();

    private async Task<string?> EnterAsync(string who, string standIn, CurrentUser by, int days = 0) =>
        await Get<AbsenceStore>().EnterAsync(await IdAsync(who), await IdAsync(standIn), Today.AddDays(days), Today.AddDays(days + 1), by, Cancel);

    private Task<ActResult> CompleteAsync(string item, CurrentUser user) =>
        Get<CaseCommands>().CompleteAsync(item, "Handled", ImmutableDictionary<string, object?>.Empty.Add("answer", "已清运。"), null, user, Cancel);

    private async Task<string> ReportAsync()
    {
        var report = new NewReport { Title = "垃圾桶满溢", Detail = "垃圾箱满溢，没人清运。", AreaCode = InLiutang, Channel = CaseChannel.Patrol };
        return Assert.IsType<ReportResult.Accepted>(await Get<CaseCommands>().ReportAsync(report, Actor.Reporter, Cancel)).Number;
    }

    private async Task<string> IdAsync(string userName)
    {
        await using var db = await Get<IDbContextFactory<GridFlowDbContext>>().CreateDbContextAsync(Cancel);
        return await db.Users.Where(account => account.UserName == userName).Select(account => account.Id).SingleAsync(Cancel);
    }

    // As somebody is known right after signing in.
    private async Task<CurrentUser> UserAsync(string userName)
    {
        await using var scope = _application.Services.CreateAsyncScope();
        var account = await scope.ServiceProvider.GetRequiredService<UserManager<Account>>().FindByNameAsync(userName);
        return CurrentUser.From(await scope.ServiceProvider.GetRequiredService<IUserClaimsPrincipalFactory<Account>>().CreateAsync(account!));
    }

    private T Get<T>()
        where T : notnull => _application.Services.GetRequiredService<T>();
}
