using System.CommandLine;
using GridFlow.Server.Cases;
using GridFlow.Server.Persistence;
using GridFlow.Workflows.Engine;
using Microsoft.Extensions.Options;

namespace GridFlow.Server.Operations.Bench;

/// <summary>Measures the engine on a database of its own and prints, beside each figure, what the database alone can do.</summary>
internal sealed class BenchHumanTaskVerb() : Verb("bench human-task", OperationsText.Of("BenchHelp"))
{
    // A server that has run for a minute is compiled for speed; the first seconds of a process are not what a county feels.
    private const int WarmUp = 6000;
    private static readonly TimeSpan FloorTime = TimeSpan.FromSeconds(3);
    private readonly Option<int> _callers = new("--callers") { Description = OperationsText.Of("BenchCallers"), DefaultValueFactory = _ => 8 };
    private readonly Option<int> _cases = new("--cases") { Description = OperationsText.Of("BenchCases"), DefaultValueFactory = _ => 10_000 };
    private BenchDatabase? _database;

    protected override IReadOnlyList<Symbol> Symbols => [_callers, _cases];

    public override IAsyncDisposable? Arrange(IHostApplicationBuilder builder) => _database = BenchDatabase.Arrange(builder);

    public override async Task<int> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var (callers, cases) = (context.Parsed.GetValue(_callers), context.Parsed.GetValue(_cases));
        if (callers is < 1 or > 500 || cases < 1)
        {
            throw new BadInputException(OperationsText.Of("BenchBadNumbers"));
        }

        await BenchDatabase.PublishAsync(context.Services, "Bench.human-task.json", cancellationToken);
        var load = new HumanTaskLoad(context.Services.GetRequiredService<WorkflowClient>(), context.Services.GetRequiredService<CaseNumbers>(), context.Services.GetRequiredService<TimeProvider>());
        var floor = new FloorMeter(context.Services, callers);
        await load.RunAsync(callers, WarmUp, new Progress<double>(), cancellationToken);

        // The floor before and after, so that a neighbour who comes or goes meanwhile shows in both.
        var before = await floor.MeasureAsync(FloorTime, cancellationToken);
        var bytes = await _database!.MeasureAsync(cancellationToken);
        var result = await VerbContext.WithProgressAsync(OperationsText.Of("BenchProgress"), progress => load.RunAsync(callers, cases, progress, cancellationToken));
        bytes = await _database.MeasureAsync(cancellationToken) - bytes;
        var after = await floor.MeasureAsync(FloorTime, cancellationToken);
        var report = BenchReport.Of(floor.IsPostgres ? "postgres" : "sqlite", callers, result, bytes, before, after);
        context.Report(report, report.Lines());
        return 0;
    }

    private sealed class FloorMeter(IServiceProvider services, int connections)
    {
        private readonly DatabaseOptions _options = services.GetRequiredService<IOptions<DatabaseOptions>>().Value;
        private readonly string _file = Path.Combine(services.GetRequiredService<IOptions<DataOptions>>().Value.Directory, "floor.db");

        public bool IsPostgres => _options.Provider == DatabaseProvider.Postgres;

        public async Task<Floor> MeasureAsync(TimeSpan duration, CancellationToken cancellationToken) => IsPostgres
            ? new Floor(
                await CommitFloor.PostgresAsync(_options.Connection, connections, duration, cancellationToken),
                await CommitFloor.PostgresAsync(_options.Connection, 1, duration, cancellationToken), null)
            : new Floor(
                await CommitFloor.SqliteAsync(_file, connections, 1, duration),
                await CommitFloor.SqliteAsync(_file, 1, 1, duration),
                await CommitFloor.SqliteAsync(_file, 1, 100, duration));
    }
}
