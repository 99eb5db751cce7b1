using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Definitions.Validation;
using GridFlow.Workflows.Tests.Engine;
using GridFlow.Workflows.Tests.Model;

namespace GridFlow.Workflows.Tests.Definitions;

public sealed class DefinitionValidatorTests
{
    private static readonly (string, string, object) TwoBranches = ("branches", "Object", "[\"A\",\"B\"]");
    private static readonly (string, string, object) WaitAll = ("mode", "Literal", "WaitAll");
    private static readonly (string, string, object) Yes = ("condition", "Literal", true);

    [Fact]
    public void A_type_nobody_knows_is_named() => Assert.Equal(["test/a unknown-type"], Errors(new FlowBuilder().Node("a", "Elsa.ReadLine")));

    [Fact]
    public void Every_answer_of_a_person_leads_somewhere()
    {
        var flow = new FlowBuilder().Task("a", "Yes", "No").Task("b").Lines("a.Yes -> b");

        Assert.Equal(["test/a open-port"], Errors(flow));
        Assert.Contains("No", All(flow).Single(problem => problem.Code == "open-port").Message.En, StringComparison.Ordinal);
        Assert.Empty(Errors(flow.Lines("a.No -> b")));
    }

    [Fact]
    public void A_decision_may_end_its_branch_but_not_where_a_case_would_be_left_without_a_next_step()
    {
        var plain = new FlowBuilder().Node("a", "Elsa.FlowDecision", Yes).Node("b", "Elsa.End").Lines("a.True -> b");

        Assert.Equal(["test/a open-branch"], Codes(plain));
        Assert.Equal(["test/a open-port"], Errors(new FlowBuilder().Node("a", "Elsa.FlowDecision", Yes).Task("b").Lines("a.True -> b")));
    }

    [Fact]
    public void Connections_lead_from_ports_there_are_to_activities_there_are() =>
        Assert.Equal(["test/a unknown-port", "test/test-flow loose-connection"], Errors(new FlowBuilder().Task("a").Task("b").Lines("a.Nonsense -> b", "a.Done -> nobody")));

    [Fact]
    public void A_connection_from_an_activity_without_ports_is_told_that_there_are_none()
    {
        var problem = Assert.Single(All(new FlowBuilder().Node("a", "Elsa.End").Task("b").Lines("a.Done -> b")), problem => problem.Code == "unknown-port");

        Assert.EndsWith("it has none", problem.Message.En, StringComparison.Ordinal);
        Assert.EndsWith("可用的出口：无", problem.Message.Zh, StringComparison.Ordinal);
    }

    [Fact]
    public void What_nothing_leads_to_is_told() => Assert.Contains("test/b unreachable", Codes(new FlowBuilder().Task("a").Task("b")));

    [Fact]
    public void Two_activities_do_not_share_an_id() => Assert.Contains("test/a duplicate-id", Errors(new FlowBuilder().Task("a").Task("a")));

