using GridFlow.Server.Accounts;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace GridFlow.EndToEnd.Tests;

/// <summary>The portal on a real port with a database of its own, and a real browser beside it. One for a class of journeys.</summary>
public sealed class Portal : WebApplicationFactory<Program>, IAsyncLifetime
{
    private const string Chromium = "/usr/bin/chromium";

    // Milliseconds. Long, because a machine that runs tests is busy; nothing waits longer than it has to.
    private const int Patience = 30_000;

    private readonly string _data = Directory.CreateTempSubdirectory("gridflow-e2e-").FullName;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public string Address { get; private set; } = "";

    /// <summary>The portal's clock: that of the machine, which a journey about clocks moves on.</summary>
    internal MovedTime Time { get; } = new();

    public static string Screenshots { get; } = Path.Combine(AppContext.BaseDirectory, "screenshots");

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Chromium))
        {
            return;
        }

        Assertions.SetDefaultExpectTimeout(Patience);
        Directory.CreateDirectory(Screenshots);
        UseKestrel(0);
        StartServer();
        Address = ClientOptions.BaseAddress.ToString().TrimEnd('/');
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    /// <summary>A person with a browser window of this width, reading this language.</summary>
    public async Task<Visitor> OpenAsync(int width, string language = "zh-CN")
    {
        if (_browser is null)
        {
            Assert.Skip($"No browser here: install chromium ({Chromium}).");
        }

        var context = await _browser.NewContextAsync(new() { BaseURL = Address, Locale = language, TimezoneId = "Asia/Shanghai", ViewportSize = new() { Width = width, Height = width < 600 ? 844 : 1000 } });
        context.SetDefaultTimeout(Patience);
        return new Visitor(await context.NewPageAsync(), width, language);
    }

    /// <summary>The same, signed in with a demo account through the sign-in page.</summary>
    public async Task<Visitor> SignInAsync(string userName, int width, string language = "zh-CN")
    {
        var visitor = await OpenAsync(width, language);
        await visitor.Page.GotoAsync("/sign-in");
        await visitor.Page.GetByRole(AriaRole.Textbox, new() { Name = visitor.Say("账号", "User name") }).FillAsync(userName);
        await visitor.Page.GetByLabel(visitor.Say("密码", "Password")).FillAsync(DemoAccounts.Password);
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = visitor.Say("登录", "Sign in"), Exact = true }).ClickAsync();
        await visitor.Page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
        return visitor;
    }

    public override async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        await base.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_data, recursive: true);
        GC.SuppressFinalize(this);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Development");
        builder.UseSetting("Data:Directory", _data);
        builder.UseSetting("Demo:Cases", "false");
        builder.UseSetting("Logging:LogLevel:Default", "Error");
        builder.ConfigureServices(services => services.AddSingleton<TimeProvider>(Time));
    }
}
