namespace GridFlow.Server.Figures;

/// <summary>The words of figures: names, definitions, what is counted and what is left out.</summary>
public sealed class FiguresText;
