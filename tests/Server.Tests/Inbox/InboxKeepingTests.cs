using GridFlow.Server.Cases;
using GridFlow.Server.Inbox;
using GridFlow.Server.Persistence;
using GridFlow.Server.Tests.Cases;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Engine;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GridFlow.Server.Tests.Inbox;

/// <summary>What an inbox keeps for its reader: marks, filters, headings.</summary>
public sealed class InboxKeepingTests : IDisposable
{
    private readonly GridFlowApplication _application = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_one_has_opened_is_read_for_oneself_alone()
    {
        var marks = Get<SeenMarks>();
        var (worker, dispatcher) = (CaseScopeTests.User("liutang1"), CaseScopeTests.User("qingxi"));
        var item = await ItemAsync();

        await marks.MarkAsync(worker, item, Cancel);
        await marks.MarkAsync(worker, item, Cancel);

        Assert.Equal([item], await marks.FindAsync(worker, [item, "other"], Cancel));
        Assert.Empty(await marks.FindAsync(dispatcher, [item], Cancel));
        await marks.UnmarkAsync(worker, item, Cancel);
        Assert.Empty(await marks.FindAsync(worker, [item], Cancel));
    }

    [Fact]
    public async Task What_is_not_in_ones_reach_is_not_marked()
    {
        var item = await ItemAsync();
        var stranger = CaseScopeTests.User("wenchang1");

        await Get<SeenMarks>().MarkAsync(stranger, item, Cancel);

        Assert.Empty(await Get<SeenMarks>().FindAsync(stranger, [item], Cancel));
    }

