using System.Globalization;
using GridFlow.Workflows.Activities;
using GridFlow.Workflows.Activities.Cases;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Definitions;

namespace GridFlow.Workflows.Engine;

/// <summary>
/// What fails is tried again as its policy says, and then becomes a work item of the administrator: a case is never stuck in
/// silence, and the conservation ledger sees it.
/// </summary>
internal static class IncidentHandling
{
    public const string Retry = "Retry";
    public const string Skip = "Skip";
    public const string Cancel = "Cancel";

    /// <summary>The form's field that says by which outcome a skipped step goes on.</summary>
    public const string Port = "port";

    /// <summary>What the timer is for on which a failed run waits for its next attempt.</summary>
    public const string RetryTimer = "retry";

    /// <summary>Records a failure; the run then waits for its next attempt or for the administrator.</summary>
    /// <param name="step">The step in which it failed.</param>
    /// <param name="run">What failed.</param>
    /// <param name="fault">Why.</param>
    /// <param name="timer">The timer on which it failed; null when the run itself could not go on.</param>
    public static void Fail(Step step, ActivityRun run, ActivityResult.Faults fault, InstanceTimer? timer = null)
    {
        var definition = step.Definition(run.Scope);
        var count = (run.Failures?.FirstOrDefault(IsThis)?.Count ?? 0) + 1;
        var problem = Shortened(fault.Problem);
        if (timer is null)
        {
            // What it noted before it failed would stand there twice once it begins again.
            step.RemoveWaits(run);
            run.Failures = null;
        }

        var pause = PolicyOf(definition.FindActivity(run.ActivityId), fault).PauseAfter(count);
        var next = step.Now + pause;
        step.Record(HistoryKind.Incident, Actor.System, false, ("definition", definition.DefinitionId), ("activity", run.ActivityId), ("problem", problem),
            ("attempt", count.ToString(CultureInfo.InvariantCulture)), ("next", next?.ToString("O", CultureInfo.InvariantCulture)));
        var waits = step.NextId(next is null ? "w" : "t");
        if (next is { } at)
        {
            step.SetTimer(new InstanceTimer(waits, run.Id, at, RetryTimer));
        }
        else
        {
            step.Open(new WorkItem(waits, run.Id, definition.DefinitionId, run.ActivityId, WorkItemKind.Incident, UnitKey.Administrator, Role.Administrator, step.Now) { Problem = problem });
        }

        run.Failures = [.. (run.Failures ?? []).Where(failure => !IsThis(failure)), new RunFailure(waits, count, timer?.Purpose, timer?.WorkItem)];

        bool IsThis(RunFailure failure) => failure.Timer == timer?.Purpose && failure.WorkItem == timer?.WorkItem;
    }

    /// <summary>The failure that a timer or work item stands for; null when there is none.</summary>
    public static RunFailure? Find(ActivityRun run, string waits) => run.Failures?.FirstOrDefault(failure => failure.Waits == waits);

    /// <summary>
    /// A new attempt did not fail. One that began again may yet: what was asked outside answers later, so that its failures stay
    /// counted until the run ends.
    /// </summary>
    public static void Mended(ActivityRun run, RunFailure failure) => run.Failures = run.Failures switch
    {
        null => null,
        var all when failure.Timer is null => [.. all.Select(one => one == failure ? one with { Waits = "" } : one)],
        { Count: 1 } => null,
        var all => [.. all.Where(one => one != failure)],
    };

    /// <summary>How a run goes on after the administrator skipped it.</summary>
    public static ActivityResult Skipped(ActivityContext context, Stimulus.CompleteWorkItem completion)
    {
        var given = Expressions.ExpressionValue.ToText(completion.Fields.GetValueOrDefault(Port));
        return ActivityResult.CompletedWith(given.Length > 0 ? given : IncidentForm.UsualPort(context.Definition, context.Node));
    }

    private static RetryPolicy PolicyOf(ActivityNode? node, ActivityResult.Faults fault) =>
        node?.Retry is { } drawn ? drawn
        : node is null || fault.IsCertain ? RetryPolicy.None
        : ActivityCatalog.Find(node.Type)?.DefaultRetry ?? RetryPolicy.None;

    // What an outside system answers may be a page long; history and inbox keep what a person reads.
    private static string Shortened(string problem)
    {
        const int Longest = 500;
        return problem.Length <= Longest ? problem : problem[..Longest] + "…";
    }
}
