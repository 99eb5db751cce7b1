namespace GridFlow.Designer;

/// <summary>How many cases stand at a step, and how many of them are late.</summary>
public readonly record struct NodeCount(int Open, int Overdue);
