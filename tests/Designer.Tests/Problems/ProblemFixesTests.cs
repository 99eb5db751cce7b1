using GridFlow.Designer.Inspector;
using GridFlow.Designer.Problems;
using GridFlow.Designer.Tests.Inspector;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Definitions.Validation;

namespace GridFlow.Designer.Tests.Problems;

public sealed class ProblemFixesTests
{
    private const string Yes = """ "condition":{"typeName":"Boolean","expression":{"type":"Literal","value":true}} """;

    // A workflow with each kind of problem, and whether an edit mends it (else only a person can: then a fix leads to the input).
    private static readonly Dictionary<string, (string Flow, bool HasEdit)> Wrong = new()
    {
        ["unknown-type"] = (Flow("""{"id":"a","type":"Elsa.ReadLine"},{"id":"b","type":"Elsa.End"}""", "a.Done b"), true),
        ["duplicate-id"] = (Flow("""{"id":"a","type":"Elsa.Start"},{"id":"b","type":"Elsa.WriteLine"},{"id":"b","type":"Elsa.WriteLine"}""", "a.Done b"), true),
        ["no-start"] = (Flow("""{"id":"a","type":"GridFlow.HumanTask"},{"id":"b","type":"GridFlow.HumanTask"}""", "a.Done b,b.Done a"), true),
        ["several-starts"] = (Flow("""{"id":"a","type":"GridFlow.HumanTask"},{"id":"b","type":"GridFlow.HumanTask"}"""), true),
        ["bad-start"] = (Flow("""{"id":"a","type":"Elsa.WriteLine"}""").Replace("\"r\",", "\"r\",\"start\":\"nobody\",", StringComparison.Ordinal), true),
        ["loose-connection"] = (Flow("""{"id":"a","type":"Elsa.WriteLine"}""", "a.Done nobody"), true),
        ["unknown-port"] = (Flow("""{"id":"a","type":"Elsa.WriteLine"},{"id":"b","type":"Elsa.End"}""", "a.Nonsense b"), true),
        ["open-port"] = (Flow("""{"id":"a","type":"GridFlow.HumanTask","outcomes":[{"name":"Yes"},{"name":"No"}]},{"id":"b","type":"Elsa.End"}""", "a.Yes b"), true),
        ["open-branch"] = (Flow($$"""{"id":"a","type":"Elsa.FlowDecision",{{Yes}}},{"id":"b","type":"Elsa.End"}""", "a.True b"), true),
        ["unreachable"] = (Flow("""{"id":"a","type":"Elsa.Start"},{"id":"b","type":"Elsa.WriteLine"},{"id":"c","type":"Elsa.WriteLine"}""", "a.Done b"), true),
        ["stuck-join"] = (Flow($$"""{"id":"a","type":"Elsa.FlowDecision",{{Yes}}},{"id":"b","type":"Elsa.FlowJoin","mode":"WaitAll"}""", "a.True b,a.False b"), true),
        ["join-from-nowhere"] = (Flow("""{"id":"a","type":"Elsa.Start"},{"id":"b","type":"Elsa.FlowJoin","mode":"WaitAll"},{"id":"c","type":"Elsa.WriteLine"}""", "a.Done b,c.Done b"), true),
        ["endless-loop"] = (Flow("""{"id":"s","type":"Elsa.Start"},{"id":"a","type":"Elsa.WriteLine"},{"id":"b","type":"Elsa.WriteLine"}""", "s.Done a,a.Done b,b.Done a"), true),
        ["loop-without-wait"] = (Flow($$"""{"id":"s","type":"Elsa.Start"},{"id":"a","type":"Elsa.FlowDecision",{{Yes}}},{"id":"b","type":"Elsa.WriteLine"},{"id":"c","type":"Elsa.End"}""", "s.Done a,a.True b,b.Done a,a.False c"), true),
        ["missing-input"] = (Flow("""{"id":"a","type":"Elsa.Event"}"""), false),
        ["bad-input"] = (Flow("""{"id":"a","type":"Elsa.SendEmail","to":"a@b","attachments":"x"}"""), true),
        ["unknown-expression"] = (Flow("""{"id":"a","type":"Elsa.WriteLine","text":{"typeName":"String","expression":{"type":"Liquid","value":"x"}}}"""), true),
        ["bad-expression"] = (Flow("""{"id":"a","type":"Elsa.WriteLine","text":{"typeName":"String","expression":{"type":"JavaScript","value":"1 +"}}}"""), false),
        ["unknown-variable"] = (Flow("""{"id":"a","type":"Elsa.WriteLine","text":{"typeName":"String","expression":{"type":"JavaScript","value":"variables.households"}}}"""), true),
        ["unknown-input"] = (Flow("""{"id":"a","type":"Elsa.WriteLine","text":{"typeName":"String","expression":{"type":"JavaScript","value":"input.Kind"}}}"""), true),
        ["unknown-workflow"] = (Flow("""{"id":"a","type":"Elsa.ExecuteWorkflow","workflowDefinitionId":{"typeName":"String","expression":{"type":"Literal","value":"nobody"}}}"""), true),
        ["bad-form"] = (Flow("""{"id":"a","type":"GridFlow.HumanTask","fields":[{"label":"x"}]},{"id":"b","type":"Elsa.End"}""", "a.Done b"), false),
        ["unknown-fact"] = (Flow("""{"id":"a","type":"GridFlow.HumanTask","fields":[{"name":"x","fills":"mood"}]},{"id":"b","type":"Elsa.End"}""", "a.Done b"), true),
        ["unknown-unit"] = (Flow("""{"id":"a","type":"GridFlow.HumanTask","unit":"dept:nobody"},{"id":"b","type":"Elsa.End"}""", "a.Done b"), true),
        ["bad-limit"] = (Flow("""{"id":"a","type":"GridFlow.HumanTask","limit":"4 h"},{"id":"b","type":"Elsa.End"}""", "a.Done b"), true),
        ["bad-span"] = (Flow("""{"id":"a","type":"Elsa.Delay","timeSpan":"3 天"}"""), true),
        ["bad-value"] = (Flow("""{"id":"a","type":"GridFlow.HumanTask","role":"Leaders"},{"id":"b","type":"Elsa.End"}""", "a.Done b"), true),
    };

