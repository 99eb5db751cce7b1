using GridFlow.Server.Audit;
using GridFlow.Server.Bundles;
using GridFlow.Server.Drafts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GridFlow.Server.Persistence.Configurations;

internal sealed class DraftConfiguration : IEntityTypeConfiguration<DraftRow>
{
    public void Configure(EntityTypeBuilder<DraftRow> builder)
    {
        builder.ToTable("Drafts");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Name).HasMaxLength(CaseConfiguration.NameLength);
        builder.Property(row => row.AuthorId).HasMaxLength(CaseConfiguration.CodeLength);
        builder.Property(row => row.AuthorName).HasMaxLength(CaseConfiguration.NameLength);
        builder.Property(row => row.ChangedBy).HasMaxLength(CaseConfiguration.NameLength);
        builder.Property(row => row.Reason).HasMaxLength(BundleCommands.LongestReason);
        builder.Property(row => row.RequestedById).HasMaxLength(CaseConfiguration.CodeLength);
        builder.Property(row => row.RequestedByName).HasMaxLength(CaseConfiguration.NameLength);
        builder.Property(row => row.Problem).HasMaxLength(4000);
        builder.HasIndex(row => row.Status);
    }
}

internal sealed class DraftPartConfiguration : IEntityTypeConfiguration<DraftPartRow>
{
    public void Configure(EntityTypeBuilder<DraftPartRow> builder)
    {
        builder.ToTable("DraftParts");
        builder.HasKey(row => new { row.DraftId, row.Part });
        builder.Property(row => row.Part).HasMaxLength(CaseConfiguration.PathLength);
        builder.Property(row => row.Content).HasMaxLength(int.MaxValue);
    }
}

internal sealed class DraftEditConfiguration : IEntityTypeConfiguration<DraftEditRow>
{
    public void Configure(EntityTypeBuilder<DraftEditRow> builder)
    {
        builder.ToTable("DraftEdits");
        builder.HasKey(row => new { row.DraftId, row.Version });
        builder.Property(row => row.AccountId).HasMaxLength(CaseConfiguration.CodeLength);
        builder.Property(row => row.Name).HasMaxLength(CaseConfiguration.NameLength);
        builder.Property(row => row.Changes).HasMaxLength(int.MaxValue);
    }
}

internal sealed class AuditConfiguration : IEntityTypeConfiguration<AuditRow>
{
    public void Configure(EntityTypeBuilder<AuditRow> builder)
    {
        builder.ToTable("Audit");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.AccountId).HasMaxLength(CaseConfiguration.CodeLength);
        builder.Property(row => row.Name).HasMaxLength(CaseConfiguration.NameLength);
        builder.Property(row => row.Subject).HasMaxLength(CaseConfiguration.CodeLength);
        builder.Property(row => row.Detail).HasMaxLength(2000);
        builder.HasIndex(row => row.At);
    }
}
