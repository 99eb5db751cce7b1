using System.Diagnostics.CodeAnalysis;

namespace GridFlow.Workflows.Expressions;

/// <summary>Why a text is not an expression of this language.</summary>
/// <param name="Message">One English sentence that names what is wrong or unsupported.</param>
/// <param name="Position">Where, in characters from 0; the length of the text when something is missing at its end.</param>
public sealed record ExpressionSyntaxError(string Message, int Position);

/// <summary>What became of a text: either an expression or an error, never both.</summary>
public sealed record ExpressionParseResult
{
    internal ExpressionParseResult(ExpressionNode node) => Node = node;

    internal ExpressionParseResult(ExpressionSyntaxError error) => Error = error;

    /// <summary>The expression, when the text was sound.</summary>
    public ExpressionNode? Node { get; }

    /// <summary>What is wrong, when it was not.</summary>
    public ExpressionSyntaxError? Error { get; }

    /// <summary>Whether there is an expression.</summary>
    [MemberNotNullWhen(true, nameof(Node))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsSuccess => Node is not null;
}
