using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace GridFlow.Server.Tests.Routing;

public sealed class RoutingApiTests : IDisposable
{
    private readonly GridFlowApplication _app = new();

    [Fact]
    public async Task A_published_row_is_in_the_next_answer_and_decides_the_next_message()
    {
        using var script = await _app.CreateScriptAsync("admin");
        var (number, rows) = await ReadAsync(script);
        rows.Add(Row(900, "dept:police", "local/1/matter/10001", "Web"));

        using var response = await PutAsync(script, number, rows, "Manhole covers reported on the web go to the police");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var (next, after) = await ReadAsync(script);
        Assert.Equal(number + 1, next);
        Assert.Equal(rows.Count, after.Count);
        var explained = (await script.GetFromJsonAsync<JsonObject>("/api/routing/explain?title=井盖坏了&channel=Web", TestContext.Current.CancellationToken))!;
        Assert.Equal(900, (int)explained["row"]!);
        Assert.Equal("dept:police", (string?)explained["lead"]);
        Assert.NotEmpty(explained["passed"]!.AsArray());
        Assert.Contains("Category is Manhole covers", explained["because"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "the row names no lead unit")]
    [InlineData("zh-CN", "没有填写主办单位")]
    public async Task A_row_that_names_no_unit_is_refused_in_the_readers_language_and_nothing_changes(string language, string message)
    {
        using var script = await _app.CreateScriptAsync("admin");
        script.DefaultRequestHeaders.AcceptLanguage.Clear();
        script.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
        var (number, rows) = await ReadAsync(script);
        rows.Add(Row(900, null, "local/1/matter/10001", "Web"));

        using var response = await PutAsync(script, number, rows, "x");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        var problem = (await response.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!;
        Assert.Contains(message, (string?)problem["detail"], StringComparison.Ordinal);
        Assert.Equal("routing/900", (string?)problem["problems"]![0]!["path"]);
        Assert.Equal(number, (await ReadAsync(script)).Number);
    }

    [Fact]
    public async Task Two_rows_that_could_both_win_are_refused()
    {
        using var script = await _app.CreateScriptAsync("admin");
        var (number, rows) = await ReadAsync(script);
        rows.Add(Row(900, "dept:police", "local/1/matter/10001", "Web"));
        rows.Add(Row(901, "dept:urban", "local/1/matter/10001", "Web"));

        using var response = await PutAsync(script, number, rows, "x");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Contains("\"tie\"", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(number, (await ReadAsync(script)).Number);
    }

    [Fact]
    public async Task A_table_that_was_changed_meanwhile_is_not_overwritten()
    {
        using var script = await _app.CreateScriptAsync("admin");
        var (number, rows) = await ReadAsync(script);
        using var first = await PutAsync(script, number, rows, "first");

        using var second = await PutAsync(script, number, rows, "second");

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        Assert.Equal(number + 1, (await ReadAsync(script)).Number);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData(null)]
    public async Task Nothing_is_published_without_a_reason(string? reason)
    {
        using var script = await _app.CreateScriptAsync("admin");
        var (number, rows) = await ReadAsync(script);

        using var response = await PutAsync(script, number, rows, reason);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Equal(number, (await ReadAsync(script)).Number);
    }

    [Fact]
    public async Task Only_who_may_publish_publishes()
    {
        using var script = await _app.CreateScriptAsync("qingxi");
        var (number, rows) = await ReadAsync(script);

        using var response = await PutAsync(script, number, rows, "x");

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Theory]
    [InlineData("category=local/1/matter/none", "There is no category")]
    [InlineData("area=123", "There is no area")]
    public async Task A_try_out_with_an_unknown_place_or_category_is_told_so(string query, string message)
    {
        using var script = await _app.CreateScriptAsync("admin");

        using var response = await script.GetAsync("/api/routing/explain?title=x&" + query, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Contains(message, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    public void Dispose() => _app.Dispose();

    private static async Task<(int Number, JsonArray Rows)> ReadAsync(HttpClient script)
    {
        var answer = (await script.GetFromJsonAsync<JsonObject>("/api/routing", TestContext.Current.CancellationToken))!;
        return ((int)answer["number"]!, answer["rows"]!.DeepClone().AsArray());
    }

    private static Task<HttpResponseMessage> PutAsync(HttpClient script, int baseNumber, JsonArray rows, string? reason) =>
        script.PutAsJsonAsync("/api/routing", new { baseNumber, reason, rows }, TestContext.Current.CancellationToken);

    private static JsonObject Row(int number, string? lead, string category, string channel) =>
        new() { ["number"] = number, ["lead"] = lead, ["category"] = category, ["channel"] = channel };
}
