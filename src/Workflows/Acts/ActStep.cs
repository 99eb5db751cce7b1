using System.Collections.Immutable;
using System.Globalization;
using GridFlow.Workflows.Activities;
using GridFlow.Workflows.Activities.Cases;
using GridFlow.Workflows.Calendars;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Engine;
using GridFlow.Workflows.Expressions;

namespace GridFlow.Workflows.Acts;

/// <summary>What an act has in hand: the step it changes, what it was asked, and the few things all acts do.</summary>
internal sealed class ActStep(Step step, CaseAct act, WorkItem? item, ImmutableDictionary<string, object?> fields, string? comment)
{
    public Step Step => step;

    public Progress Progress { get; } = new(step);

    /// <summary>The work item it is about; in a decision null when it is gone meanwhile.</summary>
    public WorkItem? Item => item;

    public Actor Actor => step.Actor;

    public string? Comment => comment;

    public CaseState Case
    {
        get => step.Instance.Case!;
        set => step.Instance.Case = value;
    }

    public string Text(string field) => ExpressionValue.ToText(fields.GetValueOrDefault(field));

    /// <summary>The units a field names, without doubles.</summary>
    public IReadOnlyList<string> Units(string field) => [.. InputReader.ToList(fields.GetValueOrDefault(field)).Select(Resolve).Distinct()];

    public string Unit(string field) => Resolve(Text(field));

    /// <summary>The unit a name means for this case.</summary>
    public string Resolve(string name) => UnitKey.Resolve(name, Case) ?? throw new StimulusRefusedException(Refusal.ActNotPossible, nameof(ActObstacle.NothingAbove));

    /// <summary>Asks a unit for something, with a clock of its own.</summary>
    public WorkItem Ask(string unit, Role? role, TimeLimit? limit, WorkItemKind kind = WorkItemKind.Request, UnitPart part = UnitPart.Lead, string? about = null, params ReadOnlySpan<(string Name, string? Value)> asked)
    {
        var answers = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in asked)
        {
            if (!string.IsNullOrEmpty(value))
            {
                answers[name] = value;
            }
        }

