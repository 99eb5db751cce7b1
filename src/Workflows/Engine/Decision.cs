namespace GridFlow.Workflows.Engine;

/// <summary>What the executor makes of a stimulus.</summary>
public abstract record Decision
{
    private Decision()
    {
    }

    /// <summary>It is accepted; commit this.</summary>
    public sealed record Accepted(Checkpoint Checkpoint) : Decision;

    /// <summary>The work item, timer or bookmark is no longer alive: somebody was quicker, or the workflow went on without it.</summary>
    /// <param name="Id">The item, timer or bookmark.</param>
    public sealed record TooLate(string Id) : Decision;

    /// <summary>It was done before, by the same stimulus sent earlier. Nothing changes.</summary>
    public sealed record DoneBefore : Decision;

    /// <summary>It is not allowed as things stand. Nothing changes.</summary>
    public sealed record Refused(Refusal Reason, string Detail) : Decision;
}

/// <summary>Why a stimulus is refused. The portal has a sentence for each in the reader's language.</summary>
public enum Refusal
{
    /// <summary>The workflow named does not exist in the bundle; detail: its id.</summary>
    UnknownDefinition,

    /// <summary>The work item has no such outcome; detail: the outcome.</summary>
    UnknownOutcome,

    /// <summary>A required field is empty or has the wrong form; detail: the field's name.</summary>
    InvalidField,

    /// <summary>Somebody else has signed for the item; detail: their name.</summary>
    ClaimedByOther,

    /// <summary>The item is not signed for by whoever wants to give it back.</summary>
    NotClaimed,

    /// <summary>Whoever did the work may not also be the one who checks it.</summary>
    SecondPersonNeeded,

    /// <summary>The case is not in a state in which this can be done; detail: its status.</summary>
    WrongStatus,

    /// <summary>Whoever asks may not do this; given by the host, which knows who may; detail: the name of the act.</summary>
    NotYourAct,

    /// <summary>What was typed is the end of several cases' numbers; given by the host, which knows them; detail: what was typed.</summary>
    SeveralCases,

    /// <summary>There is no such act; detail: its name.</summary>
    UnknownAct,

    /// <summary>The act is not possible as things stand; detail: the name of the <see cref="Acts.ActObstacle"/>.</summary>
    ActNotPossible,

    /// <summary>It was sent back as often as it may be: the next step is a ruling; detail: how often.</summary>
    ReturnsUsedUp,

    /// <summary>Whoever leads cannot report it done while others still work on it; detail: how many.</summary>
    OthersStillAtWork,

    /// <summary>The instance has no case.</summary>
    NoCase,

    /// <summary>The instance cannot move to the other bundle; detail: the obstacles, see <see cref="Migration.MigrationObstacle"/>.</summary>
    CannotMove,
}
