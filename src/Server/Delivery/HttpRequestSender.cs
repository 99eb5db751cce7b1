using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using GridFlow.Server.Cases;
using GridFlow.Server.Persistence;
using GridFlow.Workflows.Activities;
using GridFlow.Workflows.Engine;
using GridFlow.Workflows.Expressions;
using Microsoft.Extensions.Options;

namespace GridFlow.Server.Delivery;

/// <summary>
/// Asks services for workflows (<c>Elsa.SendHttpRequest</c>) and answers their bookmarks. Only hosts an administrator allowed are
/// asked, redirects are not followed, and the message's id goes along as Idempotency-Key, because a request may be sent twice.
/// </summary>
internal sealed class HttpRequestSender(IHttpClientFactory clients, BookmarkAnswers answers, IOptions<OutsideOptions> options) : IMessageSender
{
    /// <summary>The client, which follows no redirects and reads no endless answers.</summary>
    public const string Client = "outside";

    /// <summary>The longest answer that is read; it becomes part of the instance.</summary>
    public const int MaxAnswer = 256 * 1024;

    private const string Host = "Host";

    public IReadOnlyCollection<MessageKind> Kinds => [MessageKind.HttpRequest];

    public bool IsOutside => true;

    public int Attempts => 3;

    public async Task SendAsync(GridFlowDbContext db, OutboxRow row, CancellationToken cancellationToken)
    {
        var asked = MessagePayload.Of(row);
        var url = new Uri(asked.Text("url")!);
        if (!options.Value.Allows(url))
        {
            await AnswerAsync(row, null, $"workflows may not ask '{url.Authority}': allow it in the setting Outside:AllowedHosts", cancellationToken);
            return;
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(options.Value.TimeoutSeconds));
        using var request = Request(row, asked, url);
        try
        {
            using var response = await clients.CreateClient(Client).SendAsync(request, patience.Token);
            await AnswerAsync(row, await ReadAsync(response, patience.Token), null, cancellationToken);
        }
        catch (HttpRequestException problem) when (problem.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            await AnswerAsync(row, null, $"the answer of '{url.Authority}' is longer than {MaxAnswer} bytes", cancellationToken);
        }
        catch (OperationCanceledException problem) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"'{url.Authority}' did not answer within {options.Value.TimeoutSeconds} seconds", problem);
        }
    }

    // What was never answered is an answer too: the drawing may say what then.
    public Task GiveUpAsync(OutboxRow row, Exception problem, CancellationToken cancellationToken) =>
        AnswerAsync(row, new Dictionary<string, object?> { ["failure"] = problem is TimeoutException ? "Timeout" : "Failed to connect" }, null, cancellationToken);

    private static HttpRequestMessage Request(OutboxRow row, MessagePayload asked, Uri url)
    {
        var request = new HttpRequestMessage(new HttpMethod(asked.Text("method") ?? "GET"), url);
        request.Headers.TryAddWithoutValidation("Idempotency-Key", row.Id);
        if (asked.Text("authorization") is { } authorization)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        if (asked.Text("content") is { } content)
        {
            request.Content = new StringContent(content, Encoding.UTF8);
            request.Content.Headers.ContentType = MediaTypeHeaderValue.TryParse(asked.Text("contentType"), out var type) ? type : new MediaTypeHeaderValue("application/json");
        }

        foreach (var (name, value) in asked.Members("headers").Where(header => !string.Equals(header.Key, Host, StringComparison.OrdinalIgnoreCase)))
        {
            var values = value is IReadOnlyList<object?> list ? list.Select(ExpressionValue.ToText) : [ExpressionValue.ToText(value)];
            request.Headers.TryAddWithoutValidation(name, values);
        }

        return request;
    }

    private static async Task<Dictionary<string, object?>> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        return new()
        {
            ["status"] = (double)(int)response.StatusCode,
            ["content"] = Content(text, response.Content.Headers.ContentType?.MediaType),
            ["headers"] = response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => (object?)string.Join(", ", header.Value)),
        };
    }

    private static object? Content(string text, string? type)
    {
        if (text.Length == 0)
        {
            return null;
        }

        if (type?.Contains("json", StringComparison.OrdinalIgnoreCase) != true)
        {
            return text;
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            return InputReader.FromJson(document.RootElement);
        }
        catch (JsonException)
        {
            return text;
        }
    }

    private Task<ActResult> AnswerAsync(OutboxRow row, object? payload, string? problem, CancellationToken cancellationToken) =>
        answers.AnswerAsync(MessagePayload.Of(row).Text("answerTo")!, payload, problem, Actor.System, cancellationToken);
}
