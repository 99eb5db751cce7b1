using System.Collections.Immutable;
using GridFlow.Workflows.Definitions;

namespace GridFlow.Designer.Problems;

/// <summary>One way out of a problem.</summary>
/// <param name="Text">The key of its name among the texts.</param>
/// <param name="Values">What stands in the places of the name: a step (by its name), a step's port, or a text.</param>
public sealed record ProblemFix(string Text, ImmutableArray<object> Values)
{
    /// <summary>The edit that mends it; null where a person has to say something first.</summary>
    public Func<WorkflowDefinition, WorkflowDefinition>? Edit { get; init; }

    /// <summary>The input to go to; null where the edit is all.</summary>
    public string? Focus { get; init; }
}

/// <summary>A port, named in a fix.</summary>
public sealed record FixPort(ActivityNode Node, string Port);
