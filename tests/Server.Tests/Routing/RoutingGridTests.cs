using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using GridFlow.Server.Bundles;
using GridFlow.Server.Drafts;
using GridFlow.Server.Organisation;
using GridFlow.Server.Persistence;
using GridFlow.Server.Routing;
using GridFlow.Server.Routing.Grid;
using GridFlow.Server.Security;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Calendars;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace GridFlow.Server.Tests.Routing;

/// <summary>Cells, blocks, files and drafts of the routing table's grid, with the demo county's names.</summary>
public sealed class RoutingGridTests : IDisposable
{
    private const string Town = DemoOrganisation.CountyCode + "101";
    private readonly GridFlowApplication _application = new();

    private static readonly RoutingRow Full = new()
    {
        Number = 17,
        Category = "local/1/matter/06001",
        Area = Town,
        Keywords = ["垃圾", "臭"],
        Tier = CaseTier.Small,
        Nature = CaseNature.Complaint,
        Channel = CaseChannel.Hotline,
        Urgency = CaseUrgency.Urgent,
        From = new TimeOnly(22, 0),
        Until = new TimeOnly(6, 30),
        Lead = "dept:police",
        Assisting = ["@village", "area:" + Town],
        StartTier = CaseTier.Hard,
        Workflow = "hard",
        Limit = TimeLimit.UrgentHours(2),
        Priority = 1,
        Note = "夜间，\"急\"",
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public async Task What_a_cell_shows_can_be_read_again(string language)
    {
        CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = new CultureInfo(language);
        var cells = await CellsAsync();
        foreach (var column in Enum.GetValues<RoutingColumn>())
        {
            var (row, problem) = cells.Read(column == RoutingColumn.Number ? Full : new RoutingRow { Number = 17, Lead = "" }, column, cells.Show(Full, column));

            Assert.True(problem is null, $"{column}: {problem}");
            Assert.Equal(cells.Show(Full, column), cells.Show(row!, column));
        }
    }

    [Theory]
    [InlineData(RoutingColumn.Lead, "公安局派出所", "dept:police")]
    [InlineData(RoutingColumn.Lead, "dept:police", "dept:police")]
    [InlineData(RoutingColumn.Lead, "Police", "dept:police")]
    [InlineData(RoutingColumn.Lead, "@town", "@town")]
    [InlineData(RoutingColumn.Lead, "清溪镇", "area:990101101")]
    [InlineData(RoutingColumn.Lead, "990101101", "area:990101101")]
    public async Task Units_are_understood_by_name_key_and_code(RoutingColumn column, string written, string expected) =>
        Assert.Equal(expected, (await CellsAsync(written)).Read(Full, column, written).Row!.Lead);

    [Theory]
    [InlineData("暴露垃圾")]
    [InlineData("06001")]
    [InlineData("local/1/matter/06001")]
    [InlineData("06001 暴露垃圾")]
    public async Task Categories_are_understood_by_name_and_code(string written) =>
        Assert.Equal("local/1/matter/06001", (await CellsAsync()).Read(new RoutingRow { Number = 1, Lead = "" }, RoutingColumn.Category, written).Row!.Category);

    [Theory]
    [InlineData("2uh", 2, TimeUnit.UrgentHour)]
    [InlineData("5 个工作日", 5, TimeUnit.WorkingDay)]
    [InlineData("5工作日", 5, TimeUnit.WorkingDay)]
    [InlineData("4 working hours", 4, TimeUnit.WorkingHour)]
    [InlineData("3 calendar days", 3, TimeUnit.NaturalDay)]
    public async Task Limits_are_understood_as_people_write_them(string written, int amount, TimeUnit unit) =>
        Assert.Equal(new TimeLimit(amount, unit), (await CellsAsync()).Read(Full, RoutingColumn.Limit, written).Row!.Limit);

    [Fact]
    public async Task A_time_is_read_as_a_spreadsheet_keeps_it() =>
        Assert.Equal(new TimeOnly(22, 0), (await CellsAsync()).Read(Full, RoutingColumn.From, "0.91666666666666663").Row!.From);

    [Theory]
    [InlineData(RoutingColumn.Lead, "火星局")]
    [InlineData(RoutingColumn.Category, "外星事务")]
    [InlineData(RoutingColumn.Area, "火星")]
    [InlineData(RoutingColumn.Limit, "很快")]
    [InlineData(RoutingColumn.Limit, "1.5 个工作日")]
    [InlineData(RoutingColumn.Priority, "9")]
    [InlineData(RoutingColumn.Tier, "中事")]
    [InlineData(RoutingColumn.From, "25:00")]
    [InlineData(RoutingColumn.Workflow, "没有")]
    [InlineData(RoutingColumn.Number, "18")]
    public async Task What_cannot_be_read_is_said_and_changes_nothing(RoutingColumn column, string written)
    {
        var (row, problem) = (await CellsAsync(written)).Read(Full, column, written);

        Assert.NotNull(problem);
        Assert.True(row is null || column == RoutingColumn.Number);
    }

    [Fact]
    public async Task Two_places_of_one_name_must_be_told_apart_by_their_codes()
    {
        await using (var db = await _application.Services.GetRequiredService<IDbContextFactory<GridFlowDbContext>>().CreateDbContextAsync(Cancel))
        {
            var path = await db.Areas.Where(area => area.Code == Town).Select(area => area.Path).SingleAsync(Cancel);
            foreach (var code in new[] { Town + "801", Town + "802" })
            {
                db.Areas.Add(new Area { Code = code, ParentCode = Town, Level = AreaLevel.Village, Name = "同名村", Path = path + code + "/" });
            }

            await db.SaveChangesAsync(Cancel);
        }

        var cells = await CellsAsync("同名村", Town + "801");

        Assert.Contains("2", cells.Read(Full, RoutingColumn.Area, "同名村").Problem, StringComparison.Ordinal);
        Assert.Equal(Town + "801", cells.Read(Full, RoutingColumn.Area, $"同名村 ({Town}801)").Row!.Area);
    }

    [Fact]
    public void A_block_of_a_spreadsheet_is_lines_of_cells_and_quotes_hold_what_separates()
    {
        Assert.Equal([["a", "b"], ["c", ""]], RoutingBlock.Split("a\tb\r\nc\t\r\n"));
        Assert.Equal([["a\tb", "say \"x\"", "1\n2"]], RoutingBlock.Split("\"a\tb\"\t\"say \"\"x\"\"\"\t\"1\n2\""));
        Assert.Equal([["甲"], [""], ["乙"]], RoutingBlock.Split("甲\n\n乙"));
    }

    [Fact]
    public async Task A_block_is_pasted_whole_or_not_at_all_and_goes_on_in_new_rows()
    {
        var cells = await CellsAsync("消防救援大队");
        RoutingRow[] rows = [Full, Full with { Number = 18 }];

        var (made, none) = RoutingBlock.Put(rows, 1, RoutingColumn.Lead, [["公安局派出所", "城市管理局"], ["消防救援大队"]], cells, 40);
        var (nothing, problems) = RoutingBlock.Put(rows, 0, RoutingColumn.Lead, [["公安局派出所"], ["火星局", "城市管理局、木星局"]], cells, 40);

        Assert.Empty(none);
        Assert.Equal([(18, "dept:police"), (40, "dept:fire")], made.Select(row => (row.Number, row.Lead)));
        Assert.Equal(["dept:urban"], made[0].Assisting);
        Assert.Empty(nothing);
        Assert.Equal([(2, RoutingColumn.Lead), (2, RoutingColumn.Assisting)], problems.Select(problem => (problem.Line, problem.Column)));
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("xlsx")]
    public async Task A_table_saved_as_a_file_comes_back_the_same(string kind)
    {
        using var browser = await _application.CreateBrowserAsync("admin", "zh-CN");
        var bytes = await browser.GetByteArrayAsync($"/admin/routing.{kind}", Cancel);
        CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = new CultureInfo("zh-CN");
        var current = await CurrentAsync();

        var (file, problem) = RoutingFiles.Read("t." + kind, new MemoryStream(bytes), Text);
        var (rows, problems) = RoutingFiles.ToRows(file!, current.Routing.Rows, await CellsAsync(), 900, Text);
        var (fresh, _) = RoutingFiles.ToRows(file!, [], await CellsAsync(), 900, Text);

        Assert.Null(problem);
        Assert.Empty(problems);
        Assert.True(RoutingChanges.Between(current.Routing.Rows, rows).IsEmpty);
        Assert.True(RoutingChanges.Between(current.Routing.Rows, fresh).IsEmpty);
    }

    [Fact]
    public async Task A_file_that_cannot_be_used_says_where()
    {
        var (none, heading) = RoutingFiles.Read("t.csv", File("行号,天气\n1,晴\n"), Text);
        var (_, empty) = RoutingFiles.Read("t.csv", File("行号\n"), Text);
        var (_, broken) = RoutingFiles.Read("t.xlsx", File("no excel"), Text);
        var (_, encoding) = RoutingFiles.Read("t.csv", new MemoryStream([0xB2, 0xE2, 0x0A, 0xCA, 0xD4]), Text);
        var (file, _) = RoutingFiles.Read("t.csv", File("Number,Lead\n,dept:police\n,火星局\n"), Text);
        var (rows, problems) = RoutingFiles.ToRows(file!, [], await CellsAsync(), 5, Text);

        Assert.Null(none);
        Assert.All([heading, empty, broken, encoding], problem => Assert.False(string.IsNullOrEmpty(problem)));
        Assert.Empty(rows);
        Assert.Equal((3, RoutingColumn.Lead), (Assert.Single(problems).Line, problems[0].Column));
    }

    [Fact]
    public async Task Two_people_who_add_rows_at_once_both_do_and_one_who_changes_what_another_changed_is_told()
    {
        var store = _application.Services.GetRequiredService<DraftStore>();
        var draft = await store.BeginAsync("两人", CurrentUser.Operator, Cancel);
        var (one, other) = (new RoutingSession(store, draft, CurrentUser.Operator), new RoutingSession(store, draft, CurrentUser.Operator with { AccountId = "b", Name = "王芳" }));

        var (first, a) = await one.AddAsync(number => [new RoutingRow { Number = number, Lead = "@town", Note = "甲" }]);
        var (second, b) = await other.AddAsync(number => [new RoutingRow { Number = number, Lead = "@county", Note = "乙" }]);
        await one.RefreshAsync();
        Assert.Equal((TableEdit.Kept, TableEdit.Kept), (first, second));
        Assert.NotEqual(a, b);
        Assert.Contains(one.Rows, row => row.Note == "甲");
        Assert.Contains(one.Rows, row => row.Note == "乙");

        Assert.Equal(TableEdit.Kept, await other.EditAsync(rows => Change(rows, a, row => row with { Note = "丙" })));
        Assert.Equal(TableEdit.Refused, await one.EditAsync(rows => Change(rows, a, row => row with { Note = "丁" })));
        Assert.Equal("丙", one.Rows.Single(row => row.Number == a).Note);
        Assert.NotEmpty(one.Conflicts);

        Assert.Equal(TableEdit.Kept, await other.UndoAsync());
        Assert.Equal("甲", other.Rows.Single(row => row.Number == a).Note);
        Assert.Equal(TableEdit.Kept, await other.RedoAsync());
        Assert.Equal("丙", other.Rows.Single(row => row.Number == a).Note);
    }

    public void Dispose() => _application.Dispose();

    private static ImmutableArray<RoutingRow> Change(ImmutableArray<RoutingRow> rows, int number, Func<RoutingRow, RoutingRow> change) => [.. rows.Select(row => row.Number == number ? change(row) : row)];

    private static MemoryStream File(string text) => new(Encoding.UTF8.GetBytes(text));

    private IStringLocalizer<RoutingText> Text => _application.Services.GetRequiredService<IStringLocalizer<RoutingText>>();

    private async Task<Bundle> CurrentAsync() => await _application.Services.GetRequiredService<BundleStore>().GetCurrentAsync(Cancel);

    private async Task<RoutingCells> CellsAsync(params string[] texts) =>
        new(await CurrentAsync(), await RoutingLookup.ReadAsync(_application.Services.GetRequiredService<IDbContextFactory<GridFlowDbContext>>(), [Town, .. texts], Cancel), Text);
}
