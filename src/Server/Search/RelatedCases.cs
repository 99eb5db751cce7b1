using GridFlow.Server.Cases;
using GridFlow.Server.Persistence;
using GridFlow.Server.Security;
using GridFlow.Workflows.Cases;
using Microsoft.EntityFrameworkCore;

namespace GridFlow.Server.Search;

/// <summary>What other cases are compared with: a case, or a report that is only being written.</summary>
/// <param name="Title">What it is called.</param>
/// <param name="Detail">What was said.</param>
/// <param name="AreaPath">Where it is, as codes.</param>
/// <param name="Place">Where it is, in words.</param>
/// <param name="At">When it came in.</param>
/// <param name="Category">The key of what it is filed under, once it is.</param>
/// <param name="Number">Its own number, once it has one.</param>
public sealed record RelatedTo(string Title, string Detail, string AreaPath, string? Place, DateTimeOffset At, string? Category = null, string? Number = null);

/// <summary>A case that may be about the same.</summary>
public sealed record RelatedCase(string Number, string Title, CaseStatus Status, CaseStage Stage, DateTimeOffset AcceptedAt)
{
    /// <summary>The innermost place by name, and the place in words.</summary>
    public required string Area { get; init; }

    public string? Place { get; init; }

    /// <summary>It names the same place.</summary>
    public bool IsSamePlace { get; init; }

    /// <summary>It was over before this one came in: the matter has come again.</summary>
    public bool IsRepeated { get; init; }

    /// <summary>Telling words both have, the longest first.</summary>
    public required IReadOnlyList<string> CommonWords { get; init; }

    /// <summary>How much speaks for it; the list is sorted by it.</summary>
    public double Score { get; init; }

    /// <summary>"same place, 2 words in common (路灯, 不亮), 3 days before".</summary>
    public required string Reason { get; init; }
}

/// <summary>
/// Cases that may be about the same matter: near by with the same words within a month, and those of one kind at the same place. The
/// index of words names some hundred candidates, these are compared one by one; the cost is the same however many cases there are.
/// </summary>
public sealed class RelatedCases
{
    /// <summary>Reports of one matter come within this time.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromDays(30);

    private const int Candidates = 200;
    private const int EarlierCandidates = 60;
    private const int Shown = 8;
    private const int MostPairs = 40;
    private readonly IDbContextFactory<GridFlowDbContext> _database;
    private readonly CaseTextIndex _index;
    private readonly NameLookup _lookup;
    private readonly CaseWords _words;

    internal RelatedCases(IDbContextFactory<GridFlowDbContext> database, CaseTextIndex index, NameLookup lookup, CaseWords words) =>
        (_database, _index, _lookup, _words) = (database, index, lookup, words);

    /// <summary>Those related to a case the reader may see; nothing otherwise.</summary>
    public async Task<IReadOnlyList<RelatedCase>> FindAsync(string number, CurrentUser user, CancellationToken cancellationToken = default)
    {
        await using var db = await _database.CreateDbContextAsync(cancellationToken);
        var about = await db.Cases.AsNoTracking().VisibleTo(user, db).Where(row => row.Number == number)
            .Select(row => new RelatedTo(row.Title, row.Detail, row.AreaPath, row.Place, row.AcceptedAt, row.Category, row.Number)).FirstOrDefaultAsync(cancellationToken);
        return about is null ? [] : await FindAsync(db, about, user, cancellationToken);
    }

    /// <summary>Those related to a report.</summary>
    public async Task<IReadOnlyList<RelatedCase>> FindAsync(RelatedTo about, CurrentUser user, CancellationToken cancellationToken = default)
    {
        await using var db = await _database.CreateDbContextAsync(cancellationToken);
        return await FindAsync(db, about, user, cancellationToken);
    }

    private async Task<IReadOnlyList<RelatedCase>> FindAsync(GridFlowDbContext db, RelatedTo about, CurrentUser user, CancellationToken cancellationToken)
    {
        var comparison = new CaseComparison(about);
        var numbers = (await HitsAsync(db, about, comparison, cancellationToken)).Select(hit => hit.CaseNumber).Where(number => number != about.Number).Distinct().ToList();
        if (numbers.Count == 0)
        {
            return [];
        }

        var rows = await db.Cases.AsNoTracking().VisibleTo(user, db).Where(row => EF.Parameter(numbers).Contains(row.Number)).Select(FoundCase.Of(CaseListPart.Found)).ToListAsync(cancellationToken);
        var likenesses = comparison.With(rows).Where(likeness => likeness.IsRelated).OrderByDescending(likeness => likeness.Score).ThenByDescending(likeness => likeness.Case.AcceptedAt).Take(Shown).ToList();
        var names = await _lookup.FindAsync([], likenesses.Select(likeness => likeness.Case.AreaPath), cancellationToken);
        return [.. likenesses.Select(likeness => new RelatedCase(likeness.Case.Number, likeness.Case.Title, likeness.Case.Status, likeness.Case.Stage, likeness.Case.AcceptedAt)
        {
            Area = names.NearPlace(likeness.Case.AreaPath),
            Place = likeness.Case.Place,
            IsSamePlace = likeness.IsSamePlace,
            IsRepeated = likeness.IsRepeated,
            CommonWords = likeness.Words,
            Score = likeness.Score,
            Reason = Reason(likeness),
        })];
    }

    private async Task<IEnumerable<TextHit>> HitsAsync(GridFlowDbContext db, RelatedTo about, CaseComparison comparison, CancellationToken cancellationToken)
    {
        // The village: who reports a thing twice may well stand in the next grid.
        const int village = 12;
        var codes = about.AreaPath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var area = codes.LastOrDefault(code => code.Length <= village);
        var before = await FirstAfterAsync(db, about.At + Window, cancellationToken) ?? long.MaxValue;
        var from = await FirstAfterAsync(db, about.At - Window, cancellationToken) ?? 0;
        var near = area is null || comparison.Pairs.Count == 0 ? [] : await _index.FindAnyAsync([.. comparison.Pairs.Take(MostPairs)], area, from, before, Candidates, cancellationToken);
        var place = TextGrams.OfPlace(about.Place);
        var same = area is null || place.Count == 0 ? [] : await _index.FindAsync(place, [[area]], before, EarlierCandidates, cancellationToken);
        return near.Concat(same);
    }

    private static Task<long?> FirstAfterAsync(GridFlowDbContext db, DateTimeOffset at, CancellationToken cancellationToken) =>
        db.Cases.Where(row => row.AcceptedAt > at).OrderBy(row => row.AcceptedAt).ThenBy(row => row.Number).Take(1)
            .Join(db.CaseTexts, row => row.Number, text => text.CaseNumber, (_, text) => (long?)text.Seq).FirstOrDefaultAsync(cancellationToken);

    private string Reason(CaseLikeness likeness)
    {
        var parts = new List<string> { _words[likeness.IsSamePlace ? "RelatedSamePlace" : "RelatedNear"] };
        if (likeness.Words.Count > 0)
        {
            parts.Add(_words.Counted("RelatedWords", likeness.Words.Count, string.Join(_words["RelatedAnd"], likeness.Words.Take(3))));
        }

        parts.Add(likeness.Days switch
        {
            0 => _words["RelatedSameDay"],
            < 0 => _words.Counted("RelatedBefore", -likeness.Days),
            _ => _words.Counted("RelatedAfter", likeness.Days),
        });
        return string.Join(_words["RelatedComma"], parts);
    }
}
