using GridFlow.Server.Persistence;
using GridFlow.Server.Persistence.Sql;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace GridFlow.Server.Tests.Persistence;

/// <summary>An empty database of one of the two kinds, gone with this object. Each opening has connections of its own.</summary>
public abstract class TestDatabase : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _opened = [];

    public abstract IDbContextFactory<GridFlowDbContext> Contexts { get; }

    internal ISqlDatabase OpenSql() => Keep(Open());

    internal abstract ISqlDatabase Open();

    /// <summary>Makes the database by its migrations.</summary>
    public abstract void Create();

    /// <summary>The context whose migrations make this kind of database.</summary>
    public abstract GridFlowDbContext OpenForMigration();

    public virtual async ValueTask DisposeAsync()
    {
        foreach (var opened in _opened)
        {
            await opened.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    private ISqlDatabase Keep(ISqlDatabase sql)
    {
        if (sql is IAsyncDisposable disposable)
        {
            _opened.Add(disposable);
        }

        return sql;
    }
}

public sealed class SqliteTestDatabase : TestDatabase
{
    private readonly string _directory = Directory.CreateTempSubdirectory("gridflow-store-").FullName;

    public override IDbContextFactory<GridFlowDbContext> Contexts => new ContextFactory(new DbContextOptionsBuilder<GridFlowDbContext>()
        .UseSqlite(Connection).AddInterceptors(new SqlitePragmas()).Options);

    private string Connection => $"Data Source={Path.Combine(_directory, "test.db")}";

    internal override ISqlDatabase Open() => new SqliteDatabase(Connection, new WriteGate());

    public override void Create()
    {
        using var db = OpenForMigration();
        db.Database.Migrate();
    }

    public override GridFlowDbContext OpenForMigration() => Contexts.CreateDbContext();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_directory, recursive: true);
    }
}

/// <summary>A database on the server that <c>scripts/test</c> starts. Without one its tests are skipped.</summary>
public sealed class PostgresTestDatabase : TestDatabase
{
    public const string Variable = "GRIDFLOW_TEST_POSTGRES";
    private readonly string _name = $"test_{Guid.NewGuid():N}";
    private readonly Lazy<NpgsqlDataSource> _source;

    public PostgresTestDatabase() => _source = new(() => PostgresDatabase.Connect(Connection));

    public static string? Server => Environment.GetEnvironmentVariable(Variable);

    /// <summary>How a program of its own reaches this database.</summary>
    public string Connection => new NpgsqlConnectionStringBuilder(Server) { Database = _name }.ConnectionString;

    public override IDbContextFactory<GridFlowDbContext> Contexts => new ContextFactory(new DbContextOptionsBuilder<GridFlowDbContext>().UseNpgsql(_source.Value).Options);

    internal override ISqlDatabase Open() => new PostgresDatabase(_source.Value);

    public override void Create()
    {
        Assert.SkipWhen(Server is null, $"No PostgreSQL for tests: run scripts/test, or set {Variable} to what scripts/throwaway-postgres prints.");
        Run($"CREATE DATABASE {_name}");
        using var db = OpenForMigration();
        db.Database.Migrate();
    }

    public override GridFlowDbContext OpenForMigration() => new PostgresDbContext(new DbContextOptionsBuilder<PostgresDbContext>().UseNpgsql(_source.Value).Options);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_source.IsValueCreated)
        {
            await _source.Value.DisposeAsync();
            Run($"DROP DATABASE IF EXISTS {_name} WITH (FORCE)");
        }
    }

    private static void Run(string sql)
    {
        using var server = NpgsqlDataSource.Create(Server!);
        using var command = server.CreateCommand(sql);
        command.ExecuteNonQuery();
    }
}

internal sealed class ContextFactory(DbContextOptions<GridFlowDbContext> options) : IDbContextFactory<GridFlowDbContext>
{
    public GridFlowDbContext CreateDbContext() => new(options);
}
