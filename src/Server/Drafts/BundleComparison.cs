using GridFlow.Designer.Comparison;
using GridFlow.Server.Routing;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Calendars;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Drafts;

namespace GridFlow.Server.Drafts;

/// <summary>A category before and after; one of them is null where it is new or gone.</summary>
public sealed record CategoryChange(Category? Before, Category? After, IReadOnlyList<CellChange> Changes);

/// <summary>How two bundles differ, in the parts people think in.</summary>
/// <param name="Flows">Workflows that are new, changed, or gone.</param>
/// <param name="Routing">Rows.</param>
/// <param name="Categories">Categories.</param>
/// <param name="Days">Dates that are worked, or not, only in one of them; the later one's where both name the date.</param>
/// <param name="Calendar">Other values of the calendar.</param>
/// <param name="Rules">Counts, limits and deciders of what people may do with cases.</param>
public sealed record BundleComparison(
    IReadOnlyList<FlowComparison> Flows, RoutingChanges Routing, IReadOnlyList<CategoryChange> Categories,
    IReadOnlyList<(CalendarOverride? Before, CalendarOverride? After)> Days, IReadOnlyList<CellChange> Calendar, IReadOnlyList<CellChange> Rules)
{
    public bool IsEmpty => Flows.Count == 0 && Routing.IsEmpty && Categories.Count == 0 && Days.Count == 0 && Calendar.Count == 0 && Rules.Count == 0;

    public static BundleComparison Between(Bundle before, Bundle after)
    {
        var changes = BundleEdits.Between(before, after).ToLookup(change => CellPath.PartOf(change.Path), StringComparer.Ordinal);
        var flows = changes.Select(group => CellPath.Split(group.Key)).Where(part => part is ["definitions", _])
            .Select(part => FlowComparison.Between(before.FindDefinition(part[1]), after.FindDefinition(part[1])))
            // A step that was moved, and nothing else, is no difference.
            .Where(flow => flow.Differences.Count > 0).ToList();
        var categories = changes["categories"].GroupBy(change => CellPath.Split(change.Path)[1], StringComparer.Ordinal)
            .Select(group => new CategoryChange(before.Categories.Find(group.Key), after.Categories.Find(group.Key), [.. group]));
        var days = changes["calendar"].Select(change => CellPath.Split(change.Path)).Where(path => path is [_, "overrides", _])
            .Select(path => DateOnly.ParseExact(path[2], "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)).Order()
            .Select(date => (before.Calendar.Overrides.FirstOrDefault(day => day.Date == date), after.Calendar.Overrides.FirstOrDefault(day => day.Date == date)));
        return new BundleComparison(
            flows, RoutingChanges.Between(before.Routing.Rows, after.Routing.Rows), [.. categories], [.. days],
            [.. changes["calendar"].Where(change => CellPath.Split(change.Path) is not [_, "overrides", _])], [.. changes["rules"]]);
    }
}
