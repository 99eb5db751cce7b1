using GridFlow.Server.Cases;
using GridFlow.Server.Photos;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GridFlow.Server.Persistence.Configurations;

internal sealed class PhotoConfiguration : IEntityTypeConfiguration<PhotoRow>
{
    private const int HashLength = 64;

    public void Configure(EntityTypeBuilder<PhotoRow> builder)
    {
        builder.ToTable("Photos");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).HasMaxLength(CaseConfiguration.CodeLength);
        builder.Property(row => row.Key).HasMaxLength(CaseConfiguration.CodeLength + 1 + PhotoStore.MaxKey);
        builder.Property(row => row.CaseNumber).HasMaxLength(CaseConfiguration.NumberLength);
        builder.Property(row => row.WorkItem).HasMaxLength(InstanceConfiguration.IdLength);
        builder.Property(row => row.ById).HasMaxLength(CaseConfiguration.CodeLength);
        builder.Property(row => row.ByName).HasMaxLength(CaseConfiguration.NameLength);
        builder.Property(row => row.Hash).HasMaxLength(HashLength);
        builder.HasIndex(row => row.Key).IsUnique();
        builder.HasIndex(row => new { row.CaseNumber, row.At });
        builder.HasOne<CaseRow>().WithMany().HasForeignKey(row => row.CaseNumber).OnDelete(DeleteBehavior.Restrict);
    }
}
