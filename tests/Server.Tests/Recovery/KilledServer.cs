using System.Globalization;
using GridFlow.Server.Persistence;
using GridFlow.Server.Tests.Persistence;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace GridFlow.Server.Tests.Recovery;

/// <summary>Where a portal is killed again and again: in a directory, or on a database, of its own. <c>scripts/kill-server</c> says how often.</summary>
internal static class KilledServer
{
    /// <summary>How often, as <c>GRIDFLOW_KILLS</c> says.</summary>
    public static int Kills(int otherwise) => int.TryParse(Environment.GetEnvironmentVariable("GRIDFLOW_KILLS"), NumberStyles.None, CultureInfo.InvariantCulture, out var kills) ? kills : otherwise;

    /// <summary>Runs with the arguments the server is to be started with, and a way into its database from outside.</summary>
    public static async Task OnSqliteAsync(Func<string[], IDbContextFactory<GridFlowDbContext>, Task> run)
    {
        var directory = Directory.CreateTempSubdirectory("gridflow-kill-").FullName;
        try
        {
            await run(["--data", directory], new ContextFactory(new DbContextOptionsBuilder<GridFlowDbContext>().UseSqlite($"Data Source={Path.Combine(directory, "gridflow.db")}").Options));
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(directory, recursive: true);
        }
    }

    /// <summary>The same on PostgreSQL.</summary>
    public static async Task OnPostgresAsync(Func<string[], IDbContextFactory<GridFlowDbContext>, Task> run)
    {
        await using var database = new PostgresTestDatabase();
        database.Create();
        var directory = Directory.CreateTempSubdirectory("gridflow-kill-").FullName;
        try
        {
            await run(["--data", directory, "--db", "postgres", "--connection", database.Connection], database.Contexts);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
