namespace GridFlow.Server.BundleMigration;

public static class MigrationRegistration
{
    public static void AddMigration(this IServiceCollection services)
    {
        services.AddOptions<MigrationOptions>().BindConfiguration(MigrationOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<MigrationRuns>();
        services.AddSingleton<MigrationJobs>();
        services.AddSingleton<MigrationCases>();
    }
}
