using GridFlow.Server.Cases;
using GridFlow.Server.Persistence.Sql;
using GridFlow.Server.Search;

namespace GridFlow.Server.Persistence;

/// <summary>A case the index of words found, and its place among all: what came in later has the higher one.</summary>
public readonly record struct TextHit(long Seq, string CaseNumber);

/// <summary>
/// Which cases have which words, newest first. On SQLite a virtual table that holds nothing but the words, on PostgreSQL a column
/// of them. It knows nothing of who may see what: whoever asks filters what it names.
/// </summary>
internal sealed class CaseTextIndex(ISqlDatabase sql)
{
    // PostgreSQL's index names cases in no order, and each it names must be fetched. So only a stretch of the newest is asked for, a
    // block of them first; how many of these have the words says how far back the next has to reach, with so much to spare.
    private const double Margin = 1.5;
    private const int Stride = 16;

    /// <summary>Writes the words of a new case, as part of the checkpoint that takes it in. On SQLite the table of cases does so by itself.</summary>
    public static void Write(SqlScript script, bool combined, CaseRow row)
    {
        if (combined)
        {
            script.Begin().Raw("""INSERT INTO "CaseTexts" ("CaseNumber", "Words") VALUES (""").Value(SqlValue.Text(row.Number))
                .Raw(", array_to_tsvector(string_to_array(").Value(SqlValue.Text(Words(row))).Raw(", ' ')))").End();
        }
    }

    /// <summary>What is kept of a case to be found by, separated by spaces.</summary>
    public static string Words(CaseRow row) => Words(row.Number, row.Title, row.Detail, row.Place, row.AreaPath);

    /// <summary>The same, from the columns.</summary>
    public static string Words(string number, string title, string detail, string? place, string areaPath) => string.Join(' ', TextGrams.OfCase(number, title, detail, place, areaPath));

    /// <summary>The newest cases with all the words, in one of the areas if any are given.</summary>
    /// <param name="words">Each must be there.</param>
    /// <param name="areas">Codes of areas, of each list one must hold the case.</param>
    /// <param name="before">Only what came in before this one.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<List<TextHit>> FindAsync(IReadOnlyCollection<SearchWord> words, IReadOnlyCollection<IReadOnlyList<string>> areas, long before, int limit, CancellationToken cancellationToken) =>
        FindAsync([.. words.Select(word => Any([word])), .. areas.Select(some => Any([.. some.Select(code => new SearchWord(TextGrams.OfArea(code)))]))], 0, before, limit, cancellationToken);

    /// <summary>The newest cases with at least one of the words, in an area, of those that came in between two others.</summary>
    public Task<List<TextHit>> FindAnyAsync(IReadOnlyCollection<string> words, string area, long from, long before, int limit, CancellationToken cancellationToken) =>
        FindAsync([Any([new SearchWord(TextGrams.OfArea(area))]), Any([.. words.Select(word => new SearchWord(word))])], from, before, limit, cancellationToken);

    private async Task<List<TextHit>> FindAsync(IReadOnlyCollection<string> conditions, long least, long before, int limit, CancellationToken cancellationToken)
    {
        if (!sql.CombinesStatements)
        {
            const string match = """
                SELECT t."Seq", t."CaseNumber" FROM (SELECT rowid AS "Hit" FROM "CaseWords" WHERE "CaseWords" MATCH $1 AND rowid < $2 AND rowid >= $4 ORDER BY rowid DESC LIMIT $3) AS f
                CROSS JOIN "CaseTexts" AS t ON t."Seq" = f."Hit"
                """;
            return await QueryAsync(match, string.Join(" AND ", conditions), before, limit, cancellationToken, SqlValue.Long(least));
        }

        const string last = """SELECT COALESCE(MAX("Seq"), 0) + 1 FROM "CaseTexts" """;
        const string all = """SELECT "Seq", "CaseNumber" FROM "CaseTexts" WHERE "Words" @@ $1::tsquery AND "Seq" + 0 < $2 AND "Seq" + 0 >= $4 ORDER BY "Seq" + 0 DESC LIMIT $3""";
        const string stretch = $"""
            SELECT "Seq", "CaseNumber" FROM "CaseTexts" WHERE "Words" @@ $1::tsquery AND {CaseTextBlocks.Sql} && $5::int[] AND "Seq" + 0 < $2 AND "Seq" + 0 >= $4
            ORDER BY "Seq" + 0 DESC LIMIT $3
            """;
        var query = string.Join(" & ", conditions);
        before = before < long.MaxValue ? before : (await sql.QueryAsync(new SqlStatement(last, []), changes: false, reader => reader.GetInt64(0), cancellationToken)).Single();
        for (var reach = (double)CaseTextBlocks.Smallest; ;)
        {
            var isAll = reach >= before - least;
            if (isAll && least == 0)
            {
                return await QueryAsync(all, query, before, limit, cancellationToken, SqlValue.Long(least));
            }

            var (start, blocks) = CaseTextBlocks.Cover(isAll ? least : before - (long)reach, before);
            var from = Math.Max(least, start);
            var hits = await QueryAsync(stretch, query, before, limit, cancellationToken, SqlValue.Long(from), SqlValue.Text(blocks));
            if (isAll || hits.Count == limit)
            {
                return hits;
            }

            reach = Math.Max(2, hits.Count == 0 ? Stride : limit * Margin / hits.Count) * (before - from);
        }
    }

    private async Task<List<TextHit>> QueryAsync(string text, string query, long before, int limit, CancellationToken cancellationToken, params IEnumerable<SqlValue> more)
    {
        var statement = new SqlStatement(text, [SqlValue.Text(query), SqlValue.Long(before), SqlValue.Long(limit), .. more]);
        var hits = await sql.QueryAsync(statement, changes: false, reader => new TextHit(reader.GetInt64(0), reader.GetString(1)), cancellationToken);
        hits.Sort((left, right) => right.Seq.CompareTo(left.Seq));
        return hits;
    }

    // Words are letters, digits and the mark of areas, quoted besides: nothing in them can be read as anything but a word.
    private string Any(IReadOnlyCollection<SearchWord> words)
    {
        var star = sql.CombinesStatements ? ":*" : "*";
        var quote = sql.CombinesStatements ? '\'' : '"';
        var each = words.Select(word => $"{quote}{word.Word}{quote}{(word.IsBeginning ? star : "")}{(word.Or is { } other ? $" {Or} {quote}{other}{quote}" : "")}");
        return $"({string.Join($" {Or} ", each)})";
    }

    private string Or => sql.CombinesStatements ? "|" : "OR";
}
