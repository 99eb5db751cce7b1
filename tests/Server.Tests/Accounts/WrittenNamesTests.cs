using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GridFlow.Server.Tests.Accounts;

/// <summary>Where only a name was written down, its reader is told the name they call the person by.</summary>
public sealed class WrittenNamesTests : IDisposable
{
    private readonly GridFlowApplication _application = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _application.Dispose();

    [Theory]
    [InlineData("en", "Sponsor: Gu Mingchuan")]
    [InlineData("zh-CN", "包案领导：顾明川")]
    public async Task Whom_an_act_names_is_called_as_the_reader_calls_people(string language, string line)
    {
        using var worker = await _application.CreateScriptAsync("liutang1");
        using var reported = await worker.PostAsJsonAsync("/api/cases", new { Detail = "三个垃圾桶都满溢了。", AreaCode = "990101101001001001" }, Cancel);
        var number = (string?)(await reported.Content.ReadFromJsonAsync<JsonObject>(Cancel))!["number"];
        using var leader = await _application.CreateScriptAsync("leader", language);
        using var sponsored = await leader.PostAsJsonAsync($"/api/cases/{number}/acts/Sponsorship", new { fields = new { } }, Cancel);
        Assert.Equal(HttpStatusCode.OK, sponsored.StatusCode);

        var history = await leader.GetFromJsonAsync<JsonElement>($"/api/cases/{number}/history", Cancel);

        Assert.Contains(history.EnumerateArray().SelectMany(entry => entry.GetProperty("lines").EnumerateArray()), said => said.GetString() == line);
    }

    [Theory]
    [InlineData("en", "He Yuqing", "何雨晴")]
    [InlineData("zh-CN", "何雨晴", "He Yuqing")]
    public async Task Who_edits_a_draft_is_called_as_the_reader_calls_people(string language, string name, string other)
    {
        using var editor = await _application.CreateScriptAsync("editor");
        using var begun = await editor.PostAsJsonAsync("/api/drafts", new { name = "夜间噪音" }, Cancel);
        var draft = (int)(await begun.Content.ReadFromJsonAsync<JsonObject>(Cancel))!["id"]!;
        using var admin = await _application.CreateBrowserAsync("admin", language);

        foreach (var page in (string[])["/admin/bundles", $"/admin/bundles/drafts/{draft}", $"/admin/routing?draft={draft}", "/admin/routing"])
        {
            var html = WebUtility.HtmlDecode(await admin.GetStringAsync(page, Cancel));
            Assert.DoesNotContain(other, html, StringComparison.Ordinal);
            Assert.True(html.Contains(name, StringComparison.Ordinal) || page.Contains('?', StringComparison.Ordinal), page);
        }
    }

    [Theory]
    [InlineData("en", "Lin Zhiyuan")]
    [InlineData("zh-CN", "林致远")]
    public async Task Who_published_a_bundle_is_called_as_the_reader_calls_people(string language, string name)
    {
        using var admin = await _application.CreateScriptAsync("admin", language);

        var bundles = await admin.GetFromJsonAsync<JsonArray>("/api/bundles", Cancel);

        Assert.Contains(bundles!, bundle => (string?)bundle!["author"] == name);
    }
}
