using System.Collections.Immutable;

namespace GridFlow.Workflows.Engine;

/// <summary>What became of an activity.</summary>
public enum TraceEvent
{
    /// <summary>It began.</summary>
    Begun,

    /// <summary>It ended.</summary>
    Completed,

    /// <summary>It failed; the text says why.</summary>
    Faulted,

    /// <summary>It was taken back while it waited.</summary>
    Cancelled,

    /// <summary>It said something; the text says what.</summary>
    Wrote,
}

/// <summary>One thing that happened in a run, for those who try a workflow out. Nothing of it is kept.</summary>
/// <param name="At">The instant of the step, UTC.</param>
/// <param name="DefinitionId">The workflow.</param>
/// <param name="ActivityId">The activity.</param>
/// <param name="Type">The activity's type.</param>
/// <param name="Event">What became of it.</param>
/// <param name="Outcomes">How it ended, when it did.</param>
/// <param name="Text">What it said, or why it failed; null for nothing.</param>
public sealed record TraceEntry(DateTimeOffset At, string DefinitionId, string ActivityId, string Type, TraceEvent Event, ImmutableArray<string> Outcomes, string? Text)
{
    /// <summary>One line, as a test or a terminal shows it.</summary>
    public override string ToString() => Event switch
    {
        TraceEvent.Begun => $"{DefinitionId}/{ActivityId} begun",
        TraceEvent.Completed => $"{DefinitionId}/{ActivityId} completed: {string.Join(", ", Outcomes)}",
        TraceEvent.Faulted => $"{DefinitionId}/{ActivityId} faulted: {Text}",
        TraceEvent.Cancelled => $"{DefinitionId}/{ActivityId} cancelled",
        TraceEvent.Wrote => $"{DefinitionId}/{ActivityId} wrote: {Text}",
    };
}
