using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace GridFlow.Server.Tests.Persistence;

/// <summary>What the portal must say differently, or must not, when it runs on PostgreSQL.</summary>
public sealed class PostgresPortalTests : IDisposable
{
    private readonly GridFlowApplication _application = new() { OnPostgres = true };

    [Fact]
    public async Task A_text_with_the_character_zero_is_refused_and_nothing_is_stored()
    {
        var script = await _application.CreateScriptAsync("county");

        var refused = await ReportAsync(script, "路灯坏了很久\u0000没有人修理");
        var taken = await ReportAsync(script, "路灯坏了很久没有人修理");

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal(HttpStatusCode.Created, taken.StatusCode);
        var cases = await script.GetFromJsonAsync<JsonElement>("/api/cases", TestContext.Current.CancellationToken);
        Assert.Equal(1, cases.GetProperty("total").GetInt32());

        // Nothing that is typed to look for reaches the database as it stands.
        var found = await script.GetFromJsonAsync<JsonElement>("/api/cases?text=a%00b", TestContext.Current.CancellationToken);
        Assert.Equal(0, found.GetProperty("total").GetInt32());
    }

    public void Dispose() => _application.Dispose();

    private static Task<HttpResponseMessage> ReportAsync(HttpClient script, string detail) =>
        script.PostAsJsonAsync("/api/cases", new { title = "路灯", detail, areaCode = "990101101001001" }, TestContext.Current.CancellationToken);
}
