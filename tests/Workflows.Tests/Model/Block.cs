using System.Collections.Immutable;
using GridFlow.Workflows.Activities.ControlFlow;

namespace GridFlow.Workflows.Tests.Model;

/// <summary>
/// A piece of a flow of which it is plain what it should do. <see cref="BlockDrawing"/> draws it as a flowchart for the engine,
/// <see cref="BlockModel"/> says what must be open after each event; neither knows of the other.
/// </summary>
internal abstract record Block
{
    /// <summary>Unique in a plan; part of the names of its activities.</summary>
    public int Id { get; init; }

    public virtual IEnumerable<Line> Lines => [];

    public virtual Block WithLines(IReadOnlyList<Line> lines) => this;

    /// <summary>A human task, and where each of its outcomes leads; with a limit it has a clock, and perhaps a way out when overdue.</summary>
    internal sealed record Ask(ImmutableArray<Line> Outcomes, bool HasLimit, Line? Overdue) : Block
    {
        public override IEnumerable<Line> Lines => Overdue is null ? Outcomes : Outcomes.Append(Overdue);

        public override Block WithLines(IReadOnlyList<Line> lines) =>
            this with { Outcomes = [.. lines.Take(Outcomes.Length)], Overdue = Overdue is null ? null : lines[^1] };

        public override string ToString() => $"ask{Id}({string.Join(" | ", Outcomes.Select((line, index) => $"O{index}: {line}"))}{(Overdue is null ? HasLimit ? " | limit" : "" : $" | Overdue: {Overdue}")})";
    }

    /// <summary>A delay.</summary>
    internal sealed record Pause : Block
    {
        public override string ToString() => $"pause{Id}";
    }

    /// <summary>An event that somebody publishes.</summary>
    internal sealed record Signal : Block
    {
        public override string ToString() => $"event{Id}";
    }

    /// <summary>A container of its own: a flowchart in the flowchart, or several one after the other, or at the same time.</summary>
    internal sealed record Box(BoxKind Kind, ImmutableArray<Line> Parts) : Block
    {
        public override IEnumerable<Line> Lines => Parts;

        public override Block WithLines(IReadOnlyList<Line> lines) => this with { Parts = [.. lines] };

        public override string ToString() => $"{Kind}{Id}({string.Join("; ", Parts)})";
    }

    /// <summary>Adds to the variable <c>total</c>.</summary>
    internal sealed record Add(int Amount) : Block
    {
        public override string ToString() => $"add{Id}({Amount})";
    }

    /// <summary>A decision on the input <c>k</c>.</summary>
    internal sealed record Choose(int Above, Line Then, Line Else) : Block
    {
        public override IEnumerable<Line> Lines => [Then, Else];

        public override Block WithLines(IReadOnlyList<Line> lines) => this with { Then = lines[0], Else = lines[1] };

        public override string ToString() => $"choose{Id}(k > {Above} ? {Then} : {Else})";
    }

    /// <summary>Branches that run at once and meet; no mode means that they meet at whatever comes next, without a join.</summary>
    internal sealed record Fork(ImmutableArray<Line> Branches, FlowJoinMode? Mode) : Block
    {
        public override IEnumerable<Line> Lines => Branches;

        public override Block WithLines(IReadOnlyList<Line> lines) => this with { Branches = [.. lines] };

        public override string ToString() => $"fork{Id}({string.Join(" & ", Branches)}){Mode}";
    }

    /// <summary>Something, and then a person who says whether it is done again.</summary>
    internal sealed record Loop(Line Body) : Block
    {
        public override IEnumerable<Line> Lines => [Body];

        public override Block WithLines(IReadOnlyList<Line> lines) => this with { Body = lines[0] };

        public override string ToString() => $"loop{Id}({Body})";
    }

    /// <summary>Another workflow; <see cref="WhenX"/> follows when that ended with the outcome X.</summary>
    internal sealed record Call(Line Child, int Input, Line WhenX) : Block
    {
        public override IEnumerable<Line> Lines => [Child, WhenX];

        public override Block WithLines(IReadOnlyList<Line> lines) => this with { Child = lines[0], WhenX = lines[1] };

        public override string ToString() => $"call{Id}(k = {Input}; {Child}; X: {WhenX})";
    }

    /// <summary>The branch ends here; others go on.</summary>
    internal sealed record End : Block
    {
        public override string ToString() => $"end{Id}";
    }

    /// <summary>The workflow ends here, with what is still alive in it; with the outcome X, or with Done.</summary>
    internal sealed record Leave(bool WithX) : Block
    {
        public override string ToString() => WithX ? $"complete{Id}(X)" : $"finish{Id}";
    }
}

/// <summary>What a box is drawn as.</summary>
internal enum BoxKind
{
    Flowchart,
    Sequence,
    Parallel,
}

/// <summary>Blocks one after the other; perhaps none.</summary>
internal sealed record Line(ImmutableArray<Block> Blocks)
{
    public static readonly Line Empty = new([]);

    public override string ToString() => $"[{string.Join(" ", Blocks)}]";
}
