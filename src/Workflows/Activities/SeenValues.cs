using GridFlow.Workflows.Expressions;

namespace GridFlow.Workflows.Activities;

/// <summary>
/// What an activity saw while it ran, for the history: of a condition the values it asked about, of any other computed input
/// its value. What is written down in the drawing is left out, because it stands there.
/// </summary>
internal sealed class SeenValues
{
    private const int LongestValue = 40;
    private const int Longest = 200;
    private readonly List<string> _lines = [];

    public void Condition(ExpressionNode expression, ExpressionScope scope)
    {
        foreach (var (name, node) in ExpressionReads.Of(expression))
        {
            try
            {
                Value(name, ExpressionEvaluator.Evaluate(node, scope));
            }
            catch (ExpressionException)
            {
                // The condition came to its end without it.
            }
        }
    }

    public void Value(string name, object? value)
    {
        var text = value is null ? "—" : ExpressionValue.ToText(value).ReplaceLineEndings(" ").Replace('\t', ' ');
        var line = $"{name}={(text.Length <= LongestValue ? text : text[..LongestValue] + "…")}";
        if (!_lines.Contains(line) && _lines.Sum(known => known.Length + 1) + line.Length <= Longest)
        {
            _lines.Add(line);
        }
    }

    /// <summary>Null when nothing was seen.</summary>
    public string? Write() => _lines.Count == 0 ? null : string.Join('\n', _lines);
}
