namespace GridFlow.Workflows.Expressions;

internal enum UnaryOperator
{
    Not,
    Minus,
    Plus,
    TypeOf,
}

internal enum BinaryOperator
{
    Coalesce,
    Or,
    And,
    Equal,
    NotEqual,
    StrictEqual,
    StrictNotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
}

internal static class ExpressionOperators
{
    /// <summary>Binary operators by their sign, with how tightly they bind; all group from the left.</summary>
    public static readonly IReadOnlyDictionary<string, (BinaryOperator Operator, int Precedence)> Binary =
        new Dictionary<string, (BinaryOperator, int)>
        {
            ["??"] = (BinaryOperator.Coalesce, 2),
            ["||"] = (BinaryOperator.Or, 2),
            ["&&"] = (BinaryOperator.And, 3),
            ["=="] = (BinaryOperator.Equal, 4),
            ["!="] = (BinaryOperator.NotEqual, 4),
            ["==="] = (BinaryOperator.StrictEqual, 4),
            ["!=="] = (BinaryOperator.StrictNotEqual, 4),
            ["<"] = (BinaryOperator.Less, 5),
            ["<="] = (BinaryOperator.LessOrEqual, 5),
            [">"] = (BinaryOperator.Greater, 5),
            [">="] = (BinaryOperator.GreaterOrEqual, 5),
            ["+"] = (BinaryOperator.Add, 6),
            ["-"] = (BinaryOperator.Subtract, 6),
            ["*"] = (BinaryOperator.Multiply, 7),
            ["/"] = (BinaryOperator.Divide, 7),
            ["%"] = (BinaryOperator.Remainder, 7),
        };
}
