using System.Text.Json;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Expressions;

namespace GridFlow.Workflows.Activities.Values;

/// <summary>Makes of a value what the type of its variable says: files write even numbers as text.</summary>
internal static class VariableValue
{
    /// <summary>The value a variable begins with.</summary>
    public static object? First(Variable variable) => variable.Value is { } value ? Of(variable.TypeName, IsArray(variable), InputReader.FromJson(value)) : null;

    /// <summary>A value as the variable keeps it; one that does not fit its type is kept as it is.</summary>
    public static object? Of(Variable? variable, object? value) => variable is null ? value : Of(variable.TypeName, IsArray(variable), value);

    private static object? Of(string type, bool isArray, object? value) => value is not string text || text.Length == 0
        ? value
        : (isArray ? "[]" : type) switch
        {
            "Byte" or "Int16" or "Int32" or "Int64" or "UInt16" or "UInt32" or "UInt64" or "Single" or "Double" or "Decimal" =>
                double.IsNaN(ExpressionValue.ToNumber(text)) ? value : ExpressionValue.ToNumber(text),
            "Boolean" => bool.TryParse(text, out var flag) ? flag : value,
            "[]" or "Object" or "ObjectDictionary" or "Dictionary" => text[0] is '{' or '[' ? FromJson(text) : value,
            _ => value,
        };

    private static object? FromJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return InputReader.FromJson(document.RootElement);
        }
        catch (JsonException)
        {
            return text;
        }
    }

    private static bool IsArray(Variable variable) =>
        variable.Source is { ValueKind: JsonValueKind.Object } source && source.TryGetProperty("isArray", out var isArray) && isArray.ValueKind == JsonValueKind.True;
}
