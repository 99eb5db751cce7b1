using System.Collections.Immutable;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Routing;

namespace GridFlow.Workflows.Tests.Routing;

public sealed class RoutingTableTests
{
    private static readonly TimeOnly Noon = new(12, 0);

    private static readonly CategoryCatalogue Categories = new(
    [
        new Category { Scheme = "local", Version = "1", Kind = "matter", Code = "51", Name = LocalizedText.Same("社区") },
        new Category { Scheme = "local", Version = "1", Kind = "matter", Code = "51003", Name = LocalizedText.Same("噪声") },
    ]);

    private static readonly CaseState Noise = new()
    {
        Number = "C1",
        Title = "半夜太吵",
        ReportedAt = default,
        AcceptedAt = default,
        Category = "local/1/matter/51003",
        Tier = CaseTier.Small,
        AreaPath = "/99/9901/990101/990101101/",
    };

    [Fact]
    public void The_most_specific_row_wins_and_says_why_and_whom_it_beat()
    {
        var table = new RoutingTable([Row(1), Row(2) with { Category = "local/1/matter/51" }, Row(3) with { Category = "local/1/matter/51003" }, Row(4) with { Area = "990101101" }]);

        var (row, reasons, passed) = table.Find(Noise, Noon)!.Value;

        Assert.Equal(3, row.Number);
        Assert.Equal(new RoutingReason(RoutingConditionKind.Category, "local/1/matter/51003"), Assert.Single(reasons));
        Assert.Equal([2, 4, 1], passed);
    }

    [Theory]
    [InlineData("23:30", 2)]
    [InlineData("05:59", 2)]
    [InlineData("06:00", 1)]
    [InlineData("21:59", 1)]
    public void A_span_of_the_day_may_run_over_midnight(string time, int expected)
    {
        var table = new RoutingTable([Row(1), Row(2) with { From = new TimeOnly(22, 0), Until = new TimeOnly(6, 0) }]);

        Assert.Equal(expected, table.Find(Noise, TimeOnly.Parse(time, System.Globalization.CultureInfo.InvariantCulture))!.Value.Row.Number);
    }

    [Fact]
    public void No_row_that_holds_means_no_answer() => Assert.Null(new RoutingTable([Row(1) with { Keywords = ["井盖"] }]).Find(Noise, Noon));

    [Fact]
    public void The_order_of_the_rows_does_not_matter()
    {
        ImmutableArray<RoutingRow> rows = [Row(1), Row(2) with { Tier = CaseTier.Small }, Row(3) with { Keywords = ["太吵"] }, Row(4) with { Category = "local/1/matter/51003", Tier = CaseTier.Small }];

        Assert.All(Permutations(rows), order => Assert.Equal(3, new RoutingTable(order).Find(Noise, Noon)!.Value.Row.Number));
    }

    [Fact]
    public void The_checker_names_every_mistake()
    {
        var table = new RoutingTable(
        [
            Row(1) with { Lead = "", Category = "local/1/matter/51" },
            Row(2) with { Lead = "dept:nobody" },
            Row(3) with { Category = "local/1/matter/99" },
            Row(4) with { Area = "123456" },
            Row(5) with { Workflow = "nothing" },
            Row(6) with { Priority = 9, Tier = CaseTier.Big },
            Row(7) with { Tier = CaseTier.Small },
            Row(8) with { Tier = CaseTier.Small },
        ]);

        var codes = RoutingChecker.Check(table, Categories, unit => unit == "dept:a", _ => false).Select(problem => $"{problem.Path} {problem.Code}").ToHashSet();

        Assert.Superset(
            new HashSet<string> { "routing/1 no-unit", "routing/2 unknown-unit", "routing/3 unknown-category", "routing/4 unknown-area", "routing/5 unknown-workflow", "routing/6 bad-priority", "routing/8 tie" }, codes);
        Assert.DoesNotContain("routing/7 tie", codes);
    }

    [Fact]
    public void A_category_nobody_owns_is_refused() => Assert.Contains(
        RoutingChecker.Check(new RoutingTable([Row(1) with { Tier = CaseTier.Small }]), Categories, _ => true, _ => true),
        problem => problem is { Code: "no-owner", IsError: true });

    [Fact]
    public void Rows_that_can_never_hold_for_the_same_case_are_no_tie()
    {
        var table = new RoutingTable(
        [
            Row(1), Row(2) with { Tier = CaseTier.Small }, Row(3) with { Tier = CaseTier.Big },
            Row(4) with { From = new TimeOnly(6, 0), Until = new TimeOnly(22, 0) }, Row(5) with { From = new TimeOnly(22, 0), Until = new TimeOnly(6, 0) },
        ]);

        Assert.Empty(RoutingChecker.Check(table, Categories, _ => true, _ => true));
    }

    [Fact]
    public void A_row_whose_every_category_has_a_row_of_its_own_never_wins()
    {
        var group = Row(1) with { Category = "local/1/matter/51" };
        var child = Row(2) with { Category = "local/1/matter/51003" };

        Assert.Equal([1], NeverWinning([group, child]));
        Assert.Equal([1], NeverWinning([group with { Tier = CaseTier.Small, Keywords = ["吵"] }, child with { Keywords = ["吵", "闹"] }]));
        Assert.Empty(NeverWinning([group, child with { Tier = CaseTier.Small }]));
        Assert.Empty(NeverWinning([group with { Keywords = ["闹"] }, child]));
        Assert.Empty(NeverWinning([group, child with { Area = "990101101" }]));
        Assert.Equal([1], NeverWinning([group with { Area = "990101101201" }, child with { Area = "990101101" }]));
        Assert.Empty(NeverWinning([Row(1), child]));
    }

    private static IEnumerable<int> NeverWinning(RoutingRow[] rows) => RoutingChecker.Check(new RoutingTable(rows), Categories, _ => true, _ => true)
        .Where(problem => problem.Code == "never-wins").Select(problem => int.Parse(problem.Path.Split('/')[1], System.Globalization.CultureInfo.InvariantCulture));

    private static RoutingRow Row(int number) => new() { Number = number, Lead = "dept:a" };

    private static IEnumerable<ImmutableArray<RoutingRow>> Permutations(ImmutableArray<RoutingRow> rows) => rows.Length <= 1
        ? Enumerable.Repeat(rows, 1)
        : rows.SelectMany(first => Permutations(rows.Remove(first)).Select(rest => rest.Insert(0, first)));
}
