using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using GridFlow.Server.Persistence;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Localization;
using Radzen;

namespace GridFlow.Server.Shell;

public static class ShellRegistration
{
    private const string ReadyTag = "ready";

    /// <summary>The first is the default, when neither the reader's choice nor the browser says one of these.</summary>
    public static readonly IReadOnlyList<CultureInfo> Cultures = [CultureInfo.GetCultureInfo("zh-CN"), CultureInfo.GetCultureInfo("en")];

    public static void AddShell(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents(circuits =>
        {
            circuits.DisconnectedCircuitMaxRetained = 50;

            // The script cannot resume a circuit that was given up, so there is no use in keeping its state.
            circuits.PersistedCircuitInMemoryMaxRetained = 0;
        });
        services.AddRadzenComponents();

        // Chinese goes out as itself, not as numbered entities of eight characters each.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddSingleton<Navigation>();
        services.AddHealthChecks().AddDbContextCheck<GridFlowDbContext>(tags: [ReadyTag]);
        services.Configure<RequestLocalizationOptions>(options =>
        {
            options.DefaultRequestCulture = new RequestCulture(Cultures[0]);
            options.SupportedCultures = [.. Cultures];
            options.SupportedUICultures = [.. Cultures];
            options.RequestCultureProviders = [new CookieRequestCultureProvider(), new AcceptLanguageHeaderRequestCultureProvider()];
            options.ApplyCurrentCultureToResponseHeaders = true;
        });
    }

    public static void MapPages(this WebApplication app)
    {
        app.MapRazorComponents<App>()
            .AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null);

        // An address that does not exist is not found, for whoever asks; only existing pages ask to sign in.
        app.MapFallback("{**path}", () => Results.NotFound()).AllowAnonymous();
    }

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapHealthChecks("/healthz/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/healthz/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(ReadyTag) })
            .AllowAnonymous();
    }
}
