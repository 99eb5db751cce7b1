using GridFlow.Workflows.Definitions;

namespace GridFlow.Workflows.Expressions;

/// <summary>A Pratt parser over one text: <see cref="Binary"/> climbs the operators, <see cref="Unary"/> and <see cref="Postfix"/> bind closest.</summary>
internal sealed partial class ExpressionReader
{
    private static readonly LocalizedText ValueWanted = new("这里应写一个值", "A value is expected");

    private static readonly LocalizedText MemberWanted = new("这里应写属性名", "The name of a member is expected");

    private readonly ExpressionLexer _lexer;
    private readonly bool _isScript;
    private Token _current;
    private int _nesting;

    public ExpressionReader(string source, bool isScript)
    {
        _isScript = isScript;
        _lexer = new ExpressionLexer(source);
        _current = _lexer.Next();
    }

    private ExpressionNode Expression()
    {
        Enter(_current.Position);
        var condition = Binary(0);
        if (_current.Is("?"))
        {
            Advance();
            var then = Expression();
            Expect(":");
            condition = Sound(new ConditionalNode(condition.Position, condition, then, Expression()));
        }

        _nesting--;
        return condition;
    }

    private ExpressionNode Binary(int tighterThan)
    {
        var left = Unary();
        while (_current.Kind == TokenKind.Sign
            && ExpressionOperators.Binary.TryGetValue(_current.Text, out var sign) && sign.Precedence > tighterThan)
        {
            Advance();
            left = Sound(new BinaryNode(left.Position, sign.Operator, left, Binary(sign.Precedence)));
        }

        return left;
    }

    private ExpressionNode Unary()
    {
        UnaryOperator? sign = _current switch
        {
            { Kind: TokenKind.Sign, Text: "!" } => UnaryOperator.Not,
            { Kind: TokenKind.Sign, Text: "-" } => UnaryOperator.Minus,
            { Kind: TokenKind.Sign, Text: "+" } => UnaryOperator.Plus,
            { Kind: TokenKind.Name, Text: "typeof" } => UnaryOperator.TypeOf,
            _ => null,
        };
        if (sign is not { } known)
        {
            return Postfix();
        }

        var position = _current.Position;
        Enter(position);
        Advance();
        var operand = Unary();
        _nesting--;
        return Sound(new UnaryNode(position, known, operand));
    }

    private ExpressionNode Postfix()
    {
        var node = Primary();
        var isChain = false;
        while (true)
        {
            var position = _current.Position;
            var optional = Accept("?.");
            isChain |= optional;
            if (Accept("["))
            {
                var index = Expression();
                Expect("]");
                node = Sound(IsRoot(node, "variables", index, out var name) ? new VariableNode(node.Position, name)
                    : IsRoot(node, "input", index, out name) ? new InputNode(node.Position, name)
                    : new IndexNode(position, node, index, optional));
            }
            else if (optional || Accept("."))
            {
                node = Sound(Member(node, optional));
            }
            else if (_current.Is("("))
            {
                throw new ExpressionSyntaxException(new("只能调用已有的函数和方法。", "Only functions and methods known by name can be called."), position);
            }
            else
            {
                return isChain ? Sound(new ChainNode(node.Position, node)) : node;
            }
        }
    }

    private ExpressionNode Member(ExpressionNode target, bool optional)
    {
        var name = ExpectName(MemberWanted);
        if (!_current.Is("("))
        {
            return target switch
            {
                NameNode { Name: "variables" } => new VariableNode(target.Position, name.Text),
                NameNode { Name: "input" } => new InputNode(target.Position, name.Text),
                _ => new MemberNode(name.Position, target, name.Text, optional),
            };
        }

        // Which of several methods of one name is meant, and so how many arguments it takes, depends on the value.
        if (!ExpressionMethods.Names.Contains(name.Text))
        {
            throw new ExpressionSyntaxException(new($"不支持方法“{name.Text}”。", $"The method '{name.Text}' is not supported."), name.Position);
        }

        return new MethodNode(name.Position, target, name.Text, Arguments(), optional);
    }

    private ExpressionNode Primary()
    {
        var token = _current;
        Advance(except: TokenKind.Template);
        switch (token.Kind)
        {
            case TokenKind.Number:
                return new LiteralNode(token.Position, token.Number);
            case TokenKind.Text:
                return new LiteralNode(token.Position, token.Text);
            case TokenKind.Template:
                return Sound(Template(token));
            case TokenKind.Name when token.Text == "new" && _current.IsName("Date"):
                Advance();
                return Sound(NewDate(token.Position));
            case TokenKind.Name when ExpressionRefusals.OfWord(token.Text) is null:
                return Sound(Named(token));
            case TokenKind.Sign when token.Text == "(":
                var inner = Expression();
                Expect(")");
                return inner;
            case TokenKind.Sign when token.Text == "[":
                return Sound(new ListNode(token.Position, Items("]")));
            case TokenKind.Sign when token.Text == "{":
                return Sound(new ObjectNode(token.Position, Members()));
            case TokenKind.Sign when token.Text == "/":
                throw new ExpressionSyntaxException(new("不支持正则表达式。", "Regular expressions are not supported."), token.Position);
            default:
                throw ExpressionRefusals.Unexpected(token, ValueWanted);
        }
    }

