namespace GridFlow.Server.Quick;

/// <summary>The words of small matters dealt with on the spot.</summary>
public sealed class QuickText;
