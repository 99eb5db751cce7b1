using System.Collections.Immutable;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Engine;

namespace GridFlow.Workflows.Activities.Outside;

/// <summary>
/// Hands a task to something outside the portal and waits for its answer. The request tells the bookmark, and whoever did the
/// task answers that bookmark; a late or second answer changes nothing.
/// </summary>
internal sealed class RunTask : Activity
{
    public override string Type => "Elsa.RunTask";

    public override ImmutableArray<string> RequiredInputs(ActivityNode node) => ["taskName"];

    public override bool MayWait(ActivityNode node) => true;

    public override ActivityResult Execute(ActivityContext context)
    {
        var name = context.Text("taskName");
        if (name.Length is 0 or > OutgoingMessage.MaxRecipient)
        {
            throw new ActivityException($"'{context.Node.Id}' does not name its task, or by more than {OutgoingMessage.MaxRecipient} characters");
        }

        var bookmark = context.SetBookmark(BookmarkKind.Answer, name);
        context.SetOutput("taskId", bookmark.Id);
        context.Post(MessageKind.Task, name, new Dictionary<string, object?> { ["answerTo"] = bookmark.Id, ["payload"] = context.Input("payload") });
        return ActivityResult.Waiting;
    }

    public override ActivityResult OnBookmark(ActivityContext context, InstanceBookmark bookmark, object? payload)
    {
        context.SetOutput("result", payload);
        return ActivityResult.Done;
    }
}
