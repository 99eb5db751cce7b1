using GridFlow.Server.Figures;
using GridFlow.Workflows.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GridFlow.Server.Persistence.Configurations;

internal sealed class FigureDayConfiguration : IEntityTypeConfiguration<FigureDayRow>
{
    public void Configure(EntityTypeBuilder<FigureDayRow> builder)
    {
        builder.ToTable("FigureDays");
        builder.HasKey(row => new { row.Basis, row.Day });
    }
}

internal sealed class FigureKeyConfiguration : IEntityTypeConfiguration<FigureKeyRow>
{
    public void Configure(EntityTypeBuilder<FigureKeyRow> builder)
    {
        builder.ToTable("FigureKeys");
        builder.HasKey(row => new { row.Kind, row.Id });
        builder.Property(row => row.Key).HasMaxLength(Math.Max(CaseConfiguration.PathLength, UnitKey.MaxLength));
        builder.HasIndex(row => new { row.Kind, row.Key }).IsUnique();
    }
}
