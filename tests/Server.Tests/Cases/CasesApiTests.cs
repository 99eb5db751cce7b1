using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using GridFlow.Server.Cases;

namespace GridFlow.Server.Tests.Cases;

public sealed class CasesApiTests : IDisposable
{
    private readonly GridFlowApplication _application = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Completing_with_a_missing_field_is_refused_with_its_label_and_changes_nothing()
    {
        var (worker, number, item) = await ReportAsync();

        using var answer = await CompleteAsync(worker, item, "Handled", []);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("Answer to the resident", await DetailAsync(answer), StringComparison.Ordinal);
        var found = await GetAsync(worker, $"/api/cases/{number}");
        Assert.Equal(item, found.GetProperty("openItems")[0].GetProperty("id").GetString());
        Assert.Equal(JsonValueKind.Null, found.GetProperty("handled").ValueKind);
    }

    [Fact]
    public async Task An_outcome_that_needs_a_reason_is_refused_without_one()
    {
        var (worker, _, item) = await ReportAsync();

        using var answer = await CompleteAsync(worker, item, "PassOn", []);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("Say why", await DetailAsync(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Completing_says_who_has_the_case_now()
    {
        var (worker, number, item) = await ReportAsync();

        using var answer = await CompleteAsync(worker, item, "Handled", new() { ["answer"] = "Emptied and washed." });

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var text = (await answer.Content.ReadFromJsonAsync<ActDone>(Cancel))!.Text;
        Assert.Contains("Liutang Village", text, StringComparison.Ordinal);
        Assert.Contains("Check on site", text, StringComparison.Ordinal);
        var found = await GetAsync(worker, $"/api/cases/{number}");
        Assert.Equal("Tian Xiaoman", found.GetProperty("handled").GetProperty("by").GetString());
        Assert.Equal("Emptied and washed.", found.GetProperty("answer").GetString());
    }

    [Fact]
    public async Task Completing_twice_answers_who_was_quicker_and_when()
    {
        var (worker, _, item) = await ReportAsync();
        using var first = await CompleteAsync(worker, item, "Handled", new() { ["answer"] = "Emptied." });

        var dispatcher = await _application.CreateScriptAsync("county");
        using var second = await CompleteAsync(dispatcher, item, "Handled", new() { ["answer"] = "Emptied too." });

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        var problem = await second.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.Equal("田小满", problem.GetProperty("by").GetString());
        Assert.True(problem.GetProperty("at").GetDateTimeOffset() > DateTimeOffset.UnixEpoch);
        Assert.Contains("Tian Xiaoman", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_somebody_has_signed_for_is_theirs_until_they_release_it()
    {
        var (worker, _, item) = await ReportAsync();
        var dispatcher = await _application.CreateScriptAsync("county");

        using var claimed = await worker.PostAsync($"/api/work-items/{item}/claim", null, Cancel);
        using var refused = await CompleteAsync(dispatcher, item, "Handled", new() { ["answer"] = "Done." });
        using var notTheirs = await dispatcher.PostAsync($"/api/work-items/{item}/release", null, Cancel);
        using var released = await worker.PostAsync($"/api/work-items/{item}/release", null, Cancel);
        using var done = await CompleteAsync(dispatcher, item, "Handled", new() { ["answer"] = "Done." });

        Assert.Equal(HttpStatusCode.OK, claimed.StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("田小满", await DetailAsync(refused), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, notTheirs.StatusCode);
        Assert.Equal(HttpStatusCode.OK, released.StatusCode);
        Assert.Equal(HttpStatusCode.OK, done.StatusCode);
    }

    [Fact]
    public async Task Whoever_is_out_of_scope_is_not_told_that_it_exists()
    {
        var (_, number, item) = await ReportAsync();
        var elsewhere = await _application.CreateScriptAsync("wenchang1");

        using var found = await elsewhere.GetAsync($"/api/cases/{number}", Cancel);
        using var history = await elsewhere.GetAsync($"/api/cases/{number}/history", Cancel);
        using var claim = await elsewhere.PostAsync($"/api/work-items/{item}/claim", null, Cancel);
        using var comment = await elsewhere.PostAsJsonAsync($"/api/cases/{number}/comments", new CommentRequest("I know", false), Cancel);

        Assert.All([found, history, claim, comment], answer => Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode));
    }

    [Fact]
    public async Task A_remark_stands_in_the_history_once_under_its_key_and_an_empty_one_is_refused()
    {
        var (worker, number, _) = await ReportAsync();

        using var empty = await worker.PostAsJsonAsync($"/api/cases/{number}/comments", new CommentRequest("  ", false), Cancel);
        using var added = await worker.PostAsJsonAsync($"/api/cases/{number}/comments", new CommentRequest("The key is with the shop.", false, "1"), Cancel);
        using var again = await worker.PostAsJsonAsync($"/api/cases/{number}/comments", new CommentRequest("The key is with the shop.", false, "1"), Cancel);
        using var endless = await worker.PostAsJsonAsync($"/api/cases/{number}/comments", new CommentRequest("The key is with the shop.", false, new string('1', 65)), Cancel);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, empty.StatusCode);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (added.StatusCode, again.StatusCode));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, endless.StatusCode);
        var history = await GetAsync(worker, $"/api/cases/{number}/history");
        Assert.Single(history.EnumerateArray(), entry => entry.GetProperty("text").GetString() == "Remark");
        var newest = history[0];
        Assert.Equal("Remark", newest.GetProperty("text").GetString());
        Assert.Equal("Tian Xiaoman", newest.GetProperty("by").GetString());
        Assert.Equal("The key is with the shop.", newest.GetProperty("lines")[0].GetString());
    }

    [Fact]
    public async Task The_history_is_told_in_the_language_of_the_request()
    {
        var (worker, number, _) = await ReportAsync();
        worker.DefaultRequestHeaders.AcceptLanguage.Clear();
        worker.DefaultRequestHeaders.AcceptLanguage.Add(new StringWithQualityHeaderValue("zh-CN"));

        var history = await GetAsync(worker, $"/api/cases/{number}/history");

        var sentences = history.EnumerateArray().Select(entry => entry.GetProperty("text").GetString()!).ToList();
        Assert.Contains("受理：巡查发现", sentences);
        Assert.Contains(sentences, sentence => sentence.StartsWith("归类为“垃圾满溢”", StringComparison.Ordinal));
        Assert.Contains(sentences, sentence => sentence.StartsWith("交 柳塘村第一网格：就地办理", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_reporter_is_masked_and_told_to_nobody_in_full()
    {
        var worker = await _application.CreateScriptAsync("liutang1");
        var number = await PostReportAsync(worker, new { Detail = "垃圾桶满溢", AreaCode = "990101101001001001", ReporterName = "王小二", ReporterPhone = "13812345678" });

        var answer = await worker.GetStringAsync($"/api/cases/{number}", Cancel);

        Assert.Contains("138****5678", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("13812345678", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("王小二", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"detail": """, HttpStatusCode.BadRequest)]
    [InlineData("""{"detail": "x", "channel": "Pigeon"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"detail": "  "}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("""{"detail": "x", "areaCode": "123"}""", HttpStatusCode.UnprocessableEntity)]
    public async Task A_bad_report_is_refused_with_a_sentence_and_leaves_no_case(string body, HttpStatusCode expected)
    {
        var worker = await _application.CreateScriptAsync("liutang1");
        using var content = new StringContent(body, new MediaTypeHeaderValue("application/json"));

        using var answer = await worker.PostAsync("/api/cases", content, Cancel);

        Assert.Equal(expected, answer.StatusCode);
        Assert.True((await DetailAsync(answer)).Length > 10);
        Assert.Equal(0, (await GetAsync(worker, "/api/cases")).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task A_report_of_a_megabyte_is_refused_with_a_sentence()
    {
        var worker = await _application.CreateScriptAsync("liutang1");

        using var report = new StringContent($$"""{"detail": "{{new string('x', 1024 * 1024)}}"}""", new MediaTypeHeaderValue("application/json"));

        using var answer = await worker.PostAsync("/api/cases", report, Cancel);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Contains("256 KB", await DetailAsync(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_who_may_report_reports()
    {
        var clerk = await _application.CreateScriptAsync("urban");

        using var answer = await clerk.PostAsJsonAsync("/api/cases", new { Detail = "垃圾" }, Cancel);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    public void Dispose() => _application.Dispose();

    /// <summary>A small matter in the first grid of Liutang; its grid worker, its number and the item that asks to handle it.</summary>
    private async Task<(HttpClient Worker, string Number, string Item)> ReportAsync()
    {
        var worker = await _application.CreateScriptAsync("liutang1");
        var number = await PostReportAsync(worker, new { Title = "老街垃圾桶满溢", Detail = "三个垃圾桶都满溢了，垃圾箱也满了。", AreaCode = "990101101001001001" });
        var found = await GetAsync(worker, $"/api/cases/{number}");
        return (worker, number, found.GetProperty("openItems")[0].GetProperty("id").GetString()!);
    }

    private static async Task<string> PostReportAsync(HttpClient worker, object report)
    {
        using var answer = await worker.PostAsJsonAsync("/api/cases", report, Cancel);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<ReportAccepted>(Cancel))!.Number;
    }

    private static Task<HttpResponseMessage> CompleteAsync(HttpClient client, string item, string outcome, Dictionary<string, object> fields) =>
        client.PostAsJsonAsync($"/api/work-items/{item}/complete", new { outcome, fields }, Cancel);

    private static async Task<JsonElement> GetAsync(HttpClient client, string address) => await client.GetFromJsonAsync<JsonElement>(address, Cancel);

    private static async Task<string> DetailAsync(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("detail").GetString()!;
}
