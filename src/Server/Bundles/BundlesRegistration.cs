namespace GridFlow.Server.Bundles;

public static class BundlesRegistration
{
    public static void AddBundles(this IServiceCollection services)
    {
        services.AddSingleton<BundleQueries>();
        services.AddSingleton<BundleCommands>();
    }
}
