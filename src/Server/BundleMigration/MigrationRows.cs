namespace GridFlow.Server.BundleMigration;

/// <summary>A run of a migration: what is to be moved where, by whom and why. Its course stands in the rows of its instances.</summary>
public sealed class MigrationRunRow
{
    public required string Id { get; init; }

    public int FromBundle { get; init; }

    public int ToBundle { get; init; }

    /// <summary>Only what this workflow runs in; null for all.</summary>
    public string? Workflow { get; init; }

    /// <summary>What takes the place of what, as JSON.</summary>
    public required string Mapping { get; init; }

    public required string Reason { get; init; }

    public required string AuthorId { get; init; }

    public required string AuthorName { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    /// <summary>How many instances there were to look at.</summary>
    public int Total { get; set; }

    /// <summary>Null while it runs, was stopped, or was cut off: it can then be taken up again.</summary>
    public DateTimeOffset? FinishedAt { get; set; }
}

/// <summary>An instance that was moved. Written in the transaction of the move itself.</summary>
public sealed class MigratedInstanceRow
{
    public required string RunId { get; init; }

    public required string InstanceId { get; init; }

    public int FromBundle { get; init; }

    public int ToBundle { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>The instance's version right after the move.</summary>
    public long Version { get; init; }

    /// <summary>The instance's state before, as JSON, by which it can go back.</summary>
    public required string Before { get; init; }

    public DateTimeOffset? UndoneAt { get; init; }
}

/// <summary>An instance that could not be moved, or not moved back.</summary>
public sealed class MigrationRefusalRow
{
    public required string RunId { get; init; }

    public required string InstanceId { get; init; }

    public bool IsUndo { get; init; }

    /// <summary>Why, as JSON.</summary>
    public required string Obstacles { get; init; }
}
