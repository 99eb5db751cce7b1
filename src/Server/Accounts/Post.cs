using GridFlow.Workflows.Cases;

namespace GridFlow.Server.Accounts;

/// <summary>A role held in a unit. The unit key reaches the subtree of an area, or one department.</summary>
public sealed class Post
{
    public long Id { get; init; }

    public required string AccountId { get; init; }

    public required string UnitKey { get; init; }

    public required Role Role { get; init; }
}
