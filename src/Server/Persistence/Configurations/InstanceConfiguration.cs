using GridFlow.Server.Bundles;
using GridFlow.Server.Cases;
using GridFlow.Workflows.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GridFlow.Server.Persistence.Configurations;

internal sealed class InstanceConfiguration : IEntityTypeConfiguration<InstanceRow>
{
    public const int IdLength = 64;
    public const int CorrelationLength = 200;

    public void Configure(EntityTypeBuilder<InstanceRow> builder)
    {
        builder.ToTable("Instances");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).HasMaxLength(CaseConfiguration.NumberLength);
        builder.Property(row => row.DefinitionId).HasMaxLength(CaseConfiguration.CodeLength);
        builder.Property(row => row.CorrelationId).HasMaxLength(CorrelationLength);
        builder.Property(row => row.State).HasMaxLength(int.MaxValue);
    }
}

internal sealed class WorkItemConfiguration : IEntityTypeConfiguration<WorkItemRow>
{
    public void Configure(EntityTypeBuilder<WorkItemRow> builder)
    {
        builder.ToTable("WorkItems");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).HasMaxLength(InstanceConfiguration.IdLength);
        builder.Property(row => row.CaseNumber).HasMaxLength(CaseConfiguration.NumberLength);
        builder.Property(row => row.DefinitionId).HasMaxLength(CaseConfiguration.CodeLength);
        builder.Property(row => row.ActivityId).HasMaxLength(CaseConfiguration.CodeLength);
        builder.Property(row => row.Unit).HasMaxLength(UnitKey.MaxLength);
        builder.Property(row => row.AreaPath).HasMaxLength(CaseConfiguration.PathLength);
        builder.Property(row => row.Due).HasMaxLength(4000);
        builder.Property(row => row.ClaimedById).HasMaxLength(CaseConfiguration.CodeLength);
        builder.Property(row => row.ClaimedByName).HasMaxLength(CaseConfiguration.NameLength);
        builder.Property(row => row.Problem).HasMaxLength(2000);
        builder.Property(row => row.About).HasMaxLength(InstanceConfiguration.IdLength);
        builder.Property(row => row.Asked).HasMaxLength(20_000);
        builder.Property(row => row.Outcome).HasMaxLength(CaseConfiguration.CodeLength);
        builder.Property(row => row.ClosedById).HasMaxLength(CaseConfiguration.CodeLength);
        builder.Property(row => row.ClosedByName).HasMaxLength(CaseConfiguration.NameLength);
        builder.Property(row => row.Comment).HasMaxLength(10_000);

        // Inboxes hold what is open; what is over is found by its case alone, and weighs on no other index.
        const string open = "\"ClosedAt\" IS NULL";
        // Each is a list in the order it is read in: a unit's, one person's, and what a dispatcher reaches, which is told
        // by place, unit and role without reading the row. The last is for what is new.
        builder.HasIndex(row => new { row.Unit, row.DueAt, row.Id }).HasFilter(open);
        builder.HasIndex(row => new { row.ClaimedById, row.DueAt, row.Id }).HasFilter($"{open} AND \"ClaimedById\" IS NOT NULL");
        builder.HasIndex(row => new { row.DueAt, row.Id, row.AreaPath, row.Unit, row.Role, row.Kind }).HasFilter(open);
        builder.HasIndex(row => row.OpenedAt).HasFilter(open);
        builder.HasIndex(row => row.CaseNumber);
        builder.HasIndex(row => new { row.DefinitionId, row.ActivityId }).HasFilter(open);
    }
}

internal sealed class TimerConfiguration : IEntityTypeConfiguration<TimerRow>
{
    public void Configure(EntityTypeBuilder<TimerRow> builder)
    {
        builder.ToTable("Timers");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).HasMaxLength(InstanceConfiguration.IdLength);
        builder.Property(row => row.InstanceId).HasMaxLength(CaseConfiguration.NumberLength);
        builder.HasIndex(row => row.DueAt);
        builder.HasIndex(row => row.InstanceId);
    }
}

