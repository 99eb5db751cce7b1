using System.Collections.Immutable;
using GridFlow.Workflows.Acts.Whistling;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Migration;

namespace GridFlow.Workflows.Engine;

/// <summary>
/// Everything one step changes. The store commits all of it in one transaction or none of it, and only if the instance is
/// still at the version the step was decided from.
/// </summary>
public sealed record Checkpoint
{
    /// <summary>The instance after the step; its <see cref="WorkflowInstance.Version"/> is still that from before.</summary>
    public required WorkflowInstance Instance { get; init; }

    /// <summary>The instance begins with this checkpoint.</summary>
    public required bool IsNew { get; init; }

    /// <summary>The case's facts changed (always true when the instance is new and drives a case).</summary>
    public required bool CaseChanged { get; init; }

    /// <summary>Items that appear in an inbox.</summary>
    public required ImmutableArray<WorkItem> Opened { get; init; }

    /// <summary>Items signed for, given back, marked overdue or moved to another bundle, as they are now.</summary>
    public required ImmutableArray<WorkItem> Changed { get; init; }

    /// <summary>Items that leave the inbox.</summary>
    public required ImmutableArray<WorkItemClosed> Closed { get; init; }

    /// <summary>Timers to keep.</summary>
    public required ImmutableArray<InstanceTimer> TimersSet { get; init; }

    /// <summary>Timers that fired or are no longer wanted, by id.</summary>
    public required ImmutableArray<string> TimersRemoved { get; init; }

    /// <summary>Bookmarks to keep.</summary>
    public required ImmutableArray<InstanceBookmark> BookmarksSet { get; init; }

    /// <summary>Bookmarks that were resumed or are no longer wanted, by id.</summary>
    public required ImmutableArray<string> BookmarksRemoved { get; init; }

    /// <summary>Messages to send once the step is committed.</summary>
    public required ImmutableArray<OutgoingMessage> Messages { get; init; }

    /// <summary>What the history gains.</summary>
    public required ImmutableArray<HistoryEntry> History { get; init; }

    /// <summary>Whistles blown or changed, as they are now.</summary>
    public ImmutableArray<WhistleCall> Whistles { get; init; } = [];

    /// <summary>That the instance was moved to another bundle, or back; null for any other step.</summary>
    public MigrationRecord? Migration { get; init; }
}

/// <summary>Why a message is sent.</summary>
public enum MessageKind
{
    /// <summary>A workflow's own text.</summary>
    Notice,

    /// <summary>Work is due soon.</summary>
    Reminder,

    /// <summary>Work is overdue.</summary>
    Overdue,

    /// <summary>Overdue work was passed up.</summary>
    Escalated,

    /// <summary>The resident is asked to judge.</summary>
    RatingRequest,

    /// <summary>A workflow sends an e-mail; the payload holds addresses, subject and body.</summary>
    Email,

    /// <summary>A workflow asks a service over HTTP; the payload holds the request.</summary>
    HttpRequest,

    /// <summary>A workflow hands a task to something outside; the payload holds its name and what it needs.</summary>
    Task,

    /// <summary>A workflow publishes an event; the payload holds its name and what it tells.</summary>
    Event,

    /// <summary>A workflow begins another one as an instance of its own; the payload holds which, and its input.</summary>
    StartWorkflow,

    /// <summary>A workflow answers the request that began it; given where the request came in.</summary>
    HttpResponse,

    /// <summary>A workflow that was begun by another one has ended; the payload holds what it gave back.</summary>
    Answer,

    /// <summary>Somebody presses for an answer.</summary>
    Urge,

    /// <summary>Tells another case of this one; the payload holds what.</summary>
    Related,

    /// <summary>Begins a case that is a part of this one; the payload holds which.</summary>
    Part,

    /// <summary>A ruling proposes a change of the routing table; the payload holds the row.</summary>
    RoutingProposal,
}

/// <summary>A message that leaves with the outbox: at least once, and at most once for a receiver that honours its id.</summary>
/// <param name="Id">The idempotency key.</param>
/// <param name="Kind">Why it is sent.</param>
/// <param name="Recipient">A unit key; <c>reporter</c> for the resident; for what a workflow sends elsewhere, the address, URL, event, workflow or bookmark.</param>
/// <param name="Role">The role within the unit, or null for everybody there.</param>
/// <param name="Text">The text, placeholders filled in; empty where the payload says everything.</param>
/// <param name="Payload">What a machine reads, as JSON; null for what only people read.</param>
public sealed record OutgoingMessage(string Id, MessageKind Kind, string Recipient, Role? Role, LocalizedText Text, string? Payload = null)
{
    /// <summary>The longest recipient.</summary>
    public const int MaxRecipient = 64;

    /// <summary>The id of the instance a message begins: the message's own, or, where that has grown too long, one made of it.</summary>
    public static string InstanceIdOf(string messageId) => WorkflowInstance.IdOf(messageId);
}
