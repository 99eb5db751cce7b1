using System.Collections.Immutable;

namespace GridFlow.Workflows.Expressions.Conditions;

/// <summary>An expression as rows, where it is made of plain comparisons. Null wherever it is not.</summary>
internal static class ConditionReader
{
    private static readonly string[] Clocks = ["hour", "dayOfWeek", "day", "month"];

    public static ConditionGroup? Group(ExpressionNode node) => node switch
    {
        LiteralNode { Value: bool always } => new ConditionGroup(!always, []),
        BinaryNode { Operator: BinaryOperator.And or BinaryOperator.Or } binary => Items(binary),
        _ => Row(node) is { } row ? new ConditionGroup(false, [row]) : null,
    };

    private static ConditionGroup? Items(BinaryNode node)
    {
        var items = ImmutableArray.CreateBuilder<ConditionItem>();
        foreach (var part in Parts(node, node.Operator))
        {
            if (Group(part) is not { } group)
            {
                return null;
            }

            items.Add(group.Items.Length == 1 ? group.Items[0] : group);
        }

        return new ConditionGroup(node.Operator == BinaryOperator.Or, items.ToImmutable());
    }

    private static IEnumerable<ExpressionNode> Parts(ExpressionNode node, BinaryOperator by) =>
        node is BinaryNode binary && binary.Operator == by ? Parts(binary.Left, by).Concat(Parts(binary.Right, by)) : [node];

    private static ConditionRow? Row(ExpressionNode node) => node switch
    {
        UnaryNode { Operator: UnaryOperator.Not } not => Row(not.Operand) is { } row && row.Test.Opposite() is { } opposite ? row with { Test = opposite } : null,
        BinaryNode binary => Comparison(binary),
        FunctionNode { Function.Name: "isEmpty" or "isNullOrEmpty" } function => Subject(function.Arguments[0]) is { } subject ? new ConditionRow(subject, ConditionTest.Empty) : null,
        FunctionNode { Function.Name: "isUnder" } function => Row(function.Arguments[0], ConditionTest.Under, function.Arguments[1]),
        FunctionNode { Function.Name: "isInArea" } function => Row(function.Arguments[0], ConditionTest.InArea, function.Arguments[1]),
        MethodNode { Name: "includes", IsOptional: false, Target: ListNode list } method => OneOf(list, method.Arguments[0]),
        MethodNode { Name: "includes" } method => Contains(method),
        ChainNode { Inner: MethodNode { Name: "includes" } method } => Contains(method),
        _ => Subject(node) is { } subject ? new ConditionRow(subject, ConditionTest.Holds) : null,
    };

    private static ConditionRow? Comparison(BinaryNode node)
    {
        if (Subject(node.Left) is not { } subject)
        {
            // 5 < x says the same as x > 5; two values say nothing about a case.
            return Subject(node.Right) is null || Mirrored(node.Operator) is not { } mirrored ? null : Comparison(new BinaryNode(node.Position, mirrored, node.Right, node.Left));
        }

        if (node.Right is LiteralNode { Value: null })
        {
            return node.Operator switch
            {
                BinaryOperator.Equal or BinaryOperator.StrictEqual => new ConditionRow(subject, ConditionTest.Missing),
                BinaryOperator.NotEqual or BinaryOperator.StrictNotEqual => new ConditionRow(subject, ConditionTest.Known),
                _ => null,
            };
        }

        ConditionTest? test = node.Operator switch
        {
            BinaryOperator.Equal or BinaryOperator.StrictEqual => ConditionTest.Is,
            BinaryOperator.NotEqual or BinaryOperator.StrictNotEqual => ConditionTest.IsNot,
            BinaryOperator.Greater => ConditionTest.More,
            BinaryOperator.GreaterOrEqual => ConditionTest.AtLeast,
            BinaryOperator.Less => ConditionTest.Less,
            BinaryOperator.LessOrEqual => ConditionTest.AtMost,
            _ => null,
        };
        return test is { } known && Operand(node.Right) is { } value
            ? new ConditionRow(subject, known, value) { IsLoose = node.Operator is BinaryOperator.Equal or BinaryOperator.NotEqual }
            : null;
    }

