namespace GridFlow.Workflows.Expressions;

/// <summary>
/// Reads the safe expression language: the part of JavaScript that Elsa's users write in inputs and decisions, and no
/// more. Literals, templates, lists, objects, members, operators, the ternary, a fixed list of functions and methods,
/// an optional leading <c>return</c> and trailing semicolon. No assignment, loops, functions of one's own, <c>new</c> or
/// regular expressions: those are refused by name. <c>??</c> and <c>||</c> bind alike and may be mixed.
/// </summary>
public static class ExpressionParser
{
    /// <summary>Longest text that is read, in characters.</summary>
    public const int MaxLength = 10_000;

    /// <summary>Deepest nesting that is read; a chain such as a + b + c + … nests one level per term.</summary>
    public const int MaxDepth = 100;

    /// <summary>Reads a text. Never throws for what the text contains.</summary>
    public static ExpressionParseResult Parse(string text)
    {
        if (text.Length > MaxLength)
        {
            return new(new ExpressionSyntaxError($"The expression is longer than {MaxLength} characters.", MaxLength));
        }

        try
        {
            return new(new ExpressionReader(text).Whole());
        }
        catch (ExpressionSyntaxException problem)
        {
            return new(new ExpressionSyntaxError(problem.Message, problem.Position));
        }
    }
}
