using System.Text.Json.Nodes;

namespace GridFlow.Server.Tests.Operations;

public sealed class BundleVerbsTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("gridflow-bundles-").FullName;

    private string Data => Path.Combine(_directory, "data");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task A_bundle_goes_out_to_a_file_and_comes_back_changed()
    {
        var file = Path.Combine(_directory, "bundle.json");
        var export = await VerbProcess.RunAsync("bundle", "export", file, "--data", Data);
        var same = await VerbProcess.RunAsync("bundle", "publish", file, "--reason", "again", "--json", "--data", Data);
        var bundle = JsonNode.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken))!;
        bundle["routing"]!.AsArray().Add(JsonNode.Parse("""{"number":33,"lead":"@county","keywords":["烟花"]}"""));
        await File.WriteAllTextAsync(file, bundle.ToJsonString(), TestContext.Current.CancellationToken);
        var check = await VerbProcess.RunAsync("bundle", "check", file, "--json", "--data", Data);
        var publish = await VerbProcess.RunAsync("bundle", "publish", file, "--reason", "fireworks", "--json", "--data", Data);
        var old = Path.Combine(_directory, "old.json");
        var exportOld = await VerbProcess.RunAsync("bundle", "export", old, "--number", "1", "--data", Data);

        Assert.All([export, same, check, publish, exportOld], run => Assert.Equal(0, run.ExitCode));
        Assert.Equal(1, (int)JsonNode.Parse(same.Output)!["bundle"]!);
        Assert.DoesNotContain(JsonNode.Parse(check.Output)!["problems"]!.AsArray(), problem => (bool)problem!["isError"]!);
        Assert.Equal(2, (int)JsonNode.Parse(publish.Output)!["bundle"]!);
        Assert.DoesNotContain("烟花", await File.ReadAllTextAsync(old, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bundle_with_mistakes_is_named_mistake_by_mistake_and_not_published()
    {
        var file = Path.Combine(_directory, "bundle.json");
        await VerbProcess.RunAsync("bundle", "export", file, "--data", Data);
        var bundle = JsonNode.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken))!;
        bundle["routing"]![0]!["lead"] = "dept:nobody";
        bundle["definitions"]![0]!["root"]!["activities"]![0]!["type"] = "Acme.Robot";
        await File.WriteAllTextAsync(file, bundle.ToJsonString(), TestContext.Current.CancellationToken);

        var check = await VerbProcess.RunAsync("bundle", "check", file, "--json", "--data", Data);
        var publish = await VerbProcess.RunAsync("bundle", "publish", file, "--reason", "wrong", "--json", "--data", Data);

        Assert.Equal((1, 1), (check.ExitCode, publish.ExitCode));
        var problems = JsonNode.Parse(check.Output)!["problems"]!.AsArray().Select(problem => ((string)problem!["path"]!, (string)problem["code"]!)).ToList();
        Assert.Contains(("routing/1", "unknown-unit"), problems);
        Assert.Contains(problems, problem => problem.Item2 == "unknown-type");
        Assert.All(JsonNode.Parse(check.Output)!["problems"]!.AsArray(), problem => Assert.NotEqual("", (string)problem!["message"]!));
    }

    [Fact]
    public async Task A_file_that_is_no_bundle_is_told_apart_from_one_that_is_missing()
    {
        var file = Path.Combine(_directory, "none.json");
        await File.WriteAllTextAsync(file, "{}", TestContext.Current.CancellationToken);

        var check = await VerbProcess.RunAsync("bundle", "check", file, "--json", "--data", Data);
        var missing = await VerbProcess.RunAsync("bundle", "check", Path.Combine(_directory, "gone.json"), "--data", Data);
        var publish = await VerbProcess.RunAsync("bundle", "publish", file, "--reason", "x", "--data", Data);

        Assert.Equal((1, 2, 2), (check.ExitCode, missing.ExitCode, publish.ExitCode));
        Assert.Equal("not-a-bundle", (string?)JsonNode.Parse(check.Output)!["problems"]![0]!["code"]);
    }
}
