using System.Globalization;
using System.Text;
using System.Text.Json;

namespace GridFlow.Workflows.Expressions;

/// <summary>The functions that are called by name alone. The list is closed: the parser refuses any other.</summary>
internal static class ExpressionFunctions
{
    public static readonly IReadOnlyDictionary<string, ExpressionFunction> All = new[]
    {
        // The parser turns these two into nodes of their own when the name is a literal.
        new ExpressionFunction("getVariable", 1, 1, call => ExpressionScope.TryFind(call.Scope.Variables, call.Text(0), out var value)
            ? value
            : throw call.Fail($"There is no variable '{call.Text(0)}'.")),
        new("getInput", 1, 1, call => ExpressionScope.TryFind(call.Scope.Input, call.Text(0), out var value) ? value : null),

        new("getOutputFrom", 1, 2, call => call.Scope.OutputOf?.Invoke(call.Text(0), call.Has(1) ? call.Text(1) : null) is { Found: true } output
            ? output.Value
            : throw call.Fail($"There is no output of '{call.Text(0)}'.")),
        new("parseGuid", 1, 1, call => Guid.TryParse(call.Text(0), out var guid) ? guid.ToString() : throw call.Fail($"'{call.Text(0)}' is not a GUID.")),
        new("encodeURIComponent", 1, 1, call => Uri.EscapeDataString(call.Text(0))),
        new("decodeURIComponent", 1, 1, call => Uri.UnescapeDataString(call.Text(0))),
        new("stringToBase64", 1, 1, call => Convert.ToBase64String(Encoding.UTF8.GetBytes(call.Text(0)))),
        new("stringFromBase64", 1, 1, FromBase64),

        new("Object.keys", 1, 1, call => Members(call).Keys.ToList<object?>()),
        new("Object.values", 1, 1, call => Members(call).Values.ToList()),
        new("Object.entries", 1, 1, call => Members(call).Select(member => (object?)new List<object?> { member.Key, member.Value }).ToList()),
        new("Array.isArray", 1, 1, call => call.Value(0) is IReadOnlyList<object?>),

        new("Number", 1, 1, call => call.Number(0)),
        new("String", 1, 1, call => ExpressionValue.ToText(call.Value(0))),
        new("Boolean", 1, 1, call => ExpressionValue.IsTruthy(call.Value(0))),
        new("parseInt", 1, 2, call => call.Has(1) && call.Number(1) != 10
            ? throw call.Fail("'parseInt' reads decimal numbers only.")
            : Math.Truncate(LeadingNumber(call.Text(0), NumberStyles.AllowLeadingSign))),
        new("parseFloat", 1, 1, call => LeadingNumber(call.Text(0), NumberStyles.Float)),
        new("isNaN", 1, 1, call => double.IsNaN(call.Number(0))),

        new("isEmpty", 1, 1, call => IsEmpty(call.Value(0))),
        new("isNullOrEmpty", 1, 1, call => IsEmpty(call.Value(0))),
        new("isNullOrWhiteSpace", 1, 1, call => string.IsNullOrWhiteSpace(call.Text(0))),

        // Those who draw flows ask for a category with all beneath it and for an area with all inside it, as routing rows do.
        new("isUnder", 2, 2, call => call.Text(1) is { Length: > 0 } group && call.Text(0).StartsWith(group, StringComparison.Ordinal)),
        new("isInArea", 2, 2, call => call.Text(1) is { Length: > 0 } area && call.Text(0).Contains($"/{area}/", StringComparison.Ordinal)),

        new("Math.min", 1, int.MaxValue, call => Enumerable.Range(0, call.Arguments.Length).Select(call.Number).Aggregate(Math.Min)),
        new("Math.max", 1, int.MaxValue, call => Enumerable.Range(0, call.Arguments.Length).Select(call.Number).Aggregate(Math.Max)),
        new("Math.round", 1, 1, call => Math.Floor(call.Number(0) + 0.5)),
        new("Math.floor", 1, 1, call => Math.Floor(call.Number(0))),
        new("Math.ceil", 1, 1, call => Math.Ceiling(call.Number(0))),
        new("Math.trunc", 1, 1, call => Math.Truncate(call.Number(0))),
        new("Math.sqrt", 1, 1, call => Math.Sqrt(call.Number(0))),
        new("Math.pow", 2, 2, call => Math.Pow(call.Number(0), call.Number(1))),
        new("Math.abs", 1, 1, call => Math.Abs(call.Number(0))),

        new("JSON.stringify", 1, 1, call => ExpressionJson.Write(call.Value(0))),
        new("JSON.parse", 1, 1, ParseJson),
        new("toJson", 1, 1, call => ExpressionJson.Write(call.Value(0))),

        new("now", 0, 0, call => call.Scope.Now),
        new("Date.now", 0, 0, call => (double)call.Scope.Now.ToUnixTimeMilliseconds()),
        new("date", 1, 1, call => call.Date(0)),
        new("addDays", 2, 2, call => ExpressionDates.Add(call, TimeSpan.TicksPerDay)),
        new("addHours", 2, 2, call => ExpressionDates.Add(call, TimeSpan.TicksPerHour)),
        new("addMinutes", 2, 2, call => ExpressionDates.Add(call, TimeSpan.TicksPerMinute)),
        new("daysBetween", 2, 2, call => (call.Date(1) - call.Date(0)).TotalDays),
        new("hoursBetween", 2, 2, call => (call.Date(1) - call.Date(0)).TotalHours),
        new("minutesBetween", 2, 2, call => (call.Date(1) - call.Date(0)).TotalMinutes),
        new("year", 1, 1, call => (double)ExpressionDates.Local(call).Year),
        new("month", 1, 1, call => (double)ExpressionDates.Local(call).Month),
        new("day", 1, 1, call => (double)ExpressionDates.Local(call).Day),
        new("hour", 1, 1, call => (double)ExpressionDates.Local(call).Hour),
        new("minute", 1, 1, call => (double)ExpressionDates.Local(call).Minute),
        new("dayOfWeek", 1, 1, call => (double)ExpressionDates.Local(call).DayOfWeek),
        new("formatDate", 2, 2, ExpressionDates.Format),
    }.ToDictionary(function => function.Name);

