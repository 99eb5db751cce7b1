namespace GridFlow.Workflows.Expressions;

/// <summary>How much work one evaluation may do, so that no definition can stall the engine.</summary>
internal sealed class ExpressionBudget
{
    public const int MaxSteps = 10_000;
    public const int MaxText = 100_000;
    public const int MaxItems = 10_000;

    private const int CharactersPerStep = 1000;

    private int _steps;

    public void Step(int position, int steps = 1)
    {
        _steps += steps;
        if (_steps > MaxSteps)
        {
            throw new ExpressionException($"The expression takes more than {MaxSteps} steps.", position);
        }
    }

    /// <summary>Admits a value that was made by the expression.</summary>
    public object? Admit(object? made, int position)
    {
        switch (made)
        {
            case string text:
                DemandText(text.Length, position);
                Step(position, text.Length / CharactersPerStep);
                break;
            case IReadOnlyList<object?> list:
                if (list.Count > MaxItems)
                {
                    throw new ExpressionException($"A list may not hold more than {MaxItems} items.", position);
                }

                Step(position, list.Count / CharactersPerStep);
                break;
        }

        return made;
    }

    /// <summary>Asked before a long text is built.</summary>
    public static void DemandText(double length, int position)
    {
        if (length > MaxText)
        {
            throw new ExpressionException($"A text may not be longer than {MaxText} characters.", position);
        }
    }
}
