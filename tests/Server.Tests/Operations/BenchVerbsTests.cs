using System.Text.Json;
using System.Text.RegularExpressions;
using GridFlow.Server.Tests.Persistence;

namespace GridFlow.Server.Tests.Operations;

/// <summary>The benches, small: that they run on both databases, tell what is asked for, and leave nothing behind.</summary>
public sealed partial class BenchVerbsTests : IDisposable
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
    [MemberData(nameof(Databases))]
    public async Task Each_page_is_measured_and_asks_no_more_than_it_should(string database)
    {
        var run = await RunAsync(database, "bench", "portal", "--cases", "1500", "--open", "200", "--runs", "2", "--json");

        Assert.True(run.ExitCode == 0, run.Error);
        var pages = JsonDocument.Parse(run.Output).RootElement.EnumerateArray().ToDictionary(page => page.GetProperty("page").GetString()!);
        Assert.All(pages.Values, page => Assert.Equal(["page", "p50Ms", "p95Ms", "statements"], page.EnumerateObject().Select(property => property.Name)));
        Assert.All(pages, page => Assert.InRange(page.Value.GetProperty("statements").GetDouble(), LeastStatements(page.Key), MostStatements(page.Key)));
        Assert.All(["floor", "inbox", "cases", "search", "case page", "related cases"], kind => Assert.Contains(pages.Keys, page => page.StartsWith(kind, StringComparison.Ordinal)));
        Assert.Empty(Directory.GetFileSystemEntries(_directory));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task No_page_reads_through_a_table_that_grows(string database)
    {
        // With so few rows PostgreSQL would rather read them all; what it does when it is told not to is what it does with a million.
        var run = await RunAsync(database, withoutScans: true, "bench", "portal", "--cases", "3000", "--open", "300", "--runs", "1", "--plans", "--json");

        Assert.True(run.ExitCode == 0, run.Error);
        var plans = run.Error.Split("== ", StringSplitOptions.RemoveEmptyEntries).Select(plan => plan.Split('\n')).Where(plan => plan.Length > 2).ToList();
        Assert.True(plans.Count > 100, run.Error);
        Assert.All(plans, plan =>
        {
            foreach (Match table in Tables().Matches(plan[1]))
            {
                Assert.All(plan[2..], line => Assert.False(IsScan(line.Trim(), table.Groups[1].Value, table.Groups[2].Value), $"{plan[0]}\n{plan[1]}\n{line}"));
            }
        });
    }

    [Theory]
    [InlineData("bench human-task --callers 0")]
    [InlineData("bench portal --cases 5")]
    [InlineData("bench portal --open 100000")]
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

    // What is worked out of what is in memory asks nothing.
    private static double LeastStatements(string page) => page.StartsWith("board: what many say", StringComparison.Ordinal) ? 0 : 1;

    private static double MostStatements(string page) => page switch
    {
        "case page" => 14,
        _ when page.StartsWith("floor", StringComparison.Ordinal) => 1,

        // Of words the index is asked first, then the inbox is walked further where too few are met.
        _ when page.StartsWith("inbox by", StringComparison.Ordinal) => 12,
        _ when page.StartsWith("inbox", StringComparison.Ordinal) => 6,
        _ => 12,
    };

    // "SCAN c" reads the table, "SCAN c USING INDEX …" its index in order.
    private static bool IsScan(string line, string table, string alias) => line == $"SCAN {alias}" || line.Contains($"Seq Scan on \"{table}\"", StringComparison.Ordinal);

    [GeneratedRegex("\"(Cases|WorkItems|History|CaseTexts|CaseUnits|Instances|Reporters|Timers)\" AS \"?(\\w+)")]
    private static partial Regex Tables();

    private Task<(int ExitCode, string Output, string Error)> RunAsync(string database, params string[] arguments) => RunAsync(database, withoutScans: false, arguments);

    private async Task<(int ExitCode, string Output, string Error)> RunAsync(string database, bool withoutScans, params string[] arguments)
    {
        if (database == "sqlite")
        {
            return await VerbProcess.RunAsync([.. arguments, "--data", _directory]);
        }

        Assert.SkipWhen(PostgresTestDatabase.Server is null, $"No PostgreSQL for tests: set {PostgresTestDatabase.Variable}.");
        return await VerbProcess.RunAsync([.. arguments, "--data", _directory, "--db", "postgres", "--connection", PostgresTestDatabase.Server! + (withoutScans ? ";Options=-c enable_seqscan=off" : "")]);
    }
}
