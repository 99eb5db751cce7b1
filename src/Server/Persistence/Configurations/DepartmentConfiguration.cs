using GridFlow.Server.Organisation;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GridFlow.Server.Persistence.Configurations;

internal sealed class DepartmentConfiguration : IEntityTypeConfiguration<Department>
{
    public void Configure(EntityTypeBuilder<Department> builder)
    {
        builder.ToTable("Departments");
        builder.HasKey(department => department.Key);
        builder.Property(department => department.Key).HasMaxLength(40);
        builder.Property(department => department.Name).HasMaxLength(100);
        builder.Property(department => department.NameEn).HasMaxLength(100);
        builder.Property(department => department.AreaCode).HasMaxLength(AreaCode.MaxLength);
        builder.HasOne<Area>().WithMany().HasForeignKey(department => department.AreaCode).OnDelete(DeleteBehavior.Restrict);
    }
}
