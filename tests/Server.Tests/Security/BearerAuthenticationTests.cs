using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using GridFlow.Server.Accounts;
using GridFlow.Server.Persistence;
using GridFlow.Server.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GridFlow.Server.Tests.Security;

public sealed class BearerAuthenticationTests : IDisposable
{
    private readonly GridFlowApplication _app = new();

    [Fact]
    public async Task A_token_acts_as_its_account()
    {
        using var script = await _app.CreateScriptAsync("qingxi");

        var me = await script.GetStringAsync("/api/me", TestContext.Current.CancellationToken);

        Assert.Contains("area:990101101", me, StringComparison.Ordinal);
        Assert.Contains("Dispatch", me, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("gfp_0000")]
    public async Task Without_a_valid_token_the_api_answers_401(string? token)
    {
        using var script = _app.CreateBrowser();
        script.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);

        using var response = await script.GetAsync("/api/areas", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task A_token_may_do_no_more_than_its_account()
    {
        using var script = await _app.CreateScriptAsync("liutang1");

        using var response = await script.PostAsJsonAsync("/api/areas", new { code = "98", name = "x" }, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task Only_the_hash_of_a_token_is_kept_and_a_revoked_one_is_refused()
    {
        using var script = await _app.CreateScriptAsync("admin");
        var secret = script.DefaultRequestHeaders.Authorization!.Parameter!;
        await using var db = await _app.Services.GetRequiredService<IDbContextFactory<GridFlowDbContext>>()
            .CreateDbContextAsync(TestContext.Current.CancellationToken);
        var token = await db.ApiTokens.SingleAsync(TestContext.Current.CancellationToken);

        token.RevokedAt = token.CreatedAt;
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        using var response = await script.GetAsync("/api/me", TestContext.Current.CancellationToken);

        Assert.NotEqual(secret, token.Hash);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task A_disabled_account_cannot_use_its_token()
    {
        using var script = await _app.CreateScriptAsync("qingxi");
        var people = await _app.Services.GetRequiredService<AccountQueries>().ListAsync("qingxi", 0, 1, TestContext.Current.CancellationToken);

        await _app.Services.GetRequiredService<AccountCommands>().SetDisabledAsync(people.Rows[0].Id, true, CurrentUser.Operator);
        using var response = await script.GetAsync("/api/me", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task An_administrator_makes_an_account_with_a_post()
    {
        using var script = await _app.CreateScriptAsync("admin");

        using var made = await script.PostAsJsonAsync("/api/accounts", Request("area:990101101001"), TestContext.Current.CancellationToken);
        using var refused = await script.PostAsJsonAsync("/api/accounts", Request("dept:nowhere"), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("dept:nowhere", await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);

        static object Request(string unit) => new
        {
            userName = "new.worker",
            name = "新人",
            password = "ten letters or more",
            posts = new[] { new { unitKey = unit, role = "GridWorker" } },
        };
    }

    public void Dispose() => _app.Dispose();
}
