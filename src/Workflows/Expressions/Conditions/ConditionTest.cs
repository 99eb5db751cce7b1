namespace GridFlow.Workflows.Expressions.Conditions;

/// <summary>How a row tests its subject. The remark of each says what it is in the expression language, x being the subject.</summary>
public enum ConditionTest
{
    /// <summary><c>x === v</c></summary>
    Is,

    /// <summary><c>x !== v</c></summary>
    IsNot,

    /// <summary><c>x > v</c></summary>
    More,

    /// <summary><c>x >= v</c></summary>
    AtLeast,

    /// <summary><c>x &lt; v</c></summary>
    Less,

    /// <summary><c>x &lt;= v</c></summary>
    AtMost,

    /// <summary><c>['a', 'b'].includes(x)</c></summary>
    OneOf,

    /// <summary><c>!['a', 'b'].includes(x)</c></summary>
    NoneOf,

    /// <summary><c>x?.includes('a')</c>: a text within a text, an item of a list.</summary>
    Contains,

    /// <summary><c>!x?.includes('a')</c></summary>
    ContainsNot,

    /// <summary><c>isUnder(x, 'key')</c>: a category, or one beneath a group.</summary>
    Under,

    /// <summary><c>!isUnder(x, 'key')</c></summary>
    NotUnder,

    /// <summary><c>isInArea(x, 'code')</c></summary>
    InArea,

    /// <summary><c>!isInArea(x, 'code')</c></summary>
    NotInArea,

    /// <summary><c>x</c></summary>
    Holds,

    /// <summary><c>!x</c></summary>
    HoldsNot,

    /// <summary><c>isEmpty(x)</c></summary>
    Empty,

    /// <summary><c>!isEmpty(x)</c></summary>
    NotEmpty,

    /// <summary><c>x === null</c></summary>
    Missing,

    /// <summary><c>x !== null</c></summary>
    Known,
}

/// <summary>What holds of each test.</summary>
public static class ConditionTests
{
    private static readonly (ConditionTest One, ConditionTest Other)[] Opposites =
    [
        (ConditionTest.Is, ConditionTest.IsNot), (ConditionTest.OneOf, ConditionTest.NoneOf), (ConditionTest.Contains, ConditionTest.ContainsNot),
        (ConditionTest.Under, ConditionTest.NotUnder), (ConditionTest.InArea, ConditionTest.NotInArea), (ConditionTest.Holds, ConditionTest.HoldsNot),
        (ConditionTest.Empty, ConditionTest.NotEmpty), (ConditionTest.Missing, ConditionTest.Known),
    ];

    /// <summary>The test that holds exactly where this one does not; null for comparisons, which do not hold of nothing either way round.</summary>
    public static ConditionTest? Opposite(this ConditionTest test)
    {
        foreach (var (one, other) in Opposites)
        {
            if (test == one || test == other)
            {
                return test == one ? other : one;
            }
        }

        return null;
    }

    /// <summary>Whether the test compares the subject with something.</summary>
    public static bool TakesValue(this ConditionTest test) => test is not (ConditionTest.Holds or ConditionTest.HoldsNot
        or ConditionTest.Empty or ConditionTest.NotEmpty or ConditionTest.Missing or ConditionTest.Known);

    /// <summary>Whether the test takes several values.</summary>
    public static bool TakesList(this ConditionTest test) => test is ConditionTest.OneOf or ConditionTest.NoneOf;
}
