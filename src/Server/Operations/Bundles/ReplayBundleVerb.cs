using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using GridFlow.Server.Bundles;
using GridFlow.Server.Replay;
using GridFlow.Server.Security;
using GridFlow.Workflows.Replay;

namespace GridFlow.Server.Operations.Bundles;

/// <summary>Replays a bundle, from a file or the one in force, over recorded cases. Changes nothing.</summary>
internal sealed class ReplayBundleVerb() : Verb("bundle replay", OperationsText.Of("ReplayHelp"))
{
    private const string Published = "published";
    private const int UnitsTold = 20;
    private readonly Argument<string> _bundle = new("FILE|published") { Description = OperationsText.Of("ReplayBundle") };
    private readonly Option<DateOnly?> _from = new("--from") { Description = OperationsText.Of("ReplayFrom"), HelpName = "DATE" };
    private readonly Option<DateOnly?> _to = new("--to") { Description = OperationsText.Of("ReplayTo"), HelpName = "DATE" };

    protected override IReadOnlyList<Symbol> Symbols => [_bundle, _from, _to];

    public override async Task<int> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var services = context.Services;
        var named = context.Parsed.GetRequiredValue(_bundle);
        var bundle = named == Published ? await services.GetRequiredService<BundleStore>().GetCurrentAsync(cancellationToken) : BundleFile.Demand(named);
        var period = await PeriodAsync(context, services, cancellationToken);
        var order = new ReplayOrder(bundle, period, CurrentUser.Operator);
        var result = await VerbContext.WithProgressAsync(OperationsText.Of("ReplayProgress"), progress =>
            services.GetRequiredService<ReplayRunner>().RunAsync(order, progress, cancellationToken));
        context.Report(Json(result), Lines(result));
        return 0;
    }

    private async Task<ReplayPeriod> PeriodAsync(VerbContext context, IServiceProvider services, CancellationToken cancellationToken)
    {
        var today = ReplayPeriod.Today(services.GetRequiredService<TimeProvider>().GetUtcNow());
        var all = await services.GetRequiredService<RecordedCases>().FindSpanAsync(cancellationToken) ?? new ReplayPeriod(today, today);
        var period = new ReplayPeriod(context.Parsed.GetValue(_from) ?? all.From, context.Parsed.GetValue(_to) ?? (all.To > today ? all.To : today));
        return period.IsInOrder ? period : throw new BadInputException(OperationsText.Of("ReplayBadPeriod", Day(period.From), Day(period.To)));
    }

    private static object Json(ReplayResult result) => new
    {
        result.Tally.Cases,
        result.Tally.Differences,
        Kinds = result.Tally.Kinds.ToDictionary(kind => JsonNamingPolicy.CamelCase.ConvertName(kind.Key.ToString()), kind => kind.Value),
        result.Tally.NotReplayed,
        From = Day(result.Order.Period.From),
        To = Day(result.Order.Period.To),
        Limits = new { result.Tally.Shorter, result.Tally.Longer },
        result.Tally.Nobody,
        result.Tally.Asked,
        Tiers = result.Tally.Tiers.OrderByDescending(way => way.Value).Select(way => new { way.Key.From, way.Key.To, Cases = way.Value }),
        Units = result.Tally.Units.OrderByDescending(unit => Math.Abs(unit.Value.Change)).ThenBy(unit => unit.Key, StringComparer.Ordinal)
            .Select(unit => new { Unit = unit.Key, unit.Value.Before, unit.Value.After }),
        Rows = result.Tally.Rows.OrderBy(row => row.Key).Select(row => new { Row = row.Key, row.Value.Before, row.Value.After }),
        NeverHit = result.NeverHit.Select(row => row.Number),
        Seconds = Math.Round(result.Seconds, 1),
        PeakMegabytes = Peak,
    };

    private static IEnumerable<string> Lines(ReplayResult result)
    {
        var tally = result.Tally;
        yield return OperationsText.Of("ReplayDone", tally.Differences, tally.Cases, Day(result.Order.Period.From), Day(result.Order.Period.To), Math.Round(result.Seconds, 1), Peak);
        foreach (var (kind, count) in ReplayDifferences.Kinds.Select(kind => (kind, tally.Kinds[kind])).Where(kind => kind.Item2 > 0))
        {
            yield return Row(OperationsText.Of($"ReplayKind{kind}"), count);
        }

        if (tally.NotReplayed > 0)
        {
            yield return Row(OperationsText.Of("ReplayNotReplayed"), tally.NotReplayed);
        }

        var changed = tally.Units.Where(unit => unit.Value.Change != 0).OrderByDescending(unit => Math.Abs(unit.Value.Change)).ThenBy(unit => unit.Key, StringComparer.Ordinal).ToList();
        if (changed.Count > 0)
        {
            yield return OperationsText.Of("ReplayUnits");
        }

        foreach (var (unit, load) in changed.Take(UnitsTold))
        {
            yield return string.Create(CultureInfo.CurrentCulture, $"  {unit,-28} {load.Before,8} → {load.After,8}  {load.Change:+0;-0}");
        }

        if (result.NeverHit.Length > 0)
        {
            yield return OperationsText.Of("ReplayNeverHit", string.Join(", ", result.NeverHit.Select(row => row.Number)));
        }
    }

    private static long Peak => Process.GetCurrentProcess().PeakWorkingSet64 / 1_000_000;

    private static string Row(string label, int count) => string.Create(CultureInfo.CurrentCulture, $"  {count,8}  {label}");

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
