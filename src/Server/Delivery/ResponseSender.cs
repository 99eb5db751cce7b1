using GridFlow.Server.Cases;
using GridFlow.Server.Persistence;
using GridFlow.Workflows.Engine;

namespace GridFlow.Server.Delivery;

/// <summary>The answer to a request is given where the request came in; in the outbox it only stands for the record.</summary>
internal sealed class ResponseSender : IMessageSender
{
    public IReadOnlyCollection<MessageKind> Kinds => [MessageKind.HttpResponse];

    public Task SendAsync(GridFlowDbContext db, OutboxRow row, CancellationToken cancellationToken) => Task.CompletedTask;
}
