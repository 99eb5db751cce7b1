using GridFlow.Server.Cases;
using GridFlow.Workflows.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GridFlow.Server.Persistence.Configurations;

internal sealed class CaseConfiguration : IEntityTypeConfiguration<CaseRow>
{
    public const int NumberLength = 32;
    public const int PathLength = 120;
    public const int NameLength = 100;
    public const int CodeLength = 64;

    public void Configure(EntityTypeBuilder<CaseRow> builder)
    {
        builder.ToTable("Cases");
        builder.HasKey(row => row.Number);
        builder.Property(row => row.Number).HasMaxLength(NumberLength);
        builder.Property(row => row.Title).HasMaxLength(200);
        builder.Property(row => row.Detail).HasMaxLength(20_000);
        builder.Property(row => row.AreaPath).HasMaxLength(PathLength);
        builder.Property(row => row.Place).HasMaxLength(200);
        builder.Property(row => row.Category).HasMaxLength(CodeLength);
        builder.Property(row => row.Condition).HasMaxLength(CodeLength);
        builder.Property(row => row.LeadUnit).HasMaxLength(UnitKey.MaxLength);
        builder.Property(row => row.AssistingUnits).HasMaxLength(2000);
        builder.Property(row => row.Workflow).HasMaxLength(CodeLength);
        builder.Property(row => row.Due).HasMaxLength(4000);
        builder.Property(row => row.Answer).HasMaxLength(10_000);
        builder.Property(row => row.HandledBy).HasMaxLength(NameLength);
        builder.Property(row => row.VerifiedBy).HasMaxLength(NameLength);
        builder.Property(row => row.ConfirmedBy).HasMaxLength(NameLength);
        builder.Property(row => row.RatedComment).HasMaxLength(10_000);
        builder.Property(row => row.Classification).HasMaxLength(4000);
        builder.Property(row => row.Routing).HasMaxLength(4000);
        builder.Property(row => row.IntakeKey).HasMaxLength(200);
        builder.Property(row => row.MergedInto).HasMaxLength(NumberLength);
        builder.Property(row => row.SplitFrom).HasMaxLength(NumberLength);
        builder.Property(row => row.SponsorId).HasMaxLength(CodeLength);
        builder.Property(row => row.SponsorName).HasMaxLength(NameLength);
        builder.HasIndex(row => new { row.SponsorId, row.Status, row.DueAt }).HasFilter("\"SponsorId\" IS NOT NULL");
        builder.HasIndex(row => row.MergedInto).HasFilter("\"MergedInto\" IS NOT NULL");
        builder.HasIndex(row => row.SplitFrom).HasFilter("\"SplitFrom\" IS NOT NULL");
        builder.HasIndex(row => row.IntakeKey).IsUnique().HasFilter("\"IntakeKey\" IS NOT NULL");

        // Lists in their order, and the few of one place or category without reading their rows.
        builder.HasIndex(row => new { row.Status, row.DueAt, row.Number });
        builder.HasIndex(row => new { row.AcceptedAt, row.Number });
        builder.HasIndex(row => new { row.AreaPath, row.Number });
        builder.HasIndex(row => new { row.Category, row.Number });
    }
}

internal sealed class CaseUnitConfiguration : IEntityTypeConfiguration<CaseUnitRow>
{
    public void Configure(EntityTypeBuilder<CaseUnitRow> builder)
    {
        builder.ToTable("CaseUnits");
        builder.HasKey(row => new { row.CaseNumber, row.Unit });
        builder.Property(row => row.CaseNumber).HasMaxLength(CaseConfiguration.NumberLength);
        builder.Property(row => row.Unit).HasMaxLength(UnitKey.MaxLength);
        builder.HasIndex(row => new { row.Unit, row.CaseNumber });
        builder.HasOne<CaseRow>().WithMany().HasForeignKey(row => row.CaseNumber).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ReporterConfiguration : IEntityTypeConfiguration<ReporterRow>
{
    public void Configure(EntityTypeBuilder<ReporterRow> builder)
    {
        builder.ToTable("Reporters");
        builder.HasKey(row => row.CaseNumber);
        builder.Property(row => row.CaseNumber).HasMaxLength(CaseConfiguration.NumberLength);
        builder.Property(row => row.Name).HasMaxLength(CaseConfiguration.NameLength);
        builder.Property(row => row.Phone).HasMaxLength(40);
        builder.Property(row => row.Email).HasMaxLength(200);
        builder.Property(row => row.Address).HasMaxLength(200);
        builder.Property(row => row.SecretHash).HasMaxLength(64);
        builder.HasOne<CaseRow>().WithMany().HasForeignKey(row => row.CaseNumber).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class IdentityViewConfiguration : IEntityTypeConfiguration<IdentityViewRow>
{
    public void Configure(EntityTypeBuilder<IdentityViewRow> builder)
    {
        builder.ToTable("IdentityViews");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.CaseNumber).HasMaxLength(CaseConfiguration.NumberLength);
        builder.Property(row => row.AccountId).HasMaxLength(CaseConfiguration.CodeLength);
        builder.Property(row => row.Name).HasMaxLength(CaseConfiguration.NameLength);
        builder.Property(row => row.Reason).HasMaxLength(500);
        builder.HasIndex(row => row.CaseNumber);
        builder.HasOne<CaseRow>().WithMany().HasForeignKey(row => row.CaseNumber).OnDelete(DeleteBehavior.Restrict);
    }
}
