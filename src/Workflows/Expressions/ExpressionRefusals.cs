namespace GridFlow.Workflows.Expressions;

/// <summary>What to say of the JavaScript that is not read.</summary>
internal static class ExpressionRefusals
{
    private const string Assignment = "Assignment is not supported: an expression only computes a value; set variables with a SetVariable activity.";
    private const string Bitwise = "Bitwise operators are not supported.";
    private const string Statement = "is a statement, and statements are not supported: write one expression.";

    private static readonly Dictionary<string, string> Words = new()
    {
        ["new"] = "'new' is supported for dates only: new Date(), new Date('2026-01-31').",
        ["function"] = "Functions of one's own are not supported.",
        ["async"] = "'async' is not supported.",
        ["await"] = "'await' is not supported.",
        ["yield"] = "'yield' is not supported.",
        ["class"] = "'class' is not supported.",
        ["this"] = "'this' is not supported.",
        ["super"] = "'super' is not supported.",
        ["delete"] = "'delete' is not supported: an expression changes nothing.",
        ["void"] = "'void' is not supported.",
        ["in"] = "'in' is not supported; use includes(…) or compare with null.",
        ["instanceof"] = "'instanceof' is not supported.",
        ["import"] = "'import' is not supported.",
        ["export"] = "'export' is not supported.",
        ["return"] = "'return' may only begin a statement.",
    };

    private static readonly string[] Statements =
        ["const", "let", "var", "if", "else", "for", "while", "do", "switch", "case", "break", "continue", "throw", "try", "catch", "finally", "with", "debugger", "default", "enum"];

    private static readonly Dictionary<string, string> Signs = new()
    {
        ["=>"] = "Arrow functions may only stand as arguments of methods such as map or filter.",
        ["..."] = "Spreading with '...' is not supported; use concat.",
        ["++"] = Assignment,
        ["--"] = Assignment,
        ["**"] = "'**' is not supported.",
        ["&"] = Bitwise,
        ["|"] = Bitwise,
        ["^"] = Bitwise,
        ["~"] = Bitwise,
        ["<<"] = Bitwise,
        [">>"] = Bitwise,
        [">>>"] = Bitwise,
    };

    /// <summary>Why a name may not be used as one, when it is a word of JavaScript. <c>case</c> is a name here: it is the case at hand.</summary>
    public static string? OfWord(string name) => name switch
    {
        "case" => null,
        _ when Words.TryGetValue(name, out var refusal) => refusal,
        _ when Statements.Contains(name) => $"'{name}' {Statement}",
        _ => null,
    };

    /// <summary>What to say when a token stands where it cannot; <paramref name="wanted"/> is said when nothing better is known.</summary>
    public static ExpressionSyntaxException Unexpected(Token token, string wanted)
    {
        var message = token.Kind switch
        {
            TokenKind.End => $"{wanted}, but the expression ends here.",
            TokenKind.Name => OfWord(token.Text),
            TokenKind.Sign when Signs.TryGetValue(token.Text, out var refusal) => refusal,
            TokenKind.Sign when token.Text.EndsWith('=') && !ExpressionOperators.Binary.ContainsKey(token.Text) => Assignment,
            TokenKind.Sign or TokenKind.Number or TokenKind.Text or TokenKind.Template => null,
        };
        return new(message ?? $"{wanted}, not '{token.Text}'.", token.Position);
    }

    public static ExpressionSyntaxException Function(string name, int position)
    {
        var message = name switch
        {
            _ when name.StartsWith("set", StringComparison.Ordinal) =>
                $"The function '{name}' changes something, which an expression may not; use a SetVariable activity.",
            "Date" => "'Date' is not a function here; use now(), new Date() or date('2026-01-31').",
            _ => $"The function '{name}' is not supported.",
        };
        return new(message, position);
    }

    public static ExpressionSyntaxException Arguments(ExpressionFunction function, int count, int position)
    {
        var wanted = (function.Fewest, function.Most) switch
        {
            (0, 0) => "no arguments",
            var (fewest, most) when fewest == most => fewest == 1 ? "1 argument" : $"{fewest} arguments",
            (var fewest, int.MaxValue) => $"at least {fewest} argument{(fewest == 1 ? "" : "s")}",
            var (fewest, most) => $"{fewest} to {most} arguments",
        };
        return new($"'{function.Name}' takes {wanted}, not {count}.", position);
    }
}
