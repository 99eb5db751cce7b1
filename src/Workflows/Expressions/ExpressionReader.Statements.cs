using GridFlow.Workflows.Definitions;

namespace GridFlow.Workflows.Expressions;

/// <summary>Statements and arrow functions: names bound, conditions, values returned; in scripts, variables set.</summary>
internal sealed partial class ExpressionReader
{
    private static readonly LocalizedText OperatorWanted = new("这里应是运算符，或到此结束", "An operator or the end is expected");

    // Names bound with let; whether the one meant is, shows when the script runs.
    private readonly HashSet<string> _assignable = [];

    public ExpressionNode Whole()
    {
        if (_current.Kind == TokenKind.End)
        {
            throw new ExpressionSyntaxException(new("表达式是空的。", "The expression is empty."), 0);
        }

        var statements = Statements(end: null);
        return statements is [ReturnNode { Value: var only }] ? only : statements is [var single] ? single : Sound(new BlockNode(0, statements));
    }

    private List<ExpressionNode> Statements(string? end)
    {
        var statements = new List<ExpressionNode>();
        while (_current.Kind != TokenKind.End && !(end is not null && _current.Is(end)))
        {
            if (statements.Count > 0 && !_isScript && statements[^1] is not (BindNode or AssignNode or IfNode or ReturnNode))
            {
                throw ExpressionRefusals.Unexpected(_current, new("这里只能写一个表达式", "Only one expression is allowed"));
            }

            var statement = Statement();
            statements.Add(statement);
            var ended = statement is IfNode;
            while (Accept(";"))
            {
                ended = true;
            }

            if (!ended && !_current.IsOnNewLine && _current.Kind != TokenKind.End && !(end is not null && _current.Is(end)))
            {
                throw ExpressionRefusals.Unexpected(_current, OperatorWanted);
            }

        }

        return statements;
    }

    private ExpressionNode Statement()
    {
        var statement = _current switch
        {
            { Kind: TokenKind.Name, Text: "const" or "let" or "var" } => Binding(),
            { Kind: TokenKind.Name, Text: "return" } => Returned(),
            { Kind: TokenKind.Name, Text: "if" } => Condition(),
            _ => ExpressionOrAssignment(),
        };
        return Sound(statement);
    }

    private BindNode Binding()
    {
        var start = _current;
        Advance();
        var name = ExpectName(new("这里应写一个名称", "A name to bind is expected"));
        if (ExpressionRefusals.OfWord(name.Text) is { } refusal)
        {
            throw new ExpressionSyntaxException(refusal, name.Position);
        }

        if (!Accept("="))
        {
            throw new ExpressionSyntaxException(new($"“{name.Text}”需要一个值：{start.Text} {name.Text} = …", $"'{name.Text}' needs a value: {start.Text} {name.Text} = …"), _current.Position);
        }

        var value = Expression();
        if (start.Text != "const")
        {
            _assignable.Add(name.Text);
        }

        return new BindNode(start.Position, name.Text, value, start.Text == "const");
    }

    private ReturnNode Returned()
    {
        var position = _current.Position;
        Advance();
        var isEmpty = _current.Is(";") || _current.Is("}");
        return new ReturnNode(position, isEmpty ? new LiteralNode(position, null) : Expression());
    }

    private IfNode Condition()
    {
        var position = _current.Position;
        Enter(position);
        Advance();
        Expect("(");
        var condition = Expression();
        Expect(")");
        var then = Branch();
        ExpressionNode? otherwise = null;
        if (_current.IsName("else"))
        {
            Advance();
            otherwise = Branch();
        }

        _nesting--;
        return new IfNode(position, condition, then, otherwise);
    }

    private ExpressionNode Branch()
    {
        var position = _current.Position;
        if (!Accept("{"))
        {
            var statement = Statement();
            while (Accept(";"))
            {
            }

            return statement;
        }

        var statements = Statements("}");
        Expect("}");
        return Sound(new BlockNode(position, statements));
    }

    private ExpressionNode ExpressionOrAssignment()
    {
        var target = Expression();
        if (!_current.Is("="))
        {
            return target;
        }

        switch (target)
        {
            case NameNode name when _assignable.Contains(name.Name):
                Advance();
                return new AssignNode(name.Position, name.Name, Expression());
            case VariableNode variable when _isScript:
                Advance();
                return new SetVariableNode(variable.Position, new LiteralNode(variable.Position, variable.Name), Expression());
            default:
                throw ExpressionRefusals.Unexpected(_current, OperatorWanted);
        }
    }

    /// <summary>What only scripts may call: they set variables and outcomes.</summary>
    private ExpressionNode? Setter(Token name)
    {
        if (!name.Text.StartsWith("set", StringComparison.Ordinal) || name.Text.Length == 3 || !_current.Is("("))
        {
            return null;
        }

        var arguments = Arguments();
        return (name.Text, arguments) switch
        {
            ("setVariable", [var variable, var value]) => new SetVariableNode(name.Position, variable, value),
            ("setOutcome" or "setOutcomes", [var outcomes]) => new SetOutcomeNode(name.Position, outcomes),
            ("setVariable" or "setOutcome" or "setOutcomes" or "setCorrelationId" or "setWorkflowInstanceName", _) => throw ExpressionRefusals.Function(name.Text, name.Position),
            (_, [var value]) => new SetVariableNode(name.Position, new LiteralNode(name.Position, name.Text[3..]), value),
            _ => throw ExpressionRefusals.Function(name.Text, name.Position),
        };
    }

    /// <summary>The parameters of the arrow function that begins here, read past its arrow; null, and nothing read, when none does.</summary>
    private List<string>? LambdaParameters()
    {
        var (token, position) = (_current, _lexer.Position);
        if (token.Kind is not TokenKind.Name && !token.Is("("))
        {
            return null;
        }

        var parameters = new List<string>();
        Advance();
        if (token.Kind == TokenKind.Name)
        {
            parameters.Add(token.Text);
        }
        else
        {
            while (_current.Kind == TokenKind.Name)
            {
                parameters.Add(_current.Text);
                Advance();
                if (!Accept(","))
                {
                    break;
                }
            }

            if (!Accept(")"))
            {
                parameters.Clear();
            }
        }

        if (_current.Is("=>"))
        {
            Advance();
            return parameters;
        }

        (_current, _lexer.Position) = (token, position);
        return null;
    }

    private LambdaNode Lambda(List<string> parameters)
    {
        var position = _current.Position;
        Enter(position);
        ExpressionNode body;
        if (Accept("{"))
        {
            var statements = Statements("}");
            Expect("}");
            body = new BlockNode(position, statements);
        }
        else
        {
            body = Expression();
        }

        _nesting--;
        return new LambdaNode(position, parameters, Sound(body));
    }
}
