using GridFlow.Workflows.Engine;

namespace GridFlow.Workflows.Activities.Values;

/// <summary>Notes a text in the history, for those who look after workflows; residents never see it.</summary>
internal sealed class WriteLine : Activity
{
    private const int MaxLength = 2000;

    public override string Type => "Elsa.WriteLine";

    // It tells what it wrote itself.
    public override bool IsWorthTelling => false;

    public override ActivityResult Execute(ActivityContext context)
    {
        var text = context.Text("text");
        text = text.Length > MaxLength ? text[..MaxLength] : text;
        context.Step.Note(context.Run, TraceEvent.Wrote, text: text);
        context.Record(HistoryKind.ActivityCompleted, false, ("definition", context.Definition.DefinitionId), ("activity", context.Node.Id), ("outcome", "Done"), ("text", text));
        return ActivityResult.Done;
    }
}