    [Fact]
    public async Task Marks_of_work_long_closed_are_forgotten_and_those_of_open_or_recent_work_stay()
    {
        var (worker, marks) = (CaseScopeTests.User("liutang1"), Get<SeenMarks>());
        string[] items = [await ItemAsync(), await ItemAsync(), await ItemAsync()];
        foreach (var item in items)
        {
            await marks.MarkAsync(worker, item, Cancel);
        }

        var fields = System.Collections.Immutable.ImmutableDictionary<string, object?>.Empty.Add("answer", "已清理");
        Assert.IsType<ActResult.Done>(await Get<CaseCommands>().CompleteAsync(items[0], "Handled", fields, null, worker, Cancel));
        Assert.IsType<ActResult.Done>(await Get<CaseCommands>().CompleteAsync(items[1], "Handled", fields, null, worker, Cancel));
        await using (var db = await Get<IDbContextFactory<GridFlowDbContext>>().CreateDbContextAsync(Cancel))
        {
            var old = Get<TimeProvider>().GetUtcNow().AddDays(-31);
            await db.Set<SeenRow>().Where(row => row.WorkItem != items[1]).ExecuteUpdateAsync(set => set.SetProperty(row => row.At, old), Cancel);
        }

        var cleaner = ActivatorUtilities.CreateInstance<SeenCleaner>(_application.Services);
        Assert.Equal(1, await cleaner.CleanAsync(Cancel));
        Assert.Equal(0, await cleaner.CleanAsync(Cancel));
        Assert.Equal(items[1..].Order(StringComparer.Ordinal), (await marks.FindAsync(worker, items, Cancel)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("supervisor", 1)]
    [InlineData("qingxi.leader", 1)]
    [InlineData("yunling.leader", 0)]
    [InlineData("qingxi", 0)]
    [InlineData("liutang1", 0)]
    public async Task Who_supervises_watches_the_open_work_of_the_area_and_is_not_allowed_to_do_it_by_that(string name, int expected)
    {
        var item = await ItemAsync();
        var user = CaseScopeTests.User(name);

        var watched = await Get<InboxQueries>().ListAsync(user, InboxTab.Watch, new InboxFilter(), after: null, cancellationToken: Cancel);
        var counts = await Get<InboxQueries>().CountAsync(user, Cancel);

        Assert.Equal((expected, expected), (watched.Rows.Count, counts.Watch));
        if (name == "supervisor")
        {
            Assert.IsType<ActResult.NotFound>(await Get<CaseCommands>().ClaimAsync(item, user, Cancel));
        }
    }

    [Theory]
    [InlineData("qingxi", true)]
    [InlineData("liutang1", false)]
    [InlineData("supervisor", false)]
    public async Task The_dispatcher_alone_gets_the_desk_with_what_is_proposed(string name, bool expected)
    {
        var report = new NewReport { Detail = "想反映一件事，请派人来看看。", AreaCode = "990101101001001001", Channel = CaseChannel.Hotline };
        var number = Assert.IsType<ReportResult.Accepted>(await Get<CaseCommands>().ReportAsync(report, Actor.Reporter, Cancel)).Number;
        var item = (await Get<CaseQueries>().FindAsync(number, CaseScopeTests.User("qingxi"), Cancel))!.OpenItems[0].Id;

        var task = await Get<DispatchQueries>().FindAsync(number, item, CaseScopeTests.User(name), Cancel);

        Assert.Equal(expected, task is not null);
        Assert.Equal(expected ? ("Confirmed", "Resort") : (null, null), (task?.Accept.Name, task?.Resort?.Name));
    }

    [Fact]
    public async Task A_filter_is_kept_under_its_name_for_its_owner_and_replaced_by_the_next_of_that_name()
    {
        var saved = Get<SavedFilters>();
        var (mine, other) = (CaseScopeTests.User("qingxi"), CaseScopeTests.User("yunling"));

        Assert.True(await saved.SaveAsync(" 大事 ", "tier=Big", mine, Cancel));
        Assert.True(await saved.SaveAsync("大事", "tab=reach&tier=Big", mine, Cancel));

        var filter = Assert.Single(await saved.ListAsync(mine, Cancel));
        Assert.Equal(("大事", "tab=reach&tier=Big"), (filter.Name, filter.Query));
        Assert.Empty(await saved.ListAsync(other, Cancel));
        await saved.RemoveAsync(filter.Id, other, Cancel);
        Assert.Single(await saved.ListAsync(mine, Cancel));
        await saved.RemoveAsync(filter.Id, mine, Cancel);
        Assert.Empty(await saved.ListAsync(mine, Cancel));
    }

    [Fact]
    public async Task Filters_without_a_name_and_beyond_what_is_kept_are_refused()
    {
        var user = CaseScopeTests.User("qingxi");
        for (var i = 0; i < SavedFilters.MaxFilters; i++)
        {
            Assert.True(await Get<SavedFilters>().SaveAsync($"第{i}个", "overdue=true", user, Cancel));
        }

        Assert.False(await Get<SavedFilters>().SaveAsync("又一个", "overdue=true", user, Cancel));
        Assert.False(await Get<SavedFilters>().SaveAsync("  ", "overdue=true", user, Cancel));
        Assert.True(await Get<SavedFilters>().SaveAsync("第0个", "tier=Hard", user, Cancel));
    }

    // Wednesday 25 November 2026, 10:00 in China.
    [Theory]
    [InlineData("2026-11-25T09:59+08:00", InboxGroup.Overdue)]
    [InlineData("2026-11-25T23:59+08:00", InboxGroup.Today)]
    [InlineData("2026-11-26T00:00+08:00", InboxGroup.Tomorrow)]
    [InlineData("2026-11-27T09:00+08:00", InboxGroup.ThisWeek)]
    [InlineData("2026-11-29T23:59+08:00", InboxGroup.ThisWeek)]
    [InlineData("2026-11-30T00:00+08:00", InboxGroup.Later)]
    [InlineData(null, InboxGroup.NoLimit)]
    public void Rows_stand_under_the_day_they_are_due(string? due, InboxGroup expected)
    {
        var now = DateTimeOffset.Parse("2026-11-25T02:00Z", System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal(expected, InboxGroups.Of(due is null ? null : DateTimeOffset.Parse(due, System.Globalization.CultureInfo.InvariantCulture), now));
    }

    [Fact]
    public void On_a_Sunday_tomorrow_is_the_only_day_left_of_the_week()
    {
        var sunday = DateTimeOffset.Parse("2026-11-29T02:00Z", System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal((InboxGroup.Tomorrow, InboxGroup.Later), (InboxGroups.Of(sunday.AddDays(1), sunday), InboxGroups.Of(sunday.AddDays(2), sunday)));
    }

    public void Dispose() => _application.Dispose();

    private async Task<string> ItemAsync()
    {
        var report = new NewReport { Title = "垃圾桶满溢", Detail = "垃圾箱满溢，没人清运。", AreaCode = "990101101001001001", Channel = CaseChannel.Patrol };
        var number = Assert.IsType<ReportResult.Accepted>(await Get<CaseCommands>().ReportAsync(report, Actor.Reporter, Cancel)).Number;
        return (await Get<InboxQueries>().ListAsync(CaseScopeTests.User("liutang1"), InboxTab.Unit, new InboxFilter(), cancellationToken: Cancel)).Rows.Single(row => row.CaseNumber == number).Id;
    }

    private T Get<T>()
        where T : notnull => _application.Services.GetRequiredService<T>();
}
