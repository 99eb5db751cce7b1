using System.Net;
using System.Text;
using GridFlow.Server.Bundles;
using GridFlow.Workflows.Definitions;
using Microsoft.Extensions.DependencyInjection;

namespace GridFlow.Server.Tests.Flows;

public sealed class ImportFlowTests : IDisposable
{
    private readonly GridFlowApplication _application = new();

    [Theory]
    [InlineData("en", "not valid JSON at line 1")]
    [InlineData("zh-CN", "不是有效的 JSON（第 1 行")]
    public async Task A_definition_that_is_not_json_is_refused_in_the_reader_s_language_and_changes_nothing(string language, string expected)
    {
        var before = await InForceAsync();

        var (status, body) = await PostAsync("this is no JSON", language);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains(expected, body, StringComparison.Ordinal);
        Assert.Equal(before, await InForceAsync());
    }

    [Fact]
    public async Task A_definition_with_an_activity_we_lack_is_refused_by_name()
    {
        var (status, body) = await PostAsync("""{"definitionId":"x","root":{"id":"f","type":"Elsa.Flowchart","activities":[{"id":"a","type":"Elsa.RunCSharp"}]}}""", "en");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("Elsa.RunCSharp", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("@village", "@mars", "@mars")]
    [InlineData("@village", "dept:nosuch", "dept:nosuch")]
    [InlineData("30wm", "banana", "banana")]
    [InlineData("GridLeader", "King", "King")]
    public async Task A_unit_a_limit_or_a_role_that_there_is_not_is_refused_by_name(string written, string wrong, string expected)
    {
        var small = ElsaJson.Write((await _application.Services.GetRequiredService<BundleStore>().GetCurrentAsync(Cancel)).FindDefinition("small")!).ToJsonString();

        var (status, body) = await PostAsync(small.Replace($"\"{written}\"", $"\"{wrong}\"", StringComparison.Ordinal), "en");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains(expected, body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sound_definition_takes_the_place_of_the_old_one_at_once()
    {
        var bundles = _application.Services.GetRequiredService<BundleStore>();
        var before = await bundles.GetCurrentAsync(Cancel);
        var small = before.FindDefinition("small")!;

        var (status, _) = await PostAsync(ElsaJson.Write(small with { Name = new LocalizedText("小事立办", "Small, now") }).ToJsonString(), "en");

        Assert.Equal(HttpStatusCode.OK, status);
        var after = await bundles.GetCurrentAsync(Cancel);
        Assert.Equal((before.Number + 1, "小事立办", small.Version + 1), (after.Number, after.FindDefinition("small")!.Name.Zh, after.FindDefinition("small")!.Version));
        Assert.Equal(before.Definitions.Length, after.Definitions.Length);
    }

    [Fact]
    public async Task Only_those_who_may_publish_may_import()
    {
        using var client = await _application.CreateScriptAsync("liutang1");
        using var content = new StringContent("{}", Encoding.UTF8, "application/json");

        using var response = await client.PostAsync("/api/flows?reason=x", content, Cancel);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    public void Dispose() => _application.Dispose();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task<int> InForceAsync() => (await _application.Services.GetRequiredService<BundleStore>().GetCurrentAsync(Cancel)).Number;

    private async Task<(HttpStatusCode Status, string Body)> PostAsync(string definition, string language)
    {
        using var client = await _application.CreateScriptAsync("admin");
        client.DefaultRequestHeaders.AcceptLanguage.Clear();
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
        using var content = new StringContent(definition, Encoding.UTF8, "application/json");
        using var response = await client.PostAsync("/api/flows?reason=x", content, Cancel);
        return (response.StatusCode, System.Text.RegularExpressions.Regex.Unescape(await response.Content.ReadAsStringAsync(Cancel)));
    }
}
