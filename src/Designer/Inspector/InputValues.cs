using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using GridFlow.Workflows.Activities;
using GridFlow.Workflows.Definitions;

namespace GridFlow.Designer.Inspector;

/// <summary>Makes inputs of values, and reads values from inputs.</summary>
public static class InputValues
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A value written down.</summary>
    public static ActivityInput Literal(string typeName, object? value) => new(typeName, "Literal", JsonSerializer.SerializeToElement(value));

    /// <summary>An expression.</summary>
    public static ActivityInput Expression(string typeName, string text) => new(typeName, "JavaScript", JsonSerializer.SerializeToElement(text));

    /// <summary>The value of a variable or of an input of the workflow.</summary>
    /// <param name="typeName">The type of the value.</param>
    /// <param name="kind"><c>Variable</c> or <c>Input</c>.</param>
    /// <param name="id">The variable's id; the input's name.</param>
    /// <param name="name">The name.</param>
    public static ActivityInput Reference(string typeName, string kind, string id, string name) =>
        new(typeName, kind, kind == "Variable" ? JsonSerializer.SerializeToElement(new { id, name }) : JsonSerializer.SerializeToElement(new { name }));

    /// <summary>The name a reference to a variable or an input holds.</summary>
    public static string ReferenceOf(ActivityInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.Value.ValueKind == JsonValueKind.Object ? Property(input.Value, "id") ?? Property(input.Value, "name") ?? "" : input.Text;
    }

    /// <summary>A setting the definition holds plain, outside of an expression: texts, forms, cases.</summary>
    /// <param name="before">The input as it was; one that held JSON as text goes on doing so.</param>
    /// <param name="value">The new value.</param>
    public static ActivityInput Plain(ActivityInput? before, JsonNode? value)
    {
        var json = JsonSerializer.SerializeToElement(value);
        return before switch
        {
            null => new ActivityInput("Object", "Literal", json),
            { Value.ValueKind: JsonValueKind.String } => before with { Value = JsonSerializer.SerializeToElement(json.GetRawText()) },
            _ => before with { Value = json },
        };
    }

    /// <summary>A text in both languages; one string where they are the same.</summary>
    public static ActivityInput Text(ActivityInput? before, LocalizedText text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return (before ?? new ActivityInput("Object", "Literal", default)) with { Value = JsonSerializer.SerializeToElement(ToJson(text)) };
    }

    /// <summary>A text in both languages as a definition holds it.</summary>
    public static JsonObject ToJson(LocalizedText text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new JsonObject { ["zh"] = text.Zh, ["en"] = text.En };
    }

    /// <summary>The text in both languages an input holds.</summary>
    public static LocalizedText TextOf(ActivityInput? input) => input is null ? LocalizedText.Empty : InputReader.ToLocalizedText(InputReader.Constant(input));

    /// <summary>The list of texts an input holds.</summary>
    public static IReadOnlyList<string> ListOf(ActivityInput? input) => input is null ? [] : InputReader.ToList(InputReader.Constant(input));

    /// <summary>A list of texts; kept as text where it was.</summary>
    public static ActivityInput List(ActivityInput? before, string typeName, IEnumerable<string> items)
    {
        var json = JsonSerializer.Serialize(items.ToArray(), Compact);
        return before is { ExpressionType: "Literal", Value.ValueKind: JsonValueKind.Array }
            ? before with { Value = JsonSerializer.Deserialize<JsonElement>(json) }
            : new ActivityInput(before?.TypeName ?? typeName, "Object", JsonSerializer.SerializeToElement(json));
    }

    /// <summary>The JSON an input holds, also where it holds it as text; null where it is none.</summary>
    public static JsonNode? JsonOf(ActivityInput? input)
    {
        if (input is null || input.Text.Length == 0)
        {
            return null;
        }

        try
        {
            return JsonNode.Parse(input.Text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A value as people write it: a text as it is, anything else as JSON.</summary>
    public static string Shown(ActivityInput? input) => input?.Value.ValueKind switch
    {
        null or JsonValueKind.Undefined or JsonValueKind.Null => "",
        JsonValueKind.Object or JsonValueKind.Array => JsonSerializer.Serialize(input.Value, Readable),
        _ => input.Text,
    };

    /// <summary>What was written as a value: a number, yes or no, JSON, else the text itself.</summary>
    public static object Guessed(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var trimmed = text.Trim();
        if (trimmed is "true" or "false")
        {
            return trimmed == "true";
        }

        if (double.TryParse(trimmed, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number.ToString("R", CultureInfo.InvariantCulture) == trimmed)
        {
            return number;
        }

        if (trimmed is not (['{', ..] or ['[', ..]))
        {
            return text;
        }

        try
        {
            return JsonSerializer.Deserialize<JsonElement>(trimmed);
        }
        catch (JsonException)
        {
            return text;
        }
    }

    /// <summary>A property that is a text; null where there is none.</summary>
    internal static string? Property(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
