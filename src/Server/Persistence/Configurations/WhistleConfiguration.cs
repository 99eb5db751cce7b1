using GridFlow.Server.Whistles;
using GridFlow.Workflows.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GridFlow.Server.Persistence.Configurations;

internal sealed class WhistleConfiguration : IEntityTypeConfiguration<WhistleRow>
{
    public void Configure(EntityTypeBuilder<WhistleRow> builder)
    {
        builder.ToTable("Whistles");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).HasMaxLength(InstanceConfiguration.IdLength);
        builder.Property(row => row.CaseNumber).HasMaxLength(CaseConfiguration.NumberLength);
        builder.Property(row => row.AreaPath).HasMaxLength(CaseConfiguration.PathLength);
        builder.Property(row => row.Words).HasMaxLength(10_000);
        builder.Property(row => row.Unit).HasMaxLength(UnitKey.MaxLength);
        builder.Property(row => row.BlownBy).HasMaxLength(CaseConfiguration.NameLength);
        builder.Property(row => row.AuditedBy).HasMaxLength(CaseConfiguration.NameLength);
        builder.HasIndex(row => row.CaseNumber);
        builder.HasIndex(row => new { row.State, row.BlownAt });
    }
}

internal sealed class WhistledUnitConfiguration : IEntityTypeConfiguration<WhistledUnitRow>
{
    public void Configure(EntityTypeBuilder<WhistledUnitRow> builder)
    {
        builder.ToTable("WhistledUnits");
        builder.HasKey(row => new { row.WhistleId, row.Unit });
        builder.Property(row => row.WhistleId).HasMaxLength(InstanceConfiguration.IdLength);
        builder.Property(row => row.Unit).HasMaxLength(UnitKey.MaxLength);
        builder.Property(row => row.WorkItem).HasMaxLength(InstanceConfiguration.IdLength);
        builder.Property(row => row.SignedBy).HasMaxLength(CaseConfiguration.NameLength);
        builder.Property(row => row.AttendedBy).HasMaxLength(CaseConfiguration.NameLength);
        builder.Property(row => row.Place).HasMaxLength(10_000);
        builder.Property(row => row.Report).HasMaxLength(10_000);
        builder.Property(row => row.StreetWord).HasMaxLength(10_000);
        builder.Property(row => row.UnitWord).HasMaxLength(10_000);
        builder.Property(row => row.MovedTo).HasMaxLength(UnitKey.MaxLength);
        builder.Property(row => row.Late).HasMaxLength(40);
        builder.HasIndex(row => row.Unit);
        builder.HasOne<WhistleRow>().WithMany().HasForeignKey(row => row.WhistleId).OnDelete(DeleteBehavior.Restrict);
    }
}
