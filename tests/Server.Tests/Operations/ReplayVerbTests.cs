using System.Text.Json;
using System.Text.Json.Nodes;

namespace GridFlow.Server.Tests.Operations;

public sealed class ReplayVerbTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("gridflow-replay-").FullName;

    private string Data => Path.Combine(_directory, "data");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Imported_cases_replay_the_same_by_the_published_bundle_and_otherwise_by_a_changed_file()
    {
        var (areas, cases, file) = (Path.Combine(_directory, "areas.csv"), Path.Combine(_directory, "cases.csv"), Path.Combine(_directory, "bundle.json"));
        await File.WriteAllTextAsync(areas, "code,name\n990101,嘉禾县\n", Cancel);
        await File.WriteAllTextAsync(cases, "title,detail\n路灯不亮,晚上看不见\n您好,想问一件事\n井盖缺失,很危险\n路灯坏了,请修\n", Cancel);
        Assert.Equal(0, (await RunAsync("import", "areas", areas)).ExitCode);
        Assert.Equal(0, (await RunAsync("import", "cases", cases, "--area", "990101")).ExitCode);
        Assert.Equal(0, (await RunAsync("bundle", "export", file)).ExitCode);
        var bundle = JsonNode.Parse(await File.ReadAllTextAsync(file, Cancel))!;
        bundle["routing"]!.AsArray().Add(JsonNode.Parse("""{"number":33,"lead":"dept:power","keywords":["路灯"]}"""));
        await File.WriteAllTextAsync(file, bundle.ToJsonString(), Cancel);

        var same = await RunAsync("bundle", "replay", "published", "--from", "2020-01-01", "--to", "2099-12-31", "--json");
        var other = await RunAsync("bundle", "replay", file, "--from", "2020-01-01", "--to", "2099-12-31", "--json");
        var words = await RunAsync("bundle", "replay", file);
        var never = await RunAsync("bundle", "replay", "published", "--from", "2001-01-01", "--to", "2001-12-31", "--json");

        Assert.True(same.ExitCode == 0, same.Error);
        Assert.Equal((4, 0, 0), Counts(same.Output));
        Assert.All(JsonDocument.Parse(same.Output).RootElement.GetProperty("kinds").EnumerateObject(), kind => Assert.Equal(0, kind.Value.GetInt32()));
        Assert.Equal((4, 2, 2), Counts(other.Output));
        Assert.Contains("2 of 4 cases", words.Output, StringComparison.Ordinal);
        Assert.Contains("dept:power", words.Output, StringComparison.Ordinal);
        Assert.Equal((0, 0, 0), Counts(never.Output));
    }

    [Theory]
    [InlineData("bundle replay")]
    [InlineData("bundle replay nothing-here.json")]
    [InlineData("bundle replay published --from yesterday")]
    [InlineData("bundle replay published --from 2026-02-01 --to 2026-01-01")]
    [InlineData("bench replay --cases 1")]
    public async Task Bad_input_is_one_clear_line_and_exit_code_2(string arguments)
    {
        var run = await RunAsync(arguments.Split(' '));

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task The_bench_records_cases_and_finds_no_difference_in_them()
    {
        var run = await RunAsync("bench", "replay", "--cases", "1200", "--json");

        Assert.True(run.ExitCode == 0, run.Error);
        var runs = JsonDocument.Parse(run.Output).RootElement.GetProperty("runs").EnumerateArray().ToList();
        Assert.Equal(["published", "published", "published", "draft"], runs.Select(one => one.GetProperty("what").GetString()));
        Assert.Equal([0, 0, 0], runs.Take(3).Select(one => one.GetProperty("differences").GetInt32()));
        Assert.All(runs, one => Assert.Equal(0, one.GetProperty("notReplayed").GetInt32()));
        Assert.True(runs[3].GetProperty("differences").GetInt32() > 0);
        Assert.Empty(Directory.GetFileSystemEntries(Data));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static (int Cases, int Differences, int Lead) Counts(string output)
    {
        var json = JsonDocument.Parse(output).RootElement;
        return (json.GetProperty("cases").GetInt32(), json.GetProperty("differences").GetInt32(), json.GetProperty("kinds").GetProperty("lead").GetInt32());
    }

    private Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments) => VerbProcess.RunAsync([.. arguments, "--data", Data]);
}
