namespace GridFlow.Workflows.Expressions;

/// <summary>The variables and inputs an expression names outright; what it works out (<c>variables[x]</c>) nobody can tell beforehand.</summary>
internal static class ExpressionReferences
{
    public static IEnumerable<(string Name, bool IsVariable, bool IsInput)> Of(ExpressionNode node) => node switch
    {
        VariableNode variable => [(variable.Name, true, false)],
        InputNode input => [(input.Name, false, true)],
        GetterNode getter => [(getter.Name, true, true)],
        TemplateNode template => template.Parts.SelectMany(Of),
        ListNode list => list.Items.SelectMany(Of),
        ObjectNode members => members.Members.SelectMany(member => Of(member.Value)),
        MemberNode member => Of(member.Target),
        IndexNode index => Of(index.Target).Concat(Of(index.Index)),
        ChainNode chain => Of(chain.Inner),
        FunctionNode function => function.Arguments.SelectMany(Of),
        MethodNode method => method.Arguments.Prepend(method.Target).SelectMany(Of),
        UnaryNode unary => Of(unary.Operand),
        BinaryNode binary => Of(binary.Left).Concat(Of(binary.Right)),
        ConditionalNode choice => Of(choice.Condition).Concat(Of(choice.Then)).Concat(Of(choice.Else)),
        BlockNode block => block.Statements.SelectMany(Of),
        BindNode bind => Of(bind.Value),
        AssignNode assign => Of(assign.Value),
        ReturnNode result => Of(result.Value),
        IfNode condition => Of(condition.Condition).Concat(Of(condition.Then)).Concat(condition.Else is { } otherwise ? Of(otherwise) : []),
        SetVariableNode set => Of(set.Name).Concat(Of(set.Value)),
        SetOutcomeNode outcome => Of(outcome.Value),
        LambdaNode lambda => Of(lambda.Body),
        _ => [],
    };
}
