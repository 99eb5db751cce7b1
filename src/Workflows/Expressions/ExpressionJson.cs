using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace GridFlow.Workflows.Expressions;

/// <summary>Writes values as JSON, stopping when the text or the nesting grows past what an expression may make.</summary>
internal static class ExpressionJson
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(object? value)
    {
        var text = new StringBuilder();
        Write(text, value, 0);
        return text.ToString();
    }

    /// <summary>Writes what the engine itself hands on, which may be as long as it is.</summary>
    public static string WriteWhole(object? value)
    {
        var text = new StringBuilder();
        Write(text, value, 0, int.MaxValue);
        return text.ToString();
    }

    /// <summary>A list as JavaScript turns it into text: its items joined by commas, lists within lists likewise.</summary>
    public static string Joined(object? value, string separator = ",")
    {
        var text = new StringBuilder();
        Join(text, (IReadOnlyList<object?>)value!, separator, 0);
        return text.ToString();
    }

    private static void Join(StringBuilder text, IReadOnlyList<object?> items, string separator, int depth)
    {
        for (var i = 0; i < items.Count; i++)
        {
            Demand(text, depth);
            text.Append(i > 0 ? separator : "");
            var item = ExpressionValue.From(items[i]);
            if (item is IReadOnlyList<object?> inner)
            {
                Join(text, inner, ",", depth + 1);
            }
            else
            {
                text.Append(ExpressionValue.ToText(item));
            }
        }
    }

    private static void Write(StringBuilder text, object? value, int depth, int longest = ExpressionBudget.MaxText)
    {
        Demand(text, depth, longest);
        switch (ExpressionValue.From(value))
        {
            case null:
                text.Append("null");
                break;
            case double number:
                text.Append(double.IsFinite(number) ? ExpressionValue.ToText(number) : "null");
                break;
            case string one:
                text.Append(JsonSerializer.Serialize(one, Readable));
                break;
            case DateTimeOffset date:
                text.Append('"').Append(ExpressionValue.ToText(date)).Append('"');
                break;
            case IReadOnlyDictionary<string, object?> members:
                text.Append('{');
                foreach (var (name, member) in members)
                {
                    text.Append(text[^1] == '{' ? "" : ",").Append(JsonSerializer.Serialize(name, Readable)).Append(':');
                    Write(text, member, depth + 1, longest);
                }

                text.Append('}');
                break;
            case IReadOnlyList<object?> items:
                text.Append('[');
                for (var i = 0; i < items.Count; i++)
                {
                    text.Append(i > 0 ? "," : "");
                    Write(text, items[i], depth + 1, longest);
                }

                text.Append(']');
                break;
            case var other:
                text.Append(ExpressionValue.ToText(other));
                break;
        }
    }

    private static void Demand(StringBuilder text, int depth, int longest = ExpressionBudget.MaxText)
    {
        if (text.Length > longest || depth > ExpressionParser.MaxDepth)
        {
            throw new ValueTooLargeException();
        }
    }
}
