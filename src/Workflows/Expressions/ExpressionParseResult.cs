using System.Diagnostics.CodeAnalysis;
using GridFlow.Workflows.Definitions;

namespace GridFlow.Workflows.Expressions;

/// <summary>Why a text is not an expression of this language.</summary>
/// <param name="Text">One sentence in each language that names what is wrong or unsupported.</param>
/// <param name="Position">Where, in characters from 0; the length of the text when something is missing at its end.</param>
public sealed record ExpressionSyntaxError(LocalizedText Text, int Position)
{
    /// <summary>The English sentence, for logs and incidents.</summary>
    public string Message => Text.En;
}

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
