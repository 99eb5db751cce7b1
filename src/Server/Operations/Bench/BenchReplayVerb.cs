using System.CommandLine;
using System.Diagnostics;
using GridFlow.Server.Bundles;
using GridFlow.Server.Replay;
using GridFlow.Server.Security;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Engine;
using GridFlow.Workflows.Routing;

namespace GridFlow.Server.Operations.Bench;

/// <summary>
/// Records cases through the engine on a database of its own, then replays a tenth of them, half and all: the bundle they were
/// taken in by, which must differ in none, and one with a row more. Tells how long, and how much memory was in use meanwhile.
/// </summary>
internal sealed class BenchReplayVerb() : Verb("bench replay", OperationsText.Of("BenchReplayHelp"))
{
    private const int NewRow = 900;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);
    private readonly Option<int> _cases = new("--cases") { Description = OperationsText.Of("BenchReplayCases"), DefaultValueFactory = _ => 100_000 };

    protected override IReadOnlyList<Symbol> Symbols => [_cases];

    public override IAsyncDisposable? Arrange(IHostApplicationBuilder builder) => BenchDatabase.Arrange(builder);

    public override async Task<int> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var cases = context.Parsed.GetValue(_cases);
        if (cases is < 10 or > 2_000_000)
        {
            throw new BadInputException(OperationsText.Of("BenchReplayBadNumber"));
        }

        var bundles = context.Services.GetRequiredService<BundleStore>();
        var published = await PublishAsync(bundles, cancellationToken);
        var begin = new ReplayPeriod(new DateOnly(2026, 1, 5), new DateOnly(2026, 1, 5)).Begin;
        var year = new RecordedYear(context.Services.GetRequiredService<WorkflowClient>(), published, begin);
        var clock = Stopwatch.StartNew();
        await VerbContext.WithProgressAsync(OperationsText.Of("BenchReplayRecording"), progress => year.RecordAsync(cases, progress, cancellationToken));
        var recording = Math.Round(clock.Elapsed.TotalSeconds, 1);

        var draft = new Bundle(0, published.Definitions, new RoutingTable(published.Routing.Rows.Add(new RoutingRow { Number = NewRow, Keywords = ["路灯"], Lead = "dept:bench" })), published.Categories, published.Calendar);
        var runs = new List<ReplayMeasure>();
        foreach (var (content, what, some) in new[] { (published, "published", cases / 10), (published, "published", cases / 2), (published, "published", cases), (draft, "draft", cases) })
        {
            runs.Add(await MeasureAsync(context.Services.GetRequiredService<ReplayRunner>(), content, what, some, cancellationToken));
        }

        context.Report(
            new { Cases = cases, RecordingSeconds = recording, Runs = runs },
            [OperationsText.Of("BenchReplayRecorded", cases, recording), .. runs.Select(run => OperationsText.Of("BenchReplayDone", run.What, run.Cases, run.Differences, run.Seconds, run.CasesPerSecond, run.CpuMsPerCase, run.PeakMegabytes, run.PeakManagedMegabytes))]);
        return runs.Where(run => run.What == "published").All(run => run.Differences == 0) && runs[^1].Differences > 0 ? 0 : 1;
    }

    private static async Task<Bundle> PublishAsync(BundleStore bundles, CancellationToken cancellationToken)
    {
        var result = await bundles.PublishAsync(RecordedYear.WithRows(await bundles.GetCurrentAsync(cancellationToken)), "bench", CurrentUser.Operator, null, cancellationToken);
        return result switch
        {
            PublishResult.Published => await bundles.GetCurrentAsync(cancellationToken),
            PublishResult.Refused refused => throw new InvalidOperationException(string.Join("; ", refused.Problems.Take(5).Select(problem => problem.Message.En))),
            _ => throw new InvalidOperationException(result.ToString()),
        };
    }

    private static async Task<ReplayMeasure> MeasureAsync(ReplayRunner runner, Bundle content, string what, int cases, CancellationToken cancellationToken)
    {
        var first = new DateOnly(2026, 1, 5);
        var order = new ReplayOrder(content, new ReplayPeriod(first, first.AddDays(RecordedYear.DayOf(cases))), CurrentUser.Operator);
        GC.Collect();
        long peak = 0, managed = 0;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watch = Task.Run(
            async () =>
            {
                using var beat = new PeriodicTimer(Look);
                do
                {
                    (peak, managed) = (Math.Max(peak, Environment.WorkingSet), Math.Max(managed, GC.GetTotalMemory(false)));
                }
                while (await beat.WaitForNextTickAsync(over.Token).AsTask().ContinueWith(tick => tick.IsCompletedSuccessfully && tick.Result, TaskScheduler.Default));
            },
            CancellationToken.None);
        var cpu = Environment.CpuUsage.TotalTime;
        var result = await VerbContext.WithProgressAsync(OperationsText.Of("ReplayProgress"), progress => runner.RunAsync(order, progress, cancellationToken));
        var spent = (Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds;
        await over.CancelAsync();
        await watch;
        return new ReplayMeasure(
            what, result.Tally.Cases, result.Tally.Differences, result.Tally.NotReplayed, Math.Round(result.Seconds, 1), Math.Round(result.Tally.Cases / result.Seconds, 0),
            Math.Round(spent / Math.Max(1, result.Tally.Cases), 3), peak / 1_000_000, managed / 1_000_000);
    }
}

/// <summary>One replay of <c>bench replay</c>.</summary>
internal sealed record ReplayMeasure(
    string What, int Cases, int Differences, int NotReplayed, double Seconds, double CasesPerSecond, double CpuMsPerCase, long PeakMegabytes, long PeakManagedMegabytes);