    private static BinaryOperator? Mirrored(BinaryOperator sign) => sign switch
    {
        BinaryOperator.Equal or BinaryOperator.StrictEqual or BinaryOperator.NotEqual or BinaryOperator.StrictNotEqual => sign,
        BinaryOperator.Greater => BinaryOperator.Less,
        BinaryOperator.GreaterOrEqual => BinaryOperator.LessOrEqual,
        BinaryOperator.Less => BinaryOperator.Greater,
        BinaryOperator.LessOrEqual => BinaryOperator.GreaterOrEqual,
        _ => null,
    };

    private static ConditionRow? Row(ExpressionNode subject, ConditionTest test, ExpressionNode value) =>
        Subject(subject) is { } found && Literal(value) is string text ? new ConditionRow(found, test, new ConditionLiteral(text)) : null;

    private static ConditionRow? OneOf(ListNode list, ExpressionNode argument)
    {
        var values = list.Items.Select(Literal).ToList();
        return Subject(argument) is { } subject && values.All(value => value is string or double)
            ? new ConditionRow(subject, ConditionTest.OneOf, new ConditionList([.. values!]))
            : null;
    }

    // Without ?. a missing subject is an error, and rows write ?. always; the title and the number of a case are never missing.
    private static ConditionRow? Contains(MethodNode method) => Subject(method.Target) is { } subject && Literal(method.Arguments[0]) is { } value
        && (method.IsOptional || subject is { Source: ConditionSource.Case, IsOptional: false, Name: "title" or "number" or "assisting" or "area" })
            ? new ConditionRow(subject, ConditionTest.Contains, new ConditionLiteral(value))
            : null;

    private static ConditionOperand? Operand(ExpressionNode node) =>
        Literal(node) is { } value ? new ConditionLiteral(value) : Subject(node);

    private static object? Literal(ExpressionNode node) => node switch
    {
        LiteralNode { Value: string or bool } literal => literal.Value,
        LiteralNode { Value: double number } when double.IsFinite(number) => number,
        UnaryNode { Operator: UnaryOperator.Minus, Operand: LiteralNode { Value: double number } } when double.IsFinite(number) && number != 0 => -number,
        _ => null,
    };

    private static ConditionSubject? Subject(ExpressionNode node) => node switch
    {
        ChainNode chain => Subject(chain.Inner),
        VariableNode variable => new ConditionSubject(ConditionSource.Variable, variable.Name),
        InputNode input => new ConditionSubject(ConditionSource.Input, input.Name),
        GetterNode getter => new ConditionSubject(ConditionSource.Getter, getter.Name),
        FunctionNode { Arguments: [FunctionNode { Function.Name: "now" }] } clock when Clocks.Contains(clock.Function.Name) => new ConditionSubject(ConditionSource.Clock, clock.Function.Name),
        _ => Member(node) is { } member ? Subject(member.Target, member.Name, member.IsOptional) : null,
    };

    private static ConditionSubject? Subject(ExpressionNode target, string name, bool isOptional) => target switch
    {
        NameNode { Name: "case" } => new ConditionSubject(ConditionSource.Case, name) { IsOptional = isOptional },
        _ when Member(target) is (NameNode { Name: "outputs" }, var step, false) => new ConditionSubject(ConditionSource.Output, step, name) { IsOptional = isOptional },
        _ => null,
    };

    private static (ExpressionNode Target, string Name, bool IsOptional)? Member(ExpressionNode node) => node switch
    {
        MemberNode member => (member.Target, member.Name, member.IsOptional),
        IndexNode { Index: LiteralNode { Value: string name } } index => (index.Target, name, index.IsOptional),
        _ => null,
    };
}
