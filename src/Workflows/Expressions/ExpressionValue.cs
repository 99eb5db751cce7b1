using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GridFlow.Workflows.Expressions;

/// <summary>
/// The values of the language: null (JavaScript's undefined too), <see cref="bool"/>, <see cref="double"/>,
/// <see cref="string"/>, <see cref="DateTimeOffset"/>, lists (<c>IReadOnlyList&lt;object?&gt;</c>) and objects
/// (<c>IReadOnlyDictionary&lt;string, object?&gt;</c>). The rules are JavaScript's except where a member says otherwise.
/// </summary>
public static class ExpressionValue
{
    /// <summary>
    /// Converts a value of .NET or JSON to a value of the language. Numbers become doubles, enums their names, dates
    /// without a time and GUIDs text; what lists and objects hold is converted when it is read.
    /// </summary>
    /// <exception cref="ArgumentException">The type has no counterpart.</exception>
    public static object? From(object? value) => value switch
    {
        null or bool or double or string or DateTimeOffset
            or IReadOnlyList<object?> or IReadOnlyDictionary<string, object?> => value,
        JsonElement element => FromJson(element),
        JsonNode node => FromJson(JsonSerializer.SerializeToElement(node)),
        Enum or char or Guid or Uri => value.ToString(),
        sbyte or byte or short or ushort or int or uint or long or ulong or float or decimal
            => Convert.ToDouble(value, CultureInfo.InvariantCulture),
        DateTime { Kind: DateTimeKind.Local } time => new DateTimeOffset(time),
        DateTime time => new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly or TimeSpan => ((IFormattable)value).ToString("c", CultureInfo.InvariantCulture),
        IDictionary map => map.Keys.Cast<object>().ToDictionary(key => key.ToString()!, key => map[key]),
        IEnumerable items => items.Cast<object?>().ToList(),
        _ => throw new ArgumentException($"A value of the type {value.GetType().Name} cannot be used in an expression.", nameof(value)),
    };

    /// <summary>False for null, false, 0, NaN and empty text; true for everything else.</summary>
    public static bool IsTruthy(object? value) => value switch
    {
        null => false,
        bool truth => truth,
        double number => number != 0 && !double.IsNaN(number),
        string text => text.Length > 0,
        _ => true,
    };

    /// <summary>
    /// <c>===</c>: same kind and same value. Unlike in JavaScript, lists and objects are equal when what they hold is, and
    /// dates when they are the same instant.
    /// </summary>
    public static bool AreIdentical(object? left, object? right) => (left, right) switch
    {
        (null, null) => true,
        (bool one, bool other) => one == other,
        (double one, double other) => one == other,
        (string one, string other) => one == other,
        (DateTimeOffset one, DateTimeOffset other) => one == other,
        (IReadOnlyDictionary<string, object?> one, IReadOnlyDictionary<string, object?> other) => one.Count == other.Count
            && one.All(member => other.TryGetValue(member.Key, out var value) && AreIdentical(From(member.Value), From(value))),
        (IReadOnlyList<object?> one, IReadOnlyList<object?> other) => one.Count == other.Count
            && one.Zip(other).All(pair => AreIdentical(From(pair.First), From(pair.Second))),
        _ => false,
    };

    /// <summary>
    /// <c>==</c>: as <see cref="AreIdentical"/>, but a number, text and a boolean are compared as numbers. Null equals only null,
    /// and a date never equals a text.
    /// </summary>
    public static bool AreEqual(object? left, object? right) =>
        left is double or string or bool && right is double or string or bool && left.GetType() != right.GetType()
            ? ToNumber(left) == ToNumber(right)
            : AreIdentical(left, right);

    /// <summary>
    /// The number in a value: null and empty text are 0, a date is its milliseconds since 1970, text that is no decimal
    /// number and lists and objects are NaN.
    /// </summary>
    public static double ToNumber(object? value) => value switch
    {
        null => 0,
        bool truth => truth ? 1 : 0,
        double number => number,
        DateTimeOffset date => date.ToUnixTimeMilliseconds(),
        string text when string.IsNullOrWhiteSpace(text) => 0,
        string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => double.NaN,
    };

    /// <summary>
    /// The text of a value. Unlike in JavaScript, null is empty text, because these texts are read by residents; objects
    /// are their JSON, lists are joined by commas, dates are ISO 8601 in UTC.
    /// </summary>
    /// <exception cref="ArgumentException">A list or object is too large, too deep, or holds what has no counterpart in the language.</exception>
    public static string ToText(object? value) => value switch
    {
        null => "",
        bool truth => truth ? "true" : "false",
        double number => ToText(number),
        string text => text,
        DateTimeOffset date => date.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        IReadOnlyList<object?> => ExpressionJson.Joined(value),
        _ => ExpressionJson.Write(value),
    };

    /// <summary>The JSON of a value, however long.</summary>
    /// <exception cref="ArgumentException">It is too deep, or holds what has no counterpart in the language.</exception>
    public static string ToJson(object? value) => ExpressionJson.WriteWhole(value);

    /// <summary>A number as JavaScript writes it: 1, 0.1, 1e+21.</summary>
    internal static string ToText(double number)
    {
        if (!double.IsFinite(number))
        {
            return double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity";
        }

        var shortest = number.ToString("R", CultureInfo.InvariantCulture);
        if (!shortest.Contains('E', StringComparison.Ordinal))
        {
            return shortest == "-0" ? "0" : shortest;
        }

        var exponent = int.Parse(shortest.AsSpan(shortest.IndexOf('E', StringComparison.Ordinal) + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = shortest[..shortest.IndexOf('E', StringComparison.Ordinal)];
        if (exponent is < -6 or > 20)
        {
            return $"{mantissa}e{(exponent < 0 ? "-" : "+")}{Math.Abs(exponent)}";
        }

        var sign = mantissa[0] == '-' ? "-" : "";
        var digits = mantissa.TrimStart('-').Replace(".", "", StringComparison.Ordinal);
        return exponent < 0
            ? $"{sign}0.{new string('0', -exponent - 1)}{digits}"
            : sign + digits.PadRight(exponent + 1, '0');
    }

    internal static string KindOf(object? value) => value switch
    {
        null => "null",
        bool => "a boolean",
        double => "a number",
        string => "text",
        DateTimeOffset => "a date",
        IReadOnlyList<object?> => "a list",
        _ => "an object",
    };

    private static object? FromJson(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => element.GetDouble(),
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Array => element.EnumerateArray().Select(FromJson).ToList(),
        JsonValueKind.Object => ObjectFromJson(element),
        JsonValueKind.Null or JsonValueKind.Undefined => null,
    };

    private static Dictionary<string, object?> ObjectFromJson(JsonElement element)
    {
        var members = new Dictionary<string, object?>();
        foreach (var member in element.EnumerateObject())
        {
            members[member.Name] = FromJson(member.Value);
        }

        return members;
    }
}
