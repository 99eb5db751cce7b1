namespace GridFlow.Workflows.Expressions;

/// <summary>The variables and inputs an expression names outright; what it works out (<c>variables[x]</c>) nobody can tell beforehand.</summary>
internal static class ExpressionReferences
{
    public static IEnumerable<(string Name, bool IsVariable, bool IsInput)> Of(ExpressionNode node) => node switch
    {
        VariableNode variable => [(variable.Name, true, false)],
        InputNode input => [(input.Name, false, true)],
        GetterNode getter => [(getter.Name, true, true)],
        _ => ExpressionTree.PartsOf(node).SelectMany(Of),
    };
}
