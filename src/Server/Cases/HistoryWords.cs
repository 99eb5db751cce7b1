using System.Globalization;
using GridFlow.Server.Accounts;
using GridFlow.Workflows.Activities.Cases;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Engine;

namespace GridFlow.Server.Cases;

/// <summary>Tells entries of one history in sentences: what happened, who did it, and what was said.</summary>
/// <param name="words">The words of the reader.</param>
/// <param name="names">Units that the entries name.</param>
/// <param name="people">Display names by account id, for those who still have an account.</param>
/// <param name="written">What those are called whose names alone were written down.</param>
/// <param name="items">All work items of the case by id.</param>
/// <param name="bundles">The bundles those items were opened under.</param>
/// <param name="current">The bundle the case runs under.</param>
/// <param name="bundleAt">The bundle the case ran under when an entry was written.</param>
internal sealed class HistoryWords(
    CaseWords words, Names names, IReadOnlyDictionary<string, string> people, PeopleNames written, IReadOnlyDictionary<string, HistoryItem> items, IReadOnlyDictionary<int, Bundle> bundles,
    Bundle current, Func<HistoryEntry, Bundle> bundleAt)
{
    public const string FieldPrefix = "field:";

    public TimelineEntry Tell(HistoryEntry entry) =>
        new(entry.Number, entry.At, entry.Kind, Sentence(entry))
        {
            By = IsWorkflow(entry.Kind) ? "" : By(entry.Actor),
            IsPublic = entry.IsPublic && Residents.ResidentTimeline.Tells(entry.Kind, Get(entry, "act")),
            AreLinesPublic = entry.IsPublic && Residents.ResidentTimeline.Quotes(entry.Kind),
            Lines = [.. Lines(entry)],
            // What a unit was sent says again what the entry before it says.
            IsStep = entry.Kind is HistoryKind.ActivityCompleted or HistoryKind.TimerSet or HistoryKind.ActDecided || entry is { Kind: HistoryKind.MessageQueued, IsPublic: false },
        };

    public string Sentence(HistoryEntry entry) => entry.Kind switch
    {
        HistoryKind.Accepted => words["HistoryAccepted", Enumerated<CaseChannel>(entry, "channel") is { } channel ? words.Of(channel) : ""],
        HistoryKind.Classified => Classified(entry),
        HistoryKind.Routed => Routed(entry),
        HistoryKind.ActivityCompleted => Activity(entry),
        HistoryKind.WorkItemOpened => Opened(entry),
        HistoryKind.Claimed => words["HistoryClaimed", Title(entry)],
        HistoryKind.Released => words["HistoryReleased", Title(entry)],
        HistoryKind.WorkItemCompleted => words["HistoryWorkItemCompleted", Title(entry), Outcome(entry)],
        HistoryKind.WorkItemCancelled => words["HistoryWorkItemCancelled", Title(entry)],
        HistoryKind.Reminded => words["HistoryReminded", Unit(entry, "unit"), Title(entry)],
        HistoryKind.Overdue => words["HistoryOverdue" + (Get(entry, "clock") ?? ""), Unit(entry, "unit"), Title(entry)],
        HistoryKind.Escalated => Escalated(entry),
        HistoryKind.TierChanged => words[Get(entry, "from") is null ? "HistoryTierSet" : "HistoryTierChanged", Tier(entry, "from"), Tier(entry, "to")],
        HistoryKind.FactRecorded => words["HistoryFactRecorded", Enumerated<CaseFactKind>(entry, "fact") is { } fact ? words.Of(fact) : ""],
        HistoryKind.MessageQueued => words["HistoryMessageQueued", Unit(entry, "recipient")],
        HistoryKind.Rated => Rated(entry),
        HistoryKind.Reopened => words["HistoryReopened", Get(entry, "round") ?? ""],
        HistoryKind.Closed => words["HistoryClosed"],
        HistoryKind.Withdrawn => words["HistoryWithdrawn"],
        HistoryKind.Comment => words["HistoryComment"],
        HistoryKind.Incident => Incident(entry),
        HistoryKind.TimerSet => words["HistoryTimerSet", Title(entry), DateTimeOffset.TryParse(Get(entry, "due"), CultureInfo.InvariantCulture, out var until) ? words.Time(until) : ""],
        HistoryKind.ActTaken => ActWord(entry, "HistoryActTaken"),
        HistoryKind.ActDecided => ActWord(entry, "HistoryActDecided"),
        HistoryKind.WorkItemMoved => words["HistoryWorkItemMoved", Title(entry), Unit(entry, "from"), Unit(entry, "unit")],
        HistoryKind.DueMoved => words["HistoryDueMoved" + (Get(entry, "why") ?? ""), At(entry, "from"), At(entry, "due")],
        HistoryKind.Related => words["HistoryRelated" + (Get(entry, "event") ?? ""), Get(entry, "other") ?? ""],
        HistoryKind.Migrated => words[Get(entry, "undo") is null ? "HistoryMigrated" : "HistoryMovedBack", Get(entry, "from") ?? "", Get(entry, "to") ?? ""],
    };

    public IEnumerable<string> Lines(HistoryEntry entry)
    {
        if (entry.Kind == HistoryKind.WorkItemCompleted)
        {
            var form = Form(entry);
            foreach (var field in form?.Fields ?? [])
            {
                if (Get(entry, FieldPrefix + field.Name) is { } answer)
                {
                    yield return words.Answered(field.Label.ToString(), Answer(field, answer));
                }
            }
        }

        if (entry.Kind == HistoryKind.MessageQueued)
        {
            yield return new LocalizedText(Get(entry, "zh") ?? "", Get(entry, "en") ?? "").ToString();
        }

        if (entry.Kind is HistoryKind.ActTaken or HistoryKind.ActDecided)
        {
            foreach (var line in ActLines(entry))
            {
                yield return line;
            }
        }

        foreach (var name in (string[])["text", "reason", "comment", "problem"])
        {
            if (Get(entry, name) is { } said)
            {
                yield return said;
            }
        }
    }

    // The engine notes who set a step going; what follows from it was done by the workflow, and is told so.
    public static bool IsWorkflow(HistoryKind kind) => kind switch
    {
        HistoryKind.Accepted or HistoryKind.Claimed or HistoryKind.Released or HistoryKind.WorkItemCompleted or HistoryKind.FactRecorded
            or HistoryKind.Rated or HistoryKind.Reopened or HistoryKind.Withdrawn or HistoryKind.Comment or HistoryKind.Migrated
            or HistoryKind.ActTaken or HistoryKind.ActDecided or HistoryKind.WorkItemMoved or HistoryKind.DueMoved => false,
        HistoryKind.Classified or HistoryKind.Routed or HistoryKind.ActivityCompleted or HistoryKind.WorkItemOpened or HistoryKind.WorkItemCancelled
            or HistoryKind.Reminded or HistoryKind.Overdue or HistoryKind.Escalated or HistoryKind.TierChanged or HistoryKind.MessageQueued
            or HistoryKind.Closed or HistoryKind.Incident or HistoryKind.TimerSet or HistoryKind.Related => true,
    };

    public string By(Actor actor)
    {
        if (actor.Id == Actor.System.Id)
        {
            return "";
        }

        if (actor.Id == Actor.Reporter.Id)
        {
            return words["ActorReporter"];
        }

        if (actor.Id == Security.CurrentUser.Operator.AccountId)
        {
            return words["ActorOperator"];
        }

        // Who stood in said so in their name, which an account's name of today would not tell.
        var name = Security.CurrentUser.ReadStandIn(actor.Name) is var (by, absent) ? words["ActorFor", written.Of(by), written.Of(absent)] : people.GetValueOrDefault(actor.Id, actor.Name);
        return actor.Unit is null ? name : $"{name} · {names.Unit(actor.Unit)}";
    }

    private string Classified(HistoryEntry entry) => (Get(entry, "category"), Get(entry, "words")) switch
    {
        (null, _) => words["HistoryClassifiedNone"],
        ({ } category, null) => words["HistoryClassified", Category(category)],
        ({ } category, { } found) => words["HistoryClassifiedWords", Category(category), CaseWords.List(found.Split('、'))],
    };

    private string Routed(HistoryEntry entry)
    {
        var assisting = (Get(entry, "assisting") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries);
        return assisting.Length == 0
            ? words["HistoryRouted", Get(entry, "row") ?? "", Unit(entry, "lead")]
            : words["HistoryRoutedAssisting", Get(entry, "row") ?? "", Unit(entry, "lead"), CaseWords.List(assisting.Select(names.Unit))];
    }

    private string Activity(HistoryEntry entry) => Get(entry, "outcome") is { } port and not "Done"
        ? words["HistoryActivityOutcome", Title(entry), Port(entry, port)]
        : words["HistoryActivityCompleted", Title(entry)];

    private string Opened(HistoryEntry entry)
    {
        var sentence = DateTimeOffset.TryParse(Get(entry, "due"), CultureInfo.InvariantCulture, out var due)
            ? words["HistoryWorkItemOpenedDue", Unit(entry, "unit"), Title(entry), words.Time(due)]
            : words["HistoryWorkItemOpened", Unit(entry, "unit"), Title(entry)];
        return Get(entry, "part") == nameof(UnitPart.Assisting) ? words["HistoryAssisting", sentence] : sentence;
    }

    private string Escalated(HistoryEntry entry) =>
        Get(entry, "item") is not null ? words["HistoryEscalatedItem", Unit(entry, "unit"), Title(entry)]
        : Get(entry, "from") is { } from && from != Get(entry, "unit") ? words["HistoryEscalatedFrom", Unit(entry, "unit"), names.Unit(from)]
        : words["HistoryEscalated", Unit(entry, "unit")];

    private string Incident(HistoryEntry entry) => (Get(entry, "attempt"), Get(entry, "next")) switch
    {
        (null, _) => words["HistoryIncident", Title(entry)],
        ({ } attempt, null) => words["HistoryIncidentPerson", Title(entry), attempt],
        ({ } attempt, { } next) => words["HistoryIncidentNext", Title(entry), attempt, DateTimeOffset.TryParse(next, CultureInfo.InvariantCulture, out var at) ? words.Time(at) : next],
    };

    private string Rated(HistoryEntry entry)
    {
        var solved = words[Get(entry, "solved") == "true" ? "Solved" : "NotSolved"];
        var satisfied = words[Get(entry, "satisfied") == "true" ? "Satisfied" : "NotSatisfied"];
        return Get(entry, "stars") is { } stars and not "0" ? words["HistoryRatedStars", solved, satisfied, stars] : words["HistoryRated", solved, satisfied];
    }

    public string Outcome(HistoryEntry entry)
    {
        var outcome = Get(entry, "outcome") ?? "";
        return Form(entry)?.FindOutcome(outcome)?.Label.ToString() is { Length: > 0 } label ? label : outcome;
    }

    public string Port(HistoryEntry entry, string port) => port switch
    {
        "True" => words["PortTrue"],
        "False" => words["PortFalse"],
        "Done" => words["PortDone"],
        "Overdue" => words["PortOverdue"],
        _ when Enum.TryParse<CaseTier>(port, out var tier) => words.Of(tier),
        _ => Outcome(entry),
    };

    /// <summary>What a work item or step is called, in the bundle it ran under.</summary>
    public string Title(HistoryEntry entry)
    {
        if (Form(entry) is { } form && form.Title.ToString() is { Length: > 0 } title)
        {
            return title;
        }

        var activity = Get(entry, "activity") ?? "";
        return Definition(entry)?.FindActivity(activity)?.Called.ToString() ?? activity;
    }

    private WorkItemForm? Form(HistoryEntry entry) =>
        Item(entry) is { } item && bundles[item.Bundle].FindDefinition(item.DefinitionId) is { } definition
            ? WorkItemForm.Of(definition, item.Kind, item.ActivityId)
            : null;

    private HistoryItem? Item(HistoryEntry entry) => Get(entry, "item") is { } id ? items.GetValueOrDefault(id) : null;

    /// <summary>A workflow as it was when an entry was written.</summary>
    public WorkflowDefinition? DefinitionOf(HistoryEntry entry, string id) => bundleAt(entry).FindDefinition(id);

    public WorkflowDefinition? Definition(HistoryEntry entry) => Get(entry, "definition") is { } id ? bundleAt(entry).FindDefinition(id) : null;

    private string Answer(FormField field, string answer) => field.Kind switch
    {
        FieldKind.Text or FieldKind.LongText or FieldKind.Number or FieldKind.Date => answer,
        FieldKind.YesNo => words[answer == "true" ? "Yes" : "No"],
        FieldKind.Choice => field.Options.FirstOrDefault(option => option.Value == answer)?.Label.ToString() ?? answer,
        FieldKind.Unit or FieldKind.Units => CaseWords.List(answer.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(names.Unit)),
        FieldKind.Category => Category(answer),
        FieldKind.Person => written.Of(NameIn(answer)),
        FieldKind.Case => answer,
        FieldKind.Tier => Enum.TryParse<CaseTier>(answer, out var tier) ? words.Of(tier) : answer,
    };

    // "催办", "延期申请：同意": the act by its name, and how it was decided.
    private string ActWord(HistoryEntry entry, string key)
    {
        var act = words["Act" + (Get(entry, "act") ?? "")];
        return Get(entry, "outcome") is { } outcome ? words[key + (outcome is "Agree" or "Refuse" ? outcome : "Done"), act] : words[key, act];
    }

    private IEnumerable<string> ActLines(HistoryEntry entry)
    {
        foreach (var name in (string[])["unit", "units", "assisting"])
        {
            if (Get(entry, name) is { } units)
            {
                yield return words["ActLine" + name, CaseWords.List(units.Split(',').Select(names.Unit))];
            }
        }

        foreach (var name in (string[])["person", "place", "until", "into", "parts", "report", "ruling", "score"])
        {
            if (Get(entry, name) is { } said)
            {
                yield return (name, Get(entry, "act")) switch
                {
                    ("place", "AddApprover") => words["ActLineorder", words["ActPlace" + said]],
                    ("person", "Sponsorship") => words["ActLinesponsor", written.Of(said)],
                    ("person", _) => words["ActLineperson", written.Of(said)],
                    _ => words["ActLine" + name, said],
                };
            }
        }
    }

    // A form keeps the account before the name.
    private static string NameIn(string answer) => answer[(answer.IndexOf('|', StringComparison.Ordinal) + 1)..];

    /// <summary>The names an entry has written down, of whom nothing else is known.</summary>
    public static IEnumerable<string?> WrittenNames(HistoryEntry entry)
    {
        var standIn = Security.CurrentUser.ReadStandIn(entry.Actor.Name);
        return [standIn?.By, standIn?.For, Get(entry, "person"), .. entry.Data.Where(detail => detail.Key.StartsWith(FieldPrefix, StringComparison.Ordinal) && detail.Value.Contains('|', StringComparison.Ordinal)).Select(detail => NameIn(detail.Value))];
    }

    private string At(HistoryEntry entry, string name) => DateTimeOffset.TryParse(Get(entry, name), CultureInfo.InvariantCulture, out var at) ? words.Time(at) : "";

    private string Category(string key) => current.Categories.Find(key)?.Name.ToString() ?? key;

    public string Unit(HistoryEntry entry, string name) => names.Unit(Get(entry, name));

    private string Tier(HistoryEntry entry, string name) => Enumerated<CaseTier>(entry, name) is { } tier ? words.Of(tier) : "";

    private static T? Enumerated<T>(HistoryEntry entry, string name)
        where T : struct, Enum => Enum.TryParse<T>(Get(entry, name), out var value) ? value : null;

    private static string? Get(HistoryEntry entry, string name) => entry.Data.GetValueOrDefault(name);
}
