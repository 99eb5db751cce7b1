using GridFlow.Workflows.Engine;

namespace GridFlow.Workflows.Tests.Engine;

public sealed class InstanceJsonTests
{
    [Fact]
    public void What_is_empty_is_not_written_and_comes_back_empty()
    {
        var run = new FlowRun(new FlowBuilder().Node("s", "Elsa.Start").Task("a").Lines("s.Done -> a"));
        var json = InstanceJson.Write(run.Instance);

        Assert.DoesNotContain("{}", json, StringComparison.Ordinal);
        Assert.DoesNotContain("[]", json, StringComparison.Ordinal);
        Assert.True(json.Length < 700, $"{json.Length}: {json}");
        var read = InstanceJson.Read(json);
        Assert.Empty(read.Timers);
        Assert.Empty(read.Bookmarks);
        Assert.All(read.Runs, kept => Assert.Empty(kept.Variables));
        Assert.Equal(json, InstanceJson.Write(read));
    }
}
