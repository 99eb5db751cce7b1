namespace GridFlow.Designer.Inspector;

public sealed class InspectorText;
