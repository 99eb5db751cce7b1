using System.Net;
using System.Net.Http.Json;

namespace GridFlow.Server.Tests.Accounts;

public sealed class AccountReachTests : IDisposable
{
    private readonly GridFlowApplication _application = new();

    [Theory]
    [InlineData("area:")]
    [InlineData("area:9901")]
    public async Task An_administrator_of_a_county_gives_no_post_above_the_county(string unit)
    {
        using var admin = await _application.CreateScriptAsync("admin");

        using var response = await admin.PostAsJsonAsync("/api/accounts", NewPerson(unit), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("outside the area", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("area:990101101")]
    [InlineData("dept:urban")]
    public async Task An_administrator_of_a_county_gives_posts_within_it(string unit)
    {
        using var admin = await _application.CreateScriptAsync("admin");

        using var response = await admin.PostAsJsonAsync("/api/accounts", NewPerson(unit), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
    }

    public void Dispose() => _application.Dispose();

    private static object NewPerson(string unit) => new
    {
        userName = "newcomer",
        name = "新人",
        password = "a-long-password-1",
        posts = new[] { new { unitKey = unit, role = "GridWorker" } },
    };
}
