using System.Collections.Immutable;
using GridFlow.Server.Cases;
using GridFlow.Server.Persistence;
using GridFlow.Workflows.Engine;

namespace GridFlow.Server.Delivery;

/// <summary>Begins the workflows that others dispatch. The message's id is the instance's, so one is begun once however often it is brought.</summary>
internal sealed class StartWorkflowSender(WorkflowClient client, BookmarkAnswers answers) : IMessageSender
{
    public IReadOnlyCollection<MessageKind> Kinds => [MessageKind.StartWorkflow];

    public async Task SendAsync(GridFlowDbContext db, OutboxRow row, CancellationToken cancellationToken)
    {
        var order = MessagePayload.Of(row);
        var answerTo = order.Text("answerTo");
        var start = new Stimulus.Start(OutgoingMessage.InstanceIdOf(row.Id), row.Recipient, null, order.Members("input").ToImmutableDictionary(), Actor.System)
        {
            CorrelationId = order.Text("correlationId"),
            AnswerTo = answerTo,
        };
        if (await client.StartAsync(start, key: null, reporter: null, cancellationToken) is ActResult.Refused && answerTo is not null)
        {
            await answers.AnswerAsync(answerTo, null, $"there is no workflow '{row.Recipient}' any more", Actor.System, cancellationToken);
        }
    }
}
