using Microsoft.EntityFrameworkCore;

namespace GridFlow.Server.Tests.Persistence;

public sealed class MigrationsTests
{
    [Fact]
    public async Task The_schema_migrated_on_SQLite_is_the_model_s_schema() => await CheckAsync(new SqliteTestDatabase());

    [Fact]
    public async Task The_schema_migrated_on_PostgreSQL_is_the_model_s_schema() => await CheckAsync(new PostgresTestDatabase());

    private static async Task CheckAsync(TestDatabase database)
    {
        await using (database)
        {
            database.Create();
            await using var db = database.OpenForMigration();

            Assert.False(db.Database.HasPendingModelChanges());
            Assert.Empty(await db.Database.GetPendingMigrationsAsync(TestContext.Current.CancellationToken));
            Assert.NotEmpty(await db.Database.GetAppliedMigrationsAsync(TestContext.Current.CancellationToken));
        }
    }
}
