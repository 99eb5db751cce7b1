using System.Collections.Immutable;

namespace GridFlow.Workflows.Expressions.Conditions;

/// <summary>A part of a condition: a row, or a group of them.</summary>
public abstract record ConditionItem;

/// <summary>Rows of which all must hold, or any. An empty group of all always holds, one of any never does.</summary>
public sealed record ConditionGroup(bool IsAny, ImmutableArray<ConditionItem> Items) : ConditionItem
{
    /// <summary>What always holds.</summary>
    public static readonly ConditionGroup Always = new(false, []);

    /// <summary>The same rows, in the same order.</summary>
    public bool Equals(ConditionGroup? other) => other is not null && IsAny == other.IsAny && Items.SequenceEqual(other.Items);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(IsAny, Items.Length);
}

/// <summary>One row: a subject, how it is tested, and with what.</summary>
/// <param name="Subject">What is looked at.</param>
/// <param name="Test">How.</param>
/// <param name="Value">With what; null where the test takes no value.</param>
public sealed record ConditionRow(ConditionSubject Subject, ConditionTest Test, ConditionOperand? Value = null) : ConditionItem
{
    /// <summary>For <see cref="ConditionTest.Is"/> and its opposite: <c>==</c> instead of <c>===</c>, so that the text 5 equals the number.</summary>
    public bool IsLoose { get; init; }
}

/// <summary>What a subject is compared with.</summary>
public abstract record ConditionOperand;

/// <summary>A text, a number, or yes and no.</summary>
/// <param name="Value">A <see cref="string"/>, <see cref="double"/> or <see cref="bool"/>.</param>
public sealed record ConditionLiteral(object Value) : ConditionOperand;

/// <summary>Several texts or numbers.</summary>
public sealed record ConditionList(ImmutableArray<object> Values) : ConditionOperand
{
    /// <summary>The same values, in the same order.</summary>
    public bool Equals(ConditionList? other) => other is not null && Values.SequenceEqual(other.Values);

    /// <inheritdoc/>
    public override int GetHashCode() => Values.Length;
}

/// <summary>Where a subject is found.</summary>
public enum ConditionSource
{
    /// <summary><c>case.tier</c></summary>
    Case,

    /// <summary><c>variables.x</c></summary>
    Variable,

    /// <summary><c>input.x</c></summary>
    Input,

    /// <summary><c>outputs.step?.field</c>: what was answered at an earlier step.</summary>
    Output,

    /// <summary><c>getX()</c>: a variable or an input, whichever there is, as Elsa writes it.</summary>
    Getter,

    /// <summary><c>hour(now())</c>: the hour, day of the week, day or month by the calendar's clocks.</summary>
    Clock,
}

/// <summary>Something a condition can ask for.</summary>
/// <param name="Source">Where it is found.</param>
/// <param name="Name">Its name there; for an output, the step's id.</param>
/// <param name="Field">For an output, which of the answers; else empty.</param>
public sealed record ConditionSubject(ConditionSource Source, string Name, string Field = "") : ConditionOperand
{
    /// <summary>For the case and for outputs: a step that was not taken answers nothing, instead of failing.</summary>
    public bool IsOptional { get; init; }
}
