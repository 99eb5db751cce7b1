using GridFlow.Designer.Canvas;

namespace GridFlow.Designer.Tests;

public sealed class FlowTrafficTests
{
    private static readonly FlowTraffic Traffic = new(
        new Dictionary<string, int> { ["check:Confirmed"] = 75, ["check:Resort"] = 25, ["begin:Done"] = 100 }, new Dictionary<string, TimeSpan>());

    [Fact]
    public void A_share_is_of_all_ends_of_its_step()
    {
        Assert.Equal(0.75, Traffic.ShareOf("check", "Confirmed"));
        Assert.Equal(0, Traffic.ShareOf("check", "NotOurs"));
        Assert.Null(Traffic.ShareOf("other", "Done"));
    }

    [Fact]
    public void A_line_weighs_by_all_its_outcomes_against_the_busiest()
    {
        Assert.Equal(1, Traffic.WeightOf(Edge("begin", "Done")));
        Assert.Equal(1, Traffic.WeightOf(Edge("check", "Confirmed", "Resort")));
        Assert.Equal(0.5, Traffic.WeightOf(Edge("check", "Resort")));
        Assert.Equal(0, Traffic.WeightOf(Edge("check", "NotOurs")));
    }

    [Theory]
    [InlineData(0, "0%")]
    [InlineData(0.004, "<1%")]
    [InlineData(0.625, "63%")]
    public void What_hardly_ever_happens_is_not_said_to_be_nothing(double share, string expected) => Assert.Equal(expected, StepWords.Percent(share).Replace(" ", "", StringComparison.Ordinal));

    private static DrawnEdge Edge(string source, params string[] ports) => new(source, "next", [.. ports], [], null);
}
