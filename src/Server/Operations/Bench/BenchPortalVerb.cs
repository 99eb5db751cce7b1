using System.CommandLine;
using System.Diagnostics;
using GridFlow.Server.Bundles;
using GridFlow.Server.Operations.Bench.Portal;
using GridFlow.Server.Persistence;
using GridFlow.Workflows.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace GridFlow.Server.Operations.Bench;

/// <summary>Fills a database with a county's cases and measures the queries behind each page, as the people ask them whose pages these are.</summary>
internal sealed class BenchPortalVerb() : Verb("bench portal", OperationsText.Of("BenchPortalHelp"))
{
    private readonly Option<int> _cases = new("--cases") { Description = OperationsText.Of("BenchPortalCases"), DefaultValueFactory = _ => 10_000 };
    private readonly Option<int> _open = new("--open") { Description = OperationsText.Of("BenchPortalOpen"), DefaultValueFactory = _ => 1_000 };
    private readonly Option<int> _runs = new("--runs") { Description = OperationsText.Of("BenchPortalRuns"), DefaultValueFactory = _ => 60 };
    private readonly Option<bool> _plans = new("--plans") { Description = OperationsText.Of("BenchPortalPlans") };

    protected override IReadOnlyList<Symbol> Symbols => [_cases, _open, _runs, _plans];

    public override IAsyncDisposable? Arrange(IHostApplicationBuilder builder) => BenchDatabase.Arrange(builder);

    public override async Task<int> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var (cases, open, runs) = (context.Parsed.GetValue(_cases), context.Parsed.GetValue(_open), context.Parsed.GetValue(_runs));
        if (cases is < 100 or > 5_000_000 || open < 10 || open > cases || runs is < 1 or > 10_000)
        {
            throw new BadInputException(OperationsText.Of("BenchPortalBadNumbers"));
        }

        var services = context.Services;
        var database = services.GetRequiredService<IDbContextFactory<GridFlowDbContext>>();
        var county = new County();
        var clock = Stopwatch.StartNew();
        await using (var db = await database.CreateDbContextAsync(cancellationToken))
        {
            if (!await db.Cases.AnyAsync(cancellationToken))
            {
                var fill = new CountyFill(database, services.GetRequiredService<BundleStore>(), services.GetRequiredService<TimeProvider>());
                await VerbContext.WithProgressAsync(OperationsText.Of("BenchPortalFilling"), progress => fill.FillAsync(county, cases, open, progress, cancellationToken));
            }

            (cases, open) = (await db.Cases.CountAsync(cancellationToken), await db.Cases.CountAsync(row => row.Status == CaseStatus.Open, cancellationToken));
        }

        var filled = Math.Round(clock.Elapsed.TotalSeconds, 1);
        GC.Collect();
        var probes = await PageProbes.OfAsync(services, county, cancellationToken);
        var results = new List<PageMeasure>();
        foreach (var probe in probes)
        {
            results.Add(await PageRun.MeasureAsync(probe, runs, cancellationToken));
        }

        if (context.Parsed.GetValue(_plans))
        {
            await PageRun.ExplainAsync(services, probes, Console.Error, cancellationToken);
        }

        var provider = services.GetRequiredService<IOptions<DatabaseOptions>>().Value.Provider.ToString().ToLowerInvariant();
        context.Report(results, [
            OperationsText.Of("BenchPortalDone", provider, cases, open),
            .. results.Select(result => OperationsText.Of("BenchPortalPage", result.Page, result.P50Ms, result.P95Ms, result.Statements)),
            OperationsText.Of("BenchPortalMemory", Environment.WorkingSet >> 20, GC.GetTotalMemory(forceFullCollection: true) >> 20, filled)]);
        return 0;
    }
}
