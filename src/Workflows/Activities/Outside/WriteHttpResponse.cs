using System.Globalization;
using System.Net;
using GridFlow.Workflows.Engine;
using GridFlow.Workflows.Expressions;

namespace GridFlow.Workflows.Activities.Outside;

/// <summary>Answers the request that began the workflow, as long as that still waits: before the workflow's first wait. Later it says nothing.</summary>
internal sealed class WriteHttpResponse : Activity
{
    public override string Type => "Elsa.WriteHttpResponse";

    public override ActivityResult Execute(ActivityContext context)
    {
        var content = context.Input("content");
        context.Post(MessageKind.HttpResponse, "", new Dictionary<string, object?>
        {
            ["status"] = (double)Status(context),
            ["content"] = content switch { null => null, string text => text, var value => ExpressionValue.ToJson(value) },
            ["contentType"] = context.Text("contentType", content is null or string ? "text/plain" : "application/json"),
            ["headers"] = context.Input("responseHeaders") as IReadOnlyDictionary<string, object?>,
        });
        return ActivityResult.Done;
    }

    // Elsa writes the name of the status: OK, NotFound.
    private static int Status(ActivityContext context)
    {
        var text = context.Text("statusCode", nameof(HttpStatusCode.OK));
        var isKnown = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var status) || (Enum.TryParse<HttpStatusCode>(text, ignoreCase: true, out var named) && (status = (int)named) > 0);
        return isKnown && status is >= 200 and <= 599 ? status : throw new ActivityException($"'{text}' is not the status of an answer, like OK or 404");
    }
}
