namespace GridFlow.Server.Replay;

/// <summary>A line of a table of loads.</summary>
public sealed record LoadRow(string Name, BeforeAfter Load);
