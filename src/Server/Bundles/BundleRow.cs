namespace GridFlow.Server.Bundles;

/// <summary>A published bundle. Never changed; the one with the highest number is in force.</summary>
public sealed class BundleRow
{
    public int Number { get; init; }

    public DateTimeOffset PublishedAt { get; init; }

    public required string Author { get; init; }

    public required string Reason { get; init; }

    /// <summary>The number whose content this one brings back, if it does.</summary>
    public int? RolledBackTo { get; init; }

    /// <summary>Workflows, routing table, categories and calendar, as JSON.</summary>
    public required string Content { get; init; }
}
