using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using GridFlow.Workflows.Acts;
using Microsoft.Extensions.DependencyInjection;

namespace GridFlow.Server.Tests.Acts;

/// <summary>Acts over HTTP: what is offered, what is taken, what is refused and says what to do.</summary>
public sealed class ActsApiTests : IDisposable
{
    private static readonly string[] Urban = ["dept:urban"];

    private readonly GridFlowApplication _application = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_may_be_done_is_listed_with_the_reason_where_it_may_not()
    {
        var (worker, number, item) = await ReportAsync();
        var offers = await worker.GetFromJsonAsync<JsonElement>($"/api/cases/{number}/acts?workItem={item}", Cancel);
        var byName = offers.EnumerateArray().ToDictionary(offer => offer.GetProperty("act").GetString()!);
        Assert.Equal(JsonValueKind.Null, byName["Transfer"].GetProperty("whyNot").ValueKind);
        Assert.Equal("unit", byName["Transfer"].GetProperty("fields")[0].GetProperty("name").GetString());
        Assert.NotEqual(JsonValueKind.Null, byName["Arbitration"].GetProperty("whyNot").ValueKind);
        Assert.DoesNotContain("Supervision", byName.Keys);
    }

    [Fact]
    public async Task An_act_is_taken_and_says_who_has_the_case_now()
    {
        var (worker, number, item) = await ReportAsync();
        using var answer = await worker.PostAsJsonAsync($"/api/cases/{number}/acts/Transfer", new { workItem = item, fields = new { unit = "dept:urban" }, comment = "Not ours" }, Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("Urban Management", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        using var again = await worker.PostAsJsonAsync($"/api/cases/{number}/acts/Transfer", new { workItem = item, fields = new { unit = "dept:urban" }, comment = "Not ours" }, Cancel);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.StatusCode);
        Assert.Contains("waiting for an answer", await again.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_an_act_led_to_names_those_it_handed_work_to_and_nobody_else()
    {
        var (worker, number, item) = await ReportAsync();
        var county = await _application.CreateScriptAsync("county");
        Assert.Contains("Urban Management", await TakeAsync(county, number, "Whistle", null, new { kind = "Push", grounds = "BeyondUs", units = Urban }), StringComparison.Ordinal);
        Assert.Equal("Done: Urge.", Message(await TakeAsync(county, number, "Urge", null, new { })));

        var asked = Message(await TakeAsync(worker, number, "Transfer", item, new { unit = "dept:housing" }));
        Assert.Contains("Housing", asked, StringComparison.Ordinal);
        Assert.DoesNotContain("Urban Management", asked, StringComparison.Ordinal);

        using var signed = await worker.PostAsJsonAsync($"/api/work-items/{item}/claim", new { }, Cancel);
        Assert.DoesNotContain("Urban Management", await signed.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, signed.StatusCode);
    }

    [Theory]
    [InlineData("Transfer", "{}", "unit")]
    [InlineData("Transfer", """{"unit":"dept:mars"}""", "unit")]
    [InlineData("Transfer", """{"unit":{"a":1}}""", "unit")]
    [InlineData("Transfer", """{"unit":["dept:urban","dept:housing"]}""", "unit")]
    [InlineData("Hold", """{"until":"tomorrow"}""", "until")]
    [InlineData("Hold", """{"until":"0001-01-01"}""", "until")]
    [InlineData("Hold", """{"until":"9999-12-31"}""", "until")]
    [InlineData("Delegation", """{"person":"nobody"}""", "person")]
    [InlineData("Delegation", """{"person":"|"}""", "person")]
    [InlineData("Assist", """{"units":"x"}""", "units")]
    public async Task A_form_filled_in_wrongly_is_refused_by_its_field_and_changes_nothing(string act, string fields, string wrong)
    {
        var (worker, number, item) = await ReportAsync();
        using var answer = await worker.PostAsJsonAsync($"/api/cases/{number}/acts/{act}", new { workItem = item, fields = JsonDocument.Parse(fields).RootElement, comment = "why" }, Cancel);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains($"\"field\":\"{wrong}\"", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        var found = await worker.GetFromJsonAsync<JsonElement>($"/api/cases/{number}", Cancel);
        Assert.Equal(1, found.GetProperty("openItems").GetArrayLength());
    }

    [Fact]
    public async Task An_act_there_is_not_and_one_that_is_not_ones_own_are_refused_in_words()
    {
        var (worker, number, _) = await ReportAsync();
        using var unknown = await worker.PostAsJsonAsync($"/api/cases/{number}/acts/Explode", new { comment = "why" }, Cancel);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unknown.StatusCode);
        using var foreign = await worker.PostAsJsonAsync($"/api/cases/{number}/acts/Supervision", new { comment = "why" }, Cancel);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, foreign.StatusCode);
        var stranger = await _application.CreateScriptAsync("yunling");
        using var unseen = await stranger.PostAsJsonAsync($"/api/cases/{number}/acts/Urge", new { comment = "why" }, Cancel);
        Assert.Equal(HttpStatusCode.NotFound, unseen.StatusCode);
    }

    [Fact]
    public async Task The_books_balance_while_acts_are_pending_and_after_the_case_is_over()
    {
        var (worker, number, item) = await ReportAsync();
        var county = await _application.CreateScriptAsync("county");
        await TakeAsync(county, number, "CopyTo", null, new { units = Urban });
        await TakeAsync(county, number, "Whistle", null, new { kind = "Push", grounds = "BeyondUs", units = Urban });
        await TakeAsync(worker, number, "Transfer", item, new { unit = "dept:urban" });
        Assert.True((await CheckAsync()).IsBalanced);

        using var done = await worker.PostAsJsonAsync($"/api/work-items/{item}/complete", new { outcome = "Handled", fields = new { answer = "Emptied." } }, Cancel);
        Assert.Equal(HttpStatusCode.OK, done.StatusCode);
        var found = await county.GetFromJsonAsync<JsonElement>($"/api/cases/{number}", Cancel);
        var check = found.GetProperty("openItems").EnumerateArray().First(open => open.GetProperty("activityId").GetString() == "verify").GetProperty("id").GetString();
        using var passed = await county.PostAsJsonAsync($"/api/work-items/{check}/complete", new { outcome = "Passed" }, Cancel);
        Assert.Equal(HttpStatusCode.OK, passed.StatusCode);

        var over = await county.GetFromJsonAsync<JsonElement>($"/api/cases/{number}", Cancel);
        Assert.Equal("Closed", over.GetProperty("status").GetString());
        Assert.Equal("act:CopyTo", Assert.Single(over.GetProperty("openItems").EnumerateArray()).GetProperty("activityId").GetString());
        Assert.True((await CheckAsync()).IsBalanced);
    }

    [Fact]
    public void Every_act_and_every_obstacle_has_its_words()
    {
        foreach (var culture in new[] { "zh-CN", "en" })
        {
            var keys = Keys(culture);
            Assert.All(CaseActCatalog.All, act => Assert.Contains("Act" + act.Name, keys));
            Assert.All(CaseActCatalog.All, act => Assert.Contains("ActAbout" + act.Name, keys));
            Assert.All(Enum.GetNames<ActObstacle>(), obstacle => Assert.Contains("Obstacle" + obstacle, keys));
        }
    }

    public void Dispose() => _application.Dispose();

    private static async Task<string> TakeAsync(HttpClient client, string number, string act, string? item, object fields)
    {
        using var answer = await client.PostAsJsonAsync($"/api/cases/{number}/acts/{act}", new { workItem = item, fields, comment = "why" }, Cancel);
        var said = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, said);
        return said;
    }

    private static string Message(string answer) => Assert.Single(JsonDocument.Parse(answer).RootElement.EnumerateObject()).Value.GetString()!;

    private Task<GridFlow.Server.Cases.Ledger> CheckAsync() => _application.Services.GetRequiredService<GridFlow.Server.Cases.ConservationLedger>().CheckAsync(new Progress<double>(), Cancel);

    private async Task<(HttpClient Worker, string Number, string Item)> ReportAsync()
    {
        var worker = await _application.CreateScriptAsync("liutang1");
        using var answer = await worker.PostAsJsonAsync("/api/cases", new { Title = "老街垃圾桶满溢", Detail = "三个垃圾桶都满溢了，垃圾箱也满了。", AreaCode = "990101101001001001" }, Cancel);
        var number = (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("number").GetString()!;
        var found = await worker.GetFromJsonAsync<JsonElement>($"/api/cases/{number}", Cancel);
        return (worker, number, found.GetProperty("openItems")[0].GetProperty("id").GetString()!);
    }

    private static HashSet<string> Keys(string culture)
    {
        var resources = new System.Resources.ResourceManager(typeof(GridFlow.Server.Cases.CasesText)).GetResourceSet(new(culture), createIfNotExists: true, tryParents: true)!;
        return [.. resources.Cast<System.Collections.DictionaryEntry>().Select(entry => (string)entry.Key)];
    }
}
