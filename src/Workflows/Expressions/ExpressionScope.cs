using System.Diagnostics.CodeAnalysis;

namespace GridFlow.Workflows.Expressions;

/// <summary>
/// What an expression may read. Values may be anything <see cref="ExpressionValue.From"/> takes; they are converted
/// when they are read. A name that is not found is tried again with its first letter in the other case, because
/// Elsa's <c>getCounter()</c> reads the variable <c>counter</c>.
/// </summary>
public sealed record ExpressionScope
{
    private static readonly Dictionary<string, object?> Nothing = [];

    /// <summary>What <c>now()</c> returns.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>The zone in which parts of dates are taken and dates without an offset are read; UTC unless set.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>
    /// <c>variables.x</c>, <c>getVariable('x')</c>, <c>getX()</c>. A variable that is declared but not set must be here with
    /// null: reading one that is absent is an error, so that a slip of the pen does not silently decide a flow.
    /// </summary>
    public IReadOnlyDictionary<string, object?> Variables { get; init; } = Nothing;

    /// <summary><c>input.x</c>, <c>getInput('x')</c>, and <c>getX()</c> where no variable has that name. An absent input is null.</summary>
    public IReadOnlyDictionary<string, object?> Input { get; init; } = Nothing;

    /// <summary>Other names an expression may begin with, such as <c>case</c>; <c>getX()</c> finds them last.</summary>
    public IReadOnlyDictionary<string, object?> Roots { get; init; } = Nothing;

    /// <summary>What <c>getOutputFrom('activity', 'output')</c> finds: an output of an activity, its only or first one when none is named.</summary>
    public Func<string, string?, (bool Found, object? Value)>? OutputOf { get; init; }

    /// <summary>For scripts: sets a variable. Null in expressions, which change nothing.</summary>
    public Action<string, object?>? SetVariable { get; init; }

    /// <summary>For scripts: adds an outcome. Null in expressions.</summary>
    public Action<string>? SetOutcome { get; init; }

    internal static bool TryFind(IReadOnlyDictionary<string, object?> values, string name, [MaybeNullWhen(false)] out object? value)
    {
        if (values.TryGetValue(name, out value))
        {
            return true;
        }

        if (name.Length == 0)
        {
            return false;
        }

        var first = char.IsUpper(name[0]) ? char.ToLowerInvariant(name[0]) : char.ToUpperInvariant(name[0]);
        return values.TryGetValue(first + name[1..], out value);
    }
}
