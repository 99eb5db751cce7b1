using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using GridFlow.Server.Accounts;
using GridFlow.Server.Tests.Persistence;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace GridFlow.Server.Tests;

/// <summary>
/// The portal as it runs, on a database of its own that goes away with it: a SQLite file, or with
/// <c>GRIDFLOW_TEST_ON=postgres</c> one on the server for tests, so that the whole suite can be run on either.
/// </summary>
public sealed partial class GridFlowApplication : WebApplicationFactory<Program>
{
    private readonly string _directory = Directory.CreateTempSubdirectory("gridflow-").FullName;

    private PostgresTestDatabase? _postgres;

    public bool OnPostgres { get; init; } = Environment.GetEnvironmentVariable("GRIDFLOW_TEST_ON") == "postgres";

    public string EnvironmentName { get; init; } = "Development";

    /// <summary>Where the portal reaches its PostgreSQL, made of where that is; null for there itself.</summary>
    public Func<string, string>? Detour { get; init; }

    /// <summary>Settings beside those of all tests.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>A browser without a session; it shows redirects instead of following them.</summary>
    public HttpClient CreateBrowser(string language = "en")
    {
        var client = CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
        return client;
    }

    /// <summary>A browser in which a demo account is signed in.</summary>
    public async Task<HttpClient> CreateBrowserAsync(string userName, string language = "en")
    {
        var client = CreateBrowser(language);
        using var response = await PostFormAsync(client, "/sign-in", new()
        {
            ["_handler"] = "sign-in",
            ["Form.UserName"] = userName,
            ["Form.Password"] = DemoAccounts.Password,
        });
        Assert.Equal(System.Net.HttpStatusCode.Found, response.StatusCode);
        return client;
    }

    /// <summary>A script that acts as a demo account.</summary>
    public async Task<HttpClient> CreateScriptAsync(string userName, string language = "en")
    {
        var client = CreateBrowser(language);
        var token = await Services.GetRequiredService<ApiTokens>().CreateAsync(userName, "test", TestContext.Current.CancellationToken);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>Posts as a form of the page at the address would, with its antiforgery token.</summary>
    public static async Task<HttpResponseMessage> PostFormAsync(HttpClient client, string page, Dictionary<string, string> fields, string? action = null)
    {
        var html = await client.GetStringAsync(page, TestContext.Current.CancellationToken);
        fields["__RequestVerificationToken"] = Token().Match(html).Groups[1].Value;
        using var form = new FormUrlEncodedContent(fields);
        return await client.PostAsync(action ?? page, form, TestContext.Current.CancellationToken);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment(EnvironmentName);
        builder.UseSetting("Data:Directory", _directory);
        if (OnPostgres)
        {
            _postgres = new PostgresTestDatabase();
            _postgres.Create();
            builder.UseSetting("Database:Provider", "postgres");
            builder.UseSetting("Database:Connection", Detour?.Invoke(_postgres.Connection) ?? _postgres.Connection);
        }

        foreach (var (name, value) in Settings)
        {
            builder.UseSetting(name, value);
        }

        builder.UseSetting("Demo:Cases", "false");
        builder.UseSetting("Logging:LogLevel:Default", "Error");
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _postgres?.DisposeAsync().AsTask().GetAwaiter().GetResult();
        if (Directory.Exists(_directory))
        {
            Directory.Delete(_directory, recursive: true);
        }
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
