namespace GridFlow.Workflows.Expressions;

/// <summary>
/// An expression that was read and found sound. Immutable, so one may be kept and evaluated from many threads.
/// Made by <see cref="ExpressionParser"/>, evaluated by <see cref="ExpressionEvaluator"/>.
/// </summary>
public abstract record ExpressionNode
{
    private protected ExpressionNode(int position, int depth) => (Position, Depth) = (position, depth);

    /// <summary>Where in the text it stands, in characters from 0.</summary>
    public int Position { get; }

    /// <summary>Levels from here down to the deepest leaf; never more than <see cref="ExpressionParser.MaxDepth"/>.</summary>
    internal int Depth { get; }

    private protected static int Over(params IEnumerable<ExpressionNode> children) =>
        1 + children.Select(child => child.Depth).DefaultIfEmpty().Max();
}

internal sealed record LiteralNode(int At, object? Value) : ExpressionNode(At, 1);

internal sealed record TemplateNode(int At, IReadOnlyList<ExpressionNode> Parts) : ExpressionNode(At, Over(Parts));

internal sealed record ListNode(int At, IReadOnlyList<ExpressionNode> Items) : ExpressionNode(At, Over(Items));

internal sealed record ObjectNode(int At, IReadOnlyList<KeyValuePair<string, ExpressionNode>> Members)
    : ExpressionNode(At, Over(Members.Select(member => member.Value)));

internal sealed record NameNode(int At, string Name) : ExpressionNode(At, 1);

/// <summary><c>variables.x</c> and <c>getVariable('x')</c>.</summary>
internal sealed record VariableNode(int At, string Name) : ExpressionNode(At, 1);

/// <summary><c>input.x</c> and <c>getInput('x')</c>.</summary>
internal sealed record InputNode(int At, string Name) : ExpressionNode(At, 1);

/// <summary><c>getX()</c>: Elsa makes such a function for every variable and input.</summary>
internal sealed record GetterNode(int At, string Name) : ExpressionNode(At, 1);

internal sealed record MemberNode(int At, ExpressionNode Target, string Name, bool IsOptional) : ExpressionNode(At, Over(Target));

internal sealed record IndexNode(int At, ExpressionNode Target, ExpressionNode Index, bool IsOptional) : ExpressionNode(At, Over(Target, Index));

/// <summary>A run of members that ends early when an optional one finds nothing: <c>a?.b.c</c>.</summary>
internal sealed record ChainNode(int At, ExpressionNode Inner) : ExpressionNode(At, Over(Inner));

internal sealed record FunctionNode(int At, ExpressionFunction Function, IReadOnlyList<ExpressionNode> Arguments)
    : ExpressionNode(At, Over(Arguments));

internal sealed record MethodNode(int At, ExpressionNode Target, string Name, IReadOnlyList<ExpressionNode> Arguments, bool IsOptional)
    : ExpressionNode(At, Over([Target, .. Arguments]));

internal sealed record UnaryNode(int At, UnaryOperator Operator, ExpressionNode Operand) : ExpressionNode(At, Over(Operand));

internal sealed record BinaryNode(int At, BinaryOperator Operator, ExpressionNode Left, ExpressionNode Right) : ExpressionNode(At, Over(Left, Right));

internal sealed record ConditionalNode(int At, ExpressionNode Condition, ExpressionNode Then, ExpressionNode Else)
    : ExpressionNode(At, Over(Condition, Then, Else));

/// <summary>Statements one after the other; the value is what is returned, else that of the last expression.</summary>
internal sealed record BlockNode(int At, IReadOnlyList<ExpressionNode> Statements) : ExpressionNode(At, Over(Statements));

/// <summary><c>const x = …</c> and <c>let x = …</c>.</summary>
internal sealed record BindNode(int At, string Name, ExpressionNode Value, bool IsConstant) : ExpressionNode(At, Over(Value));

/// <summary><c>x = …</c> for a name bound by <c>let</c>.</summary>
internal sealed record AssignNode(int At, string Name, ExpressionNode Value) : ExpressionNode(At, Over(Value));

internal sealed record ReturnNode(int At, ExpressionNode Value) : ExpressionNode(At, Over(Value));

internal sealed record IfNode(int At, ExpressionNode Condition, ExpressionNode Then, ExpressionNode? Else)
    : ExpressionNode(At, Over(Else is null ? [Condition, Then] : [Condition, Then, Else]));

/// <summary>In scripts: <c>setVariable('x', …)</c>, <c>setX(…)</c>, <c>variables.x = …</c>.</summary>
internal sealed record SetVariableNode(int At, ExpressionNode Name, ExpressionNode Value) : ExpressionNode(At, Over(Name, Value));

/// <summary>In scripts: <c>setOutcome(…)</c>, <c>setOutcomes([…])</c>.</summary>
internal sealed record SetOutcomeNode(int At, ExpressionNode Value) : ExpressionNode(At, Over(Value));

/// <summary><c>item => …</c>, as an argument of a method that goes through a list.</summary>
internal sealed record LambdaNode(int At, IReadOnlyList<string> Parameters, ExpressionNode Body) : ExpressionNode(At, Over(Body));
