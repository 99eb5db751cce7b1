namespace GridFlow.Server.Whistles;

/// <summary>Texts of whistles.</summary>
public sealed class WhistlesText;
