using System.Collections.Immutable;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Migration;

namespace GridFlow.Workflows.Engine;

/// <summary>Something that happens to an instance. The only way anything changes: pages, the API, timers and imports all send one.</summary>
public abstract record Stimulus(Actor Actor)
{
    /// <summary>Begins an instance.</summary>
    /// <param name="Id">The id the instance will have; for a case its number.</param>
    /// <param name="DefinitionId">The workflow to run.</param>
    /// <param name="Case">The case it drives, or null.</param>
    /// <param name="Input">What the workflow is called with.</param>
    /// <param name="Actor">Who began it.</param>
    public sealed record Start(string Id, string DefinitionId, CaseState? Case, ImmutableDictionary<string, object?> Input, Actor Actor) : Stimulus(Actor)
    {
        /// <summary>Groups it with others; null for none.</summary>
        public string? CorrelationId { get; init; }

        /// <summary>The activity that starts it, where the workflow begins with one that waits for something; null when it is begun by hand.</summary>
        public string? Trigger { get; init; }

        /// <summary>The bookmark of another instance that waits for its end; null for none.</summary>
        public string? AnswerTo { get; init; }
    }

    /// <summary>Completes a work item (办结) with one of its outcomes.</summary>
    /// <param name="WorkItem">The item's id.</param>
    /// <param name="Outcome">The name of the outcome.</param>
    /// <param name="Fields">The form's answers by field name.</param>
    /// <param name="Comment">A word on it, or null.</param>
    /// <param name="Actor">Who.</param>
    public sealed record CompleteWorkItem(string WorkItem, string Outcome, ImmutableDictionary<string, object?> Fields, string? Comment, Actor Actor) : Stimulus(Actor);

    /// <summary>Signs for a work item (签收): others see who has it.</summary>
    public sealed record ClaimWorkItem(string WorkItem, Actor Actor) : Stimulus(Actor);

    /// <summary>Gives a signed item back to the unit's inbox.</summary>
    public sealed record ReleaseWorkItem(string WorkItem, Actor Actor) : Stimulus(Actor);

    /// <summary>Does something with a case beyond completing a drawn step: see <see cref="Acts.CaseActCatalog"/>.</summary>
    /// <param name="Act">The name of the act.</param>
    /// <param name="WorkItem">The work item it is about; null where it is about the whole case.</param>
    /// <param name="Fields">The answers of its form, by name.</param>
    /// <param name="Comment">Why, or null.</param>
    /// <param name="Actor">Who.</param>
    public sealed record TakeAct(string Act, string? WorkItem, ImmutableDictionary<string, object?> Fields, string? Comment, Actor Actor) : Stimulus(Actor)
    {
        /// <summary>The longest <see cref="Key"/>, in characters.</summary>
        public const int MaxKey = 64;

        /// <summary>
        /// What whoever does it calls it, so that they can send it again when they heard no answer: of one person and one case, the
        /// same act under the same key happens once. Null for none.
        /// </summary>
        public string? Key { get; init; }

        /// <summary>Whether it was done before, by what was kept of it in the instance.</summary>
        public bool WasTaken(WorkflowInstance instance)
        {
            ArgumentNullException.ThrowIfNull(instance);
            return HeardAs is { } heard && instance.Heard.Contains(heard);
        }

        internal string? HeardAs => Key is null ? null : $"act:{Act}:{Actor.Id}:{Key}";
    }

    /// <summary>A case was merged into this one, or a part of it was closed: told by the other case, at least once.</summary>
    /// <param name="Kind">What happened to the other.</param>
    /// <param name="Other">The other case's number.</param>
    /// <param name="HasReporter">Somebody outside waits for the other's answer.</param>
    public sealed record HearOfCase(RelatedEvent Kind, string Other, bool HasReporter) : Stimulus(Actor.System);

    /// <summary>A timer's time has come.</summary>
    public sealed record TimerDue(string Timer) : Stimulus(Actor.System);

    /// <summary>What a bookmark waits for has happened.</summary>
    /// <param name="Bookmark">The bookmark's id.</param>
    /// <param name="Payload">What the event or the answer says.</param>
    /// <param name="Problem">Why there will be no answer, as the administrator reads it; null when all is well.</param>
    /// <param name="Actor">Who answered; the system for another workflow or a service.</param>
    public sealed record ResumeBookmark(string Bookmark, object? Payload, string? Problem, Actor Actor) : Stimulus(Actor);

    /// <summary>Adds a remark to the case's timeline.</summary>
    /// <param name="Text">The remark.</param>
    /// <param name="IsPublic">The resident sees it too.</param>
    /// <param name="Actor">Who.</param>
    public sealed record AddComment(string Text, bool IsPublic, Actor Actor) : Stimulus(Actor)
    {
        /// <summary>What whoever says it calls it, as <see cref="TakeAct.Key"/>: of one person and one case it is written once. Null for none.</summary>
        public string? Key { get; init; }

        internal string? HeardAs => Key is null ? null : $"comment:{Actor.Id}:{Key}";
    }

    /// <summary>Reopens a closed case: same number, next round, one tier up.</summary>
    public sealed record ReopenCase(string Reason, Actor Actor) : Stimulus(Actor);

    /// <summary>Moves the instance, as it stands, to another bundle: all of it or nothing.</summary>
    /// <param name="From">The number of the bundle it is expected to run under.</param>
    /// <param name="Target">The bundle it will run under.</param>
    /// <param name="Mapping">What takes the place of what.</param>
    /// <param name="Run">The run of the migration this belongs to, by which it can be undone.</param>
    /// <param name="Reason">Why.</param>
    /// <param name="Actor">Who.</param>
    public sealed record MoveToBundle(int From, Bundle Target, ActivityMapping Mapping, string Run, string Reason, Actor Actor) : Stimulus(Actor);

    /// <summary>Moves the instance back to the bundle it came from, if it has not gone on since.</summary>
    /// <param name="Record">How it was moved.</param>
    /// <param name="Window">How long after the move it can go back.</param>
    /// <param name="Reason">Why.</param>
    /// <param name="Actor">Who.</param>
    public sealed record MoveBack(MigrationRecord Record, TimeSpan Window, string Reason, Actor Actor) : Stimulus(Actor);

    /// <summary>Takes an open case back (撤销).</summary>
    public sealed record WithdrawCase(string Reason, Actor Actor) : Stimulus(Actor);
}

/// <summary>What one case tells another.</summary>
public enum RelatedEvent
{
    /// <summary>The other is carried on under this one (并单).</summary>
    Merged,

    /// <summary>The other, a part of this one, is over.</summary>
    PartClosed,
}
