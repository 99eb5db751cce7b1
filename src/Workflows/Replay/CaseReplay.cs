using System.Collections.Immutable;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Engine;

namespace GridFlow.Workflows.Replay;

/// <summary>What a replay of one case gave.</summary>
/// <param name="Before">What the books say.</param>
/// <param name="After">What would become of it.</param>
/// <param name="Differences">How the two differ.</param>
/// <param name="Obstacle">Why nothing can be said of it; null when something can. The other three then mean nothing.</param>
public sealed record ReplayedCase(IntakeOutcome Before, IntakeOutcome After, ReplayDifference Differences, ReplayObstacle? Obstacle = null);

/// <summary>Why a case cannot be replayed.</summary>
public enum ReplayObstacle
{
    /// <summary>The bundle has no workflow to begin it with.</summary>
    NoWorkflow,

    /// <summary>Intake waits for an event, a service or another workflow; a replay asks nobody.</summary>
    WaitsForOutside,
}

/// <summary>
/// Runs the intake of a bundle over a recorded case, with the executor that runs the real ones: from the report as it came in
/// until the workflow that handles it begins. Where intake asks a person, the person's recorded answer is given at its recorded
/// time. Pure: nothing is kept, nothing is sent.
/// </summary>
public static class CaseReplay
{
    // Intake is a handful of steps; more is a loop through timers.
    private const int MostSteps = 60;

    /// <summary>Replays a case and compares it with the books.</summary>
    /// <param name="bundle">The bundle to try.</param>
    /// <param name="recorded">The case.</param>
    /// <param name="find">The published bundle with a number, for the forms people filled in then; null where it is not known.</param>
    public static ReplayedCase Run(Bundle bundle, RecordedCase recorded, Func<int, Bundle?> find)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        ArgumentNullException.ThrowIfNull(recorded);
        ArgumentNullException.ThrowIfNull(find);
        var under = find(recorded.Bundle);
        var books = new IntakeReader(recorded.Report, recorded.DefinitionId, under, bundle);
        var answers = new List<RecordedAnswer>();
        foreach (var entry in recorded.History)
        {
            if (RecordedAnswer.Of(entry, books.Case, under, bundle) is { } answer && !books.IsOver)
            {
                answers.Add(answer);
            }

            books.Read(entry);
        }

        var before = books.ToOutcome();
        if (bundle.FindDefinition(recorded.DefinitionId) is null)
        {
            return new ReplayedCase(before, new IntakeOutcome(), ReplayDifference.None, ReplayObstacle.NoWorkflow);
        }

        var run = new Course(bundle, recorded, answers);
        var obstacle = run.ToEnd();
        var after = run.Outcome;
        return new ReplayedCase(before, after, obstacle is null ? ReplayDifferences.Between(before, after) : ReplayDifference.None, obstacle);
    }

    /// <summary>One case under way.</summary>
    private sealed class Course(Bundle bundle, RecordedCase recorded, List<RecordedAnswer> answers)
    {
        private readonly IntakeReader _reader = new(recorded.Report, recorded.DefinitionId, bundle, bundle);
        private readonly HistoryEntry _accepted = recorded.History.First(entry => entry.Kind == HistoryKind.Accepted);
        private WorkflowInstance? _instance;

        public IntakeOutcome Outcome => _reader.ToOutcome();

        public ReplayObstacle? ToEnd()
        {
            var start = new Stimulus.Start(recorded.Report.Number, recorded.DefinitionId, recorded.Report, ImmutableDictionary<string, object?>.Empty, _accepted.Actor);
            Take(start, _accepted.At);
            var now = _accepted.At;
            for (var step = 0; step < MostSteps && !_reader.IsOver; step++)
            {
                if (NextAnswer() is { } next)
                {
                    answers.Remove(next.Answer);
                    now = next.Answer.At > now ? next.Answer.At : now;
                    FireBefore(now, next.Item);
                    Give(next.Answer, next.Item, now);
                }
                else if (_instance!.WorkItems.Count > 0)
                {
                    return null;
                }
                else if (_instance.Timers.MinBy(timer => timer.DueAt) is { } timer)
                {
                    now = timer.DueAt > now ? timer.DueAt : now;
                    Take(new Stimulus.TimerDue(timer.Id), now);
                }
                else
                {
                    return _instance.Bookmarks.Count > 0 ? ReplayObstacle.WaitsForOutside : null;
                }
            }

            return null;
        }

        // The earliest answer in the books for something that is open here.
        private (RecordedAnswer Answer, WorkItem Item)? NextAnswer()
        {
            foreach (var answer in answers)
            {
                if (_instance!.WorkItems.Find(item => new StepRef(item.DefinitionId, item.ActivityId) == answer.Step && item.Kind == WorkItemKind.Incident == answer.IsIncident) is { } item)
                {
                    return (answer, item);
                }
            }

            return null;
        }

        // Timers of the item that is answered do not count: the books tell that it was answered, however late a timer came.
        private void FireBefore(DateTimeOffset until, WorkItem answered)
        {
            for (var fired = 0; fired < MostSteps; fired++)
            {
                if (_instance!.Timers.Where(timer => timer.WorkItem != answered.Id && timer.DueAt <= until).MinBy(timer => timer.DueAt) is not { } timer
                    || !Take(new Stimulus.TimerDue(timer.Id), timer.DueAt))
                {
                    return;
                }
            }
        }

        private void Give(RecordedAnswer answer, WorkItem item, DateTimeOffset now)
        {
            if (answer.Outcome is not { } outcome)
            {
                // Nobody answered in time; its own clock took it away.
                while (_instance!.WorkItems.Exists(open => open.Id == item.Id)
                    && _instance.Timers.Where(timer => timer.WorkItem == item.Id).MinBy(timer => timer.DueAt) is { } timer
                    && Take(new Stimulus.TimerDue(timer.Id), timer.DueAt > now ? timer.DueAt : now))
                {
                }

                return;
            }

            var fields = answer.FieldsFor(_instance!.Case!);
            Take(new Stimulus.CompleteWorkItem(item.Id, outcome, fields, answer.Comment, answer.By), now);
        }

        private bool Take(Stimulus stimulus, DateTimeOffset at)
        {
            if (WorkflowExecutor.Decide(bundle, _instance, stimulus, at) is not Decision.Accepted { Checkpoint: var checkpoint })
            {
                return false;
            }

            _instance = checkpoint.Instance;
            foreach (var entry in checkpoint.History.Where(entry => RecordedCase.Kinds.Contains(entry.Kind)))
            {
                _reader.Read(entry);
            }

            return true;
        }
    }
}
