namespace GridFlow.Designer;

/// <summary>How many cases stand at a step, and how many of them are late.</summary>
public readonly record struct NodeCount(int Open, int Overdue)
{
    /// <summary>How long work there usually takes; null where that is not known.</summary>
    public TimeSpan? Median { get; init; }

    /// <summary>There is something to show.</summary>
    public bool IsWorthShowing => Open > 0 || Median is not null;
}
