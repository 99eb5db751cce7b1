using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using GridFlow.Server.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GridFlow.Server.Tests.Acts;

/// <summary>Acts asked for wrongly: each is refused in the caller's language, and nothing at all is written.</summary>
public sealed partial class ActsApiMisuseTests : IDisposable
{
    private const string Grid = "990101101001001001";
    private readonly GridFlowApplication _application = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", "application/json")]
    [InlineData("null", "application/json")]
    [InlineData("{", "application/json")]
    [InlineData("[]", "application/json")]
    [InlineData("""{"workItem":5}""", "application/json")]
    [InlineData("""{"comment":{"a":1}}""", "application/json")]
    [InlineData("""{"fields":[1,2]}""", "application/json")]
    [InlineData("""{"fields":"unit"}""", "application/json")]
    [InlineData("""{"fields":{"unit":"\ud800"}}""", "application/json")]
    [InlineData("""{"fields":{"unit":{"\ud800":1}}}""", "application/json")]
    [InlineData("""{"comment":"\ud800"}""", "application/json")]
    [InlineData("unit=dept:urban", "application/x-www-form-urlencoded")]
    public async Task What_cannot_be_read_is_refused(string body, string type)
    {
        foreach (var language in new[] { "en", "zh-CN" })
        {
            var (script, number, _) = await ReportAsync(language);
            using var content = new StringContent(body, Encoding.UTF8, type);
            await RefusedAsync(language, () => script.PostAsync($"/api/cases/{number}/acts/Transfer", content, Cancel), body.Length == 0 || body == "null" || body[0] is '{' or '[' ? 400 : 415);
        }
    }

    [Fact]
    public async Task A_body_nested_without_end_is_refused()
    {
        var (script, number, _) = await ReportAsync("en");
        var deep = "{\"fields\":{\"unit\":" + new string('[', 5_000) + new string(']', 5_000) + "}}";
        using var content = new StringContent(deep, Encoding.UTF8, "application/json");
        await RefusedAsync("en", () => script.PostAsync($"/api/cases/{number}/acts/Transfer", content, Cancel), 400);
    }

