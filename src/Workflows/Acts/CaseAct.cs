using System.Collections.Immutable;
using GridFlow.Workflows.Activities.Cases;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Engine;

namespace GridFlow.Workflows.Acts;

/// <summary>Why an act is not possible as things stand. The portal has a sentence for each.</summary>
public enum ActObstacle
{
    /// <summary>The case is over.</summary>
    NotOpen,

    /// <summary>The case is not closed yet.</summary>
    NotClosed,

    /// <summary>The work item is of a kind this cannot be done with.</summary>
    WrongKind,

    /// <summary>It is asked for already and not decided.</summary>
    AskedAlready,

    /// <summary>It was done as often as the rules allow.</summary>
    UsedUp,

    /// <summary>The work has no deadline.</summary>
    NoDeadline,

    /// <summary>The deadline is past: asked for too late.</summary>
    Overdue,

    /// <summary>The matter is on hold.</summary>
    OnHold,

    /// <summary>The matter is not on hold.</summary>
    NotOnHold,

    /// <summary>The case was on time: nothing to appeal against.</summary>
    WasOnTime,

    /// <summary>It was appealed before.</summary>
    AppealedBefore,

    /// <summary>Somebody urged a moment ago.</summary>
    UrgedJustNow,

    /// <summary>Nobody works on it at present.</summary>
    NobodyAtWork,

    /// <summary>It was not sent back often enough for a ruling.</summary>
    TooFewReturns,

    /// <summary>Somebody has gone on with it, or nothing was done last.</summary>
    WentOn,

    /// <summary>Somebody of the next unit has opened it; given by the host, which knows who opens what.</summary>
    Opened,

    /// <summary>Somebody else did it.</summary>
    NotYours,

    /// <summary>The last to hand it on was somebody else.</summary>
    NotHandedOn,

    /// <summary>Nobody was added.</summary>
    NobodyAdded,

    /// <summary>There is no higher body.</summary>
    NothingAbove,

    /// <summary>No whistle sounds for this, or its step is done already.</summary>
    NoWhistle,

    /// <summary>It is a part of another case.</summary>
    IsPart,

    /// <summary>It is the unit that has it.</summary>
    OwnUnit,

    /// <summary>A whistle calls upwards and aside, not the unit that blows it or one beneath it.</summary>
    WhistleDown,

    /// <summary>Cases are merged into the one that came first; the case named came later.</summary>
    NotTheEarlier,

    /// <summary>It has parts that are still being handled.</summary>
    HasParts,

    /// <summary>Others reported the same and are carried on with it.</summary>
    CarriesOthers,

    /// <summary>What somebody asked for is decided by somebody else.</summary>
    OwnRequest,

    /// <summary>The rules in force lack the workflow this needs.</summary>
    NoWorkflow,
}

/// <summary>What an act is judged by: the case as it stands, and who would do it.</summary>
/// <param name="Bundle">The rules the case runs under.</param>
/// <param name="Instance">The case's instance, with its case.</param>
/// <param name="Item">The work item it is about; null for the whole case.</param>
/// <param name="Actor">Who.</param>
/// <param name="Now">UTC.</param>
public sealed record ActSituation(Bundle Bundle, WorkflowInstance Instance, WorkItem? Item, Actor Actor, DateTimeOffset Now)
{
    /// <summary>The case.</summary>
    public CaseState Case => Instance.Case!;

    internal bool IsAsked(string act) => Instance.WorkItems.Exists(item => CaseActCatalog.ActOf(item) == act && item.About == Item?.Id);
}

/// <summary>
/// A verb: something people do with a case beyond completing a drawn step. One object serves all cases; it keeps no state. What it
/// opens are work items of kind <see cref="WorkItemKind.Request"/> or <see cref="WorkItemKind.Reading"/>, whose decision comes back to it.
/// Who may do it is for the host to say.
/// </summary>
public abstract class CaseAct
{
    /// <summary>The name by which it is called.</summary>
    public string Name => GetType().Name;

    /// <summary>It is done with one work item, not with the whole case.</summary>
    public abstract bool IsAboutItem { get; }

    /// <summary>Why it is done has to be said.</summary>
    public virtual bool NeedsComment => true;

    /// <summary>What is asked of whoever does it.</summary>
    public virtual ImmutableArray<FormField> Fields => [];

    /// <summary>What whoever decides on it, or does what it asks for, sees; null for an act that opens no work item.</summary>
    public virtual WorkItemForm? Request => null;

    /// <summary>The units its form may name, where only some come into question as things stand; empty for any.</summary>
    public virtual ImmutableArray<string> UnitsFor(ActSituation situation) => [];

    /// <summary>Why it is not possible; null when it is.</summary>
    public abstract ActObstacle? WhyNot(ActSituation situation);

    internal abstract void Take(ActStep act);

    /// <summary>The work item it opened was completed; the item is out of the inbox.</summary>
    internal virtual void Decide(ActStep act, WorkItem request, Stimulus.CompleteWorkItem decision)
    {
    }
}
