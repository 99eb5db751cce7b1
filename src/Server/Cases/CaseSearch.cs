using GridFlow.Server.Persistence;
using GridFlow.Server.Security;
using Microsoft.EntityFrameworkCore;

namespace GridFlow.Server.Cases;

/// <summary>
/// Cases by their words, newest first. The index of words names candidates, the database says which of them the reader may see and
/// the filter leaves. Where too many are named in vain, the search stops and says where to go on.
/// </summary>
internal sealed class CaseSearch(CaseTextIndex index, TimeProvider time)
{
    /// <summary>How many candidates are asked for at a time: a page's worth, then as many as an answer may cost.</summary>
    private static readonly int[] Asks = [60, 500, 2_000];

    /// <summary>The newest that match and came in before one; then, where to go on, or null at the end.</summary>
    public async Task<(IReadOnlyList<FoundCase> Rows, long? Next)> FindAsync(CaseLook look, long before, int size, CancellationToken cancellationToken)
    {
        var areas = await AreasAsync(look, cancellationToken);
        var found = new List<(FoundCase Case, long Seq)>();
        foreach (var ask in Asks.SkipWhile(ask => ask <= size))
        {
            var hits = await index.FindAsync(look.Text.Words, areas, before, ask, cancellationToken);
            var rows = await MatchingAsync(look, hits, cancellationToken);
            found.AddRange(hits.Where(hit => rows.ContainsKey(hit.CaseNumber)).Select(hit => (rows[hit.CaseNumber], hit.Seq)));
            if (found.Count > size)
            {
                return ([.. found.Take(size).Select(row => row.Case)], found[size - 1].Seq);
            }

            if (hits.Count < ask)
            {
                return ([.. found.Select(row => row.Case)], null);
            }

            before = hits[^1].Seq;
        }

        return ([.. found.Select(row => row.Case)], before);
    }

    public async Task<CaseCount> CountAsync(CaseLook look, CancellationToken cancellationToken)
    {
        var hits = await index.FindAsync(look.Text.Words, await AreasAsync(look, cancellationToken), long.MaxValue, Asks[^1], cancellationToken);
        var count = look.Text.IsExact
            ? await Candidates(look, hits).CountAsync(cancellationToken)
            : (await MatchingAsync(look, hits, cancellationToken)).Count;
        return new CaseCount(Math.Min(count, CaseLists.MostCounted), count > CaseLists.MostCounted || hits.Count == Asks[^1]);
    }

    /// <summary>The areas that narrow the index down. Whoever has a part in cases elsewhere is looked up case by case.</summary>
    private static async Task<IReadOnlyCollection<IReadOnlyList<string>>> AreasAsync(CaseLook look, CancellationToken cancellationToken)
    {
        var scope = look.User.ScopeOf(Permission.ViewCases).AreaPaths;
        var chosen = look.AreaPath;
        var isWithin = chosen is not null && scope.Any(path => chosen.StartsWith(path, StringComparison.Ordinal));
        var areas = new List<IReadOnlyList<string>>();
        if (chosen is not null && SearchAreas.CodeOf(chosen) is { } code)
        {
            areas.Add([code]);
        }

        if (isWithin || await SearchAreas.OfAsync(look.Db, scope, cancellationToken) is not { } codes)
        {
            return areas;
        }

        var units = CaseScope.PartUnits(look.User);
        if (await look.Db.CaseUnits.Where(row => units.Contains(row.Unit)).OrderBy(row => row.Unit).ThenBy(row => row.CaseNumber).Select(row => row.Unit).FirstOrDefaultAsync(cancellationToken) is null)
        {
            areas.Add(codes);
        }

        return areas;
    }

    private async Task<IReadOnlyDictionary<string, FoundCase>> MatchingAsync(CaseLook look, List<TextHit> hits, CancellationToken cancellationToken)
    {
        var rows = hits.Count == 0 ? [] : await Candidates(look, hits).Select(FoundCase.Of(CaseListPart.Found)).ToListAsync(cancellationToken);
        return rows.Where(row => look.Text.IsExact || look.Text.IsIn(row.Number, row.Title, row.Detail, row.Place)).ToDictionary(row => row.Number, StringComparer.Ordinal);
    }

    private IQueryable<CaseRow> Candidates(CaseLook look, List<TextHit> hits)
    {
        var numbers = hits.ConvertAll(hit => hit.CaseNumber);
        return look.Matching(time.GetUtcNow()).Where(row => EF.Parameter(numbers).Contains(row.Number));
    }
}
