using GridFlow.Server.Cases;
using GridFlow.Server.Inbox;
using GridFlow.Server.Persistence;
using GridFlow.Server.Security;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Engine;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GridFlow.Server.Tests.Inbox;

/// <summary>An inbox walked slice by slice, on both databases: nothing skipped, nothing twice, the same order.</summary>
public sealed class InboxOrderTests
{
    private const string Village = "/99/9901/990101/990101101/990101101001/";
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<bool> OnPostgres => new(false, true);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static CurrentUser Clerk => new("clerk", "clerk", null, [new UserPost("dept:urban", Role.Handler, null)]);

    [Theory]
    [MemberData(nameof(OnPostgres))]
    public async Task What_is_due_first_comes_first_and_what_has_no_limit_last_over_any_number_of_slices(bool onPostgres)
    {
        await using var application = new GridFlowApplication { OnPostgres = onPostgres };
        DateTimeOffset?[] due = [null, Noon.AddDays(1), Noon, Noon, null, Noon.AddTicks(1), Noon, null, Noon.AddDays(-3), Noon.AddDays(1)];
        await FillAsync(application, due);
        var queries = application.Services.GetRequiredService<InboxQueries>();

        foreach (var size in (int[])[1, 2, 3, 7, 10, 30])
        {
            Assert.Equal(["i8", "i2", "i3", "i6", "i5", "i1", "i9", "i0", "i4", "i7"], await WalkAsync(queries, size));
        }
    }

    [Theory]
    [MemberData(nameof(OnPostgres))]
    public async Task What_comes_and_goes_meanwhile_moves_nothing_else(bool onPostgres)
    {
        await using var application = new GridFlowApplication { OnPostgres = onPostgres };
        await FillAsync(application, [Noon, Noon.AddHours(1), Noon.AddHours(2), null]);
        var queries = application.Services.GetRequiredService<InboxQueries>();

        var first = await queries.ListAsync(Clerk, InboxTab.Unit, new InboxFilter(), after: null, 2, Cancel);
        await FillAsync(application, [Noon.AddHours(-1)], "late");
        await CloseAsync(application, "i1");
        var second = await queries.ListAsync(Clerk, InboxTab.Unit, new InboxFilter(), first.Next, 2, Cancel);

        Assert.Equal(["i0", "i1"], first.Rows.Select(row => row.Id));
        Assert.Equal(["i2", "i3"], second.Rows.Select(row => row.Id));
        Assert.Null(second.Next);
    }

    private static async Task<IReadOnlyList<string>> WalkAsync(InboxQueries queries, int size)
    {
        var ids = new List<string>();
        InboxCursor? after = null;
        do
        {
            var slice = await queries.ListAsync(Clerk, InboxTab.Unit, new InboxFilter(), after, size, Cancel);
            Assert.InRange(slice.Rows.Count, 1, size);
            ids.AddRange(slice.Rows.Select(row => row.Id));
            after = slice.Next;
        }
        while (after is not null);
        return ids;
    }

    private static async Task FillAsync(GridFlowApplication application, DateTimeOffset?[] due, string prefix = "i")
    {
        await using var db = await application.Services.GetRequiredService<IDbContextFactory<GridFlowDbContext>>().CreateDbContextAsync(Cancel);
        db.AddRange(due.Select((at, index) => new WorkItemRow
        {
            Id = $"{prefix}{index}",
            CaseNumber = "GF2026-000001",
            Bundle = 1,
            DefinitionId = "small",
            ActivityId = "handle",
            Kind = WorkItemKind.Task,
            Unit = "dept:urban",
            AreaPath = Village,
            OpenedAt = Noon,
            DueAt = at,
        }));
        await db.SaveChangesAsync(Cancel);
    }

    private static async Task CloseAsync(GridFlowApplication application, string id)
    {
        await using var db = await application.Services.GetRequiredService<IDbContextFactory<GridFlowDbContext>>().CreateDbContextAsync(Cancel);
        await db.WorkItems.Where(row => row.Id == id).ExecuteUpdateAsync(set => set.SetProperty(row => row.ClosedAt, Noon), Cancel);
    }
}
