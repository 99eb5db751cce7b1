namespace GridFlow.Server.Shell;

public static class PortalHost
{
    private const string DefaultUrl = "http://localhost:5080";

    /// <summary>Settings lie beside the program, wherever it is started from, unless a test host says otherwise.</summary>
    public static WebApplicationOptions Options(string[] settings) => new()
    {
        Args = settings,
        ContentRootPath = settings.Any(setting => setting.StartsWith("--contentRoot=", StringComparison.OrdinalIgnoreCase))
            ? null
            : AppContext.BaseDirectory,
    };

    public static void UseHostDefaults(this WebApplicationBuilder builder)
    {
        // Run from a build output outside Development, the styles and scripts of packages would be missing without this.
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        string[] addresses = ["urls", "http_ports", "https_ports", "Kestrel:Endpoints"];
        if (!addresses.Any(key => builder.Configuration.GetSection(key) is var section && (section.Value is { Length: > 0 } || section.GetChildren().Any())))
        {
            builder.WebHost.UseUrls(DefaultUrl);
        }
    }
}
