using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using GridFlow.Workflows.Definitions;

namespace GridFlow.Designer.Editing;

/// <summary>A step as it is when it is added: with what its kind mostly needs, and an id people can read.</summary>
public static class NewStep
{
    public const string Call = "Elsa.ExecuteWorkflow";

    // Other kinds take their type's own name.
    private static readonly Dictionary<string, string> Ids = new(StringComparer.Ordinal)
    {
        ["GridFlow.HumanTask"] = "task",
        ["GridFlow.Approval"] = "approve",
        ["GridFlow.AskRating"] = "rating",
        ["GridFlow.SetCaseFacts"] = "record",
        ["GridFlow.CloseCase"] = "close",
        ["GridFlow.ReopenCase"] = "reopen",
        ["Elsa.FlowDecision"] = "decide",
        ["Elsa.FlowSwitch"] = "choose",
        ["Elsa.FlowFork"] = "fork",
        ["Elsa.FlowJoin"] = "join",
        ["Elsa.Delay"] = "wait",
        ["Elsa.SendHttpRequest"] = "ask",
        ["Elsa.FlowSendHttpRequest"] = "ask",
        ["Elsa.SendEmail"] = "mail",
        [Call] = "call",
        ["Elsa.DispatchWorkflow"] = "begin",
    };

    private static readonly Dictionary<string, (string Name, string Value)[]> Texts = new(StringComparer.Ordinal)
    {
        ["GridFlow.HumanTask"] = [("unit", "@lead"), ("limit", "1wd")],
        ["GridFlow.Approval"] = [("unit", "@town"), ("role", "Leader"), ("limit", "1wd")],
        ["GridFlow.Whistle"] = [("limit", "case")],
        ["GridFlow.AskRating"] = [("limit", "5wd")],
        ["GridFlow.Escalate"] = [("to", "@town")],
        ["GridFlow.SetCaseFacts"] = [("fact", "Handled")],
        ["Elsa.Delay"] = [("limit", "1wd")],
        ["Elsa.FlowJoin"] = [("mode", "WaitAllActive")],
        ["Elsa.HttpEndpoint"] = [("path", "inbound")],
    };

    private static readonly Dictionary<string, (string Name, string Json)[]> Settings = new(StringComparer.Ordinal)
    {
        ["GridFlow.HumanTask"] = [("outcomes", """[{"name":"Handled","label":{"zh":"办结","en":"Done"}}]""")],
        ["GridFlow.Approval"] =
        [
            ("outcomes", """[{"name":"Approved","label":{"zh":"同意","en":"Approve"}},{"name":"Rejected","label":{"zh":"不同意","en":"Refuse"},"needsComment":true}]"""),
        ],
        ["GridFlow.Notify"] = [("text", """{"zh":"“{title}”（{number}）有新进展。","en":"There is news of {title} ({number})."}""")],
        ["GridFlow.AskRating"] = [("text", """{"zh":"您反映的“{title}”已办结，请评价。","en":"{title} is done. Are you content?"}""")],
        ["Elsa.FlowSwitch"] = [("cases", "[]")],
        ["Elsa.FlowFork"] = [("branches", """["1","2"]""")],
    };

    // What people are asked to do has a name from the start: it is what they read in their inbox.
    private static readonly Dictionary<string, LocalizedText> Names = new(StringComparer.Ordinal)
    {
        ["GridFlow.HumanTask"] = new("办理", "Handle"),
        ["GridFlow.Approval"] = new("审批", "Approval"),
        ["GridFlow.Whistle"] = new("吹哨报到", "Whistle"),
        ["GridFlow.AskRating"] = new("请群众评价", "Ask for a rating"),
    };

    private static readonly HashSet<string> Containers = new(StringComparer.Ordinal) { FlowEdits.Flowchart, "Elsa.Sequence", "Elsa.Parallel" };

    /// <summary>A step of a type, unlike any other of the definition.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="definition">Where it will stand.</param>
    /// <param name="calls">For a step that calls another workflow: which.</param>
    public static ActivityNode Of(string type, WorkflowDefinition definition, WorkflowDefinition? calls = null)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(definition);
        var id = UniqueId(definition, Ids.GetValueOrDefault(type) ?? Lower(type));
        var inputs = ImmutableDictionary<string, ActivityInput>.Empty;
        foreach (var (name, value) in Texts.GetValueOrDefault(type, []))
        {
            inputs = inputs.Add(name, Text(value));
        }

        foreach (var (name, json) in Settings.GetValueOrDefault(type, []))
        {
            inputs = inputs.Add(name, new ActivityInput("Object", "Literal", Parse(json)));
        }

        if (calls is not null)
        {
            inputs = inputs.SetItem("workflowDefinitionId", Text(calls.DefinitionId));
            if (calls.Outcomes.Length > 0)
            {
                inputs = inputs.SetItem("outcomes", new ActivityInput("Object", "Literal", JsonSerializer.SerializeToElement(calls.Outcomes.ToArray())));
            }
        }

        var node = new ActivityNode { Id = id, Name = id, Type = type, Inputs = inputs, DisplayText = calls?.Name ?? Names.GetValueOrDefault(type, LocalizedText.Empty) };
        return Containers.Contains(type) ? node with { Source = Parse("""{"activities":[]}""") } : node;
    }

    /// <summary>An id nobody has yet: the wanted one, else with a number behind it.</summary>
    public static string UniqueId(WorkflowDefinition definition, string wanted) =>
        UniqueId(wanted, definition.AllActivities().Select(node => node.Id).ToHashSet(StringComparer.Ordinal));

    internal static string UniqueId(string wanted, HashSet<string> taken)
    {
        var stem = wanted.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9') is { Length: > 0 } letters ? letters : wanted;
        return !taken.Contains(wanted) ? wanted
            : Enumerable.Range(2, taken.Count + 1).Select(i => string.Create(CultureInfo.InvariantCulture, $"{stem}{i}")).First(id => !taken.Contains(id));
    }

    private static ActivityInput Text(string value) => new("String", "Literal", JsonSerializer.SerializeToElement(value));

    private static string Lower(string type)
    {
        var name = type.Split('<')[0];
        name = name[(name.LastIndexOf('.') + 1)..];
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    private static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
