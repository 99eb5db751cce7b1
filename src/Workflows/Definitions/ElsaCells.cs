using System.Text.Json;
using System.Text.Json.Nodes;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Drafts;

namespace GridFlow.Workflows.Definitions;

/// <summary>
/// Takes the JSON of a definition apart into single values by path, and puts it together again. Steps are known by their ids
/// wherever they stand, so moving one to another container or reordering a flowchart's list is no change of its inputs.
/// </summary>
internal static class ElsaCells
{
    private const string Nodes = "nodes/";
    private const string Links = "links/";

    // Counted up when publishing; not for people to edit.
    private static readonly HashSet<string> Bookkeeping = ["id", "version", "root"];

    /// <summary>The values, in the order of the document.</summary>
    public static Dictionary<string, string> Of(JsonElement definition)
    {
        var cells = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var property in definition.EnumerateObject().Where(property => !Bookkeeping.Contains(property.Name)))
        {
            cells[CellPath.Escape(property.Name)] = property.Value.GetRawText();
        }

        cells["root"] = Text(AddNode(cells, definition.GetProperty("root"), null, ""));
        return cells;
    }

    /// <summary>A definition with these values. Steps keep the order they have in <paramref name="before"/>; new ones follow.</summary>
    /// <exception cref="DefinitionFormatException">An activity lies in none, or a value is no JSON.</exception>
    public static JsonObject Build(IReadOnlyDictionary<string, string> cells, IEnumerable<string> before)
    {
        try
        {
            var nodes = cells.Where(cell => cell.Key.StartsWith(Nodes, StringComparison.Ordinal) && cell.Key.IndexOf('/', Nodes.Length) < 0)
                .ToDictionary(cell => cell.Key[Nodes.Length..], cell => JsonNode.Parse(cell.Value)!.AsObject(), StringComparer.Ordinal);
            var built = nodes.ToDictionary(node => node.Key, node => new JsonObject { ["id"] = node.Value["id"]!.DeepClone(), ["type"] = node.Value["type"]!.DeepClone() }, StringComparer.Ordinal);
            var top = new JsonObject();
            foreach (var (path, value) in cells)
            {
                Put(top, built, path, value);
            }

            var place = before.Where(path => path.StartsWith(Nodes, StringComparison.Ordinal)).Select((path, index) => (path, index)).ToDictionary(entry => entry.path[Nodes.Length..], entry => entry.index, StringComparer.Ordinal);
            var children = nodes.Where(node => Member(node.Value, "in") is not null).ToLookup(node => Member(node.Value, "in")!, node => node.Key, StringComparer.Ordinal);
            var root = JsonNode.Parse(cells.GetValueOrDefault("root") ?? "\"\"")!.GetValue<string>();
            if (!built.TryGetValue(root, out var whole) || Attach(root) < built.Count)
            {
                throw Broken("root", "有步骤不在流程之内", "an activity stands outside of the workflow");
            }

            top["root"] = whole;
            return top;

            // What stands inside is put together first: a slot may take a copy.
            int Attach(string key)
            {
                var count = children[key].Sum(Attach) + 1;
                AddChildren(built[key], [.. children[key].OrderBy(child => place.GetValueOrDefault(child, int.MaxValue)).Select(child => (child, Member(nodes[child], "slot") ?? "", built[child]))]);
                return count;
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or NullReferenceException or FormatException)
        {
            throw Broken("$", "修改的内容格式有误：" + exception.Message, "a value of the edit has the wrong form: " + exception.Message);
        }
    }

    /// <summary>Connections that lead from or to an activity there is none of, by path.</summary>
    public static IEnumerable<string> LooseLinks(IReadOnlyDictionary<string, string> cells)
    {
        var ids = cells.Where(cell => cell.Key.StartsWith(Nodes, StringComparison.Ordinal) && cell.Key.IndexOf('/', Nodes.Length) < 0)
            .Select(cell => Member(JsonNode.Parse(cell.Value)!.AsObject(), "id")).ToHashSet(StringComparer.Ordinal);
        return cells.Where(cell => cell.Key.StartsWith(Links, StringComparison.Ordinal) && Ends(JsonNode.Parse(cell.Value)!).Any(end => !ids.Contains(end))).Select(cell => cell.Key);
    }

    private static string AddNode(Dictionary<string, string> cells, JsonElement node, string? parent, string slot)
    {
        var id = node.TryGetProperty("id", out var given) ? given.GetString()! : "";
        var key = Unique(cells, Nodes + CellPath.Escape(id))[Nodes.Length..];
        var type = node.GetProperty("type").GetString()!;
        var existence = new JsonObject { ["id"] = id, ["type"] = type };
        if (parent is not null)
        {
            (existence["in"], existence["slot"]) = (parent, slot);
        }

        cells[Nodes + key] = existence.ToJsonString(BundleJson.Options);
        var slots = ElsaSlots.Of(node).ToLookup(found => found.Slot.Split('/')[0]);
        foreach (var property in node.EnumerateObject().Where(property => property.Name is not ("id" or "type")))
        {
            AddProperty(cells, $"{Nodes}{key}/", property, slots[property.Name].Any());
        }

        if (node.TryGetProperty("activities", out var activities) && activities.ValueKind == JsonValueKind.Array)
        {
            var order = new JsonArray([.. activities.EnumerateArray().Select(child => (JsonNode)AddNode(cells, child, key, ""))]);
            cells[$"{Nodes}{key}/activities"] = type == "Elsa.Flowchart" ? "[]" : order.ToJsonString(BundleJson.Options);
        }

        foreach (var found in slots.SelectMany(group => group))
        {
            AddNode(cells, found.Activity, key, found.Slot);
        }

        if (node.TryGetProperty("connections", out var connections) && connections.ValueKind == JsonValueKind.Array)
        {
            cells[$"{Nodes}{key}/connections"] = "[]";
            foreach (var connection in connections.EnumerateArray())
            {
                var ends = string.Join('>', Names(connection).Select(CellPath.Escape));
                cells[Unique(cells, $"{Links}{key}/{ends}")] = connection.GetRawText();
            }
        }

        return key;
    }

    private static void AddProperty(Dictionary<string, string> cells, string at, JsonProperty property, bool holdsActivities)
    {
        switch (property.Name)
        {
            case "activities" or "connections" when property.Value.ValueKind == JsonValueKind.Array:
                break;
            case "metadata" or "customProperties" when property.Value.ValueKind == JsonValueKind.Object:
                foreach (var member in property.Value.EnumerateObject())
                {
                    AddMember(cells, at, property.Name, member);
                }

                break;
            case var name when ElsaJson.NotInputs.Contains(name):
                cells[at + name] = property.Value.GetRawText();
                break;
            default:
                if (!holdsActivities)
                {
                    cells[$"{at}inputs/{CellPath.Escape(property.Name)}"] = property.Value.GetRawText();
                }
                else if (!ElsaSlots.IsSlot(property.Value) && WithoutActivities(property.Value) is { } rest)
                {
                    cells[$"{at}inputs/{CellPath.Escape(property.Name)}"] = rest;
                }

                break;
        }
    }

    private static void AddMember(Dictionary<string, string> cells, string at, string property, JsonProperty member)
    {
        if ((property, member.Name) == ("metadata", "designer") && member.Value.ValueKind == JsonValueKind.Object)
        {
            foreach (var drawn in member.Value.EnumerateObject())
            {
                cells[at + (drawn.Name switch { "position" => "at", "size" => "size", var other => "metadata/designer/" + CellPath.Escape(other) })] = drawn.Value.GetRawText();
            }
        }
        else
        {
            cells[$"{at}{property}/{CellPath.Escape(member.Name)}"] = member.Value.GetRawText();
        }
    }

    // A list of cases, each with an activity: what is left are the cases themselves.
    private static string? WithoutActivities(JsonElement list)
    {
        if (list.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var rest = JsonNode.Parse(list.GetRawText())!.AsArray();
        foreach (var item in rest.OfType<JsonObject>())
        {
            item.Remove("activity");
        }

        return rest.ToJsonString(BundleJson.Options);
    }

    private static void Put(JsonObject top, Dictionary<string, JsonObject> built, string path, string value)
    {
        if (path.StartsWith(Links, StringComparison.Ordinal))
        {
            var container = path[Links.Length..path.IndexOf('/', Links.Length)];
            var parent = built.GetValueOrDefault(container) ?? throw Broken(path, "所在的步骤已不存在", "the activity it stands in is gone");
            ((JsonArray)(parent["connections"] ??= new JsonArray())).Add(JsonNode.Parse(value));
        }
        else if (!path.StartsWith(Nodes, StringComparison.Ordinal))
        {
            top[CellPath.Split(path)[0]] = JsonNode.Parse(value);
        }
        else if (path.IndexOf('/', Nodes.Length) is > 0 and var end)
        {
            var node = built.GetValueOrDefault(path[Nodes.Length..end]) ?? throw Broken(path, "步骤已不存在", "the activity is gone");
            switch (CellPath.Split(path[(end + 1)..]))
            {
                case ["activities"]:
                    node["activities"] ??= JsonNode.Parse(value);
                    break;
                case ["connections"]:
                    node["connections"] ??= new JsonArray();
                    break;
                case ["at"]:
                    Inside(Inside(node, "metadata"), "designer")["position"] = JsonNode.Parse(value);
                    break;
                case ["size"]:
                    Inside(Inside(node, "metadata"), "designer")["size"] = JsonNode.Parse(value);
                    break;
                case ["metadata", "designer", var name]:
                    Inside(Inside(node, "metadata"), "designer")[name] = JsonNode.Parse(value);
                    break;
                case [("metadata" or "customProperties") and var property, var name]:
                    Inside(node, property)[name] = JsonNode.Parse(value);
                    break;
                case ["inputs", var name]:
                    node[name] = JsonNode.Parse(value);
                    break;
                case [var name]:
                    node[name] = JsonNode.Parse(value);
                    break;
            }
        }
    }

    private static void AddChildren(JsonObject parent, List<(string Key, string Slot, JsonObject Node)> children)
    {
        // In a sequence the order says what happens when; the list of keys stands where the activities will.
        var order = parent["activities"] is JsonArray { Count: > 0 } keys ? keys.Select(key => key!.GetValue<string>()).ToList() : [];
        var list = children.Where(child => child.Slot.Length == 0).OrderBy(child => order.IndexOf(child.Key) is >= 0 and var index ? index : int.MaxValue).Select(child => child.Node).ToList();
        if (list.Count + order.Count > 0)
        {
            parent["activities"] = new JsonArray([.. list]);
        }

        foreach (var (_, slot, node) in children.Where(child => child.Slot.Length > 0))
        {
            ElsaSlots.Put(parent, slot, node);
        }

        foreach (var (name, slots) in children.Where(child => child.Slot.Contains('/', StringComparison.Ordinal)).Select(child => child.Slot.Split('/')[0]).Distinct().Select(name => (name, parent[name] as JsonArray)))
        {
            for (var index = (slots?.Count ?? 0) - 1; index >= 0; index--)
            {
                if (slots![index] is null)
                {
                    slots.RemoveAt(index);
                }
            }
        }
    }

    private static JsonObject Inside(JsonObject json, string name) => (JsonObject)(json[name] ??= new JsonObject());

    private static string Unique(Dictionary<string, string> cells, string path)
    {
        var unique = path;
        for (var count = 2; cells.ContainsKey(unique); count++)
        {
            unique = FormattableString.Invariant($"{path}#{count}");
        }

        return unique;
    }

    private static IEnumerable<string> Names(JsonElement connection)
    {
        var (source, target) = (End(connection, "source", "Done"), End(connection, "target", "In"));
        return [$"{source.Activity}:{source.Port}", $"{target.Activity}:{target.Port}"];
    }

    private static IEnumerable<string> Ends(JsonNode connection)
    {
        var element = JsonSerializer.SerializeToElement(connection);
        return [End(element, "source", "Done").Activity, End(element, "target", "In").Activity];
    }

    private static (string Activity, string Port) End(JsonElement connection, string end, string port) =>
        connection.TryGetProperty(end, out var given) && given.ValueKind == JsonValueKind.Object
            ? (given.TryGetProperty("activity", out var activity) ? activity.ToString() : "", given.TryGetProperty("port", out var named) ? named.ToString() : port)
            : (given.ToString(), connection.TryGetProperty(end + "Port", out var flat) ? flat.ToString() : port);

    private static string? Member(JsonObject json, string name) => json[name]?.GetValue<string>();

    private static string Text(string value) => JsonSerializer.Serialize(value, BundleJson.Options);

    private static DefinitionFormatException Broken(string path, string zh, string en) => new(path, new LocalizedText(zh, en));
}
