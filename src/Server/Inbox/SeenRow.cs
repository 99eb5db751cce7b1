namespace GridFlow.Server.Inbox;

/// <summary>That somebody has opened a work item; without it the row is unread.</summary>
public sealed class SeenRow
{
    public required string AccountId { get; init; }

    public required string WorkItem { get; init; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>A filter somebody keeps under a name.</summary>
public sealed class SavedFilterRow
{
    public required string Id { get; init; }

    public required string AccountId { get; init; }

    public required string Name { get; set; }

    /// <summary>Tab and filter as they stand in the inbox's address.</summary>
    public required string Query { get; set; }

    public required DateTimeOffset At { get; init; }
}
