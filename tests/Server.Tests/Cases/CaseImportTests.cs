using System.Text;
using GridFlow.Server.Cases;
using GridFlow.Server.Operations;
using GridFlow.Server.Persistence;
using GridFlow.Workflows.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GridFlow.Server.Tests.Cases;

public sealed class CaseImportTests : IDisposable
{
    private static readonly CaseColumns Guessed = new(null, null, null, null, null);
    private readonly GridFlowApplication _application = new();
    private readonly string _file = Path.GetTempFileName();

    [Fact]
    public async Task Real_messages_become_cases_each_sorted_routed_and_explained_and_a_second_time_adds_nothing()
    {
        var path = Path.Combine(SharedMaterial.Directory ?? "", "data", "complaints", "with_reply.csv");
        if (!File.Exists(path))
        {
            Assert.Skip($"The real messages are not here: {path}");
        }

        var first = await ImportAsync(path, Guessed);
        var second = await ImportAsync(path, Guessed);

        Assert.Equal((2141, 0), (first.Added, first.Known));
        Assert.Equal((0, 2141), (second.Added, second.Known));
        await using var db = Open();
        Assert.Equal(2141, await db.Cases.CountAsync(row => row.Category != null && row.Tier != null && row.LeadUnit != null && row.Routing != null && row.Classification != null, Cancel));
        Assert.True((await _application.Services.GetRequiredService<ConservationLedger>().CheckAsync(new Progress<double>(), Cancel)).IsBalanced);
        Assert.Equal(new DateTimeOffset(2019, 4, 24, 15, 40, 4, TimeSpan.FromHours(8)), (await db.Cases.SingleAsync(row => row.Title == "请加快提高A市民营幼儿园老师的待遇", Cancel)).ReportedAt);
    }

    [Theory]
    [InlineData("name,when\nx,y\n", "no column looks like")]
    [InlineData("title,detail\n,\n", ":2: neither title nor text")]
    [InlineData("title,detail,created\na,b,yesterday\n", ":2: 'yesterday' in column created")]
    [InlineData("title,detail\na,b\nc\n", ":3:")]
    [InlineData("title,detail\n\"a,b\n", ":2:")]
    [InlineData("", "")]
    public async Task A_broken_file_is_refused_with_its_line_and_nothing_is_taken_in(string content, string expected)
    {
        await File.WriteAllTextAsync(_file, content, Cancel);

        var problem = await Assert.ThrowsAsync<BadInputException>(() => ImportAsync(_file, Guessed));

        Assert.Contains(expected, problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', problem.Message);
        await using var db = Open();
        Assert.Equal(0, await db.Cases.CountAsync(Cancel));
    }

    [Fact]
    public async Task A_file_in_another_encoding_is_refused()
    {
        // 标题 as GBK writes it.
        await File.WriteAllBytesAsync(_file, [0xB1, 0xEA, 0xCC, 0xE2, .. Encoding.ASCII.GetBytes(",detail\na,b\n")], Cancel);

        var problem = await Assert.ThrowsAsync<BadInputException>(() => ImportAsync(_file, Guessed));

        Assert.Contains("UTF-8", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_of_a_megabyte_is_refused_before_any_row_is_taken_in()
    {
        await File.WriteAllTextAsync(_file, $"title,detail\nok,ok\nlong,{new string('长', 1_000_000)}\n", Cancel);

        await Assert.ThrowsAsync<BadInputException>(() => ImportAsync(_file, Guessed));

        await using var db = Open();
        Assert.Equal(0, await db.Cases.CountAsync(Cancel));
    }

    [Fact]
    public async Task Columns_can_be_named_and_a_label_that_is_a_category_here_is_taken()
    {
        await File.WriteAllTextAsync(_file, "标,文,类\n有件事,请来看看,井盖缺失破损\n另一件,请看,没有的类别\n", Cancel);

        var result = await ImportAsync(_file, new CaseColumns("标", "文", null, "类", null));

        Assert.Equal(2, result.Added);
        Assert.Equal(["没有的类别"], result.UnknownCategories);
        await using var db = Open();
        Assert.Equal("local/1/matter/10001", (await db.Cases.SingleAsync(row => row.Title == "有件事", Cancel)).Category);
    }

    public void Dispose()
    {
        _application.Dispose();
        File.Delete(_file);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Task<CaseImportResult> ImportAsync(string path, CaseColumns columns)
    {
        System.Globalization.CultureInfo.CurrentUICulture = System.Globalization.CultureInfo.GetCultureInfo("en");
        return _application.Services.GetRequiredService<CaseImport>().RunAsync(path, columns, null, CaseChannel.Hotline, new Progress<double>(), Cancel);
    }

    private GridFlowDbContext Open() => _application.Services.GetRequiredService<IDbContextFactory<GridFlowDbContext>>().CreateDbContext();
}
