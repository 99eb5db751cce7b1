using System.Collections.Immutable;
using System.Globalization;
using GridFlow.Workflows.Acts;
using GridFlow.Workflows.Acts.Relating;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Migration;

namespace GridFlow.Workflows.Engine;

/// <summary>
/// Decides what a stimulus does to an instance. A pure function: no I/O, no clock, no randomness; the same arguments give the
/// same decision, so a decision whose commit lost a race is simply made again from the fresh state.
/// </summary>
public static class WorkflowExecutor
{
    /// <summary>How many activities one step may begin before it is taken for a loop without a wait.</summary>
    public const int StepBudget = 1000;

    /// <summary>Decides.</summary>
    /// <param name="bundle">The bundle the instance runs under; for a start or a reopening, the one in force.</param>
    /// <param name="instance">The instance as stored; null only for a start. It is not changed.</param>
    /// <param name="stimulus">What happens.</param>
    /// <param name="now">The instant it happens, UTC.</param>
    /// <param name="trace">Where every activity's beginning and end is noted; null when nobody wants to know.</param>
    /// <exception cref="ArgumentException">A start for an existing instance, or anything else for none.</exception>
    public static Decision Decide(Bundle bundle, WorkflowInstance? instance, Stimulus stimulus, DateTimeOffset now, ICollection<TraceEntry>? trace = null)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        ArgumentNullException.ThrowIfNull(stimulus);
        if (stimulus is Stimulus.Start start)
        {
            return instance is null ? Start(bundle, start, now, trace) : throw new ArgumentException($"Instance '{instance.Id}' exists already.", nameof(instance));
        }

        if (instance is null)
        {
            throw new ArgumentException("Only a start begins without an instance.", nameof(instance));
        }

        var step = new Step(instance.Copy(), bundle, stimulus.Actor, now, isNew: false) { Trace = trace };
        if (stimulus is not (Stimulus.AddComment or Stimulus.TakeAct { Act: nameof(Acts.Handing.TakeBack) or nameof(Acts.Pressing.Urge) }))
        {
            // Somebody goes on with it: what was completed last stays completed.
            step.Instance.LastCompletion = null;
        }

