using System.Collections.Immutable;

namespace GridFlow.Designer.Editing;

/// <summary>A drawn line: all connections from one step to another.</summary>
public readonly record struct FlowLink(string Source, string Target);

/// <summary>The steps and lines an editor has chosen; the first step chosen is the one others are measured by.</summary>
public sealed record FlowSelection(ImmutableArray<string> Nodes, ImmutableArray<FlowLink> Links)
{
    public static readonly FlowSelection None = new([], []);

    public bool IsEmpty => Nodes.IsEmpty && Links.IsEmpty;

    /// <summary>The one step chosen, with nothing beside it; else null.</summary>
    public string? Node => Links.IsEmpty && Nodes is [var only] ? only : null;

    /// <summary>The one line chosen, with nothing beside it; else null.</summary>
    public FlowLink? Link => Nodes.IsEmpty && Links is [var only] ? only : null;

    public static FlowSelection Of(params IEnumerable<string> nodes) => new([.. nodes.Distinct()], []);

    public static FlowSelection Of(FlowLink link) => new([], [link]);
}