    private static IReadOnlyDictionary<string, object?> Members(ExpressionCall call) => call.Value(0) as IReadOnlyDictionary<string, object?>
        ?? throw call.Fail($"'{call.Name}' needs an object, not {ExpressionValue.KindOf(call.Value(0))}.");

    private static string FromBase64(ExpressionCall call)
    {
        var buffer = new byte[call.Text(0).Length];
        return Convert.TryFromBase64String(call.Text(0), buffer, out var length) ? Encoding.UTF8.GetString(buffer, 0, length) : throw call.Fail("'stringFromBase64' was given a text that is not Base64.");
    }

    private static bool IsEmpty(object? value) => value switch
    {
        null or "" => true,
        IReadOnlyDictionary<string, object?> members => members.Count == 0,
        IReadOnlyList<object?> items => items.Count == 0,
        _ => false,
    };

    /// <summary>The longest number a text begins with, as JavaScript reads "15 households"; NaN when there is none.</summary>
    private static double LeadingNumber(string text, NumberStyles styles)
    {
        text = text.Trim();
        for (var length = Math.Min(text.Length, 32); length > 0; length--)
        {
            if (char.IsAsciiDigit(text[length - 1]) && double.TryParse(text.AsSpan(0, length), styles, CultureInfo.InvariantCulture, out var number))
            {
                return number;
            }
        }

        return double.NaN;
    }

    private static object? ParseJson(ExpressionCall call)
    {
        try
        {
            return ExpressionValue.From(JsonSerializer.Deserialize<JsonElement>(call.Text(0)));
        }
        catch (JsonException)
        {
            throw call.Fail("'JSON.parse' was given a text that is not JSON.");
        }
    }
}
