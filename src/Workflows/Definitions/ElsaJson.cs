using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GridFlow.Workflows.Definitions;

/// <summary>
/// Reads and writes Elsa 3 workflow definitions. The only file that knows Elsa's property names.
/// What it does not understand is carried along in <see cref="ActivityNode.Source"/> and written back unchanged.
/// </summary>
public static class ElsaJson
{
    /// <summary>How deep a definition may be nested; a bundle holds definitions a little deeper.</summary>
    internal const int MaxDepth = 128;

    private static readonly JsonDocumentOptions ReadOptions = new() { MaxDepth = MaxDepth, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, AllowDuplicateProperties = false };

    /// <summary>What belongs to every activity, and so is neither an input nor a place for another activity.</summary>
    internal static readonly IReadOnlySet<string> NotInputs = new HashSet<string>(StringComparer.Ordinal)
    {
        "id", "nodeId", "name", "type", "version", "metadata", "customProperties", "activities", "connections", "variables", "start",
    };

    /// <summary>Reads one definition.</summary>
    /// <exception cref="DefinitionFormatException">The text is not JSON, or not a workflow definition; the message says where.</exception>
    public static WorkflowDefinition Read(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            using var document = JsonDocument.Parse(json.TrimStart('\uFEFF'), ReadOptions);
            return ReadDefinition(document.RootElement.Clone());
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException || exception is JsonException { LineNumber: null })
        {
            // A name that stands twice in one object, or half a character: JSON to a reader, but nothing anybody wrote on purpose.
            throw new DefinitionFormatException("$", new LocalizedText("JSON 中有重名属性或不完整的字符：" + exception.Message, "the JSON has a name twice in one object, or half a character: " + exception.Message), exception);
        }
        catch (JsonException exception)
        {
            var (line, character) = (exception.LineNumber + 1, exception.BytePositionInLine + 1);
            throw new DefinitionFormatException("$", new LocalizedText(
                FormattableString.Invariant($"不是有效的 JSON（第 {line} 行第 {character} 个字节处有误）"),
                FormattableString.Invariant($"not valid JSON at line {line}, byte {character}")), exception);
        }
    }

    /// <summary>Writes a definition as Elsa Studio would save it: nested connections, camel case, unknown properties kept.</summary>
    public static JsonObject Write(WorkflowDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var json = Clone(definition.Source);
        json["id"] = definition.Id;
        json["definitionId"] = definition.DefinitionId;
        WriteText(json, "name", definition.Name);
        WriteText(json, "description", definition.Description);
        json["version"] = definition.Version;
        json["variables"] = WriteVariables(definition.Variables);
        WriteParameters(json, "inputs", definition.Inputs);
        WriteParameters(json, "outputs", definition.Outputs);
        if (definition.Outcomes.Length > 0 || json.ContainsKey("outcomes"))
        {
            json["outcomes"] = new JsonArray([.. definition.Outcomes.Select(outcome => (JsonNode)outcome)]);
        }

        json["root"] = WriteNode(definition.Root);
        return json;
    }

    private static WorkflowDefinition ReadDefinition(JsonElement json)
    {
        Require(json.ValueKind == JsonValueKind.Object, "$", "流程定义应是一个 JSON 对象", "a workflow definition is a JSON object");
        // Studio posts the definition wrapped in "model"; an export carries it bare.
        var definition = json.TryGetProperty("root", out _) || !json.TryGetProperty("model", out var model) ? json : model;
        Require(definition.TryGetProperty("root", out var root) && root.ValueKind == JsonValueKind.Object, "$.root", "流程定义缺少 root（根步骤）", "the definition has no root activity");
        // Elsa takes in a definition known by its name alone.
        var definitionId = Text(definition, "definitionId") ?? Text(definition, "id") ?? Text(definition, "name");
        Require(!string.IsNullOrEmpty(definitionId), "$.definitionId", "流程定义既没有 definitionId 也没有名称", "the definition has neither a definitionId nor a name");
        return new WorkflowDefinition
        {
            Id = Text(definition, "id") ?? definitionId!,
            DefinitionId = definitionId!,
            Name = ReadText(definition, "name") ?? LocalizedText.Same(definitionId!),
            Description = ReadText(definition, "description") ?? LocalizedText.Empty,
            Version = Number(definition, "version") is { } version ? (int)version : 1,
            Variables = ReadVariables(definition, "$"),
            Inputs = ReadParameters(definition, "inputs"),
            Outputs = ReadParameters(definition, "outputs"),
            Outcomes = [.. Array(definition, "outcomes").Where(outcome => outcome.ValueKind == JsonValueKind.String).Select(outcome => outcome.GetString()!)],
            Root = ReadNode(root, "$.root", ""),
            Source = definition,
        };
    }

    private static ActivityNode ReadNode(JsonElement json, string path, string slot)
    {
        Require(json.ValueKind == JsonValueKind.Object, path, "步骤应是一个 JSON 对象", "an activity is a JSON object");
        var type = Text(json, "type");
        Require(!string.IsNullOrEmpty(type), path + ".type", "步骤缺少 type（类型）", "the activity has no type");
        // Elsa gives an id to an activity written without one; nothing can refer to it, so its place will do.
        var id = Text(json, "id") ?? Text(json, "nodeId")?.Split(':')[^1];
        id = string.IsNullOrEmpty(id) ? path.TrimStart('$', '.') : id;

        var metadata = Object(json, "metadata");
        var designer = metadata is { } m ? Object(m, "designer") : null;
        var custom = Object(json, "customProperties");
        var activities = Array(json, "activities").Select((child, index) => ReadNode(child, FormattableString.Invariant($"{path}.activities[{index}]"), ""))
            .Concat(ElsaSlots.Of(json).Select(found => ReadNode(found.Activity, $"{path}.{found.Slot.Replace('/', '.')}", found.Slot))).ToImmutableArray();
        return new ActivityNode
        {
            Id = id,
            Type = type!,
            Slot = slot,
            Name = Text(json, "name") ?? id,
            DisplayText = (metadata is { } texts ? ReadText(texts, "displayText") : null) ?? LocalizedText.Empty,
            Position = designer is { } d && Object(d, "position") is { } position ? new CanvasPoint(Number(position, "x") ?? 0, Number(position, "y") ?? 0) : default,
            Size = designer is { } e && Object(e, "size") is { } size ? new CanvasSize(Number(size, "width") ?? 0, Number(size, "height") ?? 0) : default,
            CanStartWorkflow = custom is { } c && c.TryGetProperty("canStartWorkflow", out var canStart) && canStart.ValueKind == JsonValueKind.True,
            MergeMode = (custom is { } merging ? Text(merging, "mergeMode") : null) ?? "",
            Retry = custom is { } r ? ReadRetry(r, path) : null,
            Inputs = ReadInputs(json),
            Activities = activities,
            Connections = [.. Array(json, "connections").Select((connection, index) => ReadConnection(connection, FormattableString.Invariant($"{path}.connections[{index}]")))],
            Variables = ReadVariables(json, path),
            Start = Text(json, "start"),
            Source = json,
        };
    }

    private static ImmutableDictionary<string, ActivityInput> ReadInputs(JsonElement json)
    {
        var inputs = ImmutableDictionary.CreateBuilder<string, ActivityInput>();
        // A flowchart's start is the name of an activity, a counting loop's is an input.
        foreach (var property in json.EnumerateObject()
            .Where(property => (!NotInputs.Contains(property.Name) || (property.Name == "start" && property.Value.ValueKind == JsonValueKind.Object)) && !ElsaSlots.IsSlot(property.Value)))
        {
            inputs[property.Name] = property.Value.ValueKind == JsonValueKind.Object && Object(property.Value, "expression") is { } expression
                ? new ActivityInput(Text(property.Value, "typeName") ?? "Object", Text(expression, "type") ?? "Literal",
                    expression.TryGetProperty("value", out var value) ? value : default)
                // Elsa keeps some settings plain (the cases of a switch, the variable to set): a literal to us.
                : new ActivityInput("Object", "Literal", property.Value);
        }

        return inputs.ToImmutable();
    }

    private static RetryPolicy? ReadRetry(JsonElement custom, string path)
    {
        if (Object(custom, "retry") is not { } retry)
        {
            return null;
        }

        var attempts = Number(retry, "attempts") ?? 0;
        var factor = Number(retry, "factor") ?? 1;
        var delay = TimeSpan.Zero;
        Require(attempts is >= 0 and <= RetryPolicy.MostAttempts && factor is >= 1 and <= 100 && (attempts < 1 || RetryPolicy.TryParsePause(Text(retry, "delay"), out delay)),
            path + ".customProperties.retry", "重试设置应写成 {\"attempts\":3,\"delay\":\"1m\",\"factor\":5}：次数不超过 20，间隔用 s、m、h、d", "write a retry as {\"attempts\":3,\"delay\":\"1m\",\"factor\":5}: at most 20 attempts, the delay in s, m, h or d");
        return new RetryPolicy((int)attempts, delay, factor);
    }

    private static Connection ReadConnection(JsonElement json, string path)
    {
        Require(json.ValueKind == JsonValueKind.Object, path, "连线应是一个 JSON 对象", "a connection is a JSON object");
        var (source, sourcePort) = ReadEnd(json, "source", "Done");
        var (target, targetPort) = ReadEnd(json, "target", "In");
        Require(source.Length > 0 && target.Length > 0, path, "连线两端都要写明步骤", "a connection names the activities at both its ends");
        return new Connection(source, sourcePort, target, targetPort)
        {
            Vertices = [.. Array(json, "vertices").Select(vertex => new CanvasPoint(Number(vertex, "x") ?? 0, Number(vertex, "y") ?? 0))],
        };
    }

    // Nested {"source":{"activity":"a","port":"Done"}} as written today, or flat {"source":"a","sourcePort":"Done"} as in older files.
    private static (string Activity, string Port) ReadEnd(JsonElement json, string end, string defaultPort) => Object(json, end) is { } nested
        ? (Text(nested, "activity") ?? "", Text(nested, "port") ?? defaultPort)
        : (Text(json, end) ?? "", Text(json, end + "Port") ?? defaultPort);

    private static ImmutableArray<WorkflowParameter> ReadParameters(JsonElement json, string property) =>
    [
        .. Array(json, property).Where(parameter => !string.IsNullOrEmpty(Text(parameter, "name"))).Select(parameter => new WorkflowParameter(
            Text(parameter, "name")!, Text(parameter, "type") ?? "Object",
            parameter.TryGetProperty("defaultValue", out var value) && value.ValueKind != JsonValueKind.Null ? value : null)),
    ];

    private static ImmutableArray<Variable> ReadVariables(JsonElement json, string path) =>
    [
        .. Array(json, "variables").Select((variable, index) =>
        {
            Require(variable.ValueKind == JsonValueKind.Object, FormattableString.Invariant($"{path}.variables[{index}]"), "变量应是一个 JSON 对象", "a variable is a JSON object");
            var name = Text(variable, "name") ?? "";
            return new Variable(Text(variable, "id") ?? name, name, Text(variable, "typeName") ?? "Object",
                variable.TryGetProperty("value", out var value) && value.ValueKind != JsonValueKind.Null ? value : null) { Source = variable };
        }),
    ];

    private static JsonObject WriteNode(ActivityNode node)
    {
        var json = Clone(node.Source);
        json["id"] = node.Id;
        json["type"] = node.Type;
        json["name"] = node.Name;
        json["version"] ??= 1;
        var slots = node.Activities.Where(child => child.Slot.Length > 0).Select(child => child.Slot.Split('/')[0]).ToHashSet();
        foreach (var name in json.Select(property => property.Key).Where(name => !NotInputs.Contains(name) && !node.Inputs.ContainsKey(name) && !slots.Contains(name)).ToList())
        {
            json.Remove(name);
        }

        foreach (var (name, input) in node.Inputs.OrderBy(input => input.Key, StringComparer.Ordinal))
        {
            WriteInput(json, node.Id, name, input);
        }

        var custom = json["customProperties"] as JsonObject ?? [];
        custom["canStartWorkflow"] = node.CanStartWorkflow;
        if (node.Retry is { } retry)
        {
            custom["retry"] = new JsonObject { ["attempts"] = retry.Attempts, ["delay"] = RetryPolicy.WritePause(retry.Delay), ["factor"] = retry.Factor };
        }
        else if (custom["retry"] is JsonObject)
        {
            custom.Remove("retry");
        }

        json["customProperties"] = custom.Parent is null ? custom : custom.DeepClone();
        WriteMetadata(json, node);
        if (node.Activities.Any(child => child.Slot.Length == 0) || json.ContainsKey("activities"))
        {
            json["activities"] = new JsonArray([.. node.Activities.Where(child => child.Slot.Length == 0).Select(WriteNode)]);
        }

        foreach (var child in node.Activities.Where(child => child.Slot.Length > 0))
        {
            ElsaSlots.Put(json, child.Slot, WriteNode(child));
        }

        if (node.Connections.Length > 0 || json.ContainsKey("connections"))
        {
            json["connections"] = new JsonArray([.. node.Connections.Select(WriteConnection)]);
        }

        if (node.Variables.Length > 0 || json.ContainsKey("variables"))
        {
            json["variables"] = WriteVariables(node.Variables);
        }

        if (node.Start is not null)
        {
            json["start"] = node.Start;
        }

        return json;
    }

    private static void WriteInput(JsonObject json, string nodeId, string name, ActivityInput input)
    {
        var value = input.Value.ValueKind == JsonValueKind.Undefined ? null : JsonNode.Parse(input.Value.GetRawText(), documentOptions: ReadOptions);
        if (json[name] is JsonObject existing && existing["expression"] is JsonObject expression)
        {
            expression["type"] = input.ExpressionType;
            if (input.Value.ValueKind == JsonValueKind.Undefined)
            {
                expression.Remove("value");
            }
            else
            {
                expression["value"] = value;
            }

            return;
        }

        json[name] = input is { ExpressionType: "Literal", TypeName: "Object" }
            ? value
            : new JsonObject
            {
                ["typeName"] = input.TypeName,
                ["expression"] = new JsonObject { ["type"] = input.ExpressionType, ["value"] = value },
                ["memoryReference"] = new JsonObject { ["id"] = $"{nodeId}:input-{name}" },
            };
    }

    private static void WriteMetadata(JsonObject json, ActivityNode node)
    {
        var metadata = json["metadata"]?.DeepClone() as JsonObject ?? [];
        WriteText(metadata, "displayText", node.DisplayText);
        if (node.Position != default || node.Size != default || metadata["designer"] is not null)
        {
            var designer = metadata["designer"]?.DeepClone() as JsonObject ?? [];
            designer["position"] = new JsonObject { ["x"] = node.Position.X, ["y"] = node.Position.Y };
            designer["size"] = new JsonObject { ["width"] = node.Size.Width, ["height"] = node.Size.Height };
            metadata["designer"] = designer;
        }

        json["metadata"] = metadata;
    }

    private static JsonNode WriteConnection(Connection connection) => new JsonObject
    {
        ["source"] = new JsonObject { ["activity"] = connection.Source, ["port"] = connection.SourcePort },
        ["target"] = new JsonObject { ["activity"] = connection.Target, ["port"] = connection.TargetPort },
        ["vertices"] = new JsonArray([.. connection.Vertices.Select(vertex => new JsonObject { ["x"] = vertex.X, ["y"] = vertex.Y })]),
    };

    private static JsonArray WriteVariables(ImmutableArray<Variable> variables) => new([.. variables.Select(variable =>
    {
        var json = Clone(variable.Source);
        json["id"] = variable.Id;
        json["name"] = variable.Name;
        json["typeName"] = variable.TypeName;
        if (variable.Value is { } value)
        {
            json["value"] = JsonNode.Parse(value.GetRawText(), documentOptions: ReadOptions);
        }
        else if (json["value"] is not null)
        {
            json.Remove("value");
        }

        return json;
    })]);

    // What else the file says of a parameter (its editor, whether it is a list) stays with its name.
    private static void WriteParameters(JsonObject json, string property, ImmutableArray<WorkflowParameter> parameters)
    {
        if (parameters.Length == 0 && !json.ContainsKey(property))
        {
            return;
        }

        var known = (json[property] as JsonArray ?? []).OfType<JsonObject>().Where(parameter => parameter["name"] is JsonValue).ToLookup(parameter => parameter["name"]!.ToString(), StringComparer.Ordinal);
        json[property] = new JsonArray([.. parameters.Select(parameter =>
        {
            var written = known[parameter.Name].FirstOrDefault()?.DeepClone().AsObject() ?? [];
            written["name"] = parameter.Name;
            if (written.ContainsKey("type") || parameter.TypeName != "Object")
            {
                written["type"] = parameter.TypeName;
            }

            if (parameter.DefaultValue is { } value)
            {
                written["defaultValue"] = JsonNode.Parse(value.GetRawText(), documentOptions: ReadOptions);
            }
            else if (written["defaultValue"] is not null)
            {
                written.Remove("defaultValue");
            }

            return written;
        })]);
    }

    // Elsa has one language. The Chinese text takes Elsa's property, the English one stands beside it as "<name>En".
    private static LocalizedText? ReadText(JsonElement json, string name)
    {
        var text = Text(json, name);
        return text is null ? null : new LocalizedText(text, Text(json, name + "En") ?? text);
    }

    private static void WriteText(JsonObject json, string name, LocalizedText text)
    {
        if (text == LocalizedText.Empty && !json.ContainsKey(name))
        {
            return;
        }

        json[name] = text.Zh;
        if (text.En != text.Zh)
        {
            json[name + "En"] = text.En;
        }
        else
        {
            json.Remove(name + "En");
        }
    }

    private static JsonObject Clone(JsonElement? source) => source is { } element ? JsonObject.Create(element)!.DeepClone().AsObject() : [];

    private static string? Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static double? Number(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number) ? number : null;

    private static JsonElement? Object(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object ? value : null;

    private static JsonElement.ArrayEnumerator Array(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : default;

    private static void Require(bool condition, string path, string zh, string en)
    {
        if (!condition)
        {
            throw new DefinitionFormatException(path, new LocalizedText(zh, en));
        }
    }
}
