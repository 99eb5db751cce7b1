using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using GridFlow.Workflows.Definitions;

namespace GridFlow.Designer.Editing;

/// <summary>Steps on the way from one place to another: what is copied, with the connections among it, as the JSON of a definition.</summary>
public static class FlowFragment
{
    private const string Id = "clipboard";

    /// <summary>Copies steps of a container; empty when there is nothing to copy.</summary>
    public static string Copy(ActivityNode container, IReadOnlySet<string> ids)
    {
        ArgumentNullException.ThrowIfNull(container);
        ArgumentNullException.ThrowIfNull(ids);
        ImmutableArray<ActivityNode> nodes = [.. container.Activities.Where(node => ids.Contains(node.Id)).Select(node => node with { Slot = "" })];
        ImmutableArray<Connection> links = [.. container.Connections.Where(link => ids.Contains(link.Source) && ids.Contains(link.Target))];
        return nodes.IsEmpty ? "" : ElsaJson.Write(new WorkflowDefinition
        {
            Id = Id,
            DefinitionId = Id,
            Name = LocalizedText.Same(Id),
            Root = new ActivityNode { Id = Id, Type = FlowEdits.Flowchart, Activities = nodes, Connections = links },
        }).ToJsonString();
    }

    /// <summary>Adds what was copied to a container, under new ids where the old ones are taken.</summary>
    /// <param name="definition">Where to.</param>
    /// <param name="container">The container.</param>
    /// <param name="fragment">What <see cref="Copy"/> gave.</param>
    /// <param name="by">How far from where it stood.</param>
    /// <returns>The definition with it and the ids it has there; none when the text is no fragment.</returns>
    public static (WorkflowDefinition Definition, ImmutableArray<string> Ids) Paste(WorkflowDefinition definition, string container, string fragment, CanvasPoint by)
    {
        ArgumentNullException.ThrowIfNull(definition);
        if (Read(fragment) is not { } root)
        {
            return (definition, []);
        }

        var taken = definition.AllActivities().Select(node => node.Id).ToHashSet(StringComparer.Ordinal);
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var node in root.Activities.SelectMany(node => node.SelfAndDescendants()))
        {
            names[node.Id] = NewStep.UniqueId(node.Id, taken);
            taken.Add(names[node.Id]);
        }

        ImmutableArray<ActivityNode> nodes =
        [
            .. root.Activities.Select(node => WithNewIds(node, names)).Select(node => node with { Position = new CanvasPoint(node.Position.X + by.X, node.Position.Y + by.Y) }),
        ];
        var links = root.Connections.Select(link => link with { Source = names[link.Source], Target = names[link.Target] });
        var pasted = definition.Change(container, parent => parent with
        {
            Activities = parent.Activities.AddRange(nodes),
            Connections = parent.Type == FlowEdits.Flowchart ? parent.Connections.AddRange(links) : parent.Connections,
        });
        return (pasted, [.. nodes.Select(node => node.Id)]);
    }

    /// <summary>The middles of the steps as they were copied, to find room for them.</summary>
    public static ActivityNode? Read(string fragment)
    {
        try
        {
            return ElsaJson.Read(fragment) is { DefinitionId: Id } read ? read.Root : null;
        }
        catch (DefinitionFormatException)
        {
            return null;
        }
    }

    private static ActivityNode WithNewIds(ActivityNode node, Dictionary<string, string> names)
    {
        var id = names[node.Id];
        return node with
        {
            Id = id,
            Name = node.Name == node.Id ? id : node.Name,
            Start = node.Start is { } start ? names.GetValueOrDefault(start, start) : null,
            Activities = [.. node.Activities.Select(child => WithNewIds(child, names))],
            Connections =
            [
                .. node.Connections.Select(link => link with { Source = names.GetValueOrDefault(link.Source, link.Source), Target = names.GetValueOrDefault(link.Target, link.Target) }),
            ],
            Source = WithoutOldIds(node.Source, node.Id, id),
        };
    }

    // What is carried along names the activity too: where its values are kept, and its place in the tree.
    private static JsonElement? WithoutOldIds(JsonElement? source, string oldId, string newId)
    {
        if (source is not { ValueKind: JsonValueKind.Object } element || oldId == newId)
        {
            return source;
        }

        var json = JsonObject.Create(element)!;
        json.Remove("nodeId");
        foreach (var (name, value) in json.ToList())
        {
            if (value is JsonObject property && property["memoryReference"] is JsonObject memory && (string?)memory["id"] == $"{oldId}:input-{name}")
            {
                memory["id"] = $"{newId}:input-{name}";
            }
        }

        return JsonSerializer.SerializeToElement(json);
    }
}
