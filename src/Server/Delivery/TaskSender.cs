using System.Text;
using GridFlow.Server.Cases;
using GridFlow.Server.Persistence;
using GridFlow.Workflows.Engine;
using GridFlow.Workflows.Expressions;
using Microsoft.Extensions.Options;

namespace GridFlow.Server.Delivery;

/// <summary>
/// Posts tasks for others (<c>Elsa.RunTask</c>) where the settings say; else they wait to be fetched. Either way whoever does one
/// answers it over the API by its id.
/// </summary>
internal sealed class TaskSender(IHttpClientFactory clients, BookmarkAnswers answers, IOptions<OutsideOptions> options) : IMessageSender
{
    public IReadOnlyCollection<MessageKind> Kinds => [MessageKind.Task];

    public bool IsOutside => true;

    public async Task SendAsync(GridFlowDbContext db, OutboxRow row, CancellationToken cancellationToken)
    {
        if (options.Value.TaskUrl.Length == 0)
        {
            return;
        }

        var task = MessagePayload.Of(row);
        var body = ExpressionValue.ToJson(new Dictionary<string, object?> { ["id"] = task.Text("answerTo"), ["name"] = row.Recipient, ["instance"] = row.CaseNumber, ["payload"] = task["payload"] });
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(options.Value.TimeoutSeconds));
        using var request = new HttpRequestMessage(HttpMethod.Post, options.Value.TaskUrl) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", row.Id);
        try
        {
            using var response = await clients.CreateClient(HttpRequestSender.Client).SendAsync(request, patience.Token);
            response.EnsureSuccessStatusCode();
        }
        catch (OperationCanceledException problem) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"'{options.Value.TaskUrl}' did not take the task within {options.Value.TimeoutSeconds} seconds", problem);
        }
    }

    public Task GiveUpAsync(OutboxRow row, Exception problem, CancellationToken cancellationToken) =>
        answers.AnswerAsync(MessagePayload.Of(row).Text("answerTo")!, null, $"the task '{row.Recipient}' could not be handed over: {problem.Message}", Actor.System, cancellationToken);
}
