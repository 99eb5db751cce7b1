namespace GridFlow.Server.Residents;

/// <summary>The words of the residents' pages.</summary>
public sealed class ResidentsText;
