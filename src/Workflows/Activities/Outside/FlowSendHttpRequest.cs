using System.Collections.Immutable;
using System.Globalization;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Engine;

namespace GridFlow.Workflows.Activities.Outside;

/// <summary>Asks a service over HTTP and goes on by the status of its answer.</summary>
internal sealed class FlowSendHttpRequest : Activity
{
    private const string Unmatched = "Unmatched status code";

    public override string Type => "Elsa.FlowSendHttpRequest";

    public override ImmutableArray<string> RequiredInputs(ActivityNode node) => ["url"];

    public override bool MayWait(ActivityNode node) => true;

    public override ImmutableArray<string> Ports(ActivityNode node)
    {
        var expected = node.Inputs.TryGetValue("expectedStatusCodes", out var codes) ? InputReader.ToList(InputReader.Constant(codes)) : [];
        return expected.Length > 0 ? [.. expected, Unmatched, HttpExchange.NoConnection, HttpExchange.Timeout, "Done"] : [HttpExchange.NoConnection, HttpExchange.Timeout, "Done"];
    }

    // The drawing need not say what follows every status: Done is followed by all of them.
    public override bool MayLeaveOpen(string port) => true;

    public override ActivityResult Execute(ActivityContext context) => HttpExchange.Ask(context);

    public override ActivityResult OnBookmark(ActivityContext context, InstanceBookmark bookmark, object? payload)
    {
        var (status, failure) = HttpExchange.Receive(context, payload);
        if (failure is not null)
        {
            return context.IsConnected(failure) ? ActivityResult.CompletedWith(failure) : new ActivityResult.Faults($"no answer from '{bookmark.Name}': {failure}");
        }

        var expected = context.List("expectedStatusCodes");
        var code = status!.Value.ToString(CultureInfo.InvariantCulture);
        return expected.Length == 0 ? ActivityResult.Done : ActivityResult.CompletedWith(expected.Contains(code) ? code : Unmatched, "Done");
    }
}
