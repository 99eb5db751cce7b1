using GridFlow.Workflows.Calendars;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Routing;

namespace GridFlow.Workflows.Bundles;

/// <summary>
/// What the guidance on dispatch catalogues demands of a bundle (国办函〔2025〕66号 as read second-hand), where the categories say that
/// it applies: a matter that belongs to a department is not sent to the grassroots, and no limit is longer than the rule. That
/// every category has an owner is checked by <see cref="RoutingChecker"/>.
/// </summary>
public static class PublishRules
{
    // A plain working Monday morning: limits on different clocks are compared by when they would end.
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 0, 30, 0, TimeSpan.Zero);

    /// <summary>The rules a bundle breaks; each keeps it from being published and names the rule.</summary>
    public static IReadOnlyList<Problem> Check(Bundle bundle)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        var problems = new List<Problem>();
        if (bundle.FindDefinition(ShippedBundle.IntakeWorkflow) is null)
        {
            problems.Add(new Problem("definitions", "no-intake", new LocalizedText(
                $"缺少受理流程“{ShippedBundle.IntakeWorkflow}”，没有它就不能受理任何诉求", $"the workflow '{ShippedBundle.IntakeWorkflow}', with which every case begins, is missing: no report could be taken in")));
        }

        foreach (var category in bundle.Categories.All.Where(category => !category.IsGroup))
        {
            var group = bundle.Categories.FindGroup(category);
            if (category.IsDepartmental || group?.IsDepartmental == true)
            {
                problems.AddRange(ToGrassroots(bundle.Routing, category).Select(row => new Problem(RowPath(row), "department-matter", new LocalizedText(
                    $"“{category.Name.Zh}”是职能部门的事项，不得派给社区、网格，请为它单独设一行并派给部门或镇街（国办函〔2025〕66号）",
                    $"'{category.Name.En}' belongs to a department and must not be dispatched to the grassroots: give it a row of its own with a department or a town (guidance on dispatch catalogues)"))));
            }

            if ((category.LongestLimit ?? group?.LongestLimit) is { } longest)
            {
                CheckLimits(bundle, category, longest, problems);
            }
        }

        return [.. problems.DistinctBy(problem => (problem.Path, problem.Code, problem.Message.En))];
    }

    private static void CheckLimits(Bundle bundle, Category category, TimeLimit longest, List<Problem> problems)
    {
        foreach (var condition in category.Conditions.Where(condition => IsLonger(bundle.Calendar, condition.Limit, longest)))
        {
            problems.Add(TooLong($"categories/{category.Key}", category, condition.Limit, longest));
        }

        foreach (var row in bundle.Routing.Rows.Where(row => row.Limit is not null && MayCatch(row, category) && row.Category is not null && IsLonger(bundle.Calendar, row.Limit.Value, longest)))
        {
            problems.Add(TooLong(RowPath(row), category, row.Limit!.Value, longest));
        }
    }

    private static Problem TooLong(string path, Category category, TimeLimit limit, TimeLimit longest) => new(path, "limit-too-long", new LocalizedText(
        $"“{category.Name.Zh}”的时限 {limit} 超过规定的最长时限 {longest}",
        $"the limit {limit} of '{category.Name.En}' is longer than the longest the rule allows, {longest}"));

    private static bool IsLonger(WorkingCalendar calendar, TimeLimit limit, TimeLimit longest) => calendar.Add(Start, limit).DueAt > calendar.Add(Start, longest).DueAt;

    // Rows that would send it to a village, a grid or beneath, unless a more specific row of the category itself always wins over them.
    private static IEnumerable<RoutingRow> ToGrassroots(RoutingTable table, Category category)
    {
        var owners = table.Rows.Where(row => row.Category is not null && MayCatch(row, category) && row.Area is null && row.Keywords.IsEmpty && row.Nature is null
            && row.Channel is null && row.Urgency is null && row.From is null && row.Until is null && row.Tier is null).ToList();
        return table.Rows.Where(row => IsGrassroots(row.Lead) && MayCatch(row, category)
            && !owners.Any(owner => owner != row && RoutingTable.SpecificityComparer.Instance.Compare(RoutingTable.Specificity(owner), RoutingTable.Specificity(row)) > 0));
    }

    private static bool MayCatch(RoutingRow row, Category category) =>
        (row.Category is null || category.Key.StartsWith(row.Category, StringComparison.Ordinal)) && (row.Tier is null || row.Tier == category.Tier);

    private static bool IsGrassroots(string? unit) => unit is "@village" or "@grid" or "@microgrid" || (unit is not null && UnitKey.AreaOf(unit) is { Length: >= 12 });

    private static string RowPath(RoutingRow row) => FormattableString.Invariant($"routing/{row.Number}");
}
