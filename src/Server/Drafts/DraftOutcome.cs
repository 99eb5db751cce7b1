using GridFlow.Workflows.Bundles;

namespace GridFlow.Server.Drafts;

/// <summary>Why nothing became of an attempt to publish or to give up a draft; each is a sentence in <see cref="DraftsText"/>.</summary>
public enum DraftRefusal
{
    /// <summary>There is no such draft.</summary>
    NotFound,

    /// <summary>It is published, discarded, or waits to be published already.</summary>
    NotOpen,

    /// <summary>Nobody asked that it be published.</summary>
    NotRequested,

    /// <summary>Somebody edited it in this moment.</summary>
    ChangedMeanwhile,

    /// <summary>No reason was given.</summary>
    ReasonMissing,

    /// <summary>The reason is too long.</summary>
    ReasonLong,

    /// <summary>The time lies in the past.</summary>
    TimePast,

    /// <summary>It says what is in force already.</summary>
    NothingNew,

    /// <summary>Two persons are needed, and this one edited it or asked.</summary>
    OwnWork,
}

/// <summary>What became of an act on a draft.</summary>
public abstract record DraftOutcome
{
    private DraftOutcome()
    {
    }

    /// <summary>It is in force, under this number.</summary>
    public sealed record Published(int Number) : DraftOutcome;

    /// <summary>It will be published then, if it still may be.</summary>
    public sealed record Scheduled(DateTimeOffset At) : DraftOutcome;

    /// <summary>Done, without a number to tell.</summary>
    public sealed record Done : DraftOutcome;

    /// <summary>It has errors; nothing changed.</summary>
    public sealed record Faulty(IReadOnlyList<Problem> Problems) : DraftOutcome;

    /// <summary>Another bundle was published since the draft was begun, and has to be taken in first; nothing changed.</summary>
    public sealed record Outdated(int InForce) : DraftOutcome;

    /// <summary>Nothing changed.</summary>
    public sealed record Refused(DraftRefusal Why) : DraftOutcome;
}
