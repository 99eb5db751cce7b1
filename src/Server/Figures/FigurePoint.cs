namespace GridFlow.Server.Figures;

public enum FigureChartKind
{
    Line,
    Column,
    Bar,
}

/// <summary>A point, column or bar of a chart.</summary>
public sealed record FigurePoint(string Label, double Value);
