using GridFlow.Server.Accounts;
using GridFlow.Workflows.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GridFlow.Server.Persistence.Configurations;

internal sealed class PostConfiguration : IEntityTypeConfiguration<Post>
{
    public void Configure(EntityTypeBuilder<Post> builder)
    {
        builder.ToTable("Posts");
        builder.Property(post => post.AccountId).HasMaxLength(64);
        builder.Property(post => post.UnitKey).HasMaxLength(UnitKey.MaxLength);
        builder.HasIndex(post => new { post.AccountId, post.UnitKey, post.Role }).IsUnique();
        builder.HasIndex(post => new { post.UnitKey, post.Role });
    }
}
