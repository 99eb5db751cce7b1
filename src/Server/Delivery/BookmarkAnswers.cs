using GridFlow.Workflows.Engine;

namespace GridFlow.Server.Delivery;

/// <summary>Answers bookmarks. One that nobody waits for any more is left alone.</summary>
internal sealed class BookmarkAnswers(WorkflowClient client)
{
    /// <summary>Tells the instance that set a bookmark what became of it.</summary>
    public Task<ActResult> AnswerAsync(string bookmark, object? payload, string? problem, Actor actor, CancellationToken cancellationToken) =>
        client.SendAsync(InstanceOf(bookmark), new Stimulus.ResumeBookmark(bookmark, payload, problem, actor), cancellationToken);

    /// <summary>The instance that set a bookmark: its id begins the bookmark's.</summary>
    public static string InstanceOf(string bookmark) => bookmark.LastIndexOf(".b", StringComparison.Ordinal) is > 0 and var at ? bookmark[..at] : bookmark;
}
