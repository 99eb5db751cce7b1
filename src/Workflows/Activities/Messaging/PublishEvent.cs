using System.Collections.Immutable;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Engine;

namespace GridFlow.Workflows.Activities.Messaging;

/// <summary>
/// Tells every instance that waits for an event of this name. It leaves with the outbox, so it is published if and only if the
/// step that publishes it is committed; those who wait hear of it a moment later, and each of them once.
/// </summary>
internal sealed class PublishEvent : Activity
{
    public override string Type => "Elsa.PublishEvent";

    public override ImmutableArray<string> RequiredInputs(ActivityNode node) => ["eventName"];

    public override ActivityResult Execute(ActivityContext context)
    {
        var name = Event.NameOf(context);
        context.Post(MessageKind.Event, name, new Dictionary<string, object?>
        {
            ["correlationId"] = context.Text("correlationId") is { Length: > 0 } given ? given : null,
            ["onlyInstance"] = context.Flag("isLocalEvent") ? context.Step.Instance.Id : null,
            ["payload"] = context.Input("payload"),
        });
        return ActivityResult.Done;
    }
}
