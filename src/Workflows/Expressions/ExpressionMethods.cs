using System.Globalization;

namespace GridFlow.Workflows.Expressions;

/// <summary>The methods of texts, lists and other values. The list is closed: the parser refuses any other name.</summary>
internal static class ExpressionMethods
{
    private static readonly Dictionary<string, ExpressionFunction> OfText = Table(
        new("toUpperCase", 0, 0, call => call.TargetText.ToUpperInvariant()),
        new("toLowerCase", 0, 0, call => call.TargetText.ToLowerInvariant()),
        new("trim", 0, 0, call => call.TargetText.Trim()),
        new("includes", 1, 1, call => call.TargetText.Contains(call.Text(0), StringComparison.Ordinal)),
        new("startsWith", 1, 1, call => call.TargetText.StartsWith(call.Text(0), StringComparison.Ordinal)),
        new("endsWith", 1, 1, call => call.TargetText.EndsWith(call.Text(0), StringComparison.Ordinal)),
        new("indexOf", 1, 1, call => (double)call.TargetText.IndexOf(call.Text(0), StringComparison.Ordinal)),
        new("lastIndexOf", 1, 1, call => (double)call.TargetText.LastIndexOf(call.Text(0), StringComparison.Ordinal)),
        new("trimStart", 0, 0, call => call.TargetText.TrimStart()),
        new("trimEnd", 0, 0, call => call.TargetText.TrimEnd()),
        new("repeat", 1, 1, Repeat),
        new("charAt", 1, 1, call => call.TargetText is var text && call.Integer(0, 0) is var at && at >= 0 && at < text.Length ? text[at].ToString() : ""),
        new("substring", 1, 2, Substring),
        new("slice", 1, 2, call => call.Slice(call.TargetText.Length) is var (from, to) ? call.TargetText[from..to] : null),
        new("replace", 2, 2, ReplaceFirst),
        new("replaceAll", 2, 2, ReplaceAll),
        new("split", 1, 1, Split),
        new("padStart", 1, 2, call => Pad(call) + call.TargetText),
        new("padEnd", 1, 2, call => call.TargetText + Pad(call)),
        new("concat", 1, int.MaxValue, call => call.TargetText + string.Concat(Enumerable.Range(0, call.Arguments.Length).Select(call.Text))));

    private static readonly Dictionary<string, ExpressionFunction> OfList = Table(
        new("includes", 1, 1, call => IndexOf(call) >= 0),
        new("indexOf", 1, 1, call => (double)IndexOf(call)),
        new("concat", 1, int.MaxValue, call => call.TargetList
            .Concat(call.Arguments.SelectMany(argument => argument as IReadOnlyList<object?> ?? [argument])).ToList()),
        new("slice", 0, 2, call => call.Slice(call.TargetList.Count) is var (from, to) ? call.TargetList.Skip(from).Take(to - from).ToList() : null),
        new("reverse", 0, 0, call => Enumerable.Reverse(call.TargetList).ToList()),
        new("flat", 0, 0, call => call.TargetList.SelectMany(item => ExpressionValue.From(item) as IReadOnlyList<object?> ?? [item]).ToList()),
        new("join", 0, 1, call => ExpressionJson.Joined(call.Target, call.Has(0) ? call.Text(0) : ",")));

    private static readonly Dictionary<string, ExpressionFunction> OfNumber = Table(
        new ExpressionFunction("toFixed", 0, 1, call => call.Integer(0, 0) is >= 0 and <= 20 and var digits
            ? ((double)call.Target!).ToString($"F{digits}", CultureInfo.InvariantCulture)
            : throw call.Fail("'toFixed' takes 0 to 20 digits.")));

    private static readonly Dictionary<string, ExpressionFunction> OfDate = Table(
        new ExpressionFunction("toISOString", 0, 0, call => ExpressionValue.ToText(call.Target)),
        new("getTime", 0, 0, call => ExpressionValue.ToNumber(call.Target)),
        new("getFullYear", 0, 0, call => (double)Local(call).Year),
        new("getMonth", 0, 0, call => (double)Local(call).Month - 1),
        new("getDate", 0, 0, call => (double)Local(call).Day),
        new("getDay", 0, 0, call => (double)Local(call).DayOfWeek),
        new("getHours", 0, 0, call => (double)Local(call).Hour),
        new("getMinutes", 0, 0, call => (double)Local(call).Minute),
        new("getSeconds", 0, 0, call => (double)Local(call).Second));