    [Theory]
    [InlineData("Explode")]
    [InlineData("transfer")]
    [InlineData("act:Transfer")]
    public async Task An_act_there_is_not_is_named_as_it_was_asked_for(string act)
    {
        foreach (var language in new[] { "en", "zh-CN" })
        {
            var (script, number, item) = await ReportAsync(language);
            var said = await RefusedAsync(language, () => script.PostAsJsonAsync($"/api/cases/{number}/acts/{act}", new { workItem = item, comment = "为什么" }, Cancel), 422);
            Assert.EndsWith(language == "en" ? $": {act}" : $"：{act}", said, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_wrong_field_is_named_by_its_label()
    {
        foreach (var (language, unit, until) in new[] { ("en", "To which unit", "Rests until"), ("zh-CN", "转给哪个单位", "挂账到哪天") })
        {
            var (script, number, item) = await ReportAsync(language);
            var missing = await RefusedAsync(language, () => script.PostAsJsonAsync($"/api/cases/{number}/acts/Transfer", new { workItem = item, comment = "why" }, Cancel), 422);
            Assert.Contains(unit, missing, StringComparison.Ordinal);
            var endless = await RefusedAsync(language, () => script.PostAsJsonAsync($"/api/cases/{number}/acts/Transfer", new { workItem = item, comment = "why", fields = new { unit = new string('县', 20_000) } }, Cancel), 422);
            Assert.Contains(unit, endless, StringComparison.Ordinal);
            var past = await RefusedAsync(language, () => script.PostAsJsonAsync($"/api/cases/{number}/acts/Hold", new { workItem = item, comment = "why", fields = new { until = "2020-01-01" } }, Cancel), 422);
            Assert.Contains(until, past, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_word_that_is_missing_or_too_long_is_said_so()
    {
        foreach (var language in new[] { "en", "zh-CN" })
        {
            var (script, number, item) = await ReportAsync(language);
            foreach (var empty in new[] { null, "", " \n\t " })
            {
                await RefusedAsync(language, () => script.PostAsJsonAsync($"/api/cases/{number}/acts/Extension", new { workItem = item, comment = empty }, Cancel), 422);
            }

            var said = await RefusedAsync(language, () => script.PostAsJsonAsync($"/api/cases/{number}/acts/Extension", new { workItem = item, comment = new string('长', 2_001) }, Cancel), 422);
            Assert.Contains("2000", said, StringComparison.Ordinal);
            using var endless = new StringContent(JsonSerializer.Serialize(new { workItem = item, comment = new string('长', 200_000) }), Encoding.UTF8, "application/json");
            await RefusedAsync(language, () => script.PostAsync($"/api/cases/{number}/acts/Extension", endless, Cancel), 413);
            await RefusedAsync(language, () => script.PostAsJsonAsync($"/api/cases/{number}/acts/Extension", new { workItem = item, comment = "why", key = new string('k', 65) }, Cancel), 422);
        }
    }

    [Fact]
    public async Task A_work_item_that_is_not_the_one_is_refused()
    {
        foreach (var language in new[] { "en", "zh-CN" })
        {
            var (script, number, _) = await ReportAsync(language);
            var (_, _, foreign) = await ReportAsync(language);
            var (_, otherNumber, ended) = await ReportAsync(language);
            using var done = await script.PostAsJsonAsync($"/api/work-items/{ended}/complete", new { outcome = "Handled", fields = new { answer = "已清运" } }, Cancel);
            Assert.Equal(HttpStatusCode.OK, done.StatusCode);
            foreach (var wrong in new[] { null, "", foreign, "GF2026-999999.w1", new string('w', 5_000), "'; DROP TABLE Cases; --" })
            {
                await RefusedAsync(language, () => script.PostAsJsonAsync($"/api/cases/{number}/acts/Extension", new { workItem = wrong, comment = "why" }, Cancel), 422);
            }

            await RefusedAsync(language, () => script.PostAsJsonAsync($"/api/cases/{otherNumber}/acts/Extension", new { workItem = ended, comment = "why" }, Cancel), 409);
            await RefusedAsync(language, () => script.PostAsJsonAsync($"/api/cases/{number}/acts/CopyTo", new { workItem = "nonsense", comment = "why", fields = new { units = "dept:urban" } }, Cancel), 409, 422);
        }
    }

    [Fact]
    public async Task Who_may_not_is_told_so_and_who_may_not_see_is_told_nothing()
    {
        foreach (var language in new[] { "en", "zh-CN" })
        {
            var (worker, number, item) = await ReportAsync(language);
            foreach (var act in new[] { "Supervision", "Merge", "Split", "Whistle", "Resume", "WhistleAssess" })
            {
                await RefusedAsync(language, () => worker.PostAsJsonAsync($"/api/cases/{number}/acts/{act}", new { comment = "why" }, Cancel), 422);
            }

            var stranger = await _application.CreateScriptAsync("yunling", language);
            foreach (var (act, about) in new[] { ("Urge", null), ("Extension", item), ("Merge", null) })
            {
                var unseen = await RefusedAsync(language, () => stranger.PostAsJsonAsync($"/api/cases/{number}/acts/{act}", new { workItem = about, comment = "why" }, Cancel), 404);
                var none = await RefusedAsync(language, () => stranger.PostAsJsonAsync($"/api/cases/GF2026-999999/acts/{act}", new { workItem = about, comment = "why" }, Cancel), 404);
                Assert.Equal(none, unseen);
            }

            using var nobody = _application.CreateBrowser(language);
            await RefusedAsync(language, () => nobody.PostAsJsonAsync($"/api/cases/{number}/acts/Urge", new { comment = "why" }, Cancel), 401);
        }
    }

    [Fact]
    public async Task An_act_sent_again_under_its_key_happens_once_and_one_without_a_key_each_time()
    {
        var (_, number, item) = await ReportAsync("en");
        var county = await _application.CreateScriptAsync("county");
        var copy = new { fields = new { units = "dept:urban" }, comment = "once", key = "copy-1" };
        var first = await DoneAsync(county, number, "CopyTo", copy);
        var rows = await RowsAsync();
        var again = await DoneAsync(county, number, "CopyTo", copy);
        Assert.StartsWith(again[..again.LastIndexOf('"')], first, StringComparison.Ordinal);
        Assert.Equal(rows, await RowsAsync());

        // Another's key of the same name, another act and another key are other acts.
        await DoneAsync(await _application.CreateScriptAsync("qingxi"), number, "CopyTo", copy);
        await DoneAsync(county, number, "Urge", new { key = "copy-1" });
        await DoneAsync(county, number, "CopyTo", copy with { key = "copy-2" });
        await DoneAsync(county, number, "CopyTo", new { copy.fields, copy.comment });
        var found = await county.GetFromJsonAsync<JsonElement>($"/api/cases/{number}", Cancel);
        Assert.Equal(4, found.GetProperty("openItems").EnumerateArray().Count(open => open.GetProperty("activityId").GetString() == "act:CopyTo"));

        // What it was about is gone by the act itself: it is done all the same.
        var up = new { workItem = item, comment = "beyond us", key = "up-1" };
        await DoneAsync(county, number, "Escalation", up);
        await DoneAsync(county, number, "Escalation", up);
        var split = new { fields = new { units = "dept:urban,dept:water" }, comment = "each a part", key = "split-1" };
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => DoneAsync(county, number, "Split", split)));
        await using var db = await _application.Services.GetRequiredService<IDbContextFactory<GridFlowDbContext>>().CreateDbContextAsync(Cancel);
        Assert.Equal(2, await db.Cases.Where(row => row.Number == number).Select(row => row.OpenParts).SingleAsync(Cancel));
    }

    [Fact]
    public async Task A_merger_sent_again_is_done_before_even_when_the_earlier_case_is_over()
    {
        var (_, first, item) = await ReportAsync("en");
        var (_, second, _) = await ReportAsync("en");
        var county = await _application.CreateScriptAsync("county");
        var merge = new { fields = new { into = first }, key = "merge-1" };
        await DoneAsync(county, second, "Merge", merge);
        using var done = await county.PostAsJsonAsync($"/api/work-items/{item}/complete", new { outcome = "Handled", fields = new { answer = "Emptied." } }, Cancel);
        var found = await county.GetFromJsonAsync<JsonElement>($"/api/cases/{first}", Cancel);
        var check = found.GetProperty("openItems").EnumerateArray().First(open => open.GetProperty("activityId").GetString() == "verify").GetProperty("id").GetString();
        using var passed = await (await _application.CreateScriptAsync("qingxi")).PostAsJsonAsync($"/api/work-items/{check}/complete", new { outcome = "Passed" }, Cancel);
        Assert.Equal(HttpStatusCode.OK, passed.StatusCode);
        await DoneAsync(county, second, "Merge", merge);
        await RefusedAsync("en", () => county.PostAsJsonAsync($"/api/cases/{second}/acts/Merge", new { merge.fields, key = "merge-2" }, Cancel), 422);
    }

    public void Dispose() => _application.Dispose();

    private static async Task<string> DoneAsync(HttpClient script, string number, string act, object body)
    {
        using var answer = await script.PostAsJsonAsync($"/api/cases/{number}/acts/{act}", body, Cancel);
        var said = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, said);
        return said;
    }

    /// <summary>Tries, and looks that the answer is one of these, in the reader's language, and that no row came, went or changed.</summary>
    private async Task<string> RefusedAsync(string language, Func<Task<HttpResponseMessage>> attempt, params int[] statuses)
    {
        var before = await RowsAsync();
        using var answer = await attempt();
        var body = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.True(statuses.Contains((int)answer.StatusCode), $"{answer.StatusCode}: {body}");
        var said = JsonDocument.Parse(body).RootElement is var problem && problem.TryGetProperty("detail", out var detail) ? detail.GetString()! : problem.GetProperty("title").GetString()!;

        // A person is called the same in every language.
        Assert.Equal(language == "zh-CN", Chinese().IsMatch(said.Replace("田小满", "", StringComparison.Ordinal)));
        Assert.DoesNotMatch(ResourceName(), said);
        Assert.Equal(before, await RowsAsync());
        return said;
    }

    private async Task<string> RowsAsync()
    {
        await using var db = await _application.Services.GetRequiredService<IDbContextFactory<GridFlowDbContext>>().CreateDbContextAsync(Cancel);
        int[] counts =
        [
            await db.Cases.CountAsync(Cancel), await db.WorkItems.CountAsync(Cancel), await db.WorkItems.CountAsync(row => row.ClosedAt != null, Cancel), await db.Timers.CountAsync(Cancel), await db.Bookmarks.CountAsync(Cancel),
            await db.History.CountAsync(Cancel), await db.Whistles.CountAsync(Cancel), await db.WhistledUnits.CountAsync(Cancel), await db.CaseUnits.CountAsync(Cancel), await db.Drafts.CountAsync(Cancel), await db.Audit.CountAsync(Cancel),
            await db.Instances.CountAsync(Cancel), (int)await db.Instances.SumAsync(row => row.Version, Cancel), await db.Outbox.CountAsync(Cancel),
        ];
        return string.Join(' ', counts);
    }

    private async Task<(HttpClient Script, string Number, string Item)> ReportAsync(string language)
    {
        var worker = await _application.CreateScriptAsync("liutang1", language);
        using var answer = await worker.PostAsJsonAsync("/api/cases", new { Title = "老街垃圾桶满溢", Detail = "三个垃圾桶都满溢了，垃圾箱也满了。", AreaCode = Grid }, Cancel);
        var number = (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("number").GetString()!;
        var found = await worker.GetFromJsonAsync<JsonElement>($"/api/cases/{number}", Cancel);
        return (worker, number, found.GetProperty("openItems")[0].GetProperty("id").GetString()!);
    }

    [GeneratedRegex("[\u4e00-\u9fff]")]
    private static partial Regex Chinese();

    [GeneratedRegex("\\b(Refusal|Obstacle|Act|Api)[A-Z][a-z]")]
    private static partial Regex ResourceName();
}
