using GridFlow.Server.BundleMigration;
using GridFlow.Server.Bundles;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GridFlow.Server.Persistence.Configurations;

internal sealed class MigrationRunConfiguration : IEntityTypeConfiguration<MigrationRunRow>
{
    public void Configure(EntityTypeBuilder<MigrationRunRow> builder)
    {
        builder.ToTable("MigrationRuns");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).HasMaxLength(InstanceConfiguration.IdLength);
        builder.Property(row => row.Workflow).HasMaxLength(CaseConfiguration.CodeLength);
        builder.Property(row => row.Mapping).HasMaxLength(int.MaxValue);
        builder.Property(row => row.Reason).HasMaxLength(BundleCommands.LongestReason);
        builder.Property(row => row.AuthorId).HasMaxLength(CaseConfiguration.CodeLength);
        builder.Property(row => row.AuthorName).HasMaxLength(CaseConfiguration.NameLength);
    }
}

internal sealed class MigratedInstanceConfiguration : IEntityTypeConfiguration<MigratedInstanceRow>
{
    public void Configure(EntityTypeBuilder<MigratedInstanceRow> builder)
    {
        builder.ToTable("MigratedInstances");
        builder.HasKey(row => new { row.RunId, row.InstanceId });
        builder.Property(row => row.RunId).HasMaxLength(InstanceConfiguration.IdLength);
        builder.Property(row => row.InstanceId).HasMaxLength(CaseConfiguration.NumberLength);
        builder.Property(row => row.Before).HasMaxLength(int.MaxValue);
    }
}

internal sealed class MigrationRefusalConfiguration : IEntityTypeConfiguration<MigrationRefusalRow>
{
    public void Configure(EntityTypeBuilder<MigrationRefusalRow> builder)
    {
        builder.ToTable("MigrationRefusals");
        builder.HasKey(row => new { row.RunId, row.InstanceId, row.IsUndo });
        builder.Property(row => row.RunId).HasMaxLength(InstanceConfiguration.IdLength);
        builder.Property(row => row.InstanceId).HasMaxLength(CaseConfiguration.NumberLength);
        builder.Property(row => row.Obstacles).HasMaxLength(int.MaxValue);
    }
}
