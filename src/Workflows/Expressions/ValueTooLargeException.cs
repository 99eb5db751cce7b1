namespace GridFlow.Workflows.Expressions;

/// <summary>A list or object is too large or too deep to become text.</summary>
internal sealed class ValueTooLargeException() : ArgumentException("The value is too large to be written as text.");
