using System.Collections.Immutable;
using System.Text.Json;
using GridFlow.Server.Bundles;
using GridFlow.Server.Security;
using GridFlow.Workflows.Activities;
using GridFlow.Workflows.Engine;
using GridFlow.Workflows.Expressions;
using Microsoft.AspNetCore.Routing.Template;

namespace GridFlow.Server.Delivery;

/// <summary>What a workflow that was begun by a request is called; it answers later, or not at all.</summary>
public sealed record WorkflowBegun(string Instance);

/// <summary>Begins workflows by requests (<c>Elsa.HttpEndpoint</c>), always for those who are signed in and may publish.</summary>
public static class WorkflowEndpoints
{
    private const string IdempotencyKey = "Idempotency-Key";

    public static void MapWorkflowEndpoints(this RouteGroupBuilder api) =>
        api.Map("/workflows/{**path}", BeginAsync).WithTags("Workflows").RequireAuthorization(nameof(Permission.Publish)).ExcludeFromDescription();

    private static async Task<IResult> BeginAsync(HttpRequest request, string? path, BundleStore bundles, WorkflowClient client, TimeProvider time, CancellationToken cancellationToken)
    {
        var bundle = await bundles.GetCurrentAsync(cancellationToken);
        var triggers = bundle.Definitions.SelectMany(definition => Triggers.Of(definition, time.GetUtcNow(), bundle.Calendar.Zone));
        foreach (var trigger in triggers.Where(trigger => trigger.HttpPath is not null && trigger.HttpMethods.Contains(request.Method, StringComparer.OrdinalIgnoreCase)))
        {
            var route = new RouteValueDictionary();
            if (!Matches(trigger.HttpPath!, path, route))
            {
                continue;
            }

            // A caller that repeats its request under the same key begins one workflow.
            var id = request.Headers[IdempotencyKey].ToString() is { Length: > 0 } key ? trigger.InstanceIdFor("request/" + key) : "h" + Guid.NewGuid().ToString("N")[..^1];
            var input = ImmutableDictionary<string, object?>.Empty.Add("Request", await ReadAsync(request, route, cancellationToken));
            var start = new Stimulus.Start(id, trigger.DefinitionId, null, input, Actor.System) { Trigger = trigger.ActivityId };
            return await client.StartAsync(start, key: null, reporter: null, cancellationToken) is ActResult.Done done && done.Checkpoint.Messages.FirstOrDefault(message => message.Kind == MessageKind.HttpResponse) is { } answer
                ? new WorkflowAnswer(answer.Payload!)
                : TypedResults.Accepted((string?)null, new WorkflowBegun(id));
        }

        return TypedResults.NotFound();
    }

    private static bool Matches(string template, string? path, RouteValueDictionary route)
    {
        try
        {
            return new TemplateMatcher(TemplateParser.Parse(template.TrimStart('/')), []).TryMatch("/" + path, route);
        }
        catch (ArgumentException)
        {
            // A path that is no template is nobody's path.
            return false;
        }
    }

    private static async Task<Dictionary<string, object?>> ReadAsync(HttpRequest request, RouteValueDictionary route, CancellationToken cancellationToken) => new()
    {
        ["method"] = request.Method,
        ["path"] = request.Path.Value,
        ["routeData"] = route.ToDictionary(value => value.Key, value => (object?)value.Value?.ToString()),
        ["queryStringData"] = request.Query.ToDictionary(value => value.Key, value => (object?)value.Value.ToString()),
        // Who asked is none of the workflow's business.
        ["headers"] = request.Headers.Where(header => header.Key is not ("Authorization" or "Cookie")).ToDictionary(value => value.Key, value => (object?)value.Value.ToString()),
        ["parsedContent"] = await ContentAsync(request, cancellationToken),
    };

    private static async Task<object?> ContentAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.HasFormContentType)
        {
            return (await request.ReadFormAsync(cancellationToken)).ToDictionary(value => value.Key, value => (object?)value.Value.ToString());
        }

        using var reader = new StreamReader(request.Body);
        var text = await reader.ReadToEndAsync(cancellationToken);
        if (text.Length == 0 || !request.HasJsonContentType())
        {
            return text.Length == 0 ? null : text;
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            return InputReader.FromJson(document.RootElement);
        }
        catch (JsonException problem)
        {
            throw new BadHttpRequestException(problem.Message, problem);
        }
    }

    private sealed class WorkflowAnswer(string payload) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            using var document = JsonDocument.Parse(payload);
            var answer = (IReadOnlyDictionary<string, object?>)InputReader.FromJson(document.RootElement)!;
            httpContext.Response.StatusCode = (int)ExpressionValue.ToNumber(answer.GetValueOrDefault("status"));
            foreach (var (name, value) in answer.GetValueOrDefault("headers") as IReadOnlyDictionary<string, object?> ?? ImmutableDictionary<string, object?>.Empty)
            {
                httpContext.Response.Headers[name] = ExpressionValue.ToText(value);
            }

            if (answer.GetValueOrDefault("content") is string content)
            {
                httpContext.Response.ContentType = ExpressionValue.ToText(answer.GetValueOrDefault("contentType"));
                await httpContext.Response.WriteAsync(content, httpContext.RequestAborted);
            }
        }
    }
}
