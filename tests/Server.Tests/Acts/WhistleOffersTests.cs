using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace GridFlow.Server.Tests.Acts;

/// <summary>What the forms of whistles let one choose: no more than whoever fills them in may choose.</summary>
public sealed class WhistleOffersTests : IDisposable
{
    private readonly GridFlowApplication _application = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_whistle_for_a_hard_case_is_offered_to_leaders_only()
    {
        var number = await ReportAsync();

        Assert.Equal(["Push"], await OptionsAsync(await _application.CreateScriptAsync("qingxi"), number, "Whistle", "kind"));
        Assert.Equal(["Push", "Hard"], await OptionsAsync(await _application.CreateScriptAsync("qingxi.leader"), number, "Whistle", "kind"));
    }

    [Theory]
    [InlineData("en", "Only the town's secretary or director")]
    [InlineData("zh-CN", "攻坚哨只有镇街书记、主任（领导岗位）才能吹")]
    public async Task A_whistle_for_a_hard_case_sent_by_who_leads_nothing_is_refused_with_the_reason_of_the_form(string language, string reason)
    {
        var number = await ReportAsync();
        var street = await _application.CreateScriptAsync("qingxi", language);
        var worker = await _application.CreateScriptAsync("liutang1", language);
        var whistle = new { fields = new { kind = "Hard", grounds = "BeyondUs", units = "dept:urban" }, comment = "come" };

        using var refused = await street.PostAsJsonAsync($"/api/cases/{number}/acts/Whistle", whistle, Cancel);
        using var never = await worker.PostAsJsonAsync($"/api/cases/{number}/acts/Whistle", whistle, Cancel);

        var problem = await refused.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.StartsWith(reason, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(("NotYourAct", "kind"), (problem.GetProperty("reason").GetString(), problem.GetProperty("field").GetString()));

        // Who may blow none is not told of the kinds.
        Assert.DoesNotContain(reason, (await never.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("detail").GetString(), StringComparison.Ordinal);
        await SendAsync(await _application.CreateScriptAsync("qingxi.leader", language), $"/api/cases/{number}/acts/Whistle", whistle);
    }

    [Fact]
    public async Task Only_units_that_are_done_are_judged_and_a_unit_judges_for_itself()
    {
        var number = await ReportAsync();
        var (street, urban) = (await _application.CreateScriptAsync("qingxi"), await _application.CreateScriptAsync("urban"));
        await SendAsync(street, $"/api/cases/{number}/acts/Whistle", new { fields = new { kind = "Push", grounds = "BeyondUs", units = "dept:urban,dept:market" }, comment = "come" });
        var item = (await ItemAsync(urban, number)).GetProperty("id").GetString();
        await SendAsync(urban, $"/api/work-items/{item}/complete", new { outcome = "Done", fields = new { report = "Done." } });

        Assert.Equal(["dept:urban"], await OptionsAsync(street, number, "WhistleAssess", "unit"));
        Assert.Equal(["dept:urban"], await OptionsAsync(urban, number, "WhistleAssess", "unit"));
        await SendAsync(urban, $"/api/cases/{number}/acts/WhistleAssess", new { fields = new { unit = "dept:urban", score = "5" } });
        Assert.Equal(["dept:urban"], await OptionsAsync(street, number, "WhistleAssess", "unit"));
    }

    [Theory]
    [InlineData("en", false)]
    [InlineData("zh-CN", true)]
    public async Task Who_signed_for_a_whistle_is_called_as_the_reader_calls_people(string language, bool isChinese)
    {
        var number = await ReportAsync();
        var urban = await _application.CreateScriptAsync("urban");
        await SendAsync(await _application.CreateScriptAsync("qingxi"), $"/api/cases/{number}/acts/Whistle", new { fields = new { kind = "Push", grounds = "BeyondUs", units = "dept:urban" }, comment = "come" });
        var item = await ItemAsync(urban, number);
        await SendAsync(urban, $"/api/work-items/{item.GetProperty("id").GetString()}/claim", new { });

        var reader = await _application.CreateScriptAsync("urban", language);
        var claimer = (await ItemAsync(reader, number)).GetProperty("claimedBy").GetString()!;

        Assert.NotEmpty(claimer);
        Assert.Equal(isChinese, claimer.Any(letter => letter > '\u2E80'));
    }

    public void Dispose() => _application.Dispose();

    private static async Task<JsonElement> ItemAsync(HttpClient client, string number) =>
        (await client.GetFromJsonAsync<JsonElement>($"/api/cases/{number}", Cancel)).GetProperty("openItems").EnumerateArray().First(open => open.GetProperty("unit").GetProperty("key").GetString() == "dept:urban");

    private static async Task SendAsync(HttpClient client, string address, object body)
    {
        using var answer = await client.PostAsJsonAsync(address, body, Cancel);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Cancel));
    }

    private static async Task<IEnumerable<string?>> OptionsAsync(HttpClient client, string number, string act, string field) =>
        (await client.GetFromJsonAsync<JsonElement>($"/api/cases/{number}/acts", Cancel)).EnumerateArray().Single(offer => offer.GetProperty("act").GetString() == act)
            .GetProperty("fields").EnumerateArray().Single(one => one.GetProperty("name").GetString() == field).GetProperty("options").EnumerateArray().Select(option => option.GetString());

    private async Task<string> ReportAsync()
    {
        var worker = await _application.CreateScriptAsync("liutang1");
        using var answer = await worker.PostAsJsonAsync("/api/cases", new { Title = "老街垃圾桶满溢", Detail = "三个垃圾桶都满溢了，垃圾箱也满了。", AreaCode = "990101101001001001" }, Cancel);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("number").GetString()!;
    }
}
