using System.Collections.Immutable;
using GridFlow.Workflows.Activities;
using GridFlow.Workflows.Activities.Values;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Expressions;

namespace GridFlow.Workflows.Engine;

/// <summary>Runs activities of a step until everything alive waits.</summary>
internal sealed class Progress(Step step)
{
    private readonly Queue<ActivityRun> _ready = [];
    private int _begun;

    /// <summary>Begins a workflow: a scope with its variables, and its root activity.</summary>
    public void EnterWorkflow(WorkflowDefinition definition, int callerRun, ImmutableDictionary<string, object?> input)
    {
        var scope = new WorkflowScope(step.NextNumber(), definition.DefinitionId, callerRun)
        {
            Variables = FirstValues(definition.Variables),
            Input = Inputs(definition, input),
        };
        step.Instance.Scopes.Add(scope);
        Schedule(scope, definition.Root, parent: 0);
    }

    /// <summary>Hands an event to the activity that waits for it.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="handle">What the activity makes of it.</param>
    /// <param name="timer">The timer that is due, where that is the event.</param>
    public void Resume(int runId, Func<Activity, ActivityContext, ActivityResult> handle, InstanceTimer? timer = null)
    {
        if (step.FindRun(runId) is not { } run)
        {
            return;
        }

        Settle(run, Guarded(run, handle), timer);
    }

    /// <summary>Tries a run again where it failed: the timer it failed on, or the whole of it from its beginning.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="waits">The timer or work item that stood for the failure.</param>
    public void Retry(int runId, string waits)
    {
        if (step.FindRun(runId) is not { } run || IncidentHandling.Find(run, waits) is not { } failure)
        {
            return;
        }

        var timer = failure.Timer is { } purpose ? new InstanceTimer(waits, runId, step.Now, purpose, failure.WorkItem) : null;
        var result = Guarded(run, (activity, context) => timer is null ? activity.Execute(context) : activity.OnTimer(context, timer));
        if (result is not ActivityResult.Faults)
        {
            IncidentHandling.Mended(run, failure);
        }

        Settle(run, result, timer);
    }

    private void Settle(ActivityRun run, ActivityResult result, InstanceTimer? timer)
    {
        if (result is ActivityResult.Faults fault)
        {
            IncidentHandling.Fail(step, run, fault, timer);
        }
        else
        {
            Apply(run, result);
        }
    }

    /// <summary>Runs what is ready; then lets containers release what they held back; until nothing moves.</summary>
    public void Continue()
    {
        do
        {
            while (_ready.TryDequeue(out var run))
            {
                // A run may have been cancelled since it was scheduled.
                if (step.FindRun(run.Id) is null)
                {
                    continue;
                }

                if (++_begun > WorkflowExecutor.StepBudget)
                {
                    Fault(run, new ActivityResult.Faults($"more than {WorkflowExecutor.StepBudget} activities began in one step: a loop without a wait") { IsCertain = true });
                    continue;
                }

                step.Note(run, TraceEvent.Begun);
                Apply(run, Guarded(run, (activity, context) => activity.Execute(context)));
            }
        }
        while (ReleaseHeld());
    }

    private bool ReleaseHeld()
    {
        // Innermost first: an outer join may wait for what an inner one releases.
        foreach (var run in step.Instance.Runs.Where(run => run.Tokens.Count > 0).OrderByDescending(run => run.Id).ToList())
        {
            var result = Guarded(run, (activity, context) => activity.OnIdle(context));
            if (result is not ActivityResult.Waits)
            {
                Apply(run, result);
                return true;
            }
        }

        return false;
    }

    private ActivityResult Guarded(ActivityRun run, Func<Activity, ActivityContext, ActivityResult> handle)
    {
        var node = step.Definition(run.Scope).FindActivity(run.ActivityId)
            ?? throw new InvalidOperationException($"Workflow '{step.Definition(run.Scope).DefinitionId}' has no activity '{run.ActivityId}'.");
        if (ActivityCatalog.Find(node) is not { } activity)
        {
            return new ActivityResult.Faults($"the activity type '{node.Type}' is not known here") { IsCertain = true };
        }

        try
        {
            var context = new ActivityContext(step, run, node);
            var result = handle(activity, context);
            run.Saw = activity.HasForm ? null : context.Seen.Write() ?? run.Saw;
            return result;
        }
        catch (ActivityException exception)
        {
            return new ActivityResult.Faults(exception.Message) { IsCertain = exception.InnerException is ExpressionException };
        }
        catch (ExpressionException exception)
        {
            return new ActivityResult.Faults($"'{node.Id}': {exception.Message}") { IsCertain = true };
        }
        catch (ValueTooLargeException exception)
        {
            return new ActivityResult.Faults($"'{node.Id}': {exception.Message}") { IsCertain = true };
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // A mistake of ours in one activity must not leave its case waiting for something that can never come.
            return new ActivityResult.Faults($"the program itself failed at '{node.Id}': {exception.GetType().Name}: {exception.Message}") { IsCertain = true };
        }
    }

