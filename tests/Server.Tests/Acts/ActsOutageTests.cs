using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using GridFlow.Server.Cases;
using GridFlow.Server.Persistence;
using GridFlow.Server.Tests.Persistence;
using GridFlow.Workflows.Engine;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GridFlow.Server.Tests.Acts;

/// <summary>The database is away while somebody does something: they are told so, and sent again it happens once.</summary>
public sealed class ActsOutageTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task While_another_program_holds_the_file_an_act_is_refused_for_now_and_taken_once_afterwards()
    {
        var directory = Directory.CreateTempSubdirectory("gridflow-held-").FullName;
        var file = $"Data Source={Path.Combine(directory, "gridflow.db")};Default Timeout=1";
        try
        {
            using var application = new GridFlowApplication { OnPostgres = false, Settings = new Dictionary<string, string> { ["Database:Connection"] = file } };
            var (county, number) = await ReportAsync(application);
            await using (var other = new SqliteConnection(file))
            {
                await other.OpenAsync(Cancel);
                await using var holds = await other.BeginTransactionAsync(System.Data.IsolationLevel.Serializable, Cancel);
                await AwayAsync(county, number, "locked");
            }

            await OnceAsync(application, county, number, "locked", tries: 3);
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public async Task While_the_server_is_stopped_an_act_is_refused_for_now_and_taken_once_afterwards()
    {
        Assert.SkipWhen(PostgresTestDatabase.Server is null, "No PostgreSQL for tests.");
        await using var line = new PostgresLine();
        using var application = new GridFlowApplication { OnPostgres = true, Detour = line.Detour };
        var (county, number) = await ReportAsync(application);
        line.Cut();
        await AwayAsync(county, number, "stopped");
        await AwayAsync(county, number, "stopped");
        line.Mend();
        await OnceAsync(application, county, number, "stopped", tries: 2);
    }

    [Fact]
    public async Task An_act_whose_commit_was_not_heard_of_happened_once_when_it_is_sent_again()
    {
        Assert.SkipWhen(PostgresTestDatabase.Server is null, "No PostgreSQL for tests.");
        await using var line = new PostgresLine();
        using var application = new GridFlowApplication { OnPostgres = true, Detour = line.Detour };
        var (county, number) = await ReportAsync(application);
        line.CutAfter("unheard");
        await AwayAsync(county, number, "unheard");
        line.Mend();

        // It is in the books, though the one who did it was told that nothing answered.
        Assert.Equal(1, await CountAsync(application, number, "unheard"));
        await OnceAsync(application, county, number, "unheard", tries: 2);
    }

    [Fact]
    public async Task A_remark_whose_commit_was_not_heard_of_stands_once_when_it_is_sent_again()
    {
        Assert.SkipWhen(PostgresTestDatabase.Server is null, "No PostgreSQL for tests.");
        await using var line = new PostgresLine();
        using var application = new GridFlowApplication { OnPostgres = true, Detour = line.Detour };
        var (county, number) = await ReportAsync(application);
        line.CutAfter("unheard");
        using (var away = await RemarkAsync(county, number, "unheard"))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, away.StatusCode);
        }

        line.Mend();
        for (var (attempt, heard) = (0, 0); heard < 2; attempt++)
        {
            Assert.True(attempt < 50, "The database never came back.");
            using var answer = await RemarkAsync(county, number, "unheard");
            Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable });
            heard += answer.StatusCode == HttpStatusCode.OK ? 1 : 0;
        }

        Assert.Equal(1, await CountAsync(application, number, "unheard", HistoryKind.Comment));
    }

    private static Task<HttpResponseMessage> RemarkAsync(HttpClient script, string number, string word) =>
        script.PostAsJsonAsync($"/api/cases/{number}/comments", new { text = word, isPublic = false, key = word }, Cancel);

    private static async Task AwayAsync(HttpClient script, string number, string word)
    {
        using var answer = await TakeAsync(script, number, word);
        var said = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.True(answer.StatusCode == HttpStatusCode.ServiceUnavailable, $"{answer.StatusCode}: {said}");
        Assert.Contains("数据库暂时没有响应", JsonDocument.Parse(said).RootElement.GetProperty("detail").GetString()!, StringComparison.Ordinal);
        Assert.NotNull(answer.Headers.RetryAfter);
    }

    // A pool may give out a line that was cut once more; whoever is told so sends again.
    private static async Task OnceAsync(GridFlowApplication application, HttpClient script, string number, string word, int tries)
    {
        var taken = 0;
        for (var attempt = 0; taken < tries; attempt++)
        {
            Assert.True(attempt < 50, "The database never came back.");
            using var answer = await TakeAsync(script, number, word);
            Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable });
            taken += answer.StatusCode == HttpStatusCode.OK ? 1 : 0;
        }

        Assert.Equal(1, await CountAsync(application, number, word));
        Assert.True((await application.Services.GetRequiredService<ConservationLedger>().CheckAsync(new Progress<double>(), Cancel)).IsBalanced);
    }

    private static Task<HttpResponseMessage> TakeAsync(HttpClient script, string number, string word) =>
        script.PostAsJsonAsync($"/api/cases/{number}/acts/CopyTo", new { fields = new { units = "dept:urban" }, comment = word, key = word }, Cancel);

    private static async Task<int> CountAsync(GridFlowApplication application, string number, string word, HistoryKind kind = HistoryKind.ActTaken)
    {
        await using var db = await application.Services.GetRequiredService<IDbContextFactory<GridFlowDbContext>>().CreateDbContextAsync(Cancel);
        return await db.History.CountAsync(row => row.InstanceId == number && row.Kind == kind && row.Data.Contains(word), Cancel);
    }

    private static async Task<(HttpClient County, string Number)> ReportAsync(GridFlowApplication application)
    {
        var county = await application.CreateScriptAsync("county", "zh-CN");
        using var answer = await county.PostAsJsonAsync("/api/cases", new { Detail = "三个垃圾桶都满溢了，垃圾箱也满了。", AreaCode = "990101101001001001" }, Cancel);
        var number = (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("number").GetString()!;

        // Once before, so that nothing else has to be written with what follows.
        using var first = await TakeAsync(county, number, "before");
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        return (county, number);
    }
}
