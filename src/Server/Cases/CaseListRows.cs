using GridFlow.Server.Bundles;
using GridFlow.Server.Search;
using GridFlow.Workflows.Cases;

namespace GridFlow.Server.Cases;

/// <summary>Found cases as a list shows them: names for codes, and the part of the text that was looked for.</summary>
internal sealed class CaseListRows(BundleStore bundles, NameLookup lookup)
{
    // A line on a phone, and a little before what was found so that it can be understood.
    private const int SnippetLength = 80;
    private const int SnippetBefore = 16;

    public async Task<IReadOnlyList<CaseListRow>> ToRowsAsync(IReadOnlyCollection<FoundCase> found, SearchText text, CancellationToken cancellationToken)
    {
        var names = await lookup.FindAsync(found.Select(row => row.LeadUnit), found.Select(row => row.AreaPath), cancellationToken);
        var catalogue = (await bundles.GetCurrentAsync(cancellationToken)).Categories;
        return [.. found.Select(row => new CaseListRow(row.Number, row.Title, row.Status, row.Stage, row.Tier, row.Urgency, row.Round, row.AcceptedAt)
        {
            Category = catalogue.Find(row.Category)?.Name.ToString() ?? row.Category,
            Area = names.NearPlace(row.AreaPath),
            AreaPath = names.Place(row.AreaPath),
            Lead = row.LeadUnit is { } unit ? new UnitName(unit, names.Unit(unit)) : null,
            // What is handled is late no more, however long it is looked at and judged.
            Due = row.Stage is CaseStage.Verifying or CaseStage.Rating or CaseStage.Done ? null : CaseQueries.DueOf(row.Due),
            Snippet = Snippet(row, text),
        })];
    }

    /// <summary>The part of the text around what was found there; null when the title says it already.</summary>
    private static string? Snippet(FoundCase row, SearchText text)
    {
        if (text.Terms.Count == 0 || row.Detail is not { } detail || text.IsIn(row.Number, row.Title) || text.FindIn(detail) is not [var first, ..])
        {
            return null;
        }

        var start = Math.Max(0, first.Start - SnippetBefore);
        var end = Math.Min(detail.Length, start + SnippetLength);
        return $"{(start > 0 ? "…" : "")}{detail[start..end].ReplaceLineEndings(" ")}{(end < detail.Length ? "…" : "")}";
    }
}
