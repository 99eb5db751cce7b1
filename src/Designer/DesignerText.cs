namespace GridFlow.Designer;

public sealed class DesignerText;
