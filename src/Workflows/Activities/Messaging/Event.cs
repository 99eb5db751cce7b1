using System.Collections.Immutable;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Engine;

namespace GridFlow.Workflows.Activities.Messaging;

/// <summary>Waits for an event by its name. Only events for everybody, or for the instance's own correlation id, reach it.</summary>
internal sealed class Event : Activity
{
    private const int MaxLength = OutgoingMessage.MaxRecipient;

    public override string Type => "Elsa.Event";

    public override ImmutableArray<string> RequiredInputs(ActivityNode node) => ["eventName"];

    public override bool MayWait(ActivityNode node) => true;

    public override ActivityResult Execute(ActivityContext context)
    {
        if (context.IsTrigger())
        {
            context.SetOutput("result", context.Scope.Input.GetValueOrDefault("Payload"));
            return ActivityResult.Done;
        }

        context.SetBookmark(BookmarkKind.Event, NameOf(context));
        return ActivityResult.Waiting;
    }

    public override ActivityResult OnBookmark(ActivityContext context, InstanceBookmark bookmark, object? payload)
    {
        context.SetOutput("result", payload);
        return ActivityResult.Done;
    }

    internal static string NameOf(ActivityContext context) => context.Text("eventName") is { Length: > 0 and <= MaxLength } name
        ? name
        : throw new ActivityException($"'{context.Node.Id}' names no event, or one of more than {MaxLength} characters");
}
