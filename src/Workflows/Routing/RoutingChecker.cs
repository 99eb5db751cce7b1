using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Definitions;

namespace GridFlow.Workflows.Routing;

/// <summary>
/// Says what is wrong with a routing table before anybody depends on it: units that do not exist, ties, rows that can never
/// win, categories nobody owns.
/// </summary>
public static class RoutingChecker
{
    /// <summary>All problems of a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="categories">The categories of the same bundle.</param>
    /// <param name="unitExists">Whether an absolute unit key names a unit there is.</param>
    /// <param name="workflowExists">Whether the bundle has a workflow with this definition id.</param>
    public static IReadOnlyList<Problem> Check(RoutingTable table, CategoryCatalogue categories, Func<string, bool> unitExists, Func<string, bool> workflowExists)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(categories);
        var problems = new List<Problem>();
        foreach (var same in table.Rows.GroupBy(row => row.Number).Where(group => group.Skip(1).Any()))
        {
            Report(same.Key, "duplicate-number", $"有多行使用编号 {same.Key}", $"several rows have the number {same.Key}");
        }

        foreach (var row in table.Rows)
        {
            CheckUnits(row);
            if (row.Category is not null && !categories.All.Any(category => category.Key.StartsWith(row.Category, StringComparison.Ordinal)))
            {
                Report(row.Number, "unknown-category", $"目录中没有类别“{row.Category}”", $"no category lies under '{row.Category}'");
            }

            if (row.Area is not null && !unitExists(UnitKey.ForArea(row.Area)))
            {
                Report(row.Number, "unknown-area", $"没有编码为“{row.Area}”的区域", $"there is no area '{row.Area}'");
            }

            if (row.Workflow is not null && !workflowExists(row.Workflow))
            {
                Report(row.Number, "unknown-workflow", $"没有流程“{row.Workflow}”", $"there is no workflow '{row.Workflow}'");
            }

            if (row.Priority is < 1 or > 5)
            {
                Report(row.Number, "bad-priority", "优先级须在 1 至 5 之间", "the priority must lie between 1 and 5");
            }
        }

        CheckTies(table);
        CheckGaps();
        return problems;

        void CheckUnits(RoutingRow row)
        {
            if (string.IsNullOrWhiteSpace(row.Lead))
            {
                Report(row.Number, "no-unit", "没有填写主办单位，请选择一个单位", "the row names no lead unit: choose one");
            }

            foreach (var unit in row.Assisting.Prepend(row.Lead).Where(unit => !string.IsNullOrWhiteSpace(unit)))
            {
                if (!UnitKey.IsWellFormed(unit) || (!UnitKey.RelativeNames.Contains(unit) && !unitExists(unit)))
                {
                    Report(row.Number, "unknown-unit", $"没有单位“{unit}”，请从单位列表中选择", $"there is no unit '{unit}': choose one from the list");
                }
            }
        }

        void CheckTies(RoutingTable rows)
        {
            foreach (var group in rows.Rows.GroupBy(row => string.Join('/', RoutingTable.Specificity(row))))
            {
                var equals = group.ToList();
                for (var i = 0; i < equals.Count; i++)
                {
                    foreach (var other in equals.Skip(i + 1).Where(other => CanBothHold(equals[i], other)))
                    {
                        Report(other.Number, "tie", $"与第 {equals[i].Number} 行同样具体，可能同时命中，请再加一个条件", $"as specific as row {equals[i].Number} and may hold for the same case: add a condition to one of them");
                    }
                }
            }
        }

        void CheckGaps()
        {
            // A row without conditions other than the category (or with none at all) is what makes a category owned.
            var owners = table.Rows.Where(row => row.Area is null && row.Keywords.IsEmpty && row.Tier is null && row.Nature is null && row.Channel is null
                && row.Urgency is null && row.From is null && row.Until is null).ToList();
            foreach (var category in categories.All.Where(category => category is { IsGroup: false, IsRetired: false } && !owners.Any(row => row.Category is null || category.Key.StartsWith(row.Category, StringComparison.Ordinal))))
            {
                problems.Add(new Problem($"categories/{category.Key}", "no-owner", new LocalizedText(
                    $"类别“{category.Name.Zh}”没有任何单位负责，请增加一行（国办函〔2025〕66号：派单目录须明确责任单位）",
                    $"nobody owns the category '{category.Name.En}': add a row (the dispatch catalogue must name who is responsible)")));
            }
        }

        void Report(int row, string code, string zh, string en) =>
            problems.Add(new Problem(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"routing/{row}"), code, new LocalizedText(zh, en)));
    }

    private static bool CanBothHold(RoutingRow a, RoutingRow b) =>
        Same(a.Category, b.Category) && Same(a.Area, b.Area) && SameValue(a.Nature, b.Nature) && SameValue(a.Channel, b.Channel)
        && SameValue(a.Urgency, b.Urgency) && SameValue(a.Tier, b.Tier) && SpansMeet(a, b)
        && (a.Keywords.IsEmpty || b.Keywords.IsEmpty || a.Keywords.Intersect(b.Keywords, StringComparer.OrdinalIgnoreCase).Any());

    // Equal specificity means equally long keys, so one contains the other only when they are the same.
    private static bool Same(string? a, string? b) => a is null || b is null || a == b;

    private static bool SameValue<T>(T? a, T? b)
        where T : struct => a is null || b is null || a.Value.Equals(b.Value);

    private static bool SpansMeet(RoutingRow a, RoutingRow b)
    {
        return Minutes(a).Intersect(Minutes(b)).Any();

        static IEnumerable<int> Minutes(RoutingRow row)
        {
            var (from, until) = (Of(row.From), Of(row.Until));
            return from < until ? Enumerable.Range(from, until - from) : Enumerable.Range(0, until).Concat(Enumerable.Range(from, 1440 - from));
        }

        static int Of(TimeOnly? time) => (int)(time ?? TimeOnly.MinValue).ToTimeSpan().TotalMinutes;
    }
}
