using GridFlow.Workflows.Engine;
using GridFlow.Workflows.Expressions;

namespace GridFlow.Workflows.Tests.Elsa;

public sealed class SampleRunTests
{
    public static TheoryData<string> Runs => [.. SampleRuns.All.Select(run => run.Name)];

    [Theory]
    [MemberData(nameof(Runs))]
    public void A_sample_does_what_Elsa_does_with_it(string name)
    {
        var expected = SampleRuns.All.Single(run => run.Name == name);
        var all = Samples.Read();
        var others = name.EndsWith("parent-with-io", StringComparison.Ordinal) ? SampleRuns.Called.Add(all["ExecuteWorkflow/child-with-input"]) : SampleRuns.Called;
        var run = new DryRun(Samples.BundleOf(all, name, others), Samples.Begin) { Answer = message => message.Kind == MessageKind.Task ? "done" : null };

        var trigger = all[name].AllActivities().FirstOrDefault(node => node.CanStartWorkflow && node.Type == "Elsa.HttpEndpoint");
        run.Start(all[name].DefinitionId, SampleRuns.Read(expected.Input), trigger: trigger?.Id);
        if (expected.Event is { } published)
        {
            Assert.Equal(InstanceStatus.Running, run.Instance.Status);
            Assert.Equal(1, run.Publish(published));
        }

        Assert.True(run.RunToEnd());
        Assert.Equal(expected.Lines, string.Join("; ", run.Lines));
        Assert.Equal(expected.Ends, run.Incidents.FirstOrDefault()?.Problem ?? run.Instance.Status.ToString());
        Assert.Equal(expected.Sent, string.Join("; ", run.Messages.Select(message => $"{message.Kind} {message.Recipient}".Trim())));
        Assert.True(ExpressionValue.AreIdentical(SampleRuns.Read(expected.Results), run.Instance.Results), $"gave back {string.Join(", ", run.Instance.Results)}");
    }

    [Fact]
    public void Every_sample_either_runs_here_or_is_refused_with_what_it_lacks()
    {
        var all = Samples.Read();
        var lacking = all.Where(sample => Samples.Lacks(sample.Value).Length > 0).Select(sample => sample.Key);

        Assert.Equal(85, all.Count);
        Assert.Equal(all.Keys.Except(lacking, StringComparer.Ordinal), SampleRuns.All.Select(run => run.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_workflow_that_is_dispatched_with_a_correlation_id_carries_it()
    {
        var all = Samples.Read();
        var run = new DryRun(Samples.BundleOf(all, "ExecuteWorkflow/parent-with-correlation", SampleRuns.Called), Samples.Begin);

        run.Start("parent-with-correlation");

        Assert.Equal("test-correlation-123", run.Instances.Single(instance => instance.DefinitionId == "child-workflow").CorrelationId);
    }
}
