namespace GridFlow.Workflows.Expressions;

/// <param name="Name">As written in expressions.</param>
/// <param name="Fewest">Fewest arguments it takes.</param>
/// <param name="Most">Most arguments it takes.</param>
/// <param name="Body">Works out the value.</param>
internal sealed record ExpressionFunction(string Name, int Fewest, int Most, Func<ExpressionCall, object?> Body)
{
    /// <summary>Its first argument is an arrow function.</summary>
    public bool TakesLambda { get; init; }

    public bool Takes(int count) => count >= Fewest && count <= Most;
}

/// <summary>One call: the arguments, read as what the function wants, with an error that names the function when they are not.</summary>
/// <param name="Name">The function's name, for errors.</param>
/// <param name="Target">For a method, the value it is called on.</param>
/// <param name="Arguments">What was passed.</param>
/// <param name="Scope">The surroundings, for the clock and the time zone.</param>
/// <param name="Position">Where the call stands.</param>
internal sealed record ExpressionCall(string Name, object? Target, object?[] Arguments, ExpressionScope Scope, int Position)
{
    public string TargetText => (string)Target!;

    public IReadOnlyList<object?> TargetList => (IReadOnlyList<object?>)Target!;

    /// <summary>The arrow function passed first.</summary>
    public Func<object?[], object?> Lambda => ((ExpressionLambda)Arguments[0]!).Invoke;

    public bool Has(int index) => index < Arguments.Length;

    public object? Value(int index) => Has(index) ? Arguments[index] : null;

    public double Number(int index) => ExpressionValue.ToNumber(Value(index));

    public string Text(int index)
    {
        var value = Value(index);
        return value is IReadOnlyDictionary<string, object?> or IReadOnlyList<object?>
            ? throw Wrong(index, "text", value)
            : ExpressionValue.ToText(value);
    }

    public DateTimeOffset Date(int index) => Value(index) switch
    {
        DateTimeOffset date => date,
        string text when ExpressionDates.TryRead(text, Scope.TimeZone, out var date) => date,
        var other => throw Wrong(index, "a date", other),
    };

    /// <summary>An index or length: the number cut to an integer, or <paramref name="otherwise"/> when it is not given.</summary>
    public int Integer(int index, int otherwise)
    {
        var number = Has(index) ? Number(index) : otherwise;
        return double.IsNaN(number) ? 0 : (int)Math.Clamp(Math.Truncate(number), int.MinValue, int.MaxValue);
    }

    /// <summary>Where a slice given by two arguments begins and ends in something of a length; negative counts from the end.</summary>
    public (int From, int To) Slice(int length)
    {
        var from = FromEnd(Integer(0, 0), length);
        var to = FromEnd(Integer(1, length), length);
        return (from, Math.Max(from, to));
    }

    public ExpressionException Fail(string message) => new(message, Position);

    private ExpressionException Wrong(int index, string wanted, object? value) =>
        Fail($"'{Name}' needs {wanted} as argument {index + 1}, not {ExpressionValue.KindOf(value)}.");

    private static int FromEnd(int index, int length) =>
        index < 0 ? (int)Math.Max(0, (long)length + index) : Math.Min(index, length);
}
