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

        IEnumerable<ExpressionNode> children = node switch
        {
            ChainNode chain => [chain.Inner],
            TemplateNode template => template.Parts,
            ListNode list => list.Items,
            ObjectNode @object => @object.Members.Select(member => member.Value),
            MemberNode member => [member.Target],
            IndexNode index => [index.Target, index.Index],
            FunctionNode function => function.Arguments,
            // What goes through a list sees its items, which have no name out here.
            MethodNode method => [method.Target, .. method.Arguments.Where(argument => argument is not LambdaNode)],
            UnaryNode unary => [unary.Operand],
            BinaryNode binary => [binary.Left, binary.Right],
            ConditionalNode conditional => [conditional.Condition, conditional.Then, conditional.Else],
            _ => [],
        };
        return children.SelectMany(Of);
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
