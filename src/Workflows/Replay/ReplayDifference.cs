using System.Collections.Immutable;

namespace GridFlow.Workflows.Replay;

/// <summary>The ways in which a case would go otherwise. One case may differ in several.</summary>
[Flags]
public enum ReplayDifference
{
    /// <summary>It would go the same way.</summary>
    None = 0,

    /// <summary>Another category.</summary>
    Category = 1,

    /// <summary>Another tier.</summary>
    Tier = 2,

    /// <summary>Another unit leads.</summary>
    Lead = 4,

    /// <summary>Other units assist.</summary>
    Assisting = 8,

    /// <summary>
    /// Another row caught it. Only ever beside another kind: where a new row says the same as the old one, the case goes the same
    /// way and is no difference; the rows' hits tell that it moved.
    /// </summary>
    Row = 16,

    /// <summary>Another workflow handles it, or it ends where another began.</summary>
    Workflow = 32,

    /// <summary>Another limit, or the same limit due at another time.</summary>
    Limit = 64,

    /// <summary>No row names a unit for it, where it had one: somebody would have to dispatch it by hand.</summary>
    Nobody = 128,

    /// <summary>It would wait for a person of whom the books have no answer.</summary>
    NeedsPerson = 256,

    /// <summary>A person was asked during intake and would not be any more.</summary>
    SparesPerson = 512,

    /// <summary>A step would fail.</summary>
    Incident = 1024,
}

/// <summary>Compares what the books say with what a replay gave.</summary>
public static class ReplayDifferences
{
    /// <summary>Every kind by itself, in the order they are shown: the gravest first.</summary>
    public static ImmutableArray<ReplayDifference> Kinds { get; } =
    [
        ReplayDifference.Nobody, ReplayDifference.Incident, ReplayDifference.NeedsPerson, ReplayDifference.Lead, ReplayDifference.Assisting, ReplayDifference.Tier,
        ReplayDifference.Category, ReplayDifference.Workflow, ReplayDifference.Limit, ReplayDifference.SparesPerson, ReplayDifference.Row,
    ];

    /// <summary>All differences of two outcomes of the same report.</summary>
    /// <param name="before">What the books say.</param>
    /// <param name="after">What the replay gave.</param>
    public static ReplayDifference Between(IntakeOutcome before, IntakeOutcome after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var found = If(before.Category != after.Category, ReplayDifference.Category)
            | If(after.Incident is not null && before.Incident is null, ReplayDifference.Incident);
        if (after.IsNobodys && !before.IsNobodys)
        {
            // Without a unit there is no tier, limit or workflow to speak of.
            return found | (found.HasFlag(ReplayDifference.Incident) ? ReplayDifference.None : ReplayDifference.Nobody);
        }

        var waits = after.WaitsAt is not null && before.WaitsAt != after.WaitsAt;
        found |= If(before.Lead != after.Lead, ReplayDifference.Lead)
            | If(!before.Assisting.ToHashSet().SetEquals(after.Assisting), ReplayDifference.Assisting)
            | If(before.Tier != after.Tier, ReplayDifference.Tier)
            | If(waits && after.Incident is null, ReplayDifference.NeedsPerson)
            | If(before.AskedPerson && !after.AskedPerson, ReplayDifference.SparesPerson)
            | If(before.WaitsAt is null && after.WaitsAt is null && (before.Workflow != after.Workflow || before.Ended != after.Ended), ReplayDifference.Workflow)
            | If(before.KnowsLimit && after.KnowsLimit && (before.Limit != after.Limit || before.Due != after.Due), ReplayDifference.Limit);
        return found | If(found != ReplayDifference.None && before.Row != after.Row, ReplayDifference.Row);
    }

    private static ReplayDifference If(bool holds, ReplayDifference kind) => holds ? kind : ReplayDifference.None;
}
