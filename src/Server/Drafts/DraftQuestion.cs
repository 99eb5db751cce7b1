namespace GridFlow.Server.Drafts;

/// <summary>What is asked before something becomes of a draft.</summary>
public enum DraftQuestion
{
    Publish,
    Request,
    Reopen,
    Discard,
}

/// <summary>The answer.</summary>
/// <param name="Reason">Why; null where none is asked for.</param>
/// <param name="At">When; null for at once.</param>
public sealed record DraftAnswer(string? Reason, DateTimeOffset? At);
