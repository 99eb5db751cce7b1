using GridFlow.Server.Absences;
using GridFlow.Server.Accounts;
using GridFlow.Server.Inbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GridFlow.Server.Persistence.Configurations;

internal sealed class SeenConfiguration : IEntityTypeConfiguration<SeenRow>
{
    public void Configure(EntityTypeBuilder<SeenRow> builder)
    {
        builder.ToTable("Seen");
        builder.HasKey(row => new { row.AccountId, row.WorkItem });
        builder.Property(row => row.AccountId).HasMaxLength(CaseConfiguration.CodeLength);
        builder.Property(row => row.WorkItem).HasMaxLength(InstanceConfiguration.IdLength);
    }
}

internal sealed class SavedFilterConfiguration : IEntityTypeConfiguration<SavedFilterRow>
{
    public void Configure(EntityTypeBuilder<SavedFilterRow> builder)
    {
        builder.ToTable("SavedFilters");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).HasMaxLength(InstanceConfiguration.IdLength);
        builder.Property(row => row.AccountId).HasMaxLength(CaseConfiguration.CodeLength);
        builder.Property(row => row.Name).HasMaxLength(SavedFilters.MaxName);
        builder.Property(row => row.Query).HasMaxLength(SavedFilters.MaxQuery);
        builder.HasIndex(row => new { row.AccountId, row.Name }).IsUnique();
    }
}

internal sealed class AbsenceConfiguration : IEntityTypeConfiguration<AbsenceRow>
{
    public void Configure(EntityTypeBuilder<AbsenceRow> builder)
    {
        builder.ToTable("Absences");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).HasMaxLength(InstanceConfiguration.IdLength);
        builder.Property(row => row.AccountId).HasMaxLength(CaseConfiguration.CodeLength);
        builder.Property(row => row.StandInId).HasMaxLength(CaseConfiguration.CodeLength);
        builder.Property(row => row.ById).HasMaxLength(CaseConfiguration.CodeLength);
        builder.Property(row => row.ByName).HasMaxLength(CaseConfiguration.NameLength);
        builder.HasIndex(row => new { row.StandInId, row.Until });
        builder.HasIndex(row => new { row.AccountId, row.Until });
        builder.HasOne<Account>().WithMany().HasForeignKey(row => row.AccountId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Account>().WithMany().HasForeignKey(row => row.StandInId).OnDelete(DeleteBehavior.Restrict);
    }
}