    private static readonly Dictionary<string, ExpressionFunction> OfAny = Table(
        new ExpressionFunction("toString", 0, 0, call => ExpressionValue.ToText(call.Target)));

    /// <summary>All names of methods, whatever they are of.</summary>
    public static readonly IReadOnlySet<string> Names =
        new[] { OfText, OfList, ExpressionListMethods.All, OfNumber, OfDate, OfAny }.SelectMany(table => table.Keys).ToHashSet();

    public static ExpressionFunction? Find(object? target, string name)
    {
        var table = target switch
        {
            string => OfText,
            double => OfNumber,
            DateTimeOffset => OfDate,
            IReadOnlyList<object?> => OfList,
            _ => OfAny,
        };
        return table.GetValueOrDefault(name) ?? (target is IReadOnlyList<object?> ? ExpressionListMethods.All.GetValueOrDefault(name) : null) ?? OfAny.GetValueOrDefault(name);
    }

    private static Dictionary<string, ExpressionFunction> Table(params IEnumerable<ExpressionFunction> methods) =>
        methods.ToDictionary(method => method.Name);

    private static DateTimeOffset Local(ExpressionCall call) => TimeZoneInfo.ConvertTime((DateTimeOffset)call.Target!, call.Scope.TimeZone);

    private static string Repeat(ExpressionCall call)
    {
        var times = Math.Max(0, call.Integer(0, 0));
        ExpressionBudget.DemandText((double)times * call.TargetText.Length, call.Position);
        return string.Concat(Enumerable.Repeat(call.TargetText, call.TargetText.Length == 0 ? 0 : times));
    }

    private static int IndexOf(ExpressionCall call)
    {
        for (var i = 0; i < call.TargetList.Count; i++)
        {
            if (ExpressionValue.AreIdentical(ExpressionValue.From(call.TargetList[i]), call.Value(0)))
            {
                return i;
            }
        }

        return -1;
    }

    private static string Substring(ExpressionCall call)
    {
        var text = call.TargetText;
        var from = Math.Clamp(call.Integer(0, 0), 0, text.Length);
        var to = Math.Clamp(call.Integer(1, text.Length), 0, text.Length);
        return text[Math.Min(from, to)..Math.Max(from, to)];
    }

    private static string ReplaceFirst(ExpressionCall call)
    {
        var (text, old) = (call.TargetText, call.Text(0));
        var at = text.IndexOf(old, StringComparison.Ordinal);
        return at < 0 ? text : $"{text.AsSpan(0, at)}{call.Text(1)}{text.AsSpan(at + old.Length)}";
    }

    private static string ReplaceAll(ExpressionCall call)
    {
        var (text, old, with) = (call.TargetText, call.Text(0), call.Text(1));
        if (old.Length == 0)
        {
            throw call.Fail("'replaceAll' needs a text to look for.");
        }

        // Asked beforehand: one call could otherwise multiply a long text by another.
        ExpressionBudget.DemandText(text.Length + (text.Length / (double)old.Length * Math.Max(0, with.Length - old.Length)), call.Position);
        return text.Replace(old, with, StringComparison.Ordinal);
    }

    private static List<object?> Split(ExpressionCall call) => call.Text(0) is { Length: > 0 } separator
        ? [.. call.TargetText.Split(separator)]
        : [.. call.TargetText.Select(one => one.ToString())];

    private static string Pad(ExpressionCall call)
    {
        var (missing, filler) = (call.Integer(0, 0) - (long)call.TargetText.Length, call.Has(1) ? call.Text(1) : " ");
        if (missing <= 0 || filler.Length == 0)
        {
            return "";
        }

        ExpressionBudget.DemandText(missing, call.Position);
        return string.Concat(Enumerable.Repeat(filler, (int)(missing / filler.Length) + 1))[..(int)missing];
    }
}
