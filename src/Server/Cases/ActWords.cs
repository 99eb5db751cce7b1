using GridFlow.Server.Accounts;
using GridFlow.Server.Acts;
using GridFlow.Server.Bundles;
using GridFlow.Server.Security;
using GridFlow.Workflows.Activities.Cases;
using GridFlow.Workflows.Acts;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Engine;
using GridFlow.Workflows.Storage;

namespace GridFlow.Server.Cases;

/// <summary>How an act went, in a sentence for whoever did it.</summary>
/// <param name="IsDone">It is committed.</param>
/// <param name="Text">What happened and who has it now; or what is wrong and what to do.</param>
/// <param name="Field">The name of the field to mend, where it is one.</param>
public sealed record ActReport(bool IsDone, string Text, string? Field = null);

/// <summary>A work item somebody had before them when it was done elsewhere.</summary>
/// <param name="Item">As it was.</param>
/// <param name="Text">Who was quicker, and what they did.</param>
/// <param name="IsOwn">It was the reader's own account, on this page or on another.</param>
public sealed record GoneItem(OpenItem Item, string Text, bool IsOwn);

/// <summary>Says what became of an act.</summary>
public sealed class ActWords(CaseWords words, CaseQueries queries, NameLookup lookup, AccountQueries accounts, BundleStore bundles, IWorkflowStore store)
{
    /// <param name="result">What became of it.</param>
    /// <param name="workItem">The item it was about, or null.</param>
    /// <param name="done">What to say first when it is done.</param>
    /// <param name="cancellationToken">Ends the look-ups.</param>
    public async Task<ActReport> TellAsync(ActResult result, string? workItem, string done, CancellationToken cancellationToken = default) => result switch
    {
        ActResult.Done accepted => new ActReport(true, CaseWords.Together(done, await NowAsync(accepted.Checkpoint, cancellationToken))),
        ActResult.DoneBefore => new ActReport(true, done),
        ActResult.TooLate { By: null } => new ActReport(false, words["TooLate"]),
        ActResult.TooLate { By: { } by } => new ActReport(false, await TooLateAsync(by, workItem, cancellationToken)),
        ActResult.Refused refused => await RefusedAsync(refused, workItem, cancellationToken),
        ActResult.NotFound => new ActReport(false, words[workItem is null ? "NotFoundCase" : "NotFoundItem"]),
        ActResult.TakenInBefore before => new ActReport(false, words["DoneTakenBefore", before.InstanceId]),
        _ => throw new InvalidOperationException($"Nothing is known to say of {result.GetType().Name}."),
    };

    /// <summary>What became of a work item that was the reader's to do a moment ago, and whether their own account did it.</summary>
    public async Task<GoneItem> TellGoneAsync(OpenItem item, CurrentUser user, CancellationToken cancellationToken = default) =>
        await store.FindClosedWorkItemAsync(item.Id, cancellationToken) is { } by
            ? new GoneItem(item, await TooLateAsync(by, item.Id, cancellationToken), user.Is(by.By.Id))
            : new GoneItem(item, words["TooLateElsewhere"], false);

    /// <summary>That nobody knows what became of it, and that it is worth another try: the database is away.</summary>
    public ActReport Away => new(false, words["ActAway"]);

    /// <summary>That an act is done, by its name.</summary>
    public string Done(string act) => words["DoneAct", words["Act" + act]];

    /// <summary>That a field of an act's form is wrong, by the label its reader knows; null for what is no field of it.</summary>
    public async Task<string?> WrongFieldAsync(CaseAct act, string field, bool isGiven, CancellationToken cancellationToken = default) =>
        act.Fields.FirstOrDefault(one => one.Name == field)?.Label.ToString() is not { } label ? null
        : (act.Name, field, isGiven) is ("Hold", "until", true) ? words["RefusalHoldUntil", label, (await bundles.GetLastKnownAsync(cancellationToken)).Rules.MaxHoldDays]
        : isGiven && act.Fields.Any(one => one.Name == field && one.Kind == FieldKind.Case) ? words["RefusalCase", label]
        : words["RefusalInvalidField", label];

