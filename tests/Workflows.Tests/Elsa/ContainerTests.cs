using System.Text.Json.Nodes;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Engine;
using static GridFlow.Workflows.Tests.Elsa.Drawn;

namespace GridFlow.Workflows.Tests.Elsa;

public sealed class ContainerTests
{
    [Theory]
    [InlineData("=1 < 2", "yes end")]
    [InlineData("=1 > 2", "no end")]
    public void An_if_runs_one_of_its_branches(string condition, string lines) =>
        Assert.Equal(lines, Lines(Workflow(Sequence(Node("Elsa.If", ("condition", condition), ("then", Say("yes")), ("else", Say("no"))), Say("end")))));

    [Fact]
    public void An_if_without_a_branch_for_its_answer_goes_on() =>
        Assert.Equal("end", Lines(Workflow(Sequence(Node("Elsa.If", ("condition", false), ("then", Say("yes"))), Say("end")))));

    [Theory]
    [InlineData("MatchFirst", 12, "big end")]
    [InlineData("MatchAny", 12, "big even end")]
    [InlineData("MatchAny", 1, "other end")]
    public void A_switch_runs_the_first_match_or_all_or_the_default(string mode, int x, string lines)
    {
        var cases = new JsonArray(Case("big", "variables.x > 10", Say("big")), Case("even", "variables.x % 2 == 0", Say("even")));
        Assert.Equal(lines, Lines(Workflow(Sequence(Node("Elsa.Switch", ("mode", mode), ("cases", cases), ("default", Say("other"))), Say("end")), ("x", "Int32", x))));

        static JsonObject Case(string label, string condition, JsonObject activity) =>
            new() { ["label"] = label, ["condition"] = new JsonObject { ["type"] = "JavaScript", ["value"] = condition }, ["activity"] = activity };
    }

    [Fact]
    public void A_for_each_tells_its_body_the_item_and_its_place() =>
        Assert.Equal("0:a 1:b end", Lines(Workflow(Sequence(Node("Elsa.ForEach", ("items", "=['a', 'b']"), ("body", Say("=`${getCurrentIndex()}:${getCurrentValue()}`"))), Say("end")))));

    [Fact]
    public void The_list_of_a_for_each_is_read_once() =>
        Assert.Equal("1 2", Lines(Workflow(Node("Elsa.ForEach", ("items", "=variables.list"), ("body", Sequence(Say("=variables.CurrentValue"), Set("list", "=[]")))), ("list", "Object", "[1, 2]"))));

    [Fact]
    public void Loops_in_loops_see_their_own_values() =>
        Assert.Equal("a1 a2 b1 b2", Lines(Workflow(Node("Elsa.ForEach", ("items", "=['a', 'b']"),
            ("body", Sequence(Set("outer", "=variables.CurrentValue"), Node("Elsa.ForEach<Object>", ("items", "=[1, 2]"), ("body", Say("=variables.outer + getCurrentValue()")))))), ("outer", "String", ""))));

    [Theory]
    [InlineData(1, 5, 2, true, "1 3 5")]
    [InlineData(1, 5, 2, false, "1 3")]
    [InlineData(3, 1, -1, true, "3 2 1")]
    [InlineData(1, 0, 1, true, "")]
    public void A_for_counts(int start, int end, int step, bool inclusive, string lines) =>
        Assert.Equal(lines, Lines(Workflow(Node("Elsa.For", ("start", start), ("end", end), ("step", step), ("outerBoundInclusive", inclusive), ("body", Say("=variables.CurrentValue"))))));

    [Fact]
    public void A_while_asks_before_every_round_and_a_break_ends_it() =>
        Assert.Equal("1 2 3 end", Lines(Workflow(Sequence(
            Node("Elsa.While", ("condition", true), ("body", Sequence(
                Set("n", "=variables.n + 1"),
                Say("=variables.n"),
                Node("Elsa.If", ("condition", "=variables.n >= 3"), ("then", Node("Elsa.Break"))),
                Node("Elsa.Delay", ("timeSpan", "01:00:00"))))),
            Say("end")), ("n", "Int32", "0"))));

