using GridFlow.Server.Organisation;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GridFlow.Server.Persistence.Configurations;

internal sealed class AreaConfiguration : IEntityTypeConfiguration<Area>
{
    public void Configure(EntityTypeBuilder<Area> builder)
    {
        builder.ToTable("Areas");
        builder.HasKey(area => area.Code);
        builder.Property(area => area.Code).HasMaxLength(AreaCode.MaxLength);
        builder.Property(area => area.Name).HasMaxLength(100);
        builder.Property(area => area.NameEn).HasMaxLength(100);
        builder.Property(area => area.ParentCode).HasMaxLength(AreaCode.MaxLength);
        builder.Property(area => area.Boundary).HasMaxLength(AreaBoundary.MaxLength);
        builder.Property(area => area.Path).HasMaxLength(100);
        builder.HasIndex(area => area.Path);
        builder.HasIndex(area => area.Name);
        builder.HasOne<Area>().WithMany().HasForeignKey(area => area.ParentCode).OnDelete(DeleteBehavior.Restrict);
    }
}
