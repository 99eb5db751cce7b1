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
        foreach (var (row, by) in NeverWinning(table, categories))
        {
            var numbers = string.Join("、", by);
            problems.Add(new Problem(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"routing/{row.Number}"), "never-wins", new LocalizedText(
                $"这一行不会生效：它管的来件总有更具体的行先命中（第 {numbers} 行）", $"this row never wins: a more specific row always does (row {string.Join(", ", by)})"), IsError: false));
        }

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

    /// <summary>Rows of a category that never win: each category beneath has a row of its own that holds whenever they do.</summary>
    private static IEnumerable<(RoutingRow Row, IReadOnlyList<int> By)> NeverWinning(RoutingTable table, CategoryCatalogue categories)
    {
        var leaves = categories.All.Where(category => !category.IsGroup).Select(category => category.Key).ToList();
        foreach (var row in table.Rows.Where(row => row.Category is not null))
        {
            var beneath = leaves.FindAll(key => key.StartsWith(row.Category!, StringComparison.Ordinal));
            var stronger = table.Rows.Where(other => other != row && other.Category is not null && Beats(other, row) && HoldsWhenever(row, other)).ToList();
            var by = new SortedSet<int>();
            var isCovered = beneath.Count > 0 && beneath.TrueForAll(key => stronger.Find(other => key.StartsWith(other.Category!, StringComparison.Ordinal)) is { } winner && (by.Add(winner.Number) || true));
            if (isCovered)
            {
                yield return (row, [.. by]);
            }
        }
    }

    private static bool Beats(RoutingRow one, RoutingRow other)
    {
        var order = RoutingTable.SpecificityComparer.Instance.Compare(RoutingTable.Specificity(one), RoutingTable.Specificity(other));
        return order > 0 || (order == 0 && one.Number < other.Number);
    }

    // Apart from the category: every condition of the other follows from the row's own.
    private static bool HoldsWhenever(RoutingRow row, RoutingRow other) =>
        (other.Area is null || row.Area?.StartsWith(other.Area, StringComparison.Ordinal) == true)
        && (other.Nature is null || other.Nature == row.Nature) && (other.Channel is null || other.Channel == row.Channel)
        && (other.Urgency is null || other.Urgency == row.Urgency) && (other.Tier is null || other.Tier == row.Tier)
        && ((other.From is null && other.Until is null) || (other.From == row.From && other.Until == row.Until))
        && (other.Keywords.IsEmpty || (!row.Keywords.IsEmpty && row.Keywords.All(word => other.Keywords.Any(wanted => word.Contains(wanted, StringComparison.OrdinalIgnoreCase)))));

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
