using GridFlow.Server.Cases;
using GridFlow.Server.Persistence;
using GridFlow.Server.Search;
using GridFlow.Server.Security;
using Microsoft.EntityFrameworkCore;

namespace GridFlow.Server.Inbox;

/// <summary>Open work whose cases have the words somebody looks for.</summary>
public sealed class InboxWords
{
    /// <summary>Rarer words name their cases; of more frequent ones, enough are met by walking the inbox.</summary>
    private const int Few = 4_000;
    private readonly CaseTextIndex _index;

    internal InboxWords(CaseTextIndex index) => _index = index;

    /// <summary>
    /// The open work that comes into question, and whether its words still have to be looked at one by one with <see cref="With"/>:
    /// of frequent words the index names too many.
    /// </summary>
    internal async Task<(IQueryable<WorkItemRow> Items, SearchText? LookAt)> NarrowAsync(GridFlowDbContext db, CurrentUser user, IQueryable<WorkItemRow> items, string typed, CancellationToken cancellationToken)
    {
        var text = SearchText.Parse(typed);
        if (text.Terms.Count == 0)
        {
            return (items.Where(row => false), null);
        }

        var paths = user.Posts.Select(post => post.AreaPath).OfType<string>().Distinct().ToList();
        var codes = user.Posts.All(post => post.AreaPath is not null) ? await SearchAreas.OfAsync(db, paths, cancellationToken) : null;
        var hits = await _index.FindAsync(text.Words, codes is null ? [] : [codes], long.MaxValue, Few + 1, cancellationToken);
        var elsewhere = codes is null ? [] : await Outside(items.OfUnitsOf(user), paths).Select(row => row.CaseNumber).Distinct().OrderBy(number => number).Take(Few + 1).ToListAsync(cancellationToken);
        if (hits.Count + elsewhere.Count > Few)
        {
            return (items, text);
        }

        // What belongs to no case is in no index, and is found by what it is called.
        var name = typed.Trim();
        var numbers = hits.Select(hit => hit.CaseNumber).Concat(elsewhere).Append(name).ToList();
        items = items.Where(row => EF.Parameter(numbers).Contains(row.CaseNumber));
        if (text.IsExact && elsewhere.Count == 0)
        {
            return (items, null);
        }

        var cases = With(db.Cases, text);
        return (items.Where(item => item.CaseNumber == name || cases.Any(row => row.Number == item.CaseNumber)), null);
    }

    /// <summary>Work of one's units in cases that lie elsewhere: it is little, and looked at one by one.</summary>
    private static IQueryable<WorkItemRow> Outside(IQueryable<WorkItemRow> items, IEnumerable<string> paths) =>
        paths.Aggregate(items, (rest, path) => rest.Where(TextOrder.Begins<WorkItemRow>(row => row.AreaPath, path).Not()));

    /// <summary>Those of some cases that have all the terms.</summary>
    internal static IQueryable<CaseRow> With(IQueryable<CaseRow> cases, SearchText text)
    {
        foreach (var term in text.Terms)
        {
            // Making Chinese texts small changes nothing in them, and took PostgreSQL most of the time.
            if (!term.Any(letter => char.ToUpperInvariant(letter) != letter))
            {
                cases = cases.Where(row => row.Title.Contains(term) || row.Detail.Contains(term) || row.Number.Contains(term) || row.Place!.Contains(term));
                continue;
            }

#pragma warning disable CA1304, CA1311, CA1862, MA0011 // It is the database that compares, and it knows of no culture.
            cases = cases.Where(row => row.Title.ToLower().Contains(term) || row.Detail.ToLower().Contains(term) || row.Number.ToLower().Contains(term) || row.Place!.ToLower().Contains(term));
#pragma warning restore CA1304, CA1311, CA1862, MA0011
        }

        return cases;
    }
}
