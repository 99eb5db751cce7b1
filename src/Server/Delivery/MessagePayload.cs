using System.Text.Json;
using GridFlow.Server.Cases;
using GridFlow.Workflows.Activities;
using GridFlow.Workflows.Expressions;

namespace GridFlow.Server.Delivery;

/// <summary>What a message tells a machine, by name.</summary>
internal sealed class MessagePayload
{
    private readonly IReadOnlyDictionary<string, object?> _values;

    private MessagePayload(IReadOnlyDictionary<string, object?> values) => _values = values;

    public static MessagePayload Of(OutboxRow row)
    {
        using var document = JsonDocument.Parse(row.Payload ?? "{}");
        return new(Members(InputReader.FromJson(document.RootElement)));
    }

    public object? this[string name] => _values.GetValueOrDefault(name);

    /// <summary>A value as text; null when there is none.</summary>
    public string? Text(string name) => this[name] is { } value ? ExpressionValue.ToText(value) : null;

    /// <summary>A value as a list of texts.</summary>
    public IEnumerable<string> List(string name) => this[name] is IReadOnlyList<object?> list ? list.Select(ExpressionValue.ToText) : [];

    /// <summary>A value that has members.</summary>
    public IReadOnlyDictionary<string, object?> Members(string name) => Members(this[name]);

    private static IReadOnlyDictionary<string, object?> Members(object? value) => value as IReadOnlyDictionary<string, object?> ?? new Dictionary<string, object?>();
}
