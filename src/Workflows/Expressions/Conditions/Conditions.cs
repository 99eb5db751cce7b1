using GridFlow.Workflows.Definitions;

namespace GridFlow.Workflows.Expressions.Conditions;

/// <summary>What became of an expression: rows, or the reason why it cannot be shown as rows.</summary>
/// <param name="Group">The rows; null where there are none.</param>
/// <param name="Remark">Why there are none; null where there are.</param>
/// <param name="Error">What is wrong with the text, where it is no expression at all.</param>
public sealed record ConditionReading(ConditionGroup? Group, LocalizedText? Remark, ExpressionSyntaxError? Error);

/// <summary>
/// Reads and writes the conditions people draw as rows. Rows written and read again are the same rows; an expression that was
/// read as rows means the same when they are written, though it may be spelt differently. What is no plain comparison is left
/// as text.
/// </summary>
public static class Conditions
{
    /// <summary>Reads an expression as rows, if it can be shown so.</summary>
    public static ConditionReading Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parsed = ExpressionParser.Parse(text);
        if (!parsed.IsSuccess)
        {
            return new ConditionReading(null, parsed.Error.Text, parsed.Error);
        }

        if (text.Contains("//", StringComparison.Ordinal) || text.Contains("/*", StringComparison.Ordinal))
        {
            return new ConditionReading(null, new LocalizedText("表达式里有注释，改成条件行会丢失。", "The expression has a comment, which rows would lose."), null);
        }

        return ConditionReader.Group(parsed.Node) is { } group
            ? new ConditionReading(group, null, null)
            : new ConditionReading(null, new LocalizedText("表达式包含计算，无法显示为条件行。", "The expression works something out, so it cannot be shown as rows."), null);
    }

    /// <summary>Writes rows as an expression.</summary>
    public static string Write(ConditionGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        return ConditionWriter.Write(group);
    }

    /// <summary>Writes a subject as an expression.</summary>
    public static string Write(ConditionSubject subject)
    {
        ArgumentNullException.ThrowIfNull(subject);
        return ConditionWriter.Subject(subject);
    }
}
