using GridFlow.Server.Accounts;
using GridFlow.Server.Audit;
using GridFlow.Server.Bundles;
using GridFlow.Server.Cases;
using GridFlow.Server.Drafts;
using GridFlow.Server.Organisation;
using GridFlow.Server.Whistles;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace GridFlow.Server.Persistence;

/// <summary>
/// Everything GridFlow keeps. Entities are mapped by one configuration each, found in this assembly;
/// a feature reaches its own by <c>db.Set&lt;T&gt;()</c> or a property here.
/// </summary>
public class GridFlowDbContext : IdentityUserContext<Account>
{
    public GridFlowDbContext(DbContextOptions<GridFlowDbContext> options)
        : base(options)
    {
    }

    private protected GridFlowDbContext(DbContextOptions options)
        : base(options)
    {
    }

    public DbSet<Post> Posts => Set<Post>();

    public DbSet<ApiToken> ApiTokens => Set<ApiToken>();

    public DbSet<Area> Areas => Set<Area>();

    public DbSet<Department> Departments => Set<Department>();

    public DbSet<BundleRow> Bundles => Set<BundleRow>();

    public DbSet<DraftRow> Drafts => Set<DraftRow>();

    public DbSet<DraftPartRow> DraftParts => Set<DraftPartRow>();

    public DbSet<DraftEditRow> DraftEdits => Set<DraftEditRow>();

    public DbSet<AuditRow> Audit => Set<AuditRow>();

    public DbSet<CaseRow> Cases => Set<CaseRow>();

    public DbSet<CaseUnitRow> CaseUnits => Set<CaseUnitRow>();

    public DbSet<ReporterRow> Reporters => Set<ReporterRow>();

    public DbSet<IdentityViewRow> IdentityViews => Set<IdentityViewRow>();

    public DbSet<CaseTextRow> CaseTexts => Set<CaseTextRow>();

    public DbSet<InstanceRow> Instances => Set<InstanceRow>();

    public DbSet<WorkItemRow> WorkItems => Set<WorkItemRow>();

    public DbSet<TimerRow> Timers => Set<TimerRow>();

    public DbSet<BookmarkRow> Bookmarks => Set<BookmarkRow>();

    public DbSet<HistoryRow> History => Set<HistoryRow>();

    public DbSet<OutboxRow> Outbox => Set<OutboxRow>();

    public DbSet<NoticeRow> Notices => Set<NoticeRow>();

    public DbSet<WhistleRow> Whistles => Set<WhistleRow>();

    public DbSet<WhistledUnitRow> WhistledUnits => Set<WhistledUnitRow>();

    public DbSet<CounterRow> Counters => Set<CounterRow>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicksConverter>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(32);
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(GridFlowDbContext).Assembly);
        if (Database.IsNpgsql())
        {
            UseTextsOfPostgres(builder);
        }
    }

    /// <summary>
    /// Texts compare by code point, as with SQLite: the same order everywhere, and a prefix can use an index. Lengths are
    /// checked where a text comes in, so that what one database takes the other takes too.
    /// </summary>
    private static void UseTextsOfPostgres(ModelBuilder builder)
    {
        foreach (var property in builder.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()))
        {
            if ((property.GetValueConverter()?.ProviderClrType ?? property.GetProviderClrType() ?? property.ClrType) is var type
                && (type == typeof(string) || type.IsEnum || Nullable.GetUnderlyingType(type) is { IsEnum: true }))
            {
                property.SetColumnType("text");
                property.SetCollation("C");
            }
        }
    }
}
