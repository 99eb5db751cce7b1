using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Drafts;

namespace GridFlow.Server.Drafts;

/// <summary>A draft as it stands.</summary>
/// <param name="Id">Its number; part of every address in which it is edited.</param>
/// <param name="Name">What its author called it.</param>
/// <param name="Version">Counts the edits.</param>
/// <param name="Status">Only an open one can be edited.</param>
/// <param name="Base">The published bundle it was begun from, or has taken in since.</param>
/// <param name="Content">What would be published.</param>
/// <param name="Author">Who began it.</param>
/// <param name="CreatedAt">When.</param>
/// <param name="ChangedBy">Who edited it last.</param>
/// <param name="ChangedAt">When.</param>
/// <param name="Publication">What is to become of it, once somebody asked that it be published.</param>
public sealed record Draft(
    int Id, string Name, int Version, DraftStatus Status, Bundle Base, Bundle Content, string Author, DateTimeOffset CreatedAt, string ChangedBy, DateTimeOffset ChangedAt, Publication Publication)
{
    /// <summary>Everything it changes against its base.</summary>
    public IReadOnlyList<CellChange> Changes => BundleEdits.Between(Base, Content);
}

/// <summary>How and when a draft is to be published, or why that failed.</summary>
public sealed record Publication(string? Reason, DateTimeOffset? At, string? RequestedById, string? RequestedBy, int? PublishedAs, LocalizedText? Problem);

/// <summary>A draft in the list.</summary>
public sealed record DraftListRow(int Id, string Name, int BaseNumber, DraftStatus Status, string Author, string ChangedBy, DateTimeOffset ChangedAt, DateTimeOffset? PublishAt, int? PublishedAs, IReadOnlyList<string> Parts);

/// <summary>A change that was refused because of what somebody else did meanwhile.</summary>
/// <param name="Wanted">The change; its value before is the one its editor saw.</param>
/// <param name="Now">The value as it is, as JSON; null where there is none any more.</param>
/// <param name="By">Who changed it; null where that is not known.</param>
/// <param name="At">When.</param>
public sealed record EditConflict(CellChange Wanted, string? Now, string? By, DateTimeOffset? At);

/// <summary>What became of an edit.</summary>
public abstract record EditResult
{
    private EditResult()
    {
    }

    /// <summary>It is in the draft.</summary>
    public sealed record Kept(Draft Draft) : EditResult;

    /// <summary>Somebody else changed the same meanwhile; nothing of the edit was kept.</summary>
    public sealed record Conflicting(Draft Draft, IReadOnlyList<EditConflict> Conflicts) : EditResult;

    /// <summary>The draft cannot be edited: it is published, discarded, or waits to be published. Or there is none.</summary>
    public sealed record Closed(DraftStatus? Status) : EditResult;
}

/// <summary>That a draft was edited, or changed its status. Raised after the commit.</summary>
/// <param name="DraftId">Which.</param>
/// <param name="Version">The version it has now.</param>
/// <param name="Parts">The parts that differ from the version before; empty when only its status did.</param>
/// <param name="AccountId">Who did it.</param>
/// <param name="Name">The same, by name.</param>
public sealed record DraftEdited(int DraftId, int Version, IReadOnlyList<string> Parts, string AccountId, string Name);

/// <summary>Somebody who has a draft open.</summary>
/// <param name="AccountId">Who.</param>
/// <param name="Name">The same, by name.</param>
/// <param name="Part">What they look at; empty for the draft as a whole.</param>
public sealed record DraftVisitor(string AccountId, string Name, string Part);
