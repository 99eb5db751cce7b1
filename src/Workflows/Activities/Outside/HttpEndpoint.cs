using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Expressions;

namespace GridFlow.Workflows.Activities.Outside;

/// <summary>Begins a workflow when a request for its path comes in, and gives out what the request says. It does not wait within a workflow.</summary>
internal sealed class HttpEndpoint : Activity
{
    /// <summary>The input of the workflow that holds the request.</summary>
    public const string Request = "Request";

    private static readonly string[] Parts = ["routeData", "queryStringData", "headers", "parsedContent"];

    public override string Type => "Elsa.HttpEndpoint";

    public override IEnumerable<LocalizedText> Problems(ActivityNode node)
    {
        if (!node.Inputs.TryGetValue("path", out var path) || InputReader.Constant(path) is not string { Length: > 0 })
        {
            yield return new LocalizedText("请求路径必须直接写明，不能用表达式计算", "the path of requests must be written out, not computed");
        }
    }

    public override ActivityResult Execute(ActivityContext context)
    {
        if (!context.IsTrigger())
        {
            throw new ActivityException($"'{context.Node.Id}' waits for a request within a workflow, which is not supported: let it begin one");
        }

        var request = ExpressionValue.From(context.Scope.Input.GetValueOrDefault(Request)) as IReadOnlyDictionary<string, object?>;
        foreach (var part in Parts)
        {
            context.SetOutput(part, request?.GetValueOrDefault(part));
        }

        context.SetOutput("result", request);
        return ActivityResult.Done;
    }
}
