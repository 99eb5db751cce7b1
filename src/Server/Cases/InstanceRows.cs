using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Engine;

namespace GridFlow.Server.Cases;

/// <summary>A workflow instance: its version guards every change of anything that hangs on it.</summary>
public sealed class InstanceRow
{
    public required string Id { get; init; }

    public required string DefinitionId { get; init; }

    public int Bundle { get; set; }

    public InstanceStatus Status { get; set; }

    public string? CorrelationId { get; set; }

    public long Version { get; set; }

    /// <summary>What is alive in it, as JSON.</summary>
    public required string State { get; set; }
}

/// <summary>A work item, open or over.</summary>
public sealed class WorkItemRow
{
    public required string Id { get; init; }

    public required string CaseNumber { get; init; }

    public int Bundle { get; init; }

    public required string DefinitionId { get; init; }

    public required string ActivityId { get; init; }

    public WorkItemKind Kind { get; init; }

    public required string Unit { get; init; }

    public Role? Role { get; init; }

    public UnitPart Part { get; init; }

    /// <summary>The case's place, kept here so that an inbox needs no join to know what is in reach.</summary>
    public required string AreaPath { get; init; }

    public DateTimeOffset OpenedAt { get; init; }

    public DateTimeOffset? DueAt { get; init; }

    public string? Due { get; init; }

    public bool IsOverdue { get; set; }

    public string? ClaimedById { get; set; }

    public string? ClaimedByName { get; set; }

    public DateTimeOffset? ClaimedAt { get; set; }

    public string? Problem { get; init; }

    /// <summary>For what an act asks: the work item it is about.</summary>
    public string? About { get; init; }

    /// <summary>For what an act asks: what was asked for, by name, as JSON.</summary>
    public string? Asked { get; init; }

    /// <summary>Null while it is open.</summary>
    public DateTimeOffset? ClosedAt { get; set; }

    public string? Outcome { get; set; }

    public string? ClosedById { get; set; }

    public string? ClosedByName { get; set; }

    public string? Comment { get; set; }
}

/// <summary>A timer an instance waits for.</summary>
public sealed class TimerRow
{
    public required string Id { get; init; }

    public required string InstanceId { get; init; }

    public DateTimeOffset DueAt { get; init; }

    /// <summary>Until then it is in somebody's hands, or was put off; another worker lets it be.</summary>
    public DateTimeOffset? ClaimedUntil { get; init; }
}

/// <summary>An event or answer an instance waits for.</summary>
public sealed class BookmarkRow
{
    public required string Id { get; init; }

    public required string InstanceId { get; init; }

    public BookmarkKind Kind { get; init; }

    public required string Name { get; init; }
}

/// <summary>An entry of the history. Never changed, never deleted.</summary>
public sealed class HistoryRow
{
    public required string InstanceId { get; init; }

    public int Number { get; init; }

    public DateTimeOffset At { get; init; }

    public HistoryKind Kind { get; init; }

    public required string ActorId { get; init; }

    public required string ActorName { get; init; }

    public string? ActorUnit { get; init; }

    public bool IsPublic { get; init; }

    /// <summary>Details by name, as JSON with sorted names.</summary>
    public required string Data { get; init; }

    public required string Hash { get; init; }
}

/// <summary>A message to send. Written with the step that wants it sent, so it is sent if and only if the step happened.</summary>
public sealed class OutboxRow
{
    /// <summary>The idempotency key.</summary>
    public required string Id { get; init; }

    public required string CaseNumber { get; init; }

    public MessageKind Kind { get; init; }

    public required string Recipient { get; init; }

    public Role? Role { get; init; }

    public required string Zh { get; init; }

    public required string En { get; init; }

    /// <summary>What a machine reads, as JSON; null for what only people read.</summary>
    public string? Payload { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public int Attempts { get; set; }

    /// <summary>When to try (again); null once it is sent.</summary>
    public DateTimeOffset? NextAttemptAt { get; set; }

    public DateTimeOffset? SentAt { get; set; }

    /// <summary>What went wrong at the last attempt.</summary>
    public string? Error { get; set; }
}

/// <summary>A message as a unit's people see it in the portal.</summary>
public sealed class NoticeRow
{
    public required string Id { get; init; }

    public required string CaseNumber { get; init; }

    public MessageKind Kind { get; init; }

    public required string Unit { get; init; }

    public Role? Role { get; init; }

    public required string Zh { get; init; }

    public required string En { get; init; }

    public DateTimeOffset At { get; init; }
}

/// <summary>A running number.</summary>
public sealed class CounterRow
{
    public required string Name { get; init; }

    public long Value { get; set; }
}
