using System.Collections.Immutable;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Engine;

namespace GridFlow.Workflows.Activities.Timing;

/// <summary>Waits for a span of time: <c>timeSpan</c> as Elsa writes it (<c>1.00:00:00</c>), or <c>limit</c> on the working calendar (<c>3nd</c>).</summary>
internal sealed class Delay : Activity
{
    public override string Type => "Elsa.Delay";

    public override ImmutableArray<string> RequiredInputs(ActivityNode node) => node.Inputs.ContainsKey("limit") ? [] : ["timeSpan"];

    public override bool MayWait(ActivityNode node) => true;

    public override ActivityResult Execute(ActivityContext context)
    {
        context.SetTimer("delay", DueAt(context));
        return ActivityResult.Waiting;
    }

    public override ActivityResult OnTimer(ActivityContext context, InstanceTimer timer) => ActivityResult.Done;

    private static DateTimeOffset DueAt(ActivityContext context)
    {
        if (context.DeadlineOf("limit") is { } deadline)
        {
            return deadline.DueAt;
        }

        return context.Now + Spans.Of(context, "timeSpan");
    }
}
