using GridFlow.Workflows.Activities;
using GridFlow.Workflows.Cases;

namespace GridFlow.Workflows.Engine;

/// <summary>
/// What fails becomes a work item of the administrator: a case is never stuck in silence, and the conservation ledger sees it.
/// </summary>
internal static class IncidentHandling
{
    public const string Retry = "Retry";
    public const string Skip = "Skip";

    public static void Open(Step step, ActivityRun run, string problem)
    {
        var definition = step.Definition(run.Scope).DefinitionId;
        step.Record(HistoryKind.Incident, Actor.System, false, ("definition", definition), ("activity", run.ActivityId), ("problem", problem));
        step.Open(new WorkItem(step.NextId("w"), run.Id, definition, run.ActivityId, WorkItemKind.Incident, UnitKey.Administrator, Role.Administrator, step.Now) { Problem = problem });
    }

    public static ActivityResult Resolve(Activity activity, ActivityContext context, Stimulus.CompleteWorkItem completion) =>
        completion.Outcome == Retry ? activity.Execute(context) : ActivityResult.Done;
}
