namespace GridFlow.Server.Audit;

/// <summary>What was done that the office answers for.</summary>
public enum AuditAct
{
    DraftBegun,
    DraftDiscarded,
    DraftRebased,
    PublishRequested,
    PublishSentBack,
    PublishScheduled,
    PublishWithdrawn,
    PublishFailed,
    Published,
    RolledBack,
}

/// <summary>One entry of the audit. Written in the transaction of what it tells, and only ever appended.</summary>
public sealed class AuditRow
{
    public long Id { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string AccountId { get; init; }

    public required string Name { get; init; }

    public required AuditAct Act { get; init; }

    /// <summary>What it was done to: <c>draft/7</c>, <c>bundle/12</c>.</summary>
    public required string Subject { get; init; }

    /// <summary>The reason given, or what the act is about, in its author's words.</summary>
    public string Detail { get; init; } = "";
}