    /// <summary>
    /// What the step led to: that it ended the case, or to whom it handed work and until when; empty when it opened nothing.
    /// Others who work on the case at the same time are no news of this step.
    /// </summary>
    public async Task<string> NowAsync(Checkpoint step, CancellationToken cancellationToken = default)
    {
        var instance = step.Instance;
        if (instance.Case is { Status: not CaseStatus.Open } && step.History.Any(entry => entry.Kind is HistoryKind.Closed or HistoryKind.Withdrawn))
        {
            return words["DoneClosed"];
        }

        if (instance.Case is null && instance.Status != InstanceStatus.Running)
        {
            return words["DoneEnded"];
        }

        if (step.Opened.IsEmpty)
        {
            return instance.Case is { Status: CaseStatus.Open } && instance.WorkItems.Count == 0 ? words["NowWaiting"] : "";
        }

        var names = await lookup.FindAsync(step.Opened.Select(item => item.Unit), [], cancellationToken);
        var bundle = await bundles.GetAsync(instance.Bundle, cancellationToken);
        return Now(step.Opened.Select(item =>
            (names.Unit(item.Unit), WorkItemForm.Of(bundle.FindDefinition(item.DefinitionId)!, item).Title.ToString(), item.Due?.DueAt)));
    }

    /// <summary>Who has the case now, for somebody who may see it; empty otherwise.</summary>
    public async Task<string> NowAsync(string number, CurrentUser user, CancellationToken cancellationToken = default)
    {
        if (await queries.FindAsync(number, user, cancellationToken) is not { } found)
        {
            return "";
        }

        return found.Status != CaseStatus.Open ? words["DoneClosed"] : found.OpenItems.Count == 0 ? words["NowWaiting"] : Now(found.OpenItems.Select(item => (item.Unit.Name, item.Title, item.Due?.At)));
    }

    private string Now(IEnumerable<(string Unit, string Title, DateTimeOffset? DueAt)> items) => words["DoneNow", string.Join(words["DoneNowJoin"], items.Select(item =>
        item.DueAt is { } due ? words["DoneNowItemDue", item.Unit, item.Title, words.Time(due)] : words["DoneNowItem", item.Unit, item.Title]))];

    private async Task<string> TooLateAsync(ClosedWorkItem by, string? workItem, CancellationToken cancellationToken)
    {
        if (by.By.Id == Actor.System.Id)
        {
            return words["TooLateWorkflow", words.Time(by.At)];
        }

        var label = by.Outcome is { } outcome && workItem is not null ? await queries.GetOutcomeLabelAsync(workItem, outcome, cancellationToken) : null;
        var people = await accounts.GetNamesOfAsync([by.By.Name], cancellationToken);
        return words["TooLateBy", people.Of(by.By.Name), words.Time(by.At), label is null ? "" : words["TooLateOutcome", label]];
    }

    private async Task<ActReport> RefusedAsync(ActResult.Refused refused, string? workItem, CancellationToken cancellationToken)
    {
        if (refused is { Reason: Refusal.InvalidField, Detail: "comment" })
        {
            return new ActReport(false, words["RefusalComment"], refused.Detail);
        }

        if (refused is { Reason: Refusal.NotYourAct, Detail: ActRights.HardWhistle })
        {
            return new ActReport(false, ActRights.OnlyLeaders.ToString(), "kind");
        }

        var detail = refused.Reason switch
        {
            Refusal.InvalidField when workItem is not null => await queries.GetFieldLabelAsync(workItem, refused.Detail, cancellationToken),
            Refusal.ActNotPossible => words["Obstacle" + refused.Detail],
            Refusal.NotYourAct => words["Act" + refused.Detail],
            Refusal.WrongStatus when Enum.TryParse<CaseStatus>(refused.Detail, out var status) => words.Of(status),
            _ => refused.Detail,
        };
        var one = refused is { Reason: Refusal.ReturnsUsedUp or Refusal.OthersStillAtWork, Detail: "1" } ? "One" : "";
        return new ActReport(false, words[$"Refusal{refused.Reason}{one}", detail], refused.Reason == Refusal.InvalidField ? refused.Detail : null);
    }
}
