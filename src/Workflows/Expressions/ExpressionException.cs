namespace GridFlow.Workflows.Expressions;

/// <summary>
/// An expression was sound but could not be worked out: an unknown name, a member of nothing, a wrong kind of value,
/// or more work than an expression is allowed. The message names the culprit in one English sentence.
/// </summary>
public sealed class ExpressionException(string message, int position) : Exception(message)
{
    /// <summary>Where in the expression's text, in characters from 0.</summary>
    public int Position { get; } = position;
}
