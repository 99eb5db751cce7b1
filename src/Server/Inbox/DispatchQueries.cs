using GridFlow.Server.Cases;
using GridFlow.Server.Search;
using GridFlow.Server.Security;
using GridFlow.Workflows.Activities.Cases;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Engine;

namespace GridFlow.Server.Inbox;

/// <summary>A case that waits for somebody to say where it goes, with what is proposed.</summary>
/// <param name="Case">The case.</param>
/// <param name="Item">The work item that asks.</param>
/// <param name="Form">Its form.</param>
/// <param name="Categories">Categories by key, where the form takes one.</param>
/// <param name="Related">Cases that may be about the same.</param>
public sealed record DispatchTask(CaseDetail Case, OpenItem Item, WorkItemForm Form, IReadOnlyList<KeyValuePair<string, string>> Categories, IReadOnlyList<RelatedCase> Related)
{
    /// <summary>What accepting the proposal is called in the form.</summary>
    public WorkItemOutcome Accept => Form.Outcomes.First(DispatchQueries.Sends(Form));

    /// <summary>The outcome that takes another category and routes anew; null where the form has none.</summary>
    public WorkItemOutcome? Resort => Form.Outcomes.FirstOrDefault(outcome => Form.FieldsOf(outcome).Any(input => input.Fills == "category"));

    public FormField? CategoryField => Form.Fields.FirstOrDefault(input => input.Fills == "category");
}

/// <summary>Finds out whether a work item is one of sorting and dispatching: intake asks for it, and its form says who leads.</summary>
public sealed class DispatchQueries(CaseQueries cases, RelatedCases related)
{
    private const int MostRelated = 3;

    public async Task<DispatchTask?> FindAsync(string number, string item, CurrentUser user, CancellationToken cancellationToken = default)
    {
        if (await cases.FindAsync(number, user, cancellationToken) is not { Stage: CaseStage.Accepting or CaseStage.Dispatching } found
            || found.OpenItems.FirstOrDefault(open => open.Id == item) is not { MayAct: true, Kind: WorkItemKind.Task, DefinitionId: ShippedBundle.IntakeWorkflow } task || (task.ClaimedBy is not null && !task.IsMine))
        {
            return null;
        }

        var form = await cases.GetFormAsync(task, cancellationToken);
        return !form.Outcomes.Any(Sends(form))
            ? null
            : new DispatchTask(
                found, task, form, form.Fields.Any(field => field.Kind == FieldKind.Category) ? await cases.GetCategoriesAsync(task.Bundle, cancellationToken) : [],
                [.. (await related.FindAsync(number, user, cancellationToken)).Take(MostRelated)]);
    }

    internal static Func<WorkItemOutcome, bool> Sends(WorkItemForm form) => outcome => !outcome.NeedsComment && form.FieldsOf(outcome).Any(input => input.Fills == "lead");
}
