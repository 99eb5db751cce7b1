using GridFlow.Server.Cases;
using GridFlow.Server.Persistence;
using GridFlow.Server.Search;
using Microsoft.EntityFrameworkCore;

namespace GridFlow.Server.Inbox;

/// <summary>Open work whose cases have the words somebody looks for.</summary>
public sealed class InboxWords
{
    /// <summary>Rarer words name their cases; of more frequent ones, enough are met by walking the inbox.</summary>
    private const int Few = 2_000;
    private readonly CaseTextIndex _index;

    internal InboxWords(CaseTextIndex index) => _index = index;

    /// <summary>
    /// The open work that comes into question, and whether its words still have to be looked at one by one with <see cref="With"/>:
    /// of frequent words the index names too many.
    /// </summary>
    internal async Task<(IQueryable<WorkItemRow> Items, SearchText? LookAt)> NarrowAsync(IQueryable<WorkItemRow> items, string typed, CancellationToken cancellationToken)
    {
        var text = SearchText.Parse(typed);
        if (text.Terms.Count == 0)
        {
            return (items.Where(row => false), null);
        }

        var hits = await _index.FindAsync(text.Words, [], long.MaxValue, Few + 1, cancellationToken);
        if (hits.Count > Few)
        {
            return (items, text);
        }

        // What belongs to no case is in no index, and is found by what it is called.
        var numbers = hits.Select(hit => hit.CaseNumber).Append(typed.Trim()).ToList();
        return (items.Where(row => EF.Parameter(numbers).Contains(row.CaseNumber)), text.IsExact ? null : text);
    }

    /// <summary>Those of some cases that have all the terms.</summary>
    internal static IQueryable<CaseRow> With(IQueryable<CaseRow> cases, SearchText text)
    {
        foreach (var term in text.Terms)
        {
#pragma warning disable CA1304, CA1311, CA1862, MA0011 // It is the database that compares, and it knows of no culture.
            cases = cases.Where(row => row.Title.ToLower().Contains(term) || row.Detail.ToLower().Contains(term) || row.Number.ToLower().Contains(term) || row.Place!.ToLower().Contains(term));
#pragma warning restore CA1304, CA1311, CA1862, MA0011
        }

        return cases;
    }
}