    [Fact]
    public void A_break_takes_back_what_still_runs_in_the_loop()
    {
        var run = Run(Workflow(Sequence(
            Node("Elsa.ParallelForEach", ("items", "=[1, 2]"), ("body", Node("Elsa.If", ("condition", "=variables.CurrentValue == 1"),
                ("then", Node("Elsa.Delay", ("timeSpan", "7.00:00:00"))), ("else", Node("Elsa.Break"))))),
            Say("end"))));

        Assert.Equal("end", string.Join(' ', run.Lines));
        Assert.Equal(Samples.Begin, run.Now);
        Assert.Contains(run.Trace, entry => entry is { Type: "Elsa.Delay", Event: TraceEvent.Cancelled });
    }

    [Fact]
    public void A_break_outside_a_loop_is_an_incident() =>
        Assert.Equal("there is no loop around it to break out of", Assert.Single(Begin(Workflow(Sequence(Node("Elsa.Break")))).Incidents).Problem);

    [Fact]
    public void A_while_without_a_wait_is_stopped() =>
        Assert.Contains("a loop without a wait", Assert.Single(Begin(Workflow(Node("Elsa.While", ("condition", true), ("body", Set("n", 1))))).Incidents).Problem, StringComparison.Ordinal);

    [Fact]
    public void Parallel_branches_are_all_waited_for() =>
        Assert.Equal("fast slow end", Lines(Workflow(Sequence(
            new JsonObject
            {
                ["id"] = "parallel",
                ["type"] = "Elsa.Parallel",
                ["activities"] = new JsonArray(Sequence(Node("Elsa.Delay", ("timeSpan", "02:00:00")), Say("slow")), Sequence(Node("Elsa.Delay", ("timeSpan", "01:00:00")), Say("fast"))),
            },
            Say("end")))));

    [Fact]
    public void Parallel_rounds_keep_their_own_item_while_they_wait() =>
        Assert.Equal("1 2 end", Lines(Workflow(Sequence(
            Node("Elsa.ParallelForEach", ("items", "=[2, 1]"), ("body", Sequence(Node("Elsa.Delay", ("timeSpan", "=`0${getCurrentValue()}:00:00`")), Say("=variables.CurrentValue")))),
            Say("end")))));

    [Theory]
    [InlineData("WaitAny", "fast end")]
    [InlineData("WaitAll", "fast slow end")]
    public void A_fork_waits_for_the_first_branch_or_for_all(string mode, string lines) =>
        Assert.Equal(lines, Lines(Workflow(Sequence(
            Node("Elsa.Fork", ("joinMode", JsonValue.Create(mode)), ("branches", new[]
            {
                Sequence(Node("Elsa.Delay", ("timeSpan", "02:00:00")), Say("slow")),
                Sequence(Node("Elsa.Delay", ("timeSpan", "01:00:00")), Say("fast")),
            })),
            Say("end")))));

    [Fact]
    public void An_end_ends_the_sequence_it_is_in_and_no_more() =>
        Assert.Equal("a c", Lines(Workflow(Sequence(Sequence(Say("a"), Node("Elsa.End"), Say("b")), Say("c")))));

    [Fact]
    public void A_containers_variable_hides_the_workflows_and_dies_with_it()
    {
        var inner = Sequence(Say("=variables.x"), Set("x", "=variables.x + '!'"), Say("=variables.x"));
        inner["variables"] = Variables(("x", "String", "inner"));

        Assert.Equal("outer inner inner! outer", Lines(Workflow(Sequence(Say("=variables.x"), inner, Say("=variables.x")), ("x", "String", "outer"))));
    }

    [Fact]
    public void A_variable_keeps_the_type_it_was_declared_with()
    {
        var run = Run(Workflow(Sequence(Set("n", "41"), Say("=variables.n + 1"), Say("=typeof variables.flag")), ("n", "Int32", "1"), ("flag", "Boolean", "true")));

        Assert.Equal(["42", "boolean"], run.Lines);
    }

    [Fact]
    public void An_embedded_activity_survives_being_written_and_read()
    {
        var once = ElsaJson.Write(Workflow(Node("Elsa.If", ("condition", true), ("then", Sequence(Say("a"))), ("else", Say("b")))));
        var again = ElsaJson.Write(ElsaJson.Read(once.ToJsonString()));

        Assert.True(JsonNode.DeepEquals(once, again));
        Assert.Equal("Elsa.WriteLine", (string?)again["root"]!["else"]!["type"]);
        Assert.Equal("Elsa.WriteLine", (string?)again["root"]!["then"]!["activities"]![0]!["type"]);
    }
}
