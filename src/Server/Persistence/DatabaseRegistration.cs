using GridFlow.Server.Bundles;
using GridFlow.Server.Demo;
using GridFlow.Server.Operations;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace GridFlow.Server.Persistence;

public static class DatabaseRegistration
{
    /// <summary>The database through <see cref="IDbContextFactory{TContext}"/>, and the keys that protect cookies, both in the data directory.</summary>
    public static void AddDatabase(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<DataOptions>().BindConfiguration(DataOptions.Section)
            .PostConfigure(options => options.Directory = Path.GetFullPath(options.Directory));
        builder.Services.AddPooledDbContextFactory<GridFlowDbContext>((services, options) => options
            .UseSqlite($"Data Source={services.GetRequiredService<IOptions<DataOptions>>().Value.DatabaseFile}")
            .AddInterceptors(new SqlitePragmas()));

        // Identity's stores and the health check ask for a scoped context; pages and commands use the factory.
        builder.Services.AddScoped(services => services.GetRequiredService<IDbContextFactory<GridFlowDbContext>>().CreateDbContext());

        var data = builder.Configuration.GetSection(DataOptions.Section).Get<DataOptions>() ?? new DataOptions();
        builder.Services.AddDataProtection().SetApplicationName("GridFlow")
            .PersistKeysToFileSystem(new DirectoryInfo(Path.GetFullPath(data.KeysDirectory)));
    }

    /// <summary>Creates the data directory and brings the schema up to date. Safe to call at every start.</summary>
    public static async Task PrepareDatabaseAsync(this IServiceProvider services, CancellationToken cancellationToken = default)
    {
        var directory = services.GetRequiredService<IOptions<DataOptions>>().Value.Directory;
        try
        {
            Directory.CreateDirectory(directory);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{directory}: {problem.Message}");
        }

        var db = await services.GetRequiredService<IDbContextFactory<GridFlowDbContext>>().CreateDbContextAsync(cancellationToken);
        await using (db)
        {
            await db.Database.MigrateAsync(cancellationToken);
        }

        await services.GetRequiredService<BundleStore>().PublishShippedAsync(cancellationToken);
        await services.SeedDemoCountyAsync(cancellationToken);
    }
}
