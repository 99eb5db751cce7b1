using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Engine;

namespace GridFlow.Workflows.Activities.Outside;

/// <summary>Asks a service over HTTP and runs the activity drawn for the status of its answer.</summary>
internal sealed class SendHttpRequest : Activity
{
    public override string Type => "Elsa.SendHttpRequest";

    public override ImmutableArray<string> RequiredInputs(ActivityNode node) => ["url"];

    public override bool MayWait(ActivityNode node) => true;

    public override ActivityResult Execute(ActivityContext context) => HttpExchange.Ask(context);

    public override ActivityResult OnBookmark(ActivityContext context, InstanceBookmark bookmark, object? payload)
    {
        var (status, failure) = HttpExchange.Receive(context, payload);
        var chosen = failure switch
        {
            null => ForStatus(context.Node, status!.Value) ?? context.Node.InSlot("unmatchedStatusCode").FirstOrDefault(),
            HttpExchange.Timeout => context.Node.InSlot("timeout").FirstOrDefault(),
            _ => context.Node.InSlot("failedToConnect").FirstOrDefault(),
        };
        return chosen is not null ? new ActivityResult.Schedules([chosen])
            : failure is null ? ActivityResult.Done
            : new ActivityResult.Faults($"no answer from '{bookmark.Name}': {failure}");
    }

    public override ActivityResult OnChildCompleted(ActivityContext context, string childId, ImmutableArray<string> outcomes) => ActivityResult.Done;

    private static ActivityNode? ForStatus(ActivityNode node, int status)
    {
        if (!node.Inputs.TryGetValue("expectedStatusCodes", out var cases) || cases.Value.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var index = 0;
        foreach (var item in cases.Value.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.Object && item.TryGetProperty("statusCode", out var code) && code.ValueKind == JsonValueKind.Number && code.GetInt32() == status)
            {
                return node.InSlot(string.Create(CultureInfo.InvariantCulture, $"expectedStatusCodes/{index}/activity")).FirstOrDefault();
            }

            index++;
        }

        return null;
    }
}
