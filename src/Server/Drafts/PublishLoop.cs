namespace GridFlow.Server.Drafts;

/// <summary>Publishes drafts whose time has come.</summary>
internal sealed class PublishLoop(DraftPublisher publisher, TimeProvider time, ILogger<PublishLoop> logger) : Loop(Pause, time, logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    protected override bool BeginsAtOnce => false;

    protected override Task TakeTurnAsync(CancellationToken cancellationToken) => publisher.PublishDueAsync(cancellationToken);
}
