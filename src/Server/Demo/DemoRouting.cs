using GridFlow.Server.Bundles;
using GridFlow.Server.Organisation;
using GridFlow.Server.Security;
using GridFlow.Workflows.Calendars;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Routing;

namespace GridFlow.Server.Demo;

/// <summary>The demo county's routing table: the shipped rows, and one or more for every group of categories.</summary>
internal static class DemoRouting
{
    private static readonly CurrentUser Author = new("demo", "林致远", "Lin Zhiyuan", []);

    // Category, tier, lead, assisting.
    private static readonly (string Category, CaseTier? Tier, string Lead, string Assisting)[] Rows =
    [
        ("06", null, "dept:urban", ""),
        ("06", CaseTier.Small, "@grid", ""),
        ("07", null, "dept:urban", ""),
        ("08", null, "dept:housing", "dept:urban"),
        ("08001", null, "dept:environment", "dept:urban,dept:housing"),
        ("09", null, "dept:urban", "dept:police"),
        ("09", CaseTier.Small, "@grid", ""),
        ("09003", null, "dept:police", "dept:urban"),
        ("10", null, "dept:transport", ""),
        ("10", CaseTier.Small, "@grid", ""),
        ("10003", null, "dept:power", ""),
        ("10005", null, "dept:water", ""),
        ("10006", null, "dept:power", ""),
        ("10007", null, "dept:urban", ""),
        ("10008", null, "dept:fire", "dept:urban,dept:police"),
        ("51", null, "@town", "@village"),
        ("51001", null, "dept:housing", "@village"),
        ("51002", null, "@village", "dept:police"),
        ("51003", null, "dept:police", "dept:environment"),
        ("51004", null, "dept:urban", "dept:housing"),
        ("51005", null, "dept:market", "dept:housing"),
        ("51006", null, "dept:fire", "@village"),
        ("52", null, "dept:housing", "@town"),
        ("53", null, "dept:labour", ""),
        ("54", null, "dept:education", ""),
        ("55", null, "dept:health", ""),
        ("56", null, "dept:civil", "@village"),
        ("57", null, "dept:transport", "dept:police"),
        ("58", null, "dept:market", ""),
        ("58002", null, "dept:police", "dept:market"),
        ("59", null, "dept:environment", ""),
        ("60", null, "dept:agriculture", "@village"),
        ("61", null, "dept:police", ""),
        ("61003", null, "dept:fire", "dept:police"),
        ("61004", null, "dept:transport", "dept:police,dept:fire"),
        ("62", null, "@county", ""),
    ];

    public static async Task PublishAsync(BundleStore bundles, CancellationToken cancellationToken)
    {
        var shipped = await bundles.GetCurrentAsync(cancellationToken);
        var number = 9;
        var rows = shipped.Routing.Rows.ToList();
        foreach (var (category, tier, lead, assisting) in Rows)
        {
            rows.Add(new RoutingRow
            {
                Number = ++number,
                Category = $"local/1/matter/{category}",
                Tier = tier,
                Lead = lead,
                Assisting = [.. assisting.Split(',', StringSplitOptions.RemoveEmptyEntries)],
            });
        }

        rows.Add(new RoutingRow
        {
            Number = ++number,
            Category = "local/1/matter/51003",
            Tier = CaseTier.Small,
            From = new TimeOnly(22, 0),
            Until = new TimeOnly(6, 0),
            Lead = "dept:police",
            Limit = TimeLimit.UrgentHours(2),
            Priority = 1,
            Note = "夜间噪声由派出所两小时内处置 / Noise at night: the police within two hours",
        });
        rows.Add(new RoutingRow
        {
            Number = ++number,
            Category = "local/1/matter/09002",
            Area = DemoOrganisation.CountyCode + "101",
            Lead = "@town",
            Assisting = ["dept:urban"],
            Note = "清溪镇占道经营由镇综合执法队负责 / In Qingxi the town's own team handles street trading",
        });

        var draft = shipped.Copy(routing: new RoutingTable(rows));
        if (await bundles.PublishAsync(draft, "嘉禾县派单目录（演示） / Demo county's routing table", Author, shipped.Number, cancellationToken) is PublishResult.Refused refused)
        {
            throw new InvalidOperationException("The demo's routing table has problems: " + string.Join("; ", refused.Problems.Where(problem => problem.IsError).Select(problem => problem.Message.En)));
        }
    }
}
