using System.Collections.Immutable;
using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using GridFlow.Server.Cases;
using GridFlow.Server.Persistence;
using GridFlow.Server.Persistence.Sql;
using GridFlow.Workflows.Engine;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace GridFlow.Server.Operations.Bench;

/// <summary>
/// Sets a number of timers, lets them all become due at once, and has several workers fire them, each with a store and
/// connections of its own as if on its own machine. Counts afterwards, from the history, how often each fired.
/// </summary>
internal sealed class BenchTimersVerb() : Verb("bench timers", OperationsText.Of("BenchTimersHelp"))
{
    private const string Definition = "bench-timer";
    private const int Setters = 32;
    private readonly Option<int> _timers = new("--timers") { Description = OperationsText.Of("BenchTimersCount"), DefaultValueFactory = _ => 10_000 };
    private readonly Option<int> _workers = new("--workers") { Description = OperationsText.Of("BenchTimersWorkers"), DefaultValueFactory = _ => 2 };

    protected override IReadOnlyList<Symbol> Symbols => [_timers, _workers];

    public override IAsyncDisposable? Arrange(IHostApplicationBuilder builder) => BenchDatabase.Arrange(builder);

    public override async Task<int> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var (timers, workers) = (context.Parsed.GetValue(_timers), context.Parsed.GetValue(_workers));
        if (timers < 1 || workers is < 1 or > 16)
        {
            throw new BadInputException(OperationsText.Of("BenchTimersBadNumbers"));
        }

        await BenchDatabase.PublishAsync(context.Services, "Bench.timers.json", cancellationToken);
        var client = context.Services.GetRequiredService<WorkflowClient>();
        await VerbContext.WithProgressAsync(OperationsText.Of("BenchTimersSetting"), progress => SetAsync(client, timers, progress, cancellationToken));
        var result = await VerbContext.WithProgressAsync(OperationsText.Of("BenchTimersFiring"), _ => FireAsync(context.Services, timers, workers, cancellationToken));
        context.Report(result, OperationsText.Of("BenchTimersDone", result.Timers, result.Seconds, result.TimersPerSecond, result.CpuMsPerTimer),
            OperationsText.Of("BenchTimersBooks", result.Fired, result.NotFired, result.FiredTwice, string.Join(" + ", result.FiredByWorker)));
        return result is { NotFired: 0, FiredTwice: 0 } ? 0 : 1;
    }

    private static async Task<bool> SetAsync(WorkflowClient client, int timers, IProgress<double> progress, CancellationToken cancellationToken)
    {
        var set = 0;
        await Task.WhenAll(Enumerable.Range(0, Setters).Select(_ => Task.Run(
            async () =>
            {
                int number;
                while ((number = Interlocked.Increment(ref set)) <= timers)
                {
                    var id = string.Create(CultureInfo.InvariantCulture, $"timer-{number:D9}");
                    await client.StartAsync(new Stimulus.Start(id, Definition, null, ImmutableDictionary<string, object?>.Empty, Actor.System), null, null, cancellationToken);
                    if (number % 1000 == 0)
                    {
                        progress.Report((double)number / timers);
                    }
                }
            },
            cancellationToken)));
        return true;
    }

    private static async Task<TimersReport> FireAsync(IServiceProvider services, int timers, int workers, CancellationToken cancellationToken)
    {
        var time = services.GetRequiredService<TimeProvider>();
        var clock = Stopwatch.StartNew();
        var cpu = Environment.CpuUsage.TotalTime;
        var fired = await Task.WhenAll(Enumerable.Range(0, workers).Select(_ => Task.Run(
            async () =>
            {
                await using var worker = new Worker(services);
                return await TimerLoop.RunDueAsync(worker.Store, worker.Client, time, worker.Logger, cancellationToken);
            },
            cancellationToken)));
        var seconds = clock.Elapsed.TotalSeconds;
        var spent = Environment.CpuUsage.TotalTime - cpu;

        await using var db = await services.GetRequiredService<IDbContextFactory<GridFlowDbContext>>().CreateDbContextAsync(cancellationToken);
        var completed = db.History.Where(entry => entry.Kind == HistoryKind.ActivityCompleted);
        var total = await completed.CountAsync(cancellationToken);
        var twice = await completed.GroupBy(entry => entry.InstanceId).CountAsync(group => group.Count() > 1, cancellationToken);
        var waiting = await db.Instances.CountAsync(instance => instance.Status == InstanceStatus.Running, cancellationToken) + await db.Timers.CountAsync(cancellationToken);
        return new TimersReport(timers, workers, Math.Round(seconds, 1), Math.Round(timers / seconds, 0), Math.Round(spent.TotalMilliseconds / timers, 3), total, Math.Max(waiting, timers - total), twice, fired);
    }

    /// <summary>A worker as another machine would be one: nothing shared but the database.</summary>
    private sealed class Worker : IAsyncDisposable
    {
        private readonly List<IAsyncDisposable> _owned = [];

        public Worker(IServiceProvider services)
        {
            var options = services.GetRequiredService<IOptions<DatabaseOptions>>().Value;
            Logger = services.GetRequiredService<ILogger<BenchTimersVerb>>();
            ISqlDatabase sql = services.GetRequiredService<ISqlDatabase>();
            if (options.Provider == DatabaseProvider.Postgres)
            {
                var source = PostgresDatabase.Connect(options.Connection);
                _owned.Add(source);
                sql = new PostgresDatabase(source);
            }

            var time = services.GetRequiredService<TimeProvider>();
            Store = new SqlWorkflowStore(services.GetRequiredService<IDbContextFactory<GridFlowDbContext>>(), sql, new ChangeFeed(), time);
            Client = new WorkflowClient(Store, services.GetRequiredService<IBundleSource>(), time);
        }

        public SqlWorkflowStore Store { get; }

        public WorkflowClient Client { get; }

        public ILogger Logger { get; }

        public async ValueTask DisposeAsync()
        {
            foreach (var owned in _owned)
            {
                await owned.DisposeAsync();
            }
        }
    }
}

/// <summary>What <c>bench timers</c> prints.</summary>
internal sealed record TimersReport(
    int Timers, int Workers, double Seconds, double TimersPerSecond, double CpuMsPerTimer, int Fired, int NotFired, int FiredTwice, IReadOnlyList<int> FiredByWorker);
