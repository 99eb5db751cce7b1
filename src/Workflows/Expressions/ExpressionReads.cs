namespace GridFlow.Workflows.Expressions;

/// <summary>What an expression asks the case: the longest paths of names in it, as they are written.</summary>
internal static class ExpressionReads
{
    public static IEnumerable<(string Name, ExpressionNode Node)> Of(ExpressionNode node)
    {
        if (PathOf(node) is { } path)
        {
            return [(path, node)];
        }

        // What goes through a list sees its items, which have no name out here.
        return ExpressionTree.PartsOf(node).Where(part => part is not LambdaNode).SelectMany(Of);
    }

    private static string? PathOf(ExpressionNode node) => node switch
    {
        VariableNode variable => variable.Name,
        InputNode input => "input." + input.Name,
        GetterNode getter => getter.Name,
        NameNode name => name.Name,
        MemberNode { Target: NameNode { Name: "case" } } member => member.Name,
        MemberNode member when PathOf(member.Target) is { } target => $"{target}.{member.Name}",
        ChainNode chain => PathOf(chain.Inner),
        _ => null,
    };
}
