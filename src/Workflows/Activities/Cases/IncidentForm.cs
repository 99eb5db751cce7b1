using System.Collections.Immutable;
using System.Text.Json;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Engine;

namespace GridFlow.Workflows.Activities.Cases;

/// <summary>What the administrator is asked about a step that failed: try again, go on without it, or end the case.</summary>
internal static class IncidentForm
{
    private static readonly LocalizedText Instructions = new(
        "原因消除后选“重试”；不需要这一步时选“跳过此步”并写明理由；无法继续时选“终止办理”，理由居民可见。",
        "Try again once the cause is gone; skip the step, saying why, if it is not needed; end the matter if it cannot go on: the resident sees the reason.");

    private static readonly LocalizedText LooseInstructions = new(
        "原因消除后选“重试”；不需要这一步时选“跳过此步”并写明理由；无法继续时选“终止流程”并写明理由。",
        "Try again once the cause is gone; skip the step, saying why, if it is not needed; end the workflow, saying why, if it cannot go on.");

    private static readonly Dictionary<string, LocalizedText> KnownPorts = new(StringComparer.Ordinal)
    {
        ["Done"] = new("完成", "done"),
        ["True"] = new("是", "yes"),
        ["False"] = new("否", "no"),
        ["Default"] = new("其他情况", "otherwise"),
        ["Overdue"] = new("逾期", "overdue"),
        ["Sorted"] = new("已分类", "sorted"),
        ["Unsure"] = new("拿不准", "unsure"),
        ["Routed"] = new("已派出", "routed"),
        ["NoUnit"] = new("无承办单位", "no unit"),
        ["NoAnswer"] = new("未评价", "no answer"),
    };

    /// <summary>The form for a step of a definition; <paramref name="activityId"/> may name none any more.</summary>
    public static WorkItemForm Of(WorkflowDefinition definition, string activityId, bool drivesCase)
    {
        var node = definition.FindActivity(activityId);
        var ways = node is null ? [] : Ways(definition, node);
        return new WorkItemForm(Title(node, activityId), drivesCase ? Instructions : LooseInstructions,
            [
                new WorkItemOutcome { Name = IncidentHandling.Retry, Label = new LocalizedText("重试", "Try again") },
                new WorkItemOutcome { Name = IncidentHandling.Skip, Label = new LocalizedText("跳过此步", "Skip this step"), NeedsComment = true },
                new WorkItemOutcome { Name = IncidentHandling.Cancel, Label = drivesCase ? new LocalizedText("终止办理", "End the matter") : new LocalizedText("终止流程", "End the workflow"), NeedsComment = true },
            ],
            ways.Length < 2 ? [] : [Port(ways, isRequired: LeavingFrom(definition, activityId).Select(connection => connection.SourcePort).Distinct().Skip(1).Any())]);
    }

    /// <summary>The port by which a step goes on where the administrator who skips it names none: one that leads somewhere, if there is one.</summary>
    public static string UsualPort(WorkflowDefinition definition, ActivityNode node) => Ways(definition, node) is [var first, ..] ? first.Value : "Done";

    private static LocalizedText Title(ActivityNode? node, string activityId)
    {
        var named = node?.Called ?? LocalizedText.Same(activityId);
        return new LocalizedText($"流程故障：{In(named, zh: true)}", $"Failed: {In(named, zh: false)}");
    }

    private static string In(LocalizedText text, bool zh) => (zh ? text.Zh : text.En) is { Length: > 0 } given ? given : zh ? text.En : text.Zh;

    private static FormField Port(ImmutableArray<FieldOption> ways, bool isRequired) => new()
    {
        Name = IncidentHandling.Port,
        Label = new LocalizedText("按哪个结果继续", "Go on as if it had ended with"),
        Kind = FieldKind.Choice,
        Required = isRequired,
        Options = ways,
        For = [IncidentHandling.Skip],
    };

    // Those that lead somewhere first; each with the step it leads to.
    private static ImmutableArray<FieldOption> Ways(WorkflowDefinition definition, ActivityNode node)
    {
        var leaving = LeavingFrom(definition, node.Id);
        var ports = PortsOf(node);
        return
        [
            .. ports.Concat(leaving.Select(connection => connection.SourcePort)).Distinct(StringComparer.Ordinal)
                .OrderBy(port => leaving.All(connection => connection.SourcePort != port))
                .Select(port => new FieldOption(port, Label(definition, node, port, leaving.FirstOrDefault(connection => connection.SourcePort == port)?.Target))),
        ];
    }

    private static List<Connection> LeavingFrom(WorkflowDefinition definition, string activityId) =>
        [.. definition.AllActivities().SelectMany(container => container.Connections).Where(connection => connection.Source == activityId)];

    // A form that cannot be read may be the very thing that failed.
    private static ImmutableArray<string> PortsOf(ActivityNode node)
    {
        try
        {
            return ActivityCatalog.Find(node.Type)?.Ports(node) ?? [];
        }
        catch (Exception problem) when (problem is JsonException or ActivityException)
        {
            return [];
        }
    }

    private static LocalizedText Label(WorkflowDefinition definition, ActivityNode node, string port, string? target)
    {
        var name = ActivityCatalog.Find(node.Type) is { HasForm: true } && PortsOf(node).Length > 0 && WorkItemForm.Of(node).FindOutcome(port) is { Label: { Zh.Length: > 0 } drawn }
            ? drawn
            : KnownPorts.GetValueOrDefault(port, LocalizedText.Same(port));
        var next = target is null ? null : definition.FindActivity(target)?.DisplayText;
        return next is null or { Zh.Length: 0, En.Length: 0 } ? name : new LocalizedText($"{In(name, zh: true)} → {In(next, zh: true)}", $"{In(name, zh: false)} → {In(next, zh: false)}");
    }
}
