using System.Text.Json;
using GridFlow.Server.Tests.Persistence;

namespace GridFlow.Server.Tests.Operations;

/// <summary>The benches, small: that they run on both databases, tell what is asked for, and leave nothing behind.</summary>
public sealed class BenchVerbsTests : IDisposable
{
    private static readonly string[] Figures =
    [
        "operationsPerSecond", "casesPerSecond", "floorOperationsPerSecond", "ratioToFloor", "cpuMsPerCase", "bytesPerCase", "statementsPerOperation", "commitsPerOperation", "p50Ms", "p95Ms",
    ];

    private readonly string _directory = Directory.CreateTempSubdirectory("gridflow-bench-").FullName;

    public static TheoryData<string> Databases => new("sqlite", "postgres");

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task The_bench_tells_each_figure_and_leaves_nothing_behind(string database)
    {
        var run = await RunAsync(database, "bench", "human-task", "--callers", "4", "--cases", "200", "--json");

        Assert.True(run.ExitCode == 0, run.Error);
        var report = JsonDocument.Parse(run.Output).RootElement;
        Assert.All(Figures, figure => Assert.True(report.GetProperty(figure).GetDouble() > 0, figure));
        Assert.InRange(report.GetProperty("statementsPerOperation").GetDouble(), 1, 4.2);
        Assert.Empty(Directory.GetFileSystemEntries(_directory));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Every_timer_fires_and_none_twice(string database)
    {
        var run = await RunAsync(database, "bench", "timers", "--timers", "500", "--json");

        Assert.True(run.ExitCode == 0, run.Error);
        var report = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal((500, 0, 0), (report.GetProperty("fired").GetInt32(), report.GetProperty("notFired").GetInt32(), report.GetProperty("firedTwice").GetInt32()));
        Assert.Equal(2, report.GetProperty("firedByWorker").GetArrayLength());
    }

    [Theory]
    [InlineData("bench human-task --callers 0")]
    [InlineData("bench human-task --cases 0")]
    [InlineData("bench timers --workers 99")]
    [InlineData("bench timers --db postgres")]
    [InlineData("verify --db postgres")]
    [InlineData("verify --db oracle")]
    public async Task Bad_input_is_one_clear_line_and_exit_code_2(string arguments)
    {
        var run = await VerbProcess.RunAsync([.. arguments.Split(' '), "--data", _directory]);

        Assert.Equal(2, run.ExitCode);
        Assert.Single(run.Error.Trim().Split('\n'));
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private async Task<(int ExitCode, string Output, string Error)> RunAsync(string database, params string[] arguments)
    {
        if (database == "sqlite")
        {
            return await VerbProcess.RunAsync([.. arguments, "--data", _directory]);
        }

        Assert.SkipWhen(PostgresTestDatabase.Server is null, $"No PostgreSQL for tests: set {PostgresTestDatabase.Variable}.");
        return await VerbProcess.RunAsync([.. arguments, "--data", _directory, "--db", "postgres", "--connection", PostgresTestDatabase.Server!]);
    }
}
