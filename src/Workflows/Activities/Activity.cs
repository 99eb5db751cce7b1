using System.Collections.Immutable;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Engine;

namespace GridFlow.Workflows.Activities;

/// <summary>
/// A kind of activity. One object serves all definitions and all cases, so it keeps no state of its own: it reads its inputs
/// from the context, notes there what should happen, and returns a value saying what comes next. It never saves, sends or waits.
/// </summary>
public abstract class Activity
{
    /// <summary>The type name in definitions.</summary>
    public abstract string Type { get; }

    /// <summary>Its end is an entry of the history. False where something richer is recorded instead, or nothing happened that a person would ask about.</summary>
    public virtual bool IsWorthTelling => true;

    /// <summary>It opens work items, whose form stands in its inputs.</summary>
    public virtual bool HasForm => false;

    /// <summary>
    /// What happens when it fails and the drawing says nothing. None for what depends only on the case and the drawing, because
    /// it would fail the same way again; <see cref="RetryPolicy.Outside"/> for what touches the world outside.
    /// </summary>
    public virtual RetryPolicy DefaultRetry => RetryPolicy.None;

    /// <summary>The outcomes this activity can end with as it is drawn, in the order they are shown.</summary>
    public virtual ImmutableArray<string> Ports(ActivityNode node) => ["Done"];

    /// <summary>Inputs that must be given as it is drawn; without them it could only fail.</summary>
    public virtual ImmutableArray<string> RequiredInputs(ActivityNode node) => [];

    /// <summary>Whether it may wait for a person, a time, an event or another workflow, so that a loop through it is no rush.</summary>
    public virtual bool MayWait(ActivityNode node) => HasForm;

    /// <summary>Whether the drawing may lead nowhere from a port, without that being an oversight.</summary>
    public virtual bool MayLeaveOpen(string port) => false;

    /// <summary>A loop, which a break inside it ends.</summary>
    public virtual bool IsLoop => false;

    /// <summary>What is wrong with the activity as drawn, beyond what is checked of every activity; each sentence names the input.</summary>
    public virtual IEnumerable<LocalizedText> Problems(ActivityNode node) => [];

    /// <summary>Begins.</summary>
    public abstract ActivityResult Execute(ActivityContext context);

    /// <summary>For containers: one of the activities inside has ended.</summary>
    public virtual ActivityResult OnChildCompleted(ActivityContext context, string childId, ImmutableArray<string> outcomes) => ActivityResult.Waiting;

    /// <summary>For containers: nothing in the instance can go on by itself any more; what was held back for others may begin.</summary>
    public virtual ActivityResult OnIdle(ActivityContext context) => ActivityResult.Waiting;

    /// <summary>A work item it opened was completed.</summary>
    public virtual ActivityResult OnWorkItemCompleted(ActivityContext context, WorkItem item, Stimulus.CompleteWorkItem completion) => ActivityResult.CompletedWith(completion.Outcome);

    /// <summary>What a bookmark it set waits for has happened.</summary>
    /// <param name="context">The context.</param>
    /// <param name="bookmark">The bookmark, which is gone.</param>
    /// <param name="payload">What the event or the answer says, as a value of expressions.</param>
    public virtual ActivityResult OnBookmark(ActivityContext context, InstanceBookmark bookmark, object? payload) => ActivityResult.Done;

    /// <summary>The workflow it called has ended.</summary>
    /// <param name="context">The context.</param>
    /// <param name="results">What the workflow gave back, by name.</param>
    /// <param name="outcomes">How it ended.</param>
    public virtual ActivityResult OnWorkflowEnded(ActivityContext context, IReadOnlyDictionary<string, object?> results, ImmutableArray<string> outcomes) =>
        ActivityResult.CompletedWith(outcomes);

    /// <summary>A timer it set is due.</summary>
    public virtual ActivityResult OnTimer(ActivityContext context, InstanceTimer timer) => ActivityResult.Waiting;
}
