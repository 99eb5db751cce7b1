using GridFlow.Workflows.Definitions;

namespace GridFlow.Workflows.Expressions;

/// <summary>What to say of the JavaScript that is not read.</summary>
internal static class ExpressionRefusals
{
    private static readonly LocalizedText Assignment = new(
        "不支持赋值：表达式只计算一个值，要设置变量请用“设置变量”步骤。",
        "Assignment is not supported: an expression only computes a value; set variables with a SetVariable activity.");

    private static readonly LocalizedText Bitwise = new("不支持按位运算。", "Bitwise operators are not supported.");

    private static readonly Dictionary<string, LocalizedText> Words = new()
    {
        ["new"] = new("new 只能用于日期：new Date()、new Date('2026-01-31')。", "'new' is supported for dates only: new Date(), new Date('2026-01-31')."),
        ["function"] = new("不支持自定义函数。", "Functions of one's own are not supported."),
        ["async"] = Unsupported("async"),
        ["await"] = Unsupported("await"),
        ["yield"] = Unsupported("yield"),
        ["class"] = Unsupported("class"),
        ["this"] = Unsupported("this"),
        ["super"] = Unsupported("super"),
        ["delete"] = new("不支持 delete：表达式不改变任何东西。", "'delete' is not supported: an expression changes nothing."),
        ["void"] = Unsupported("void"),
        ["in"] = new("不支持 in，请用 includes(…) 或与 null 比较。", "'in' is not supported; use includes(…) or compare with null."),
        ["instanceof"] = Unsupported("instanceof"),
        ["import"] = Unsupported("import"),
        ["export"] = Unsupported("export"),
        ["return"] = new("return 只能写在语句开头。", "'return' may only begin a statement."),
    };

    private static readonly string[] Statements =
        ["const", "let", "var", "if", "else", "for", "while", "do", "switch", "case", "break", "continue", "throw", "try", "catch", "finally", "with", "debugger", "default", "enum"];

    private static readonly Dictionary<string, LocalizedText> Signs = new()
    {
        ["=>"] = new("箭头函数只能作为 map、filter 等方法的参数。", "Arrow functions may only stand as arguments of methods such as map or filter."),
        ["..."] = new("不支持用“...”展开，请用 concat。", "Spreading with '...' is not supported; use concat."),
        ["++"] = Assignment,
        ["--"] = Assignment,
        ["**"] = Unsupported("**"),
        ["&"] = Bitwise,
        ["|"] = Bitwise,
        ["^"] = Bitwise,
        ["~"] = Bitwise,
        ["<<"] = Bitwise,
        [">>"] = Bitwise,
        [">>>"] = Bitwise,
    };

    /// <summary>Why a name may not be used as one, when it is a word of JavaScript. <c>case</c> is a name here: it is the case at hand.</summary>
    public static LocalizedText? OfWord(string name) => name switch
    {
        "case" => null,
        _ when Words.TryGetValue(name, out var refusal) => refusal,
        _ when Statements.Contains(name) => new($"{name} 是语句，这里不支持语句，请写一个表达式。", $"'{name}' is a statement, and statements are not supported: write one expression."),
        _ => null,
    };

    /// <summary>What to say when a token stands where it cannot; <paramref name="wanted"/> is said when nothing better is known.</summary>
    public static ExpressionSyntaxException Unexpected(Token token, LocalizedText wanted)
    {
        var message = token.Kind switch
        {
            TokenKind.End => new($"{wanted.Zh}，但表达式到这里就结束了。", $"{wanted.En}, but the expression ends here."),
            TokenKind.Name => OfWord(token.Text),
            TokenKind.Sign when Signs.TryGetValue(token.Text, out var refusal) => refusal,
            TokenKind.Sign when token.Text.EndsWith('=') && !ExpressionOperators.Binary.ContainsKey(token.Text) => Assignment,
            TokenKind.Sign or TokenKind.Number or TokenKind.Text or TokenKind.Template => null,
        };
        return new(message ?? new($"{wanted.Zh}，而不是“{token.Text}”。", $"{wanted.En}, not '{token.Text}'."), token.Position);
    }

    public static ExpressionSyntaxException Function(string name, int position)
    {
        LocalizedText message = name switch
        {
            _ when name.StartsWith("set", StringComparison.Ordinal) => new(
                $"函数“{name}”会改变数据，表达式里不能用，请用“设置变量”步骤。",
                $"The function '{name}' changes something, which an expression may not; use a SetVariable activity."),
            "Date" => new("Date 在这里不是函数，请用 now()、new Date() 或 date('2026-01-31')。", "'Date' is not a function here; use now(), new Date() or date('2026-01-31')."),
            _ => new($"不支持函数“{name}”。", $"The function '{name}' is not supported."),
        };
        return new(message, position);
    }

    public static ExpressionSyntaxException Arguments(ExpressionFunction function, int count, int position)
    {
        LocalizedText wanted = (function.Fewest, function.Most) switch
        {
            (0, 0) => new("不带参数", "no arguments"),
            var (fewest, most) when fewest == most => new($"需要 {fewest} 个参数", fewest == 1 ? "1 argument" : $"{fewest} arguments"),
            (var fewest, int.MaxValue) => new($"至少需要 {fewest} 个参数", $"at least {fewest} argument{(fewest == 1 ? "" : "s")}"),
            var (fewest, most) => new($"需要 {fewest} 到 {most} 个参数", $"{fewest} to {most} arguments"),
        };
        return new(new($"“{function.Name}”{wanted.Zh}，而不是 {count} 个。", $"'{function.Name}' takes {wanted.En}, not {count}."), position);
    }

    private static LocalizedText Unsupported(string word) => new($"不支持 {word}。", $"'{word}' is not supported.");
}
