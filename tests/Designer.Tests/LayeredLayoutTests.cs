using GridFlow.Designer.Canvas;

namespace GridFlow.Designer.Tests;

public sealed class LayeredLayoutTests
{
    [Fact]
    public void Steps_stand_to_the_right_of_those_that_lead_to_them()
    {
        var at = LayeredLayout.Place(["a", "b", "c", "d"], [("a", "b"), ("a", "c"), ("b", "d"), ("c", "d"), ("d", "a")]);

        Assert.True(at["a"].X < at["b"].X && at["b"].X < at["d"].X);
        Assert.Equal(at["b"].X, at["c"].X);
        Assert.NotEqual(at["b"].Y, at["c"].Y);
    }

    [Fact]
    public void Steps_that_nothing_leads_to_and_loops_onto_themselves_are_placed_too()
    {
        var at = LayeredLayout.Place(["a", "lonely", "self"], [("self", "self"), ("a", "nowhere")]);

        Assert.Equal(3, at.Values.Distinct().Count());
    }
}
