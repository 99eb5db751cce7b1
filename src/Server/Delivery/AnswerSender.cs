using GridFlow.Server.Cases;
using GridFlow.Server.Persistence;
using GridFlow.Workflows.Activities;
using GridFlow.Workflows.Engine;

namespace GridFlow.Server.Delivery;

/// <summary>Tells a workflow that one it dispatched has ended, and what it gave back.</summary>
internal sealed class AnswerSender(BookmarkAnswers answers) : IMessageSender
{
    public IReadOnlyCollection<MessageKind> Kinds => [MessageKind.Answer];

    public Task SendAsync(GridFlowDbContext db, OutboxRow row, CancellationToken cancellationToken)
    {
        using var document = System.Text.Json.JsonDocument.Parse(row.Payload ?? "{}");
        return answers.AnswerAsync(row.Recipient, InputReader.FromJson(document.RootElement), null, Actor.System, cancellationToken);
    }
}