        var opened = new WorkItem(step.NextId("w"), Run: 0, item?.DefinitionId ?? step.Instance.DefinitionId, CaseActCatalog.Prefix + act.Name, kind, Resolve(unit), role, step.Now)
        {
            Due = limit is { } given ? step.Bundle.Calendar.Add(step.Now, given) : null,
            Part = part,
            About = about ?? item?.Id,
            Asked = answers.Count > 0 ? answers.ToImmutable() : null,
        };
        step.Open(opened);
        ActClock.Start(step, opened);
        return opened;
    }

    /// <summary>Asks the deciders of a request one after the other: the first of them now.</summary>
    public void AskDecider(ImmutableArray<Bundles.Decider> deciders, params ReadOnlySpan<(string Name, string? Value)> asked)
    {
        var unit = item?.Unit ?? Actor.Unit;

        // Where all are beneath who asks, somebody has to decide nevertheless.
        var level = NextLevel(deciders, 0, unit) ?? deciders.Length - 1;
        Ask(deciders[level].Unit, deciders[level].Role, step.Bundle.Rules.DecisionLimit,
            asked: [.. asked, ("comment", comment), ("by", Actor.Name), (ActRequests.Asker, Actor.Id), ("unit", unit), (ActRequests.Level, level == 0 ? null : level.ToString(CultureInfo.InvariantCulture))]);
    }

    /// <summary>Asks the next of the deciders what the one before agreed to; false when there is none, or they refused.</summary>
    public bool AskNext(ImmutableArray<Bundles.Decider> deciders, WorkItem request, string outcome)
    {
        if (outcome != ActRequests.Agree || NextLevel(deciders, ActRequests.LevelOf(request) + 1, request.Asked?.GetValueOrDefault("unit")) is not { } next)
        {
            return false;
        }

        var asked = request.Asked!.Where(answer => answer.Key != ActRequests.Level).Select(answer => (answer.Key, (string?)answer.Value)).Append((ActRequests.Level, next.ToString(CultureInfo.InvariantCulture)));
        Ask(deciders[next].Unit, deciders[next].Role, step.Bundle.Rules.DecisionLimit, about: request.About, asked: [.. asked]);
        return true;
    }

    /// <summary>
    /// The first of the deciders, from one on, whom a unit can ask: an area asks nobody beneath it, and of its own body only the
    /// leader. A department stands beside the areas and asks all of them.
    /// </summary>
    private int? NextLevel(ImmutableArray<Bundles.Decider> deciders, int from, string? asking)
    {
        var area = asking is null ? null : UnitKey.AreaOf(asking);
        for (var level = from; level < deciders.Length; level++)
        {
            var deciding = UnitKey.AreaOf(Resolve(deciders[level].Unit));
            var isBeneath = area is not null && deciding is not null && deciding != area && deciding.StartsWith(area, StringComparison.Ordinal);
            if (!isBeneath && (deciding is null || deciding != area || deciders[level].Role == Role.Leader))
            {
                return level;
            }
        }

        return null;
    }

    /// <summary>Notes in the history what was done.</summary>
    public void Record(params ReadOnlySpan<(string Name, string? Value)> data) =>
        step.Record(HistoryKind.ActTaken, Actor, false, [("act", act.Name), ("item", item?.Id), ("definition", item?.DefinitionId), ("activity", item?.ActivityId), ("comment", comment), .. data]);

    /// <summary>The same, and the resident sees it.</summary>
    public void RecordPublic(params ReadOnlySpan<(string Name, string? Value)> data) =>
        step.Record(HistoryKind.ActTaken, Actor, true, [("act", act.Name), ("item", item?.Id), ("comment", comment), .. data]);

    /// <summary>Notes in the history how a request was decided.</summary>
    public void RecordDecision(string outcome, params ReadOnlySpan<(string Name, string? Value)> data) =>
        step.Record(HistoryKind.ActDecided, Actor, false, [("act", act.Name), ("item", item?.Id), (HistoryData.Outcome, outcome), ("comment", comment), .. data]);

    /// <summary>Tells people of a unit.</summary>
    public void Tell(MessageKind kind, string unit, Role? role, string zh, string en) =>
        step.Send(kind, unit, role, new LocalizedText($"{zh}：“{Case.Title}”，编号 {Case.Number}", $"{en}: {Case.Title}, {Case.Number}"));

    /// <summary>
    /// Gives a work item to another unit: same step, same deadline, because a clock that began anew with every hand it passes
    /// through would never strike.
    /// </summary>
    public WorkItem Reassign(WorkItem held, string unit, Actor? claimedBy = null)
    {
        step.Close(held, null, Actor, comment);
        var moved = held with { Id = step.NextId("w"), Unit = unit, Role = null, OpenedAt = step.Now, ClaimedBy = claimedBy, ClaimedAt = claimedBy is null ? null : step.Now };
        step.Record(HistoryKind.WorkItemMoved, Actor, false, ("item", moved.Id), ("definition", moved.DefinitionId), ("activity", moved.ActivityId), ("from", held.Unit), ("unit", unit));
        step.Open(moved, isTold: false);
        Restart(moved);
        Whistling.Whistles.Moved(step, held, moved);
        ActRequests.Cancel(step, held.Id);
        if (held is { Part: UnitPart.Lead, Kind: WorkItemKind.Task or WorkItemKind.Whistle } && Case.LeadUnit == held.Unit)
        {
            Case = Case with { LeadUnit = unit, AssistingUnits = Case.AssistingUnits.Remove(unit) };
        }

        return moved;
    }

    /// <summary>Moves a deadline; the clock of the item runs anew towards it. The case's own moves along where the item had it.</summary>
    public void MoveDue(WorkItem of, Deadline due, string why)
    {
        step.Record(HistoryKind.DueMoved, Actor, true, ("item", of.Id), ("definition", of.DefinitionId), ("activity", of.ActivityId), ("why", why),
            ("from", of.Due!.DueAt.ToString("O", CultureInfo.InvariantCulture)), ("due", due.DueAt.ToString("O", CultureInfo.InvariantCulture)));
        if (Case.Due?.DueAt == of.Due.DueAt)
        {
            Case = Case with { Due = due };
        }

        foreach (var timer in step.Instance.Timers.Where(timer => timer.WorkItem == of.Id && WorkItemClock.IsItsTimer(timer)).ToList())
        {
            step.RemoveTimer(timer);
        }

        var moved = of with { Due = due, IsOverdue = due.IsOverdue(step.Now) };
        step.Change(moved);
        Restart(moved);
    }

    private void Restart(WorkItem moved)
    {
        if (moved.Run == 0)
        {
            ActClock.Start(step, moved);
        }
        else
        {
            WorkItemClock.Start(step, moved);
        }
    }
}
