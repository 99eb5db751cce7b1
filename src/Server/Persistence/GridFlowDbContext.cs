using GridFlow.Server.Accounts;
using GridFlow.Server.Organisation;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace GridFlow.Server.Persistence;

/// <summary>
/// Everything GridFlow keeps. Entities are mapped by one configuration each, found in this assembly;
/// a feature reaches its own by <c>db.Set&lt;T&gt;()</c> or a property here.
/// </summary>
public sealed class GridFlowDbContext(DbContextOptions<GridFlowDbContext> options) : IdentityUserContext<Account>(options)
{
    public DbSet<Post> Posts => Set<Post>();

    public DbSet<ApiToken> ApiTokens => Set<ApiToken>();

    public DbSet<Area> Areas => Set<Area>();

    public DbSet<Department> Departments => Set<Department>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicksConverter>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(32);
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(GridFlowDbContext).Assembly);
    }
}
