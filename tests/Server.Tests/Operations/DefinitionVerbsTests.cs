using System.Text.Json;
using System.Text.Json.Nodes;

namespace GridFlow.Server.Tests.Operations;

public sealed class DefinitionVerbsTests : IDisposable
{
    private const string Good = """
        {"definitionId":"hello","name":"hello","variables":[{"id":"n","name":"n"}],"root":{"id":"flow","type":"Elsa.Flowchart","start":"choose","activities":[
         {"id":"choose","type":"Elsa.FlowDecision","condition":{"typeName":"Boolean","expression":{"type":"JavaScript","value":"getInput('count') > 2"}}},
         {"id":"wait","type":"Elsa.Delay","timeSpan":{"typeName":"TimeSpan","expression":{"type":"Literal","value":"01:00:00"}}},
         {"id":"paid","type":"Elsa.Event","eventName":{"typeName":"String","expression":{"type":"Literal","value":"paid"}}},
         {"id":"say","type":"Elsa.WriteLine","text":{"typeName":"String","expression":{"type":"JavaScript","value":"'sum ' + outputs.paid.Result.sum"}}}],
         "connections":[{"source":"choose","sourcePort":"True","target":"wait"},{"source":"choose","sourcePort":"False","target":"paid"},{"source":"wait","target":"paid"},{"source":"paid","target":"say"}]},
         "inputs":[{"name":"count","type":"Int32"}]}
        """;

    private const string Bad = """
        {"definitionId":"bad","root":{"id":"flow","type":"Elsa.Flowchart","activities":[
         {"id":"a","type":"Acme.Nonsense","path":{"typeName":"String","expression":{"type":"Literal","value":"/x"}}},
         {"id":"b","type":"Elsa.FlowDecision","condition":{"typeName":"Boolean","expression":{"type":"JavaScript","value":"1 +"}}}],
         "connections":[{"source":"a","target":"b"}]}}
        """;

    private readonly string _directory = Directory.CreateTempSubdirectory("gridflow-definitions-").FullName;

    [Fact]
    public async Task Every_file_is_checked_without_a_database_and_one_error_makes_the_exit_code_1()
    {
        Write("good.json", Good);
        Write("bad.json", Bad);
        Write("none.json", "{");
        var data = Path.Combine(_directory, "data");

        var all = await VerbProcess.RunAsync("definitions", "validate", _directory, "--json", "--data", data);
        var good = await VerbProcess.RunAsync("definitions", "validate", Path.Combine(_directory, "g*.json"));

        Assert.Equal((1, 0), (all.ExitCode, good.ExitCode));
        Assert.Contains("can be published", good.Output, StringComparison.Ordinal);
        var results = JsonNode.Parse(all.Output)!.AsArray();
        Assert.Equal(["bad.json", "good.json", "none.json"], results.Select(result => Path.GetFileName((string)result!["file"]!)));
        Assert.Equal([false, true, false], results.Select(result => (bool)result!["runnable"]!));
        Assert.Equal(["definitions/bad/a unknown-type", "definitions/bad/b/condition bad-expression"],
            results[0]!["problems"]!.AsArray().Where(problem => (bool)problem!["isError"]!).Select(problem => $"{problem!["path"]} {problem["code"]}"));
        Assert.Equal("not-a-definition", (string?)results[2]!["problems"]![0]!["code"]);
        Assert.False(Directory.Exists(data));
    }