    private void Apply(ActivityRun run, ActivityResult result)
    {
        switch (result)
        {
            case ActivityResult.Waits:
                break;
            case ActivityResult.Schedules schedules:
                foreach (var scheduled in schedules.Activities)
                {
                    Schedule(step.Scope(run.Scope), scheduled, run.Id);
                }

                break;
            case ActivityResult.Calls calls:
                Call(run, calls);
                break;
            case ActivityResult.Completed completed:
                Complete(run, completed.Outcomes);
                break;
            case ActivityResult.EndsWorkflow ends:
                step.Note(run, TraceEvent.Completed, ends.Outcomes);
                step.RemoveRun(run);
                step.Pass(run, []);
                LeaveWorkflow(step.Scope(run.Scope), ends.Outcomes);
                break;
            case ActivityResult.Breaks:
                Break(run);
                break;
            case ActivityResult.Faults faults:
                Fault(run, faults);
                break;
            default:
                throw new InvalidOperationException($"Nothing is known to do with {result.GetType().Name}.");
        }
    }

    private void Schedule(WorkflowScope scope, Scheduled scheduled, int parent)
    {
        var run = new ActivityRun(step.NextNumber(), scope.Id, scheduled.Node.Id, parent);
        foreach (var (name, value) in scheduled.Variables ?? [])
        {
            run.Variables[name] = value;
        }

        foreach (var (name, value) in FirstValues(scheduled.Node.Variables))
        {
            run.Variables[name] = value;
        }

        step.Instance.Runs.Add(run);
        _ready.Enqueue(run);
    }

    private static Dictionary<string, object?> FirstValues(ImmutableArray<Variable> variables)
    {
        var values = new Dictionary<string, object?>();
        foreach (var variable in variables)
        {
            values[variable.Name] = VariableValue.First(variable);
        }

        return values;
    }

    // A declared input is there even when nobody gave it; names are matched as Elsa does, whatever their case.
    private static Dictionary<string, object?> Inputs(WorkflowDefinition definition, ImmutableDictionary<string, object?> given)
    {
        var inputs = definition.Inputs.DistinctBy(input => input.Name).ToDictionary(input => input.Name, input => input.DefaultValue is { } value ? InputReader.FromJson(value) : null);
        foreach (var (name, value) in given)
        {
            inputs[definition.Inputs.FirstOrDefault(input => string.Equals(input.Name, name, StringComparison.OrdinalIgnoreCase))?.Name ?? name] = value;
        }

        return inputs;
    }

    private void Break(ActivityRun run)
    {
        var inner = run;
        while (step.FindRun(inner.Parent) is { } outer)
        {
            if (step.Definition(outer.Scope).FindActivity(outer.ActivityId) is { } node && ActivityCatalog.Find(node) is { IsLoop: true })
            {
                step.Note(run, TraceEvent.Completed);
                step.RemoveRun(run);
                if (inner != run)
                {
                    step.Cancel(inner);
                }

                foreach (var other in step.Instance.Runs.Where(other => other.Parent == outer.Id).ToList())
                {
                    step.Cancel(other);
                }

                Complete(outer, ["Done"]);
                return;
            }

            inner = outer;
        }

        Fault(run, new ActivityResult.Faults("there is no loop around it to break out of") { IsCertain = true });
    }

    private void Call(ActivityRun run, ActivityResult.Calls calls)
    {
        if (step.Bundle.FindDefinition(calls.DefinitionId) is { } definition)
        {
            EnterWorkflow(definition, run.Id, calls.Input);
        }
        else
        {
            Fault(run, new ActivityResult.Faults($"there is no workflow '{calls.DefinitionId}' in bundle {step.Bundle.Number}") { IsCertain = true });
        }
    }

    private void Complete(ActivityRun run, ImmutableArray<string> outcomes)
    {
        step.Note(run, TraceEvent.Completed, outcomes);
        step.RemoveRun(run);
        if (run.Parent == 0)
        {
            LeaveWorkflow(step.Scope(run.Scope), outcomes);
            return;
        }

        Tell(run, outcomes);
        var parent = step.FindRun(run.Parent)!;
        Apply(parent, Guarded(parent, (container, context) => container.OnChildCompleted(context, run.ActivityId, outcomes)));
    }

    private void Tell(ActivityRun run, ImmutableArray<string> outcomes)
    {
        var definition = step.Definition(run.Scope);
        var activity = definition.FindActivity(run.ActivityId) is { Activities.Length: 0 } leaf ? ActivityCatalog.Find(leaf) : null;
        // A person's completion tells how a task ended, unless it ended otherwise: overdue, skipped.
        var isTold = activity is { HasForm: true, IsWorthTelling: false } ? step.Completion == (run.Id, string.Join(',', outcomes)) : activity is not { IsWorthTelling: true };
        if (!isTold)
        {
            step.Record(HistoryKind.ActivityCompleted, step.Actor, false, (HistoryData.Definition, definition.DefinitionId), (HistoryData.Activity, run.ActivityId), (HistoryData.Outcome, string.Join(',', outcomes)), (HistoryData.Saw, run.Saw));
        }
        else if (activity is not { HasForm: true })
        {
            step.Pass(run, outcomes);
        }
    }

    private void LeaveWorkflow(WorkflowScope scope, ImmutableArray<string> outcomes)
    {
        step.RemoveScope(scope);
        if (scope.CallerRun == 0)
        {
            step.Finish(scope.Results, outcomes);
        }
        else if (step.FindRun(scope.CallerRun) is { } caller)
        {
            Apply(caller, Guarded(caller, (activity, context) => activity.OnWorkflowEnded(context, scope.Results, outcomes)));
        }
    }

    private void Fault(ActivityRun run, ActivityResult.Faults fault)
    {
        step.Note(run, TraceEvent.Faulted, text: fault.Problem);
        IncidentHandling.Fail(step, run, fault);
    }
}
