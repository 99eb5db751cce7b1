namespace GridFlow.Designer.Problems;

public sealed class ProblemsText;
