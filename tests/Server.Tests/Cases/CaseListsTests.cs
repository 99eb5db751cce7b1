using GridFlow.Server.Cases;
using GridFlow.Server.Persistence;
using GridFlow.Server.Security;
using GridFlow.Workflows.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GridFlow.Server.Tests.Cases;

/// <summary>The list of cases walked slice by slice, on both databases.</summary>
public sealed class CaseListsTests
{
    private const string Village = "/99/9901/990101/990101101/990101101001/";
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<bool> OnPostgres => new(false, true);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static CurrentUser County => new("county", "county", null, [new UserPost("area:990101", Role.Dispatcher, "/99/9901/990101/")]);

    [Theory]
    [MemberData(nameof(OnPostgres))]
    public async Task The_newest_come_first_and_by_due_date_what_is_open_comes_before_what_is_over(bool onPostgres)
    {
        await using var application = new GridFlowApplication { OnPostgres = onPostgres };
        await FillAsync(application,
            Case("a", 1, due: 5), Case("b", 2, due: null), Case("c", 2, due: 3), Case("d", 3, due: 3), Case("e", 4, due: 1, CaseStatus.Closed), Case("f", 5, due: null), Case("g", 6, due: 9, CaseStatus.Merged));

        foreach (var size in (int[])[1, 2, 3, 10])
        {
            Assert.Equal("gfedcba", await WalkAsync(application, new CaseFilter(), size));
            Assert.Equal("cdabfge", await WalkAsync(application, new CaseFilter { DueFirst = true }, size));
            Assert.Equal("ge", await WalkAsync(application, new CaseFilter { DueFirst = true, Stage = CaseStage.Done }, size));
            Assert.Equal("dcba", await WalkAsync(application, new CaseFilter { Tier = CaseTier.Hard, Area = "990101101001" }, size));
        }
    }

    [Theory]
    [MemberData(nameof(OnPostgres))]
    public async Task Where_few_match_among_many_all_are_found_and_counted(bool onPostgres)
    {
        await using var application = new GridFlowApplication { OnPostgres = onPostgres };
        await FillAsync(application, [.. Enumerable.Range(0, 2_300).Select(index => Case($"n{index:D5}", index, due: null, category: index % 700 == 3 ? "rare" : "often"))]);
        var filter = new CaseFilter { Category = "rare" };
        var lists = application.Services.GetRequiredService<CaseLists>();

        var first = await lists.ListAsync(County, filter, after: null, 3, Cancel);
        var second = await lists.ListAsync(County, filter, CaseCursor.Parse(first.Next!.ToString()), 3, Cancel);

        Assert.Equal(["n02103", "n01403", "n00703"], first.Rows.Select(row => row.Number));
        Assert.Equal(["n00003"], second.Rows.Select(row => row.Number));
        Assert.Null(second.Next);
        Assert.Equal(new CaseCount(4, false), await lists.CountAsync(County, filter, Cancel));
        Assert.Equal(new CaseCount(CaseLists.MostCounted, true), await lists.CountAsync(County, new CaseFilter(), Cancel));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("2.5")]
    [InlineData("9.5.a")]
    [InlineData("2.-5.a")]
    [InlineData("x.y.z")]
    [InlineData("2.99999999999999999999.a")]
    public void A_place_that_is_none_begins_at_the_beginning(string? text) => Assert.Null(CaseCursor.Parse(text));

    private static CaseRow Case(string number, int hour, int? due, CaseStatus status = CaseStatus.Open, string? category = null) => new()
    {
        Number = number,
        Title = number,
        Detail = "",
        ReportedAt = Noon,
        AcceptedAt = Noon.AddHours(hour),
        AreaPath = Village,
        Status = status,
        Stage = status == CaseStatus.Open ? CaseStage.Handling : CaseStage.Done,
        Tier = hour < 4 ? CaseTier.Hard : CaseTier.Small,
        Category = category,
        DueAt = due is { } hours ? Noon.AddHours(hours) : null,
        Round = 1,
    };

    private static async Task FillAsync(GridFlowApplication application, params CaseRow[] rows)
    {
        await using var db = await application.Services.GetRequiredService<IDbContextFactory<GridFlowDbContext>>().CreateDbContextAsync(Cancel);
        db.AddRange(rows);
        await db.SaveChangesAsync(Cancel);
    }

    private static async Task<string> WalkAsync(GridFlowApplication application, CaseFilter filter, int size)
    {
        var numbers = "";
        CaseCursor? after = null;
        do
        {
            var slice = await application.Services.GetRequiredService<CaseLists>().ListAsync(County, filter, after, size, Cancel);
            numbers += string.Concat(slice.Rows.Select(row => row.Number));
            after = slice.Next;
        }
        while (after is not null);
        return numbers;
    }
}
