namespace GridFlow.Server.Drafts;

public sealed class DraftsText;
