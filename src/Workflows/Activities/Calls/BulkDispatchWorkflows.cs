using System.Collections.Immutable;
using GridFlow.Workflows.Activities.Looping;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Engine;

namespace GridFlow.Workflows.Activities.Calls;

/// <summary>Begins another workflow once for every item, each an instance of its own, and waits for all of them if asked to.</summary>
internal sealed class BulkDispatchWorkflows : Activity
{
    public override string Type => "Elsa.BulkDispatchWorkflows";

    public override ImmutableArray<string> RequiredInputs(ActivityNode node) => ["workflowDefinitionId"];

    public override bool MayWait(ActivityNode node) => true;

    public override ActivityResult Execute(ActivityContext context)
    {
        var id = context.Text("workflowDefinitionId");
        if (context.Bundle.FindDefinition(id) is null)
        {
            throw new ActivityException($"there is no workflow '{id}' in bundle {context.Bundle.Number}");
        }

        var waits = context.Flag("waitForCompletion");
        var shared = DispatchWorkflow.InputOf(context);
        var items = ForEach.ItemsOf(context);
        var key = context.Text("defaultItemInputKey", "Item");
        foreach (var item in items)
        {
            var input = item is IReadOnlyDictionary<string, object?> named ? shared.SetItems(named) : shared.SetItem(key, item);
            DispatchWorkflow.Post(context, id, input, "", waits);
        }

        return waits && items.Count > 0 ? ActivityResult.Waiting : ActivityResult.Done;
    }

    public override ActivityResult OnBookmark(ActivityContext context, InstanceBookmark bookmark, object? payload) =>
        context.Step.Instance.Bookmarks.Any(other => other.Run == context.Run.Id) ? ActivityResult.Waiting : ActivityResult.Done;
}
