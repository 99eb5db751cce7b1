using System.Text.Json;

namespace GridFlow.Server.Tests.Operations;

/// <summary>The program as an operator runs it: its own process, its own data, its exit codes.</summary>
public sealed class VerbsTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("gridflow-verbs-").FullName;

    [Theory]
    [InlineData("--no-such-option")]
    [InlineData("no-such-verb")]
    [InlineData("import areas")]
    [InlineData("import areas /no/such/file.csv")]
    [InlineData("create-token nobody")]
    [InlineData("create-admin --password short")]
    [InlineData("import cases /no/such/file.csv")]
    [InlineData("import catalogue /no/such/file.csv")]
    [InlineData("definitions validate /no/such/file.json")]
    [InlineData("definitions validate . --lang fr")]
    [InlineData("definitions run /no/such/file.json")]
    [InlineData("definitions import /no/such/*.json")]
    [InlineData("definitions export")]
    [InlineData("definitions export nothing --to /tmp")]
    [InlineData("instances migrate")]
    [InlineData("instances migrate --from 1 --to 9")]
    [InlineData("instances migrate --undo nothing")]
    [InlineData("instances migrate --undo nothing --from 1 --to 2")]
    [InlineData("instances migrate --undo nothing --resume nothing")]
    [InlineData("instances migrate --resume nothing --preview")]
    [InlineData("instances migrate --from 1 --to 1 --mapping /no/such/file.json")]
    public async Task Bad_input_is_one_clear_line_and_exit_code_2(string arguments)
    {
        var run = await RunAsync(arguments.Split(' '));

        Assert.Equal(2, run.ExitCode);
        Assert.Single(run.Error.Trim().Split('\n'));
        Assert.Empty(run.Output);
    }

    [Theory]
    [InlineData("instances migrate --from one", "'one' cannot be the value of --from: write a whole number")]
    [InlineData("bench human-task --callers many", "'many' cannot be the value of --callers: write a whole number")]
    [InlineData("verify --db oracle", "'oracle' cannot be the value of --db: write one of sqlite, postgres")]
    [InlineData("definitions", "write one of: definitions validate, definitions run, definitions import, definitions export")]
    [InlineData("definitions check", "write one of: definitions validate, definitions run, definitions import, definitions export")]
    public async Task What_cannot_be_read_is_answered_with_what_to_write(string arguments, string sentence)
    {
        var run = await RunAsync(arguments.Split(' '));

        Assert.Equal((2, sentence), (run.ExitCode, run.Error.Trim()));
    }

    [Fact]
    public async Task The_first_administrator_gets_a_generated_password_and_a_token()
    {
        var admin = await RunAsync("create-admin", "boss", "--json");
        var token = await RunAsync("create-token", "boss");
        var again = await RunAsync("create-admin", "boss");

        Assert.Equal((0, 0, 2), (admin.ExitCode, token.ExitCode, again.ExitCode));
        Assert.Equal(20, JsonDocument.Parse(admin.Output).RootElement.GetProperty("password").GetString()!.Length);
        Assert.StartsWith("gfp_", token.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Areas_are_imported_and_the_second_time_says_that_nothing_is_new()
    {
        var file = Path.Combine(_directory, "a.csv");
        await File.WriteAllTextAsync(file, "code,name\n11,北京市\n", TestContext.Current.CancellationToken);

        var first = await RunAsync("import", "areas", file, "--json");
        var second = await RunAsync("import", "areas", file);

        Assert.Equal(1, JsonDocument.Parse(first.Output).RootElement.GetProperty("added").GetInt32());
        Assert.Contains("Nothing new", second.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cases_without_anybody_to_dispatch_them_are_refused_with_what_to_do()
    {
        var file = Path.Combine(_directory, "c.csv");
        await File.WriteAllTextAsync(file, "title,detail\n垃圾,没人清运\n", TestContext.Current.CancellationToken);

        var run = await RunAsync("import", "cases", file);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--area", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_catalogue_is_added_and_published_and_the_second_time_says_that_nothing_is_new()
    {
        var file = Path.Combine(_directory, "k.csv");
        await File.WriteAllTextAsync(file, "kind,major_code,major_name,code5,name\n部件,01,公用设施,01001,供水井盖\n事项,01,公用设施异常,01001,供水井盖异常\n", TestContext.Current.CancellationToken);

        var first = await RunAsync("import", "catalogue", file, "--json");
        var second = await RunAsync("import", "catalogue", file);
        var verify = await RunAsync("verify", "--json");

        var result = JsonDocument.Parse(first.Output).RootElement;
        Assert.Equal((4, 2), (result.GetProperty("added").GetInt32(), result.GetProperty("bundle").GetInt32()));
        Assert.Contains("Nothing new", second.Output, StringComparison.Ordinal);
        Assert.Equal(0, verify.ExitCode);
        Assert.True(JsonDocument.Parse(verify.Output).RootElement.GetProperty("isBalanced").GetBoolean());
    }

    [Fact]
    public async Task Open_cases_are_previewed_moved_to_another_version_and_moved_back()
    {
        var (cases, catalogue) = (Path.Combine(_directory, "m.csv"), Path.Combine(_directory, "mk.csv"));
        await File.WriteAllTextAsync(cases, "title,detail\n垃圾没人清运,垃圾堆了三天没人清运\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(catalogue, "kind,major_code,major_name,code5,name\n部件,01,公用设施,01001,供水井盖\n", TestContext.Current.CancellationToken);
        await RunAsync("import", "cases", cases, "--environment", "Development");
        await RunAsync("import", "catalogue", catalogue, "--environment", "Development");

        var preview = await RunAsync("instances", "migrate", "--from", "2", "--to", "3", "--preview", "--json", "--environment", "Development");
        var done = await RunAsync("instances", "migrate", "--from", "2", "--to", "3", "--json", "--environment", "Development");
        var run = JsonDocument.Parse(done.Output).RootElement.GetProperty("run").GetString()!;
        var finished = await RunAsync("instances", "migrate", "--resume", run, "--environment", "Development");
        var undone = await RunAsync("instances", "migrate", "--undo", run, "--environment", "Development");
        var resumed = await RunAsync("instances", "migrate", "--resume", run, "--environment", "Development");
        var same = await RunAsync("instances", "migrate", "--from", "2", "--to", "2", "--environment", "Development");
        var contradiction = await RunAsync("instances", "migrate", "--undo", run, "--to", "3", "--environment", "Development");
        var verify = await RunAsync("verify", "--environment", "Development");

        Assert.Equal((0, 0, 0, 0), (preview.ExitCode, done.ExitCode, undone.ExitCode, verify.ExitCode));
        Assert.Equal(1, JsonDocument.Parse(preview.Output).RootElement.GetProperty("possible").GetInt32());
        Assert.Equal(1, JsonDocument.Parse(done.Output).RootElement.GetProperty("moved").GetInt32());
        Assert.Contains("1 moved back", undone.Output, StringComparison.Ordinal);
        Assert.Equal((2, 2, 2), (finished.ExitCode, resumed.ExitCode, contradiction.ExitCode));
        Assert.Equal($"Migration {run} is finished: nothing left to do.", finished.Error.Trim());
        Assert.StartsWith($"Migration {run} was undone", resumed.Error, StringComparison.Ordinal);
        Assert.Equal((2, "Version 2 cannot be migrated to itself."), (same.ExitCode, same.Error.Trim()));
        Assert.Equal("--to does not go with --undo.", contradiction.Error.Trim());
    }

    [Fact]
    public async Task In_Development_as_dotnet_run_starts_it_a_fresh_directory_takes_in_cases_for_the_demo_county()
    {
        var file = Path.Combine(_directory, "d.csv");
        await File.WriteAllTextAsync(file, "title,detail\n咨询：垃圾分类,垃圾没人清运\n", TestContext.Current.CancellationToken);

        var import = await RunAsync("import", "cases", file, "--json", "--environment", "Development");
        var verify = await RunAsync("verify", "--environment", "Development");

        Assert.Equal((0, 0), (import.ExitCode, verify.ExitCode));
        Assert.Equal(1, JsonDocument.Parse(import.Output).RootElement.GetProperty("added").GetInt32());
        Assert.Contains("1 accepted", verify.Output, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments) => VerbProcess.RunAsync([.. arguments, "--data", Path.Combine(_directory, "data")]);
}
