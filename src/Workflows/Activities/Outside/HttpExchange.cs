using GridFlow.Workflows.Engine;
using GridFlow.Workflows.Expressions;

namespace GridFlow.Workflows.Activities.Outside;

/// <summary>
/// A request to a service over HTTP and its answer. The request leaves with the outbox under an id that is its idempotency key,
/// so it is sent if and only if the step is committed, and a service that honours the key acts once.
/// </summary>
internal static class HttpExchange
{
    /// <summary>The answer's member that says a service could not be reached at all.</summary>
    public const string NoConnection = "Failed to connect";

    /// <summary>The answer's member that says a service did not answer in time.</summary>
    public const string Timeout = "Timeout";

    /// <summary>Queues the request an activity's inputs describe, and waits for the answer.</summary>
    public static ActivityResult Ask(ActivityContext context)
    {
        var url = context.Text("url");
        if (!Uri.TryCreate(url, UriKind.Absolute, out var parsed) || parsed.Scheme is not ("http" or "https"))
        {
            throw new ActivityException($"'{url}' is not an address like https://example.org/path");
        }

        var bookmark = context.SetBookmark(BookmarkKind.Answer, parsed.Host.Length > 100 ? parsed.Host[..100] : parsed.Host);
        context.Post(MessageKind.HttpRequest, parsed.Host, new Dictionary<string, object?>
        {
            ["answerTo"] = bookmark.Id,
            ["url"] = url,
            ["method"] = context.Text("method", "GET").ToUpperInvariant(),
            ["content"] = context.Input("content") switch { null => null, string text => text, var value => ExpressionJson.WriteWhole(value) },
            ["contentType"] = context.Text("contentType", "application/json"),
            ["authorization"] = context.Text("authorization") is { Length: > 0 } authorization ? authorization : null,
            ["headers"] = context.Input("requestHeaders") as IReadOnlyDictionary<string, object?>,
        });
        return ActivityResult.Waiting;
    }

    /// <summary>Gives the answer out; what is left to decide by is the status, or why there is none.</summary>
    public static (int? Status, string? Failure) Receive(ActivityContext context, object? payload)
    {
        var answer = payload as IReadOnlyDictionary<string, object?>;
        if (answer?.GetValueOrDefault("failure") is string failure)
        {
            return (null, failure);
        }

        var status = (int)ExpressionValue.ToNumber(answer?.GetValueOrDefault("status"));
        var content = ExpressionValue.From(answer?.GetValueOrDefault("content"));
        context.SetOutput("statusCode", (double)status);
        context.SetOutput("responseHeaders", ExpressionValue.From(answer?.GetValueOrDefault("headers")));
        context.SetOutput("parsedContent", content);
        context.SetOutput("result", content);
        return (status, null);
    }
}
