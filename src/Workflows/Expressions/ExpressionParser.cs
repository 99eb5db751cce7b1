using GridFlow.Workflows.Definitions;

namespace GridFlow.Workflows.Expressions;

/// <summary>
/// Reads the safe expression language: the part of JavaScript that Elsa's users write in inputs and decisions, and no
/// more. Literals, templates, lists, objects, members, operators, the ternary, a fixed list of functions and methods, arrow
/// functions as arguments of methods, names bound by <c>const</c> and <c>let</c>, <c>if</c> and <c>return</c>. No loops, no
/// functions of one's own, no <c>new</c> but of dates, no regular expressions: those are refused by name. <c>??</c> and
/// <c>||</c> bind alike and may be mixed. An expression changes nothing; a script may also set variables and outcomes.
/// </summary>
public static class ExpressionParser
{
    /// <summary>Longest text that is read, in characters.</summary>
    public const int MaxLength = 10_000;

    /// <summary>Deepest nesting that is read; a chain such as a + b + c + … nests one level per term.</summary>
    public const int MaxDepth = 100;

    /// <summary>Reads an expression. Never throws for what the text contains.</summary>
    public static ExpressionParseResult Parse(string text) => Parse(text, isScript: false);

    /// <summary>Reads a script, which may set variables and outcomes. Never throws for what the text contains.</summary>
    public static ExpressionParseResult ParseScript(string text) => Parse(text, isScript: true);

    private static ExpressionParseResult Parse(string text, bool isScript)
    {
        if (text.Length > MaxLength)
        {
            return new(new ExpressionSyntaxError(new LocalizedText($"表达式超过 {MaxLength} 个字符。", $"The expression is longer than {MaxLength} characters."), MaxLength));
        }

        try
        {
            return new(new ExpressionReader(text, isScript).Whole());
        }
        catch (ExpressionSyntaxException problem)
        {
            return new(new ExpressionSyntaxError(problem.Text, problem.Position));
        }
    }
}