    public static TheoryData<string> Codes => [.. ProblemKind.All.Select(kind => kind.Code)];

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task Every_kind_of_problem_has_a_way_out_that_mends_it_or_leads_to_the_input(string code)
    {
        var (json, hasEdit) = Wrong[code];
        var flow = ElsaJson.Read(json);
        var problem = Check(flow).First(found => found.Code == code);

        var fixes = ProblemFixes.For(problem, flow, InspectorPages.Choices.Bundle);

        Assert.NotEmpty(fixes);
        Assert.Equal(hasEdit, fixes.Any(fix => fix.Edit is not null));
        foreach (var fix in fixes.Where(fix => fix.Edit is not null))
        {
            // As the draft keeps it, not only as it stands in memory.
            var mended = ElsaJson.Read(ElsaJson.Write(fix.Edit!(flow)).ToJsonString());
            Assert.DoesNotContain(Check(mended), left => left.Code == code && left.Path == problem.Path && left.Message.En == problem.Message.En);
        }

        foreach (var culture in new[] { "zh-CN", "en" })
        {
            var html = await InspectorPages.ProblemsAsync(culture, flow, [problem]);
            Assert.DoesNotContain(">Fix", html, StringComparison.Ordinal);
            Assert.Equal(fixes.Length, System.Text.RegularExpressions.Regex.Count(html, "class=\"fix\""));
        }
    }

    [Fact]
    public void What_a_fix_would_change_and_is_gone_it_leaves_alone()
    {
        foreach (var (code, (json, _)) in Wrong)
        {
            var flow = ElsaJson.Read(json);
            var bare = flow with { Root = flow.Root with { Activities = [], Connections = [] } };
            var problem = Check(flow).First(found => found.Code == code);

            Assert.All(ProblemFixes.For(problem, flow).Where(fix => fix.Edit is not null), fix => Assert.NotNull(fix.Edit!(bare)));
        }
    }

    [Fact]
    public void Chinese_sentences_carry_no_reason_of_the_parser_in_English()
    {
        foreach (var problem in Wrong.Values.SelectMany(wrong => Check(ElsaJson.Read(wrong.Flow))))
        {
            Assert.DoesNotContain("is not", problem.Message.Zh, StringComparison.Ordinal);
            Assert.DoesNotContain("expected", problem.Message.Zh, StringComparison.Ordinal);
            Assert.DoesNotContain("missing", problem.Message.Zh, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_problem_of_the_case_of_a_switch_leads_to_its_cases()
    {
        var intake = ShippedBundle.Read(1).FindDefinition("intake")!;
        var cases = SwitchCases.Of(intake.FindActivity("tier")!);
        var flow = SwitchCases.Change(intake, "tier", cases.SetItem(1, cases[1] with { Condition = InputValues.Expression("Boolean", "case.tier ===") }));

        var problem = Check(flow).Single(found => found.Code == "bad-expression");
        var place = ProblemPlace.Of(problem, flow);

        Assert.Equal(("tier", "cases/1/condition"), (place.Node!.Id, place.Input));
        Assert.Equal("cases/1/condition", ProblemFixes.For(problem, flow).Single().Focus);
    }

    private static IReadOnlyList<Problem> Check(WorkflowDefinition flow) =>
        DefinitionValidator.Validate(flow, id => InspectorPages.Choices.Bundle.FindDefinition(id) is not null, unit => unit != "dept:nobody");

    private static string Flow(string nodes, string lines = "")
    {
        var connections = lines.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(['.', ' ']))
            .Select(parts => $$$"""{"source":{"activity":"{{{parts[0]}}}","port":"{{{parts[1]}}}"},"target":{"activity":"{{{parts[2]}}}","port":"In"}}""");
        return $$$"""{"id":"1","definitionId":"f","name":"f","root":{"id":"r","type":"Elsa.Flowchart","activities":[{{{nodes}}}],"connections":[{{{string.Join(',', connections)}}}]}}""";
    }
}
