using GridFlow.Server.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GridFlow.Server.Persistence.Configurations;

internal sealed class AccountConfiguration : IEntityTypeConfiguration<Account>
{
    public void Configure(EntityTypeBuilder<Account> builder)
    {
        builder.ToTable("Accounts");
        builder.Property(account => account.Id).HasMaxLength(64);
        builder.Property(account => account.Name).HasMaxLength(100);
        builder.Property(account => account.NameEn).HasMaxLength(100);
        builder.Property(account => account.PasswordHash).HasMaxLength(500);
        builder.Property(account => account.SecurityStamp).HasMaxLength(64);
        builder.Property(account => account.ConcurrencyStamp).HasMaxLength(64);
        builder.Property(account => account.PhoneNumber).HasMaxLength(32);
        builder.Ignore(account => account.IsDisabled);
        builder.Ignore(account => account.DisplayName);
        builder.HasMany(account => account.Posts).WithOne().HasForeignKey(post => post.AccountId).OnDelete(DeleteBehavior.Cascade);
    }
}
