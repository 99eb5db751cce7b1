using System.Collections.Immutable;
using System.Text.Json;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Definitions;

namespace GridFlow.Workflows.Tests.Migration;

/// <summary>The shipped flows as somebody might have edited them: steps renamed and reordered, one more on the way, a form with one outcome more.</summary>
internal static class EditedFlows
{
    private const string Suffix = "-2";

    public static Bundle Publish(int number, Func<WorkflowDefinition, WorkflowDefinition>? edit = null)
    {
        var shipped = ShippedBundle.Read(number);
        return new Bundle(number, shipped.Definitions.Select(edit ?? Edit), shipped.Routing, shipped.Categories, shipped.Calendar);
    }

    /// <summary>The id a step had before it was renamed.</summary>
    public static string Original(string id) => id.EndsWith(Suffix, StringComparison.Ordinal) ? id[..^Suffix.Length] : id;

    public static WorkflowDefinition Edit(WorkflowDefinition definition)
    {
        var nodes = definition.Root.Activities.Select(Rename).Reverse().ToList();
        var connections = definition.Root.Connections.Select(connection => connection with { Source = NewId(definition, connection.Source), Target = NewId(definition, connection.Target) }).ToList();
        var first = connections.FindIndex(connection => connection.Source.StartsWith("start", StringComparison.Ordinal));
        if (first >= 0)
        {
            // A step more, where every case has passed already.
            var added = new ActivityNode { Id = "noted", Type = "Elsa.SetVariable", Inputs = Input("variable", JsonSerializer.SerializeToElement(new { name = "noted" })) };
            nodes.Add(added);
            connections.Add(new Connection(added.Id, "Done", connections[first].Target));
            connections[first] = connections[first] with { Target = added.Id };
        }

        ImmutableArray<ActivityNode> all = [.. nodes];
        return definition with
        {
            Root = definition.Root with { Id = definition.Root.Id + Suffix, Activities = all, Connections = [.. connections], Start = definition.Root.Start is { } start ? NewId(definition, start) : null },
            Variables = definition.Variables.Add(new Variable("noted", "noted", "String", JsonSerializer.SerializeToElement("no"))),
        };

        ActivityNode Rename(ActivityNode node) => node with { Id = NewId(definition, node.Id), Name = NewId(definition, node.Id), Inputs = Inputs(definition, node) };
    }

    private static ImmutableDictionary<string, ActivityInput> Inputs(WorkflowDefinition definition, ActivityNode node) => node.Inputs.TryGetValue("notBy", out var by)
        ? node.Inputs.SetItem("notBy", by with { Value = JsonSerializer.SerializeToElement(NewId(definition, by.Text)) })
        : node.Inputs;

    // Expressions name outputs.check; all the others may change.
    private static string NewId(WorkflowDefinition definition, string id) => definition.DefinitionId == "intake" && id == "check" ? id : id + Suffix;

    private static ImmutableDictionary<string, ActivityInput> Input(string name, JsonElement value) =>
        ImmutableDictionary<string, ActivityInput>.Empty.Add(name, new ActivityInput("Object", "Literal", value));
}
