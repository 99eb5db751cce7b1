using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace GridFlow.Server.Persistence;

/// <summary>Used by <c>dotnet ef</c> alone (see scripts/add-migration): the model without a running host.</summary>
internal sealed class MigrationsDbContextFactory : IDesignTimeDbContextFactory<GridFlowDbContext>
{
    public GridFlowDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<GridFlowDbContext>().UseSqlite("Data Source=:memory:").Options);
}

/// <summary>The same for PostgreSQL.</summary>
internal sealed class PostgresMigrationsDbContextFactory : IDesignTimeDbContextFactory<PostgresDbContext>
{
    public PostgresDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgresDbContext>().UseNpgsql("Host=localhost").Options);
}
