using GridFlow.Server.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Migrations;

namespace GridFlow.Server.Persistence.Configurations;

internal sealed class CaseTextConfiguration : IEntityTypeConfiguration<CaseTextRow>
{
    public void Configure(EntityTypeBuilder<CaseTextRow> builder)
    {
        builder.ToTable("CaseTexts");
        builder.HasKey(row => row.Seq);
        builder.Property(row => row.CaseNumber).HasMaxLength(CaseConfiguration.NumberLength);
        builder.HasIndex(row => row.CaseNumber).IsUnique();
        builder.HasOne<CaseRow>().WithMany().HasForeignKey(row => row.CaseNumber).OnDelete(DeleteBehavior.Restrict);
    }
}

/// <summary>The part of the index of words that the model does not know; a migration makes it.</summary>
internal static class CaseWordsTable
{
    public static void Create(MigrationBuilder migration)
    {
        if (migration.ActiveProvider!.Contains("Npgsql", StringComparison.Ordinal))
        {
            migration.Sql("""ALTER TABLE "CaseTexts" ADD COLUMN "Words" tsvector NOT NULL DEFAULT ''""");
            IndexWith(migration, "\"Words\"");
            return;
        }

        // The words are cut before they get here; all that is left to part them is the space.
        migration.Sql("""CREATE VIRTUAL TABLE "CaseWords" USING fts5("Words", content='', columnsize=0, detail=none, tokenize="ascii tokenchars '_'")""");
    }

    /// <summary>Has PostgreSQL's index know beside the words when a case came in, so that the newest with a word are found without fetching all that have it.</summary>
    public static void IndexBlocks(MigrationBuilder migration)
    {
        migration.Sql("""DROP INDEX "IX_CaseTexts_Words" """);
        IndexWith(migration, $"\"Words\", {CaseTextBlocks.Sql}");
    }

    /// <summary>Undoes <see cref="IndexBlocks"/>.</summary>
    public static void IndexWords(MigrationBuilder migration)
    {
        migration.Sql("""DROP INDEX "IX_CaseTexts_Words" """);
        IndexWith(migration, "\"Words\"");
    }

    /// <summary>
    /// Has SQLite write the words with the case, by itself, so that it costs no statement. Asked for at each start: a migration that
    /// makes a table anew loses what hangs on it.
    /// </summary>
    public static async Task FollowCasesAsync(GridFlowDbContext db, CancellationToken cancellationToken)
    {
        if (!db.Database.IsSqlite())
        {
            return;
        }

        const string follow = """
            CREATE TRIGGER IF NOT EXISTS "CaseWords_follow" AFTER INSERT ON "Cases" BEGIN
                INSERT INTO "CaseTexts" ("CaseNumber") VALUES (NEW."Number");
                INSERT INTO "CaseWords" (rowid, "Words") VALUES (last_insert_rowid(), case_words(NEW."Number", NEW."Title", NEW."Detail", NEW."Place", NEW."AreaPath"));
            END
            """;
        await db.Database.ExecuteSqlRawAsync(follow, cancellationToken);
    }

    public static void Drop(MigrationBuilder migration)
    {
        if (!migration.ActiveProvider!.Contains("Npgsql", StringComparison.Ordinal))
        {
            migration.Sql("""DROP TABLE "CaseWords" """);
        }
    }

    // What waits to be put into the index is read through at each search: it must stay short.
    private static void IndexWith(MigrationBuilder migration, string columns) =>
        migration.Sql($"""CREATE INDEX "IX_CaseTexts_Words" ON "CaseTexts" USING gin ({columns}) WITH (gin_pending_list_limit = 256)""");
}