        return stimulus switch
        {
            Stimulus.CompleteWorkItem complete => CompleteWorkItem(step, instance, complete),
            Stimulus.ClaimWorkItem claim => WorkItemActs.Claim(step, claim),
            Stimulus.ReleaseWorkItem release => WorkItemActs.Release(step, release),
            Stimulus.TakeAct act => CaseActCatalog.Take(step, act),
            Stimulus.HearOfCase heard => RelatedMessage.Hear(step, heard),
            Stimulus.TimerDue due => FireTimer(step, due),
            Stimulus.ResumeBookmark resume => ResumeBookmark(step, resume),
            Stimulus.AddComment comment => CaseActs.Comment(step, comment),
            Stimulus.ReopenCase reopen => CaseActs.Reopen(step, reopen),
            Stimulus.WithdrawCase withdraw => CaseActs.Withdraw(step, withdraw),
            Stimulus.MoveToBundle move => MigrationActs.Move(instance, bundle, move, now),
            Stimulus.MoveBack back => MigrationActs.MoveBack(instance, bundle, back, now),
            _ => throw new ArgumentException($"Nothing is known to do with {stimulus.GetType().Name}.", nameof(stimulus)),
        };
    }

    private static Decision Start(Bundle bundle, Stimulus.Start start, DateTimeOffset now, ICollection<TraceEntry>? trace)
    {
        if (bundle.FindDefinition(start.DefinitionId) is not { } definition)
        {
            return new Decision.Refused(Refusal.UnknownDefinition, start.DefinitionId);
        }

        var instance = new WorkflowInstance { Id = start.Id, DefinitionId = start.DefinitionId, Bundle = bundle.Number, Case = start.Case, CorrelationId = start.CorrelationId, AnswerTo = start.AnswerTo };
        var step = new Step(instance, bundle, start.Actor, now, isNew: true) { Trace = trace, Trigger = start.Trigger };
        if (start.Case is not null)
        {
            // What came with the report, as it came: the facts change, and a replay begins here.
            step.Record(HistoryKind.Accepted, start.Actor, true, ("channel", start.Case.Channel.ToString()), (HistoryData.Urgency, start.Case.Urgency.ToString()),
                (HistoryData.Category, start.Case.Category), (HistoryData.Bundle, bundle.Number.ToString(CultureInfo.InvariantCulture)));
        }

        return Begin(step, definition, start.Input);
    }

    /// <summary>Begins a workflow as the instance's own and runs it as far as it goes.</summary>
    internal static Decision Begin(Step step, WorkflowDefinition definition, ImmutableDictionary<string, object?> input)
    {
        var run = new Progress(step);
        run.EnterWorkflow(definition, callerRun: 0, input);
        run.Continue();
        return new Decision.Accepted(step.ToCheckpoint());
    }

    private static Decision CompleteWorkItem(Step step, WorkflowInstance instance, Stimulus.CompleteWorkItem completion)
    {
        if (step.Instance.WorkItems.FirstOrDefault(item => item.Id == completion.WorkItem) is not { } item)
        {
            return new Decision.TooLate(completion.WorkItem);
        }

        if (item.ClaimedBy is { } claimer && claimer.Id != completion.Actor.Id)
        {
            return new Decision.Refused(Refusal.ClaimedByOther, claimer.Name);
        }

        if (WorkItemActs.Check(step, item, completion) is { } refusal)
        {
            return refusal;
        }

        Acts.Clocks.Resume.ByWork(step, item);
        item = step.Instance.WorkItems.First(open => open.Id == item.Id);
        if (CaseActCatalog.ActOf(item) is not null)
        {
            WorkItemActs.Complete(step, item, completion);
            return CaseActCatalog.Decide(step, item, completion);
        }

        var before = WorkItemActs.CanBeTakenBack(item, step.Instance) ? instance : null;
        WorkItemActs.Complete(step, item, completion);
        if (item.Kind == WorkItemKind.Incident && completion.Outcome == IncidentHandling.Cancel)
        {
            return CaseActs.End(step, completion.Comment!, completion.Actor);
        }

        var progress = new Progress(step);
        switch (item.Kind, completion.Outcome)
        {
            case (WorkItemKind.Incident, IncidentHandling.Retry):
                progress.Retry(item.Run, item.Id);
                break;
            case (WorkItemKind.Incident, _):
                progress.Resume(item.Run, (_, context) => IncidentHandling.Skipped(context, completion));
                break;
            default:
                progress.Resume(item.Run, (activity, context) => activity.OnWorkItemCompleted(context, item, completion));
                break;
        }

        progress.Continue();
        if (before is { Case: { } facts } && step.Instance is { Status: InstanceStatus.Running, Case.Status: CaseStatus.Open })
        {
            var stood = before.Copy();
            stood.LastCompletion = null;
            step.Instance.LastCompletion = new LastCompletion(item.Id, completion.Actor.Id, stood, facts with { Title = "", Detail = "" });
        }

        return new Decision.Accepted(step.ToCheckpoint());
    }

    private static Decision FireTimer(Step step, Stimulus.TimerDue due)
    {
        if (step.Instance.Timers.FirstOrDefault(timer => timer.Id == due.Timer) is not { } timer)
        {
            return new Decision.TooLate(due.Timer);
        }

        step.RemoveTimer(timer);
        if (timer.Run == 0)
        {
            ActClock.OnTimer(step, timer);
            return new Decision.Accepted(step.ToCheckpoint());
        }

        var progress = new Progress(step);
        if (timer.Purpose == IncidentHandling.RetryTimer)
        {
            progress.Retry(timer.Run, timer.Id);
        }
        else
        {
            progress.Resume(timer.Run, (activity, context) => activity.OnTimer(context, timer), timer);
        }

        progress.Continue();
        return new Decision.Accepted(step.ToCheckpoint());
    }

    private static Decision ResumeBookmark(Step step, Stimulus.ResumeBookmark resume)
    {
        if (step.Instance.Bookmarks.FirstOrDefault(bookmark => bookmark.Id == resume.Bookmark) is not { } bookmark)
        {
            return new Decision.TooLate(resume.Bookmark);
        }

        step.RemoveBookmark(bookmark);
        var progress = new Progress(step);
        progress.Resume(bookmark.Run, (activity, context) => resume.Problem is { } problem
            ? new Activities.ActivityResult.Faults(problem)
            : activity.OnBookmark(context, bookmark, Expressions.ExpressionValue.From(resume.Payload)));
        progress.Continue();
        return new Decision.Accepted(step.ToCheckpoint());
    }
}
