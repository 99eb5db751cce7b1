using GridFlow.Server.Bundles;
using GridFlow.Server.Demo;
using GridFlow.Server.Operations;
using GridFlow.Server.Persistence.Sql;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;

namespace GridFlow.Server.Persistence;

public static class DatabaseRegistration
{
    /// <summary>The database through <see cref="IDbContextFactory{TContext}"/>, and the keys that protect cookies in the data directory.</summary>
    public static void AddDatabase(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<DataOptions>().BindConfiguration(DataOptions.Section)
            .PostConfigure(options => options.Directory = Path.GetFullPath(options.Directory));
        builder.Services.AddOptions<DatabaseOptions>().BindConfiguration(DatabaseOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton(services => PostgresDatabase.Connect(services.GetRequiredService<IOptions<DatabaseOptions>>().Value.Connection));
        builder.Services.AddSingleton(services => new WriteGate(isOpen: IsPostgres(services)));
        builder.Services.AddSingleton<ISqlDatabase>(services => IsPostgres(services)
            ? new PostgresDatabase(services.GetRequiredService<NpgsqlDataSource>())
            : new SqliteDatabase(SqliteConnection(services), services.GetRequiredService<WriteGate>()));
        builder.Services.AddSingleton<Counters>();
        builder.Services.AddSingleton<CaseTextIndex>();
        builder.Services.AddSingleton<CaseTextFiller>();
        builder.Services.AddSingleton<OutboxClaims>();
        builder.Services.AddPooledDbContextFactory<GridFlowDbContext>((services, options) =>
        {
            if (IsPostgres(services))
            {
                options.UseNpgsql(services.GetRequiredService<NpgsqlDataSource>());
            }
            else
            {
                options.UseSqlite(SqliteConnection(services)).AddInterceptors(new SqlitePragmas());
            }

            options.AddInterceptors(new SqlMeterInterceptor());
        });

        // Identity's stores and the health check ask for a scoped context; pages and commands use the factory.
        builder.Services.AddScoped(services => services.GetRequiredService<IDbContextFactory<GridFlowDbContext>>().CreateDbContext());

        var data = builder.Configuration.GetSection(DataOptions.Section).Get<DataOptions>() ?? new DataOptions();
        builder.Services.AddDataProtection().SetApplicationName("GridFlow")
            .PersistKeysToFileSystem(new DirectoryInfo(Path.GetFullPath(data.KeysDirectory)));
    }

    /// <summary>Creates the data directory and brings the schema up to date. Safe to call at every start.</summary>
    /// <exception cref="BadInputException">The directory cannot be made, or the server cannot be reached.</exception>
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

        try
        {
            await MigrateAsync(services, cancellationToken);
        }
        catch (OptionsValidationException problem)
        {
            throw new BadInputException(problem.Message);
        }
        catch (NpgsqlException problem)
        {
            throw new BadInputException($"PostgreSQL: {problem.Message}");
        }

        await services.GetRequiredService<CaseTextFiller>().FillAsync(cancellationToken);
        await services.GetRequiredService<BundleStore>().PublishShippedAsync(cancellationToken);
        await services.SeedDemoCountyAsync(cancellationToken);
    }

    private static async Task MigrateAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        await using var db = IsPostgres(services)
            ? new PostgresDbContext(new DbContextOptionsBuilder<PostgresDbContext>().UseNpgsql(services.GetRequiredService<NpgsqlDataSource>()).Options)
            : await services.GetRequiredService<IDbContextFactory<GridFlowDbContext>>().CreateDbContextAsync(cancellationToken);

        // An index over what a county has collected in years takes its time, and half a schema is none.
        db.Database.SetCommandTimeout(TimeSpan.FromHours(6));
        await db.Database.MigrateAsync(cancellationToken);
    }

    private static bool IsPostgres(IServiceProvider services) => services.GetRequiredService<IOptions<DatabaseOptions>>().Value.Provider == DatabaseProvider.Postgres;

    private static string SqliteConnection(IServiceProvider services) =>
        services.GetRequiredService<IOptions<DatabaseOptions>>().Value.Connection is { Length: > 0 } connection
            ? connection
            : $"Data Source={services.GetRequiredService<IOptions<DataOptions>>().Value.DatabaseFile}";
}