    private ExpressionNode Named(Token token)
    {
        switch (token.Text)
        {
            case "true":
                return new LiteralNode(token.Position, true);
            case "false":
                return new LiteralNode(token.Position, false);
            case "null" or "undefined":
                return new LiteralNode(token.Position, null);
            case "NaN":
                return new LiteralNode(token.Position, double.NaN);
            case "Infinity":
                return new LiteralNode(token.Position, double.PositiveInfinity);
            case "Math" or "JSON" or "Object" or "Array":
            case "Date" when _current.Is("."):
                Expect(".");
                var member = ExpectName(new("这里应写函数名", "The name of a function is expected"));
                return Call(token with { Text = $"{token.Text}.{member.Text}" });
            default:
                return _current.Is("(") ? Call(token) : new NameNode(token.Position, token.Text);
        }
    }

    private FunctionNode NewDate(int position)
    {
        var arguments = _current.Is("(") ? Arguments() : [];
        var function = ExpressionFunctions.All[arguments.Count == 0 ? "now" : "date"];
        return function.Takes(arguments.Count) ? new FunctionNode(position, function, arguments) : throw ExpressionRefusals.Arguments(function, arguments.Count, position);
    }

    private ExpressionNode Call(Token name)
    {
        if (_isScript && Setter(name) is { } setter)
        {
            return setter;
        }

        if (!ExpressionFunctions.All.TryGetValue(name.Text, out var function))
        {
            var isGetter = name.Text.Length > 3 && name.Text.StartsWith("get", StringComparison.Ordinal) && !char.IsLower(name.Text[3]);
            return isGetter && _current.Is("(") && Arguments().Count == 0
                ? new GetterNode(name.Position, name.Text[3..])
                : throw ExpressionRefusals.Function(name.Text, name.Position);
        }

        var arguments = Arguments();
        if (!function.Takes(arguments.Count))
        {
            throw ExpressionRefusals.Arguments(function, arguments.Count, name.Position);
        }

        return (name.Text, arguments) switch
        {
            ("getVariable", [LiteralNode { Value: string variable }]) => new VariableNode(name.Position, variable),
            ("getInput", [LiteralNode { Value: string input }]) => new InputNode(name.Position, input),
            _ => new FunctionNode(name.Position, function, arguments),
        };
    }

    private TemplateNode Template(Token token)
    {
        var parts = new List<ExpressionNode>();
        while (true)
        {
            var text = _lexer.TemplateText(token.Position, out var opensHole);
            parts.Add(new LiteralNode(token.Position, text));
            Advance();
            if (!opensHole)
            {
                return new TemplateNode(token.Position, parts);
            }

            parts.Add(Expression());
            // The brace is left current: what follows it is text of the template, not a token.
            if (!_current.Is("}"))
            {
                throw ExpressionRefusals.Unexpected(_current, SignWanted("}"));
            }
        }
    }

    private List<ExpressionNode> Arguments()
    {
        Expect("(");
        return Items(")", mayBeLambdas: true);
    }

    private List<ExpressionNode> Items(string end, bool mayBeLambdas = false)
    {
        var items = new List<ExpressionNode>();
        while (!Accept(end))
        {
            items.Add(mayBeLambdas && LambdaParameters() is { } parameters ? Lambda(parameters) : Expression());
            if (!_current.Is(end))
            {
                Expect(",", new LocalizedText($"这里应写“,”或“{end}”", $"',' or '{end}' is expected"));
            }
        }

        return items;
    }

    private List<KeyValuePair<string, ExpressionNode>> Members()
    {
        var members = new List<KeyValuePair<string, ExpressionNode>>();
        while (!Accept("}"))
        {
            var key = _current;
            if (key.Kind is not (TokenKind.Name or TokenKind.Text or TokenKind.Number))
            {
                throw ExpressionRefusals.Unexpected(key, MemberWanted);
            }

            Advance();
            var isShort = key.Kind == TokenKind.Name && (_current.Is(",") || _current.Is("}"));
            if (!isShort)
            {
                Expect(":");
            }

            var name = key.Kind == TokenKind.Number ? ExpressionValue.ToText(key.Number) : key.Text;
            members.Add(new(name, isShort ? Named(key) : Expression()));
            if (!_current.Is("}"))
            {
                Expect(",", new LocalizedText("这里应写“,”或“}”", "',' or '}' is expected"));
            }
        }

        return members;
    }

    private static bool IsRoot(ExpressionNode node, string root, ExpressionNode index, out string name)
    {
        name = index is LiteralNode { Value: string text } ? text : "";
        return name.Length > 0 && node is NameNode named && named.Name == root;
    }

    private Token ExpectName(LocalizedText wanted)
    {
        var token = _current;
        if (token.Kind != TokenKind.Name)
        {
            throw ExpressionRefusals.Unexpected(token, wanted);
        }

        Advance();
        return token;
    }

    private void Expect(string sign, LocalizedText? wanted = null)
    {
        if (!Accept(sign))
        {
            throw ExpressionRefusals.Unexpected(_current, wanted ?? SignWanted(sign));
        }
    }

    private bool Accept(string sign)
    {
        var accepted = _current.Is(sign);
        if (accepted)
        {
            Advance();
        }

        return accepted;
    }

    private void Advance(TokenKind? except = null)
    {
        if (_current.Kind != except)
        {
            _current = _lexer.Next();
        }
    }

    private void Enter(int position)
    {
        if (++_nesting > ExpressionParser.MaxDepth)
        {
            throw TooDeep(position);
        }
    }

    private static ExpressionNode Sound(ExpressionNode node) =>
        node.Depth <= ExpressionParser.MaxDepth ? node : throw TooDeep(node.Position);

    private static ExpressionSyntaxException TooDeep(int position) =>
        new(new($"表达式嵌套超过 {ExpressionParser.MaxDepth} 层。", $"The expression is nested more than {ExpressionParser.MaxDepth} levels deep."), position);

    private static LocalizedText SignWanted(string sign) => new($"这里应写“{sign}”", $"'{sign}' is expected");
}
