namespace GridFlow.Workflows.Expressions;

/// <summary>Walks expressions.</summary>
internal static class ExpressionTree
{
    /// <summary>What an expression is made of, in the order it is written.</summary>
    public static IEnumerable<ExpressionNode> PartsOf(ExpressionNode node) => node switch
    {
        TemplateNode template => template.Parts,
        ListNode list => list.Items,
        ObjectNode members => members.Members.Select(member => member.Value),
        MemberNode member => [member.Target],
        IndexNode index => [index.Target, index.Index],
        ChainNode chain => [chain.Inner],
        FunctionNode function => function.Arguments,
        MethodNode method => [method.Target, .. method.Arguments],
        UnaryNode unary => [unary.Operand],
        BinaryNode binary => [binary.Left, binary.Right],
        ConditionalNode choice => [choice.Condition, choice.Then, choice.Else],
        BlockNode block => block.Statements,
        BindNode bind => [bind.Value],
        AssignNode assign => [assign.Value],
        ReturnNode result => [result.Value],
        IfNode { Else: null } condition => [condition.Condition, condition.Then],
        IfNode condition => [condition.Condition, condition.Then, condition.Else],
        SetVariableNode set => [set.Name, set.Value],
        SetOutcomeNode outcome => [outcome.Value],
        LambdaNode lambda => [lambda.Body],
        _ => [],
    };
}
