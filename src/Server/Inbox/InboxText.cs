namespace GridFlow.Server.Inbox;

/// <summary>The words of the inbox.</summary>
public sealed class InboxText;
