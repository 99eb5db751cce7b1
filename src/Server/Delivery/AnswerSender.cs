using GridFlow.Server.Cases;
using GridFlow.Server.Persistence;
using GridFlow.Workflows.Engine;

namespace GridFlow.Server.Delivery;

/// <summary>Tells a workflow that one it dispatched has ended, and what it gave back.</summary>
internal sealed class AnswerSender(BookmarkAnswers answers) : IMessageSender
{
    public IReadOnlyCollection<MessageKind> Kinds => [MessageKind.Answer];

    public Task SendAsync(GridFlowDbContext db, OutboxRow row, CancellationToken cancellationToken)
    {
        var answer = MessagePayload.Of(row);
        var payload = new Dictionary<string, object?> { ["results"] = answer["results"], ["outcomes"] = answer["outcomes"] };
        return answers.AnswerAsync(row.Recipient, payload, answer.Text("problem"), Actor.System, cancellationToken);
    }
}
