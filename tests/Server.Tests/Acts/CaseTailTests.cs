using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using GridFlow.Server.Persistence;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Engine;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GridFlow.Server.Tests.Acts;

/// <summary>The case to merge into is named by the end of its number, as long as that is the end of one.</summary>
public sealed class CaseTailTests : IDisposable
{
    private const string Grid = "990101101001001001";
    private readonly GridFlowApplication _application = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(4, false)]
    [InlineData(6, false)]
    [InlineData(5, true)]
    public async Task The_end_of_a_number_names_the_case(int digits, bool isFullWidth)
    {
        var (first, second) = (await ReportAsync(), await ReportAsync());
        var tail = first[^digits..];

        using var merged = await MergeAsync(second, isFullWidth ? string.Concat(tail.Select(digit => (char)(digit + '０' - '0'))) : tail);

        Assert.Equal(HttpStatusCode.OK, merged.StatusCode);
        Assert.Equal(first, await MergedIntoAsync(second));
    }

    [Fact]
    public async Task What_is_the_end_of_several_numbers_is_refused_until_more_is_said()
    {
        var (first, second) = (await ReportAsync(), await ReportAsync());
        await TakeInAsync(first.Replace("-00", "-01", StringComparison.Ordinal));

        using var several = await MergeAsync(second, first[^4..]);
        using var none = await MergeAsync(second, "999999");
        using var little = await MergeAsync(second, first[^3..]);

        var problem = await several.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "SeveralCases"), (several.StatusCode, problem.GetProperty("reason").GetString()));
        Assert.Equal($"编号以 {first[^4..]} 结尾的案件不止一件，请多输几位或输入完整编号。", problem.GetProperty("detail").GetString());
        Assert.All([none, little], answer => Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode));
        Assert.Null(await MergedIntoAsync(second));

        using var merged = await MergeAsync(second, first[^6..]);
        Assert.Equal(HttpStatusCode.OK, merged.StatusCode);
        Assert.Equal(first, await MergedIntoAsync(second));
    }

    [Fact]
    public async Task A_case_of_the_same_year_is_meant_before_one_of_an_earlier_year()
    {
        var (first, second, third) = (await ReportAsync(), await ReportAsync(), await ReportAsync());
        var before = (int.Parse(first[2..6], System.Globalization.CultureInfo.InvariantCulture) - 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
        await TakeInAsync($"GF{before}-{first[7..]}");
        await TakeInAsync($"GF{before}-007777");

        using var same = await MergeAsync(second, first[^6..]);
        using var earlier = await MergeAsync(third, "7777");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (same.StatusCode, earlier.StatusCode));
        Assert.Equal(first, await MergedIntoAsync(second));
        Assert.Equal($"GF{before}-007777", await MergedIntoAsync(third));
    }

    public void Dispose() => _application.Dispose();

    private async Task<HttpResponseMessage> MergeAsync(string number, string into) =>
        await (await _application.CreateScriptAsync("county", "zh-CN")).PostAsJsonAsync($"/api/cases/{number}/acts/Merge", new { fields = new { into } }, Cancel);

    private async Task<string?> MergedIntoAsync(string number)
    {
        await using var db = await _application.Services.GetRequiredService<IDbContextFactory<GridFlowDbContext>>().CreateDbContextAsync(Cancel);
        return await db.Cases.Where(row => row.Number == number).Select(row => row.MergedInto).SingleAsync(Cancel);
    }

    // A case as it would lie there had so many come in before it.
    private async Task TakeInAsync(string number)
    {
        await using var db = await _application.Services.GetRequiredService<IDbContextFactory<GridFlowDbContext>>().CreateDbContextAsync(Cancel);
        var now = TimeProvider.System.GetUtcNow();
        var @case = new CaseState
        {
            Number = number,
            Title = "老街垃圾桶满溢",
            Detail = "三个垃圾桶都满溢了，垃圾箱也满了。",
            ReportedAt = now,
            AcceptedAt = now,
            Channel = CaseChannel.Patrol,
            AreaPath = await db.Areas.Where(area => area.Code == Grid).Select(area => area.Path).SingleAsync(Cancel),
        };
        var start = new Stimulus.Start(number, ShippedBundle.IntakeWorkflow, @case, ImmutableDictionary<string, object?>.Empty, Actor.System);
        Assert.IsType<ActResult.Done>(await _application.Services.GetRequiredService<WorkflowClient>().StartAsync(start, key: null, reporter: null, Cancel));
    }

    private async Task<string> ReportAsync()
    {
        var worker = await _application.CreateScriptAsync("liutang1");
        using var answer = await worker.PostAsJsonAsync("/api/cases", new { Title = "老街垃圾桶满溢", Detail = "三个垃圾桶都满溢了，垃圾箱也满了。", AreaCode = Grid }, Cancel);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("number").GetString()!;
    }
}
