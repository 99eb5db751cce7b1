using GridFlow.Server.Bundles;
using GridFlow.Server.Persistence;
using GridFlow.Server.Security;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Definitions;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace GridFlow.Server.Operations.Bench;

/// <summary>
/// A database for one measurement: a file in a directory of its own beside the data, or a database of its own on the server
/// given. Nothing of the installation is touched, and nothing of this remains.
/// </summary>
internal abstract class BenchDatabase : IAsyncDisposable
{
    /// <summary>Set to true, the measurement works on the installation itself, which must be empty or from an earlier measurement, and leaves it there.</summary>
    private const string Keep = "Bench:Keep";

    /// <summary>Has the host that is being built work on a database of its own, without demo data.</summary>
    public static BenchDatabase? Arrange(IHostApplicationBuilder builder)
    {
        if (builder.Configuration.GetValue<bool>(Keep))
        {
            builder.Environment.EnvironmentName = Environments.Production;
            return null;
        }

        var database = Create(builder.Configuration);
        database.UseIn(builder.Configuration);
        builder.Environment.EnvironmentName = Environments.Production;
        return database;
    }

    /// <summary>Publishes a workflow of this program's resources beside the shipped ones.</summary>
    public static async Task PublishAsync(IServiceProvider services, string resource, CancellationToken cancellationToken)
    {
        using var stream = typeof(BenchDatabase).Assembly.GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        var store = services.GetRequiredService<BundleStore>();
        var current = await store.GetCurrentAsync(cancellationToken);
        var content = new Bundle(0, current.Definitions.Add(ElsaJson.Read(await reader.ReadToEndAsync(cancellationToken))), current.Routing, current.Categories, current.Calendar);
        var result = await store.PublishAsync(content, "bench", CurrentUser.Operator, baseNumber: null, cancellationToken);
        if (result is PublishResult.Refused refused)
        {
            throw new InvalidOperationException(string.Join("; ", refused.Problems.Select(problem => problem.Message.En)));
        }

        // What was published last is asked for once, so that the first of those measured does not ask.
        await store.GetCurrentAsync(cancellationToken);
    }

    /// <summary>Makes the host's services use this database instead of the installation's.</summary>
    protected abstract void UseIn(IConfigurationManager settings);

    /// <summary>Bytes the tables and indexes of GridFlow take, without what was freed.</summary>
    public abstract Task<long> MeasureAsync(CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();

    private static BenchDatabase Create(IConfiguration settings) =>
        settings.GetSection(DatabaseOptions.Section).Get<DatabaseOptions>() is { Provider: DatabaseProvider.Postgres } options
            ? new OnServer(options.Connection)
            : new InFile((settings.GetSection(DataOptions.Section).Get<DataOptions>() ?? new DataOptions()).Directory);

    private sealed class InFile(string beside) : BenchDatabase
    {
        private readonly string _directory = Path.Combine(Path.GetFullPath(beside), $"bench-{Guid.NewGuid():N}");

        protected override void UseIn(IConfigurationManager settings) => settings[$"{DataOptions.Section}:{nameof(DataOptions.Directory)}"] = _directory;

        public override async Task<long> MeasureAsync(CancellationToken cancellationToken)
        {
            await using var connection = new SqliteConnection($"Data Source={Path.Combine(_directory, "gridflow.db")}");
            await connection.OpenAsync(cancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT (p.page_count - f.freelist_count) * s.page_size FROM pragma_page_count AS p, pragma_freelist_count AS f, pragma_page_size AS s";
            return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
        }

        public override ValueTask DisposeAsync()
        {
            SqliteConnection.ClearAllPools();
            if (Directory.Exists(_directory))
            {
                Directory.Delete(_directory, recursive: true);
            }

            return ValueTask.CompletedTask;
        }
    }

    private sealed class OnServer : BenchDatabase
    {
        private readonly string _server;
        private readonly string _name = $"gridflow_bench_{Guid.NewGuid():N}";

        public OnServer(string connection)
        {
            if (string.IsNullOrWhiteSpace(connection))
            {
                throw new BadInputException("--connection is needed for PostgreSQL: Host=…;Database=…;Username=…");
            }

            _server = connection;
            try
            {
                Run($"CREATE DATABASE {_name}");
            }
            catch (NpgsqlException problem)
            {
                throw new BadInputException($"PostgreSQL: {problem.Message}");
            }
        }

        private string Connection => new NpgsqlConnectionStringBuilder(_server) { Database = _name }.ConnectionString;

        protected override void UseIn(IConfigurationManager settings)
        {
            settings[$"{DatabaseOptions.Section}:{nameof(DatabaseOptions.Connection)}"] = Connection;
            settings[$"{DataOptions.Section}:{nameof(DataOptions.Directory)}"] = Path.Combine(Path.GetTempPath(), _name);
        }

        public override async Task<long> MeasureAsync(CancellationToken cancellationToken)
        {
            await using var source = NpgsqlDataSource.Create(Connection);
            await using var command = source.CreateCommand(
                "SELECT COALESCE(SUM(pg_total_relation_size(c.oid)), 0)::bigint FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace WHERE n.nspname = 'public' AND c.relkind = 'r' AND c.relname NOT LIKE 'bench%'");
            return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
        }

        public override ValueTask DisposeAsync()
        {
            Run($"DROP DATABASE IF EXISTS {_name} WITH (FORCE)");
            var directory = Path.Combine(Path.GetTempPath(), _name);
            if (Directory.Exists(directory))
            {
                Directory.Delete(directory, recursive: true);
            }

            return ValueTask.CompletedTask;
        }

        private void Run(string sql)
        {
            using var source = NpgsqlDataSource.Create(_server);
            using var command = source.CreateCommand(sql);
            command.ExecuteNonQuery();
        }
    }
}
