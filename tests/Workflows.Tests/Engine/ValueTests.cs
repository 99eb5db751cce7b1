namespace GridFlow.Workflows.Tests.Engine;

public sealed class ValueTests
{
    [Theory]
    [InlineData("1 / 0")]
    [InlineData("0 / 0")]
    [InlineData("[1, -1 / 0]")]
    [InlineData("{a: 0 / 0}")]
    [InlineData("variables")]
    [InlineData("{a: [variables, outputs]}")]
    public void A_variable_may_come_to_hold_what_is_no_number_or_all_variables(string expression)
    {
        var flow = Setting(expression).Task("next").Lines("set.Done -> again", "again.Done -> next");

        Assert.Equal("next", new FlowRun(flow).Open);
    }

    [Theory]
    [InlineData("[variables.x, variables.x]")]
    [InlineData("[variables.x]")]
    [InlineData("[variables.x, 'a'.repeat(50000)]")]
    public void A_variable_that_grows_without_end_becomes_an_incident_before_it_takes_the_memory(string expression)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var run = new FlowRun(new FlowBuilder().Node("begin", "Elsa.SetVariable", ("variable", "Literal", new { name = "x" }), ("value", "Literal", 1))
            .Node("set", "Elsa.SetVariable", ("variable", "Literal", new { name = "x" }), ("value", "JavaScript", expression)).Lines("begin.Done -> set", "set.Done -> set"));

        Assert.Equal("!set", run.Open);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 500_000_000);
    }

    private static FlowBuilder Setting(string expression) => new FlowBuilder()
        .Node("set", "Elsa.SetVariable", ("variable", "Literal", new { name = "x" }), ("value", "JavaScript", expression))
        .Node("again", "Elsa.SetVariable", ("variable", "Literal", new { name = "x" }), ("value", "JavaScript", expression));
}
