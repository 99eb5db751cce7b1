using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace GridFlow.Server.Tests.Bundles;

public sealed class BundlesApiTests : IDisposable
{
    private readonly GridFlowApplication _app = new();

    [Fact]
    public async Task Rolling_back_publishes_the_old_content_under_a_new_number()
    {
        using var script = await _app.CreateScriptAsync("admin");
        var before = (await script.GetFromJsonAsync<JsonObject>("/api/routing", TestContext.Current.CancellationToken))!;
        var number = (int)before["number"]!;
        var rows = before["rows"]!.DeepClone().AsArray();
        rows.RemoveAt(rows.Count - 1);
        using var published = await script.PutAsJsonAsync("/api/routing", new { baseNumber = number, reason = "one row less", rows }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, published.StatusCode);

        using var back = await script.PostAsJsonAsync($"/api/bundles/{number}/roll-back", new { reason = "it was needed after all" }, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, back.StatusCode);
        var after = (await script.GetFromJsonAsync<JsonObject>("/api/routing", TestContext.Current.CancellationToken))!;
        Assert.Equal(number + 2, (int)after["number"]!);
        Assert.True(JsonNode.DeepEquals(before["rows"], after["rows"]));
        var history = (await script.GetFromJsonAsync<JsonArray>("/api/bundles", TestContext.Current.CancellationToken))!;
        Assert.Equal(number + 2, (int)history[0]!["number"]!);
        Assert.Equal(number, (int)history[0]!["rolledBackTo"]!);
        Assert.Equal("it was needed after all", (string?)history[0]!["reason"]);
        Assert.Single(history[0]!["rowsAdded"]!.AsArray());
        Assert.Single(history[1]!["rowsRemoved"]!.AsArray());
    }

    [Theory]
    [InlineData(999, "x", HttpStatusCode.NotFound)]
    [InlineData(1, "", HttpStatusCode.UnprocessableEntity)]
    public async Task What_cannot_be_brought_back_is_refused_and_nothing_changes(int number, string reason, HttpStatusCode expected)
    {
        using var script = await _app.CreateScriptAsync("admin");
        var before = await script.GetStringAsync("/api/bundles", TestContext.Current.CancellationToken);

        using var response = await script.PostAsJsonAsync($"/api/bundles/{number}/roll-back", new { reason }, TestContext.Current.CancellationToken);

        Assert.Equal(expected, response.StatusCode);
        Assert.Equal(before, await script.GetStringAsync("/api/bundles", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_one_in_force_cannot_be_brought_back()
    {
        using var script = await _app.CreateScriptAsync("admin");
        var number = (int)(await script.GetFromJsonAsync<JsonArray>("/api/bundles", TestContext.Current.CancellationToken))![0]!["number"]!;

        using var response = await script.PostAsJsonAsync($"/api/bundles/{number}/roll-back", new { reason = "x" }, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
    }

    [Fact]
    public async Task Others_see_no_bundles()
    {
        using var script = await _app.CreateScriptAsync("liutang1");

        using var response = await script.GetAsync("/api/bundles", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    public void Dispose() => _app.Dispose();
}