internal sealed class BookmarkConfiguration : IEntityTypeConfiguration<BookmarkRow>
{
    public void Configure(EntityTypeBuilder<BookmarkRow> builder)
    {
        builder.ToTable("Bookmarks");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).HasMaxLength(InstanceConfiguration.IdLength);
        builder.Property(row => row.InstanceId).HasMaxLength(CaseConfiguration.NumberLength);
        builder.Property(row => row.Name).HasMaxLength(CaseConfiguration.NameLength);
        builder.HasIndex(row => row.Name);
        builder.HasIndex(row => row.InstanceId);
    }
}

internal sealed class HistoryConfiguration : IEntityTypeConfiguration<HistoryRow>
{
    public void Configure(EntityTypeBuilder<HistoryRow> builder)
    {
        builder.ToTable("History");
        builder.HasKey(row => new { row.InstanceId, row.Number });
        builder.Property(row => row.InstanceId).HasMaxLength(CaseConfiguration.NumberLength);
        builder.Property(row => row.ActorId).HasMaxLength(CaseConfiguration.CodeLength);
        builder.Property(row => row.ActorName).HasMaxLength(CaseConfiguration.NameLength);
        builder.Property(row => row.ActorUnit).HasMaxLength(UnitKey.MaxLength);
        builder.Property(row => row.Data).HasMaxLength(int.MaxValue);
        builder.Property(row => row.Hash).HasMaxLength(64);
    }
}

internal sealed class OutboxConfiguration : IEntityTypeConfiguration<OutboxRow>
{
    public void Configure(EntityTypeBuilder<OutboxRow> builder)
    {
        builder.ToTable("Outbox");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).HasMaxLength(InstanceConfiguration.IdLength);
        builder.Property(row => row.CaseNumber).HasMaxLength(CaseConfiguration.NumberLength);
        builder.Property(row => row.Recipient).HasMaxLength(UnitKey.MaxLength);
        builder.Property(row => row.Zh).HasMaxLength(12_000);
        builder.Property(row => row.En).HasMaxLength(12_000);
        builder.Property(row => row.Payload).HasMaxLength(int.MaxValue);
        builder.Property(row => row.Error).HasMaxLength(1000);
        builder.HasIndex(row => row.NextAttemptAt).HasFilter("\"NextAttemptAt\" IS NOT NULL");
        builder.HasIndex(row => row.CaseNumber);
    }
}

internal sealed class NoticeConfiguration : IEntityTypeConfiguration<NoticeRow>
{
    public void Configure(EntityTypeBuilder<NoticeRow> builder)
    {
        builder.ToTable("Notices");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).HasMaxLength(InstanceConfiguration.IdLength);
        builder.Property(row => row.CaseNumber).HasMaxLength(CaseConfiguration.NumberLength);
        builder.Property(row => row.Unit).HasMaxLength(UnitKey.MaxLength);
        builder.Property(row => row.Zh).HasMaxLength(12_000);
        builder.Property(row => row.En).HasMaxLength(12_000);
        builder.HasIndex(row => new { row.Unit, row.At });
    }
}

internal sealed class CounterConfiguration : IEntityTypeConfiguration<CounterRow>
{
    public void Configure(EntityTypeBuilder<CounterRow> builder)
    {
        builder.ToTable("Counters");
        builder.HasKey(row => row.Name);
        builder.Property(row => row.Name).HasMaxLength(CaseConfiguration.CodeLength);
    }
}

internal sealed class BundleConfiguration : IEntityTypeConfiguration<BundleRow>
{
    public void Configure(EntityTypeBuilder<BundleRow> builder)
    {
        builder.ToTable("Bundles");
        builder.HasKey(row => row.Number);
        builder.Property(row => row.Number).ValueGeneratedNever();
        builder.Property(row => row.Author).HasMaxLength(CaseConfiguration.NameLength);
        builder.Property(row => row.Reason).HasMaxLength(1000);
        builder.Property(row => row.Content).HasMaxLength(int.MaxValue);
    }
}
