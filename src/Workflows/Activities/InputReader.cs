using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Expressions;

namespace GridFlow.Workflows.Activities;

/// <summary>Turns the inputs of a definition into values.</summary>
public static class InputReader
{
    /// <summary>The kinds of expression that can run; a definition with others is not published.</summary>
    public static readonly IReadOnlyList<string> ExpressionTypes = ["Literal", "Object", "Variable", "Input", "JavaScript"];

    private static readonly ConcurrentDictionary<string, ExpressionParseResult> ParsedScripts = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, ExpressionParseResult> Parsed = new(StringComparer.Ordinal);

    /// <summary>The value of an input that needs no running workflow: a literal or an object; null for any other.</summary>
    public static object? Constant(ActivityInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.ExpressionType switch
        {
            "Literal" => FromJson(input.Value),
            "Object" => FromJsonText(input),
            _ => null,
        };
    }

    /// <summary>A JSON value as the value of an expression.</summary>
    public static object? FromJson(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => json.GetString(),
        // A number too large for one, such as 1e400, is none: no state could keep it.
        JsonValueKind.Number => json.GetDouble() is var number && double.IsFinite(number) ? number : null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Array => json.EnumerateArray().Select(FromJson).ToList(),
        JsonValueKind.Object => json.EnumerateObject().GroupBy(property => property.Name).ToDictionary(group => group.Key, group => FromJson(group.Last().Value)),
        _ => null,
    };

    /// <summary>A list of texts from a list, or from one text with commas; empty entries left out.</summary>
    public static ImmutableArray<string> ToList(object? value) => value switch
    {
        null => [],
        IReadOnlyList<object?> list => [.. list.Select(ExpressionValue.ToText).Where(text => text.Length > 0)],
        string text when text.StartsWith('[') && FromJsonText(text) is IReadOnlyList<object?> list => ToList(list),
        _ => [.. ExpressionValue.ToText(value).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)],
    };

    /// <summary>Yes or no by the rules of truth of expressions, except that a literal "false" written as text means no.</summary>
    internal static bool ToFlag(object? value) => value is string text && bool.TryParse(text, out var flag) ? flag : ExpressionValue.IsTruthy(value);

    /// <summary>A text in both languages from an object with zh and en, or from one text for both.</summary>
    public static LocalizedText ToLocalizedText(object? value) => value is IReadOnlyDictionary<string, object?> texts
        ? new LocalizedText(ExpressionValue.ToText(texts.GetValueOrDefault("zh")), ExpressionValue.ToText(texts.GetValueOrDefault("en")))
        : LocalizedText.Same(ExpressionValue.ToText(value));

    /// <summary>The value of an input in a running workflow.</summary>
    /// <exception cref="ExpressionException">It does not parse, or fails.</exception>
    internal static object? Evaluate(ActivityInput input, ActivityContext context) => input.ExpressionType switch
    {
        "Literal" or "Object" => Constant(input),
        "Variable" => Variable(input, context),
        "Input" => context.Scope.Input.GetValueOrDefault(input.Value.ValueKind == JsonValueKind.Object && input.Value.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String ? name.GetString()! : input.Text),
        "JavaScript" => Run(input.Text, context),
        _ => throw new ExpressionException($"expressions of type {input.ExpressionType} cannot run here", 0),
    };

    /// <summary>Where the drawing keeps an output: the id of a variable, or null.</summary>
    internal static string? MemoryReference(ActivityInput output) =>
        output.Value.ValueKind == JsonValueKind.Object && output.Value.TryGetProperty("memoryReference", out var reference)
        && reference.ValueKind == JsonValueKind.Object && reference.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String
            ? id.GetString()
            : null;

    private static object? Variable(ActivityInput input, ActivityContext context)
    {
        if (input.Value.ValueKind != JsonValueKind.Object)
        {
            return context.Variable(input.Text);
        }

        // A file names the variable by its id; the name is for readers, and for files written by hand.
        return Text("id") is { } id && context.HasVariable(id) ? context.Variable(id) : context.Variable(Text("name") ?? "");

        string? Text(string property) => input.Value.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
    }

    private static object? FromJsonText(ActivityInput input)
    {
        return input.Value.ValueKind == JsonValueKind.String ? FromJsonText(input.Value.GetString()!) : FromJson(input.Value);
    }

    private static object? FromJsonText(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return FromJson(document.RootElement);
        }
        catch (JsonException)
        {
            return text;
        }
    }

    /// <summary>Runs a script, which may set variables and outcomes; gives what it returns.</summary>
    /// <exception cref="ExpressionException">It does not parse, or fails.</exception>
    internal static object? RunScript(string text, ActivityContext context, ICollection<string> outcomes)
    {
        var parsed = ParsedScripts.GetOrAdd(text, ExpressionParser.ParseScript);
        var scope = ExpressionScopes.Of(context) with { SetVariable = (name, value) => context.SetVariable(Known(name), value), SetOutcome = outcomes.Add };
        return parsed.IsSuccess
            ? ExpressionEvaluator.Evaluate(parsed.Node, scope)
            : throw new ExpressionException($"{parsed.Error.Message} (at character {parsed.Error.Position + 1})", parsed.Error.Position);

        // Elsa's setCounter() sets the variable counter.
        string Known(string name) => !context.HasVariable(name) && name.Length > 0 && char.ToLowerInvariant(name[0]) + name[1..] is var lower && context.HasVariable(lower) ? lower : name;
    }

    private static object? Run(string text, ActivityContext context)
    {
        var parsed = Parsed.GetOrAdd(text, ExpressionParser.Parse);
        if (!parsed.IsSuccess)
        {
            throw new ExpressionException($"{parsed.Error.Message} (at character {parsed.Error.Position + 1})", parsed.Error.Position);
        }

        var scope = ExpressionScopes.Of(context);
        var value = ExpressionEvaluator.Evaluate(parsed.Node, scope);
        if (value is bool)
        {
            context.Seen.Condition(parsed.Node, scope);
        }

        return value;
    }
}
