using System.Text.Json.Nodes;
using GridFlow.Tests;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Engine;

namespace GridFlow.Workflows.Tests.Engine;

/// <summary>Several approvers: all (会签), whoever is first (或签), a share of them (票签).</summary>
public sealed class ApprovalModeTests
{
    [Theory]
    [InlineData("All", null, "YYY", "Approved")]
    [InlineData("All", null, "YN", "Rejected")]
    [InlineData("All", null, "YY", null)]
    [InlineData("Any", null, "Y", "Approved")]
    [InlineData("Any", null, "N", "Rejected")]
    [InlineData("Share", "60", "YY", "Approved")]
    [InlineData("Share", "60", "NY", null)]
    [InlineData("Share", "60", "NYY", "Approved")]
    [InlineData("Share", "60", "NN", "Rejected")]
    [InlineData("Share", "100", "N", "Rejected")]
    [InlineData(null, null, "YYY", "Approved")]
    public void The_answers_end_it_as_the_mode_says(string? mode, string? share, string answers, string? outcome)
    {
        var bundle = With(mode, share);
        var script = CaseScript.All.First(script => script.Case.Category == "local/1/matter/52001");
        var instance = Accept(WorkflowExecutor.Decide(bundle, null, script.Start("GF2026-000009"), CaseScript.Begin));
        instance = Complete(instance, "plan", "Submitted");
        Assert.Equal(3, instance.WorkItems.Count(item => item.ActivityId == "approve"));
        foreach (var answer in answers)
        {
            instance = Complete(instance, "approve", answer == 'Y' ? "Approved" : "Rejected");
        }

        Assert.Equal(outcome is null, instance.WorkItems.Exists(item => item.ActivityId == "approve"));
        Assert.Equal(outcome == "Approved", instance.WorkItems.Exists(item => item.ActivityId == "whistle"));
        Assert.Equal(outcome == "Rejected", instance.WorkItems.Exists(item => item.ActivityId == "plan"));

        WorkflowInstance Complete(WorkflowInstance now, string activity, string how) =>
            Accept(WorkflowExecutor.Decide(bundle, now, CaseScript.Complete(now.WorkItems.First(item => item.ActivityId == activity), how), CaseScript.Begin));
    }

    private static WorkflowInstance Accept(Decision decision) => InstanceWithCase(Assert.IsType<Decision.Accepted>(decision).Checkpoint.Instance);

    private static WorkflowInstance InstanceWithCase(WorkflowInstance instance)
    {
        var kept = InstanceJson.Read(InstanceJson.Write(instance));
        kept.Case = instance.Case;
        return kept;
    }

    private static Bundle With(string? mode, string? share)
    {
        var content = JsonNode.Parse(BundleJson.Write(ShippedBundle.Read(1)))!;
        var big = content["definitions"]!.AsArray().Single(definition => definition!["definitionId"]!.GetValue<string>() == "big")!;
        var approve = big["root"]!["activities"]!.AsArray().Single(activity => activity!["id"]!.GetValue<string>() == "approve")!.AsObject();
        approve["units"] = Input("Object", """["dept:urban","dept:housing","dept:police"]""");
        if (mode is not null)
        {
            approve["mode"] = Input("Literal", mode);
        }

        if (share is not null)
        {
            approve["share"] = Input("Literal", share);
        }

        return BundleJson.Read(1, content.ToJsonString());
    }

    private static JsonObject Input(string type, string value) => new() { ["typeName"] = "String", ["expression"] = new JsonObject { ["type"] = type, ["value"] = value } };
}
