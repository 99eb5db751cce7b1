namespace GridFlow.Server.Leader;

/// <summary>The words of the leader's page.</summary>
public sealed class LeaderText;