    [Theory]
    [InlineData("zh", "不支持的步骤类型")]
    [InlineData("en", "is not supported")]
    public async Task Problems_are_told_in_the_language_asked_for(string language, string sentence)
    {
        var run = await VerbProcess.RunAsync("definitions", "validate", Write("bad.json", Bad), "--lang", language);

        Assert.Contains(sentence, run.Output, StringComparison.Ordinal);
        Assert.Contains(language == "zh" ? "：不能发布" : ": CANNOT be published", run.Output, StringComparison.Ordinal);
        Assert.Contains(language == "zh" ? "  错误 definitions/bad/a" : "  error definitions/bad/a", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_definition_is_run_in_memory_and_every_event_is_a_line_of_json()
    {
        var stimuli = Write("stimuli.jsonl", """
            # an hour passes, then the money comes
            {"advance":"1h"}

            {"event":"paid","payload":{"sum":7}}
            """);

        var run = await VerbProcess.RunAsync("definitions", "run", Write("good.json", Good), "--input", "count=3", "--stimuli", stimuli);

        Assert.Equal((0, "It came to its end."), (run.ExitCode, run.Error.Trim()));
        var lines = run.Output.Trim().Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(["choose True", "wait Done", "paid Done", "say Done", "flow Done"],
            lines.Where(line => line.GetProperty("event").GetString() == "Completed").Select(line => $"{line.GetProperty("activityId")} {line.GetProperty("outcome")}"));
        Assert.Contains(lines, line => line.TryGetProperty("text", out var text) && text.GetString() == "sum 7");
        Assert.All(lines, line => Assert.NotEmpty(line.GetProperty("type").GetString()!));
    }

    [Fact]
    public async Task A_run_says_where_it_waits_and_fails_where_a_step_fails()
    {
        var waits = await VerbProcess.RunAsync("definitions", "run", Write("good.json", Good), "--input", "count=1");
        var fails = await VerbProcess.RunAsync("definitions", "run", Write("bad.json", Bad));
        var wrong = await VerbProcess.RunAsync("definitions", "run", Write("good.json", Good), "--stimuli", Write("s.jsonl", """{"complete":"nobody"}"""));

        Assert.Equal((0, "It waits at: paid"), (waits.ExitCode, waits.Error.Trim()));
        Assert.Contains("停在：paid", (await VerbProcess.RunAsync("definitions", "run", Write("good.json", Good), "--input", "count=1", "--lang", "zh")).Error, StringComparison.Ordinal);
        Assert.Equal(1, fails.ExitCode);
        Assert.Contains("\"event\":\"Faulted\"", fails.Output, StringComparison.Ordinal);
        Assert.Equal(2, wrong.ExitCode);
        Assert.Contains("s.jsonl:1: nothing is open at 'nobody'. It waits at: paid", wrong.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bad_line_is_told_before_anything_is_run()
    {
        var file = Write("good.json", Good);
        foreach (var (line, sentence) in new[] { ("""{"advanc":"1h"}""", "s.jsonl:2: write {"), ("""{"advance":"soon"}""", "s.jsonl:2: 'soon' is not a span of time"), ("nonsense", "s.jsonl:2: write {") })
        {
            var run = await VerbProcess.RunAsync("definitions", "run", file, "--stimuli", Write("s.jsonl", $$"""{"event":"paid"}{{"\n" + line}}"""));

            Assert.Equal((2, ""), (run.ExitCode, run.Output));
            Assert.Contains(sentence, run.Error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("coutn=3", "the workflow has no input 'coutn'; it has count")]
    [InlineData("count=many", "the input 'count' cannot be 'many': it is of type Int32")]
    [InlineData("count=1.5", "the input 'count' cannot be '1.5': it is of type Int32")]
    public async Task An_input_the_workflow_does_not_take_is_refused(string input, string sentence)
    {
        var run = await VerbProcess.RunAsync("definitions", "run", Write("good.json", Good), "--input", input);

        Assert.Equal((2, "", sentence), (run.ExitCode, run.Output, run.Error.Trim()));
    }

    [Fact]
    public async Task A_directory_is_not_run() => Assert.Contains("is a directory: name the file to run", (await VerbProcess.RunAsync("definitions", "run", _directory)).Error, StringComparison.Ordinal);

    [Fact]
    public async Task A_shipped_flow_for_cases_is_run_with_answers()
    {
        await RunAsync("definitions", "export", "small", "--to", _directory);
        var stimuli = Write("s.jsonl", """
            {"complete":"handle","outcome":"Returned","comment":"wrong unit","fields":{"reason":"WrongUnit"}}
            {"complete":"redispatch","outcome":"Dispatched","fields":{"lead":"dept:other"},"comment":"x"}
            {"complete":"handle","outcome":"PassOn","comment":"too hard"}
            """);

        var run = await VerbProcess.RunAsync("definitions", "run", Path.Combine(_directory, "small.json"), "--stimuli", stimuli);

        Assert.Equal((0, "It came to its end."), (run.ExitCode, run.Error.Trim()));
        Assert.Contains("\"outcome\":\"PassOn\"", run.Output, StringComparison.Ordinal);
        var silent = Write("silent.jsonl", """{"complete":"handle","outcome":"Returned","fields":{"reason":"WrongUnit"}}""");
        Assert.Contains("silent.jsonl:1: 'handle' is answered this way only with a word why",
            (await VerbProcess.RunAsync("definitions", "run", Path.Combine(_directory, "small.json"), "--stimuli", silent)).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_are_published_all_together_or_not_at_all()
    {
        var child = Write("child.json", Good);
        var parent = Write("parent.json", """
            {"definitionId":"parent","root":{"id":"flow","type":"Elsa.Flowchart","activities":[
             {"id":"call","type":"Elsa.ExecuteWorkflow","workflowDefinitionId":{"typeName":"String","expression":{"type":"Literal","value":"hello"}}}],"connections":[]}}
            """);

        var alone = await RunAsync("definitions", "import", parent);
        var withBad = await RunAsync("definitions", "import", child, Write("bad.json", Bad), "--json");
        var together = await RunAsync("definitions", "import", parent, child, "--reason", "a first try", "--json");

        Assert.Equal((1, 1, 0), (alone.ExitCode, withBad.ExitCode, together.ExitCode));
        Assert.Contains("there is no workflow 'hello' to call", alone.Output, StringComparison.Ordinal);
        Assert.Contains(JsonNode.Parse(withBad.Output)!["problems"]!.AsArray(), problem => (string?)problem!["code"] == "unknown-type");
        // Refused imports left no bundle behind.
        Assert.Equal(2, (int?)JsonNode.Parse(together.Output)!["bundle"]);

        var again = await RunAsync("definitions", "import", parent, child, "--json");
        var changed = await RunAsync("definitions", "import", parent, Write("child.json", Good.Replace("01:00:00", "02:00:00", StringComparison.Ordinal)), "--json");
        Assert.Equal((0, 2), (again.ExitCode, (int?)JsonNode.Parse(again.Output)!["bundle"]));
        Assert.Equal((0, 3), (changed.ExitCode, (int?)JsonNode.Parse(changed.Output)!["bundle"]));
    }

    [Fact]
    public async Task Two_files_of_the_same_workflow_are_both_named_and_not_published()
    {
        var (one, other) = (Write("one.json", Good), Write("other.json", Good));

        var checkedToo = await VerbProcess.RunAsync("definitions", "validate", one, other);
        var import = await RunAsync("definitions", "import", one, other);

        Assert.Equal((0, 2), (checkedToo.ExitCode, import.ExitCode));
        Assert.Contains($"[same-workflow]: '{other}'", checkedToo.Output, StringComparison.Ordinal);
        Assert.Contains($"[same-workflow]: '{one}'", checkedToo.Output, StringComparison.Ordinal);
        Assert.Contains($"'{one}' and '{other}' both hold the workflow 'hello'", import.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_exported_comes_out_the_same_every_time_and_can_be_imported_again()
    {
        var (first, second) = (Path.Combine(_directory, "first"), Path.Combine(_directory, "second"));
        await RunAsync("definitions", "export", "--to", first);
        await RunAsync("definitions", "export", "--to", second);

        Assert.Equal(["big.json", "callback.json", "hard.json", "intake.json", "part.json", "small.json"], Directory.EnumerateFiles(first).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.All(Directory.EnumerateFiles(first), file => Assert.Equal(File.ReadAllText(file), File.ReadAllText(Path.Combine(second, Path.GetFileName(file)))));
        Assert.Equal(0, (await VerbProcess.RunAsync("definitions", "validate", first)).ExitCode);
        var import = await RunAsync("definitions", "import", first);
        Assert.Equal(0, import.ExitCode);
        Assert.Contains("Nothing new: 6 workflows", import.Output, StringComparison.Ordinal);
        var hard = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(first, "hard.json"), TestContext.Current.CancellationToken))!;
        Assert.NotNull(hard["root"]!["connections"]![0]!["source"]!["activity"]);
    }

    [Theory]
    [InlineData("validate")]
    [InlineData("run")]
    [InlineData("import")]
    [InlineData("export")]
    public async Task Help_shows_examples(string verb) =>
        Assert.Contains($"Examples:\n    definitions {verb} ", (await VerbProcess.RunAsync("definitions", verb, "--help")).Output.ReplaceLineEndings("\n"), StringComparison.Ordinal);

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments) => VerbProcess.RunAsync([.. arguments, "--data", Path.Combine(_directory, "data")]);

    private string Write(string name, string content)
    {
        var file = Path.Combine(_directory, name);
        File.WriteAllText(file, content);
        return file;
    }
}