    [Fact]
    public void A_flow_begins_somewhere()
    {
        var circle = new FlowBuilder().Task("a").Task("b").Lines("a.Done -> b", "b.Done -> a").Definition();
        var two = new FlowBuilder().Task("a").Task("b").Definition();

        Assert.Contains("test/test-flow no-start", Codes(circle with { Root = circle.Root with { Start = null } }));
        Assert.DoesNotContain("no-start", string.Join(' ', Codes(circle)), StringComparison.Ordinal);
        Assert.Contains("test/test-flow bad-start", Codes(circle with { Root = circle.Root with { Start = "nobody" } }));
        Assert.Contains("test/test-flow several-starts", Codes(two with { Root = two.Root with { Start = null } }));
        Assert.DoesNotContain("several-starts", string.Join(' ', Codes(two)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_join_does_not_wait_for_both_ways_of_one_decision()
    {
        var flow = new FlowBuilder().Node("ask", "Elsa.FlowDecision", Yes).Task("a").Task("b").Node("join", "Elsa.FlowJoin", WaitAll)
            .Lines("ask.True -> a", "ask.False -> b", "a.Done -> join", "b.Done -> join");

        Assert.Equal(["test/join stuck-join"], Errors(flow));
        Assert.Equal(["test/join stuck-join"], Errors(new FlowBuilder().Task("ask", "Yes", "No").Node("join", "Elsa.FlowJoin", WaitAll).Lines("ask.Yes -> join", "ask.No -> join")));
    }

    [Fact]
    public void A_join_waits_for_branches_that_run_at_once_and_for_what_comes_round_again()
    {
        Assert.Empty(Errors(new FlowBuilder().Node("fork", "Elsa.FlowFork", TwoBranches).Task("a").Task("b").Node("join", "Elsa.FlowJoin", WaitAll)
            .Lines("fork.A -> a", "fork.B -> b", "a.Done -> join", "b.Done -> join")));
        Assert.Empty(Errors(new FlowBuilder().Node("fork", "Elsa.FlowFork", TwoBranches).Task("a", "Yes", "No").Task("c").Task("b").Node("join", "Elsa.FlowJoin", WaitAll)
            .Lines("fork.A -> a", "fork.B -> b", "a.Yes -> c", "a.No -> c", "c.Done -> join", "b.Done -> join")));
        Assert.Empty(Errors(new FlowBuilder().Task("ask", "Yes", "Again").Task("more").Node("join", "Elsa.FlowJoin", WaitAll)
            .Lines("ask.Yes -> join", "ask.Again -> more", "more.Done -> join", "more.Done -> ask")));
    }

    [Fact]
    public void A_join_does_not_wait_for_what_nothing_leads_to() => Assert.Equal(["test/join join-from-nowhere"],
        Errors(new FlowBuilder().Task("a").Task("b").Node("join", "Elsa.FlowJoin", WaitAll).Lines("a.Done -> join", "b.Done -> join")));

    [Fact]
    public void A_loop_waits_or_at_least_has_a_way_out()
    {
        Assert.Contains("test/a endless-loop", Errors(new FlowBuilder().Node("a", "Elsa.Start").Node("b", "Elsa.Start").Lines("a.Done -> b", "b.Done -> a")));
        Assert.Contains("test/a loop-without-wait", Codes(new FlowBuilder().Node("a", "Elsa.FlowDecision", Yes).Node("b", "Elsa.End").Lines("a.True -> a", "a.False -> b")));
        Assert.Empty(Codes(new FlowBuilder().Node("a", "Elsa.Delay", ("timeSpan", "Literal", "01:00:00")).Node("b", "Elsa.Start").Lines("a.Done -> b", "b.Done -> a")));
        Assert.Empty(Errors(new FlowBuilder().Task("a", "Done", "Again").Task("b").Lines("a.Again -> a", "a.Done -> b")));
    }

    [Fact]
    public void What_an_activity_cannot_do_without_is_given() => Assert.Equal(
        ["test/a/condition missing-input", "test/b/timeSpan missing-input", "test/c/workflowDefinitionId missing-input", "test/d/eventName missing-input", "test/e/variable missing-input"],
        Errors(new FlowBuilder().Node("a", "Elsa.FlowDecision").Node("b", "Elsa.Delay").Node("c", "Elsa.ExecuteWorkflow").Node("d", "Elsa.Event", ("eventName", "Literal", "")).Node("e", "Elsa.SetVariable")
            .Lines("a.True -> b", "a.False -> b", "b.Done -> c", "c.Done -> d", "d.Done -> e")));

    [Fact]
    public void An_expression_that_does_not_parse_is_shown_with_the_place()
    {
        var problem = Assert.Single(All(new FlowBuilder().Node("a", "Elsa.FlowDecision", ("condition", "JavaScript", "case.tier ===\n  'Small' &&& true"))), problem => problem.Code == "bad-expression");

        Assert.Equal("definitions/test/a/condition", problem.Path);
        Assert.Contains("line 2, character 13", problem.Message.En, StringComparison.Ordinal);
        Assert.Contains("&&▲& true", problem.Message.En, StringComparison.Ordinal);
        Assert.Contains("不支持按位运算（", problem.Message.Zh, StringComparison.Ordinal);
        Assert.Contains("第 2 行第 13 个字符", problem.Message.Zh, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Liquid")]
    [InlineData("CSharp")]
    [InlineData("Python")]
    public void A_language_that_cannot_run_is_refused(string language) =>
        Assert.Equal(["test/a/condition unknown-expression"], Errors(new FlowBuilder().Node("a", "Elsa.FlowDecision", ("condition", language, "x"))));

    [Fact]
    public void The_cases_of_a_switch_are_expressions_too() => Assert.Contains("test/a/cases/1/condition bad-expression", Errors(new FlowBuilder().Node("a", "Elsa.FlowSwitch",
        ("cases", "Literal", (object[])[Case("x", "true"), Case("y", "1 +")]))));

    [Fact]
    public void Variables_and_inputs_are_declared()
    {
        var flow = new FlowBuilder().Node("a", "Elsa.FlowDecision", ("condition", "JavaScript", "variables.count > 1 && input.kind === 'x' && getOther()"))
            .Node("b", "Elsa.SetVariable", ("variable", "Literal", new { id = "v", name = "else" }), ("value", "Variable", new { name = "count" })).Lines("a.True -> b", "a.False -> b");

        Assert.Equal(["test/a/condition unknown-input", "test/a/condition unknown-variable", "test/a/condition unknown-variable", "test/b/value unknown-variable", "test/b/variable unknown-variable"], Codes(flow));

        var definition = flow.Definition() with { Variables = [new Variable("1", "Count", "Int32", null), new Variable("2", "else", "Int32", null), new Variable("3", "other", "Int32", null)] };
        Assert.Equal(["test/a/condition unknown-input"], Codes(definition));
    }

    [Fact]
    public void What_is_written_down_is_what_it_should_be() => Assert.Equal(
        ["test/a/limit bad-limit", "test/a/role bad-value", "test/a/unit unknown-unit", "test/b/timeSpan bad-span", "test/c/workflowDefinitionId unknown-workflow", "test/d bad-form", "test/e/fields unknown-fact"],
        Errors(new FlowBuilder().Node("a", "GridFlow.HumanTask", ("unit", "Literal", "nobody"), ("limit", "Literal", "soon"), ("role", "Literal", "King"))
            .Node("b", "Elsa.Delay", ("timeSpan", "Literal", "a while")).Node("c", "Elsa.ExecuteWorkflow", ("workflowDefinitionId", "Literal", "nothing"))
            .Node("d", "GridFlow.HumanTask", ("outcomes", "Literal", 7)).Node("e", "GridFlow.HumanTask", ("fields", "Literal", (object[])[new { name = "x", fills = "weather" }]))
            .Lines("a.Done -> b", "b.Done -> c", "c.Done -> d", "d.Done -> e")));

    [Theory]
    [InlineData("GridFlow.HumanTask", "outcomes", "[null]")]
    [InlineData("GridFlow.HumanTask", "outcomes", """[{"name":null}]""")]
    [InlineData("GridFlow.HumanTask", "fields", """[{"name":"x","kind":"Nonsense"}]""")]
    [InlineData("Elsa.FlowSwitch", "cases", """[{"label":{},"condition":{"type":"Literal","value":true}}]""")]
    [InlineData("Elsa.FlowSwitch", "cases", """[7]""")]
    public void Forms_and_cases_of_the_wrong_shape_are_told_and_do_not_fail(string type, string input, string json) => Assert.Contains("bad-form", string.Join(' ',
        Errors(new FlowBuilder().Node("a", type, (input, "Literal", System.Text.Json.JsonDocument.Parse(json).RootElement)))), StringComparison.Ordinal);

    [Fact]
    public void Everything_wrong_is_told_at_once_in_both_languages()
    {
        var problems = All(new FlowBuilder().Node("a", "Elsa.Nonsense").Node("b", "Elsa.FlowDecision").Lines("b.Maybe -> c"));

        Assert.True(problems.Count >= 4, string.Join(' ', problems.Select(problem => problem.Code)));
        Assert.All(problems, problem =>
        {
            Assert.Matches("[\u4e00-\u9fff]", problem.Message.Zh);
            Assert.DoesNotMatch("[\u4e00-\u9fff]", problem.Message.En);
        });
    }

    [Fact]
    public void Shipped_flows_and_all_flows_of_the_model_are_free_of_errors()
    {
        var shipped = ShippedBundle.Read(1);

        Assert.Empty(shipped.Definitions.SelectMany(definition => DefinitionValidator.Validate(definition, id => shipped.FindDefinition(id) is not null, _ => false)));
        foreach (var plan in FsCheck.Fluent.Gen.Sample(Plans.Any, 300))
        {
            var bundle = BlockDrawing.Bundle(plan.Normal().Main);
            Assert.Empty(bundle.Definitions.SelectMany(definition => DefinitionValidator.Validate(definition, id => bundle.FindDefinition(id) is not null, _ => true))
                .Where(problem => problem.IsError && problem.Code != "open-port").Select(problem => $"{problem.Path} {problem.Code} {plan}"));
        }
    }

    [Fact]
    public void The_documentation_lists_every_code_with_both_sentences()
    {
        var docs = File.ReadAllText(Path.Combine(RepositoryFolder(), "docs", "definitions.md"));

        Assert.Equal(ProblemKind.All.Count, ProblemKind.All.DistinctBy(kind => kind.Code).Count());
        Assert.All(ProblemKind.All, kind => Assert.Contains($"| `{kind.Code}` | {(kind.IsError ? "error" : "warning")} | {kind.Zh} | {kind.En} |", docs, StringComparison.Ordinal));
    }

    private static string RepositoryFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "GridFlow.sln")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }

    private static object Case(string label, string condition) => new { label, condition = new { type = "JavaScript", value = condition } };

    private static List<Problem> All(FlowBuilder flow) => [.. Validate(flow.Definition())];

    private static IReadOnlyList<Problem> Validate(WorkflowDefinition definition) => DefinitionValidator.Validate(definition, _ => false, _ => true);

    private static List<string> Codes(FlowBuilder flow) => Codes(flow.Definition());

    private static List<string> Codes(WorkflowDefinition definition) => Shown(Validate(definition));

    private static List<string> Errors(FlowBuilder flow) => Shown(All(flow).Where(problem => problem.IsError));

    private static List<string> Shown(IEnumerable<Problem> problems) => [.. problems.Select(problem => $"{problem.Path["definitions/".Length..]} {problem.Code}").Order(StringComparer.Ordinal)];
}
