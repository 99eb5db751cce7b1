using System.Collections.Immutable;
using GridFlow.Workflows.Activities.Cases;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Engine;

namespace GridFlow.Workflows.Acts.Whistling;

/// <summary>A whistled unit has been in touch with the street.</summary>
internal sealed class WhistleContact : CaseAct
{
    public override bool IsAboutItem => true;

    public override ActObstacle? WhyNot(ActSituation situation) => WhistleStep.WhyNot(situation, unit => unit.ContactedAt is null);

    internal override void Take(ActStep act) => WhistleStep.Change(act, WhistleClock.Contact, unit => unit with { ContactedAt = act.Step.Now });
}

/// <summary>报到: somebody of a whistled unit came in person; with place and time.</summary>
internal sealed class WhistleAttend : CaseAct
{
    public override bool IsAboutItem => true;

    public override bool NeedsComment => false;

    public override ImmutableArray<FormField> Fields { get; } =
    [
        new FormField { Name = "place", Kind = FieldKind.Text, Required = true, Label = new LocalizedText("到场地点", "Where"), Hint = new LocalizedText("写到能找到的程度", "So that it can be found") },
    ];

    public override ActObstacle? WhyNot(ActSituation situation) => WhistleStep.WhyNot(situation, unit => unit.AttendedAt is null);

    internal override void Take(ActStep act)
    {
        WhistleClock.Stop(act.Step, act.Item!.Id, WhistleClock.Contact);
        WhistleStep.Change(act, WhistleClock.Attend, unit => unit with { AttendedAt = act.Step.Now, AttendedBy = act.Actor.Name, Place = act.Text("place"), ContactedAt = unit.ContactedAt ?? act.Step.Now });
    }
}

/// <summary>双考核: the street judges the unit, and the unit the whistle. Each side once, after the unit is done.</summary>
internal sealed class WhistleAssess : CaseAct
{
    public override bool IsAboutItem => false;

    public override bool NeedsComment => false;

    public override ImmutableArray<FormField> Fields { get; } =
    [
        ActRequests.Unit("unit", "被吹哨单位", "The whistled unit"),
        new FormField { Name = "score", Kind = FieldKind.Choice, Required = true, Label = new LocalizedText("评分", "Score"), Options = [.. Enumerable.Range(1, 5).Reverse().Select(Score)] },
    ];

    public override ActObstacle? WhyNot(ActSituation situation) =>
        situation.Instance.Whistles.Exists(call => call.Units.Exists(unit => unit.DoneAt is not null && !IsJudged(unit, call, situation.Actor))) ? null : ActObstacle.NoWhistle;

    /// <summary>A street judges the units it called and that are done; a unit judges the whistle, which names itself.</summary>
    public override ImmutableArray<string> UnitsFor(ActSituation situation) =>
        [.. situation.Instance.Whistles.SelectMany(call => call.Units.Where(unit => unit.DoneAt is not null && !IsJudged(unit, call, situation.Actor)).Select(unit => unit.Unit)).Distinct()];

    internal override void Take(ActStep act)
    {
        var key = act.Unit("unit");
        var (call, unit) = Find(act, key);
        var score = int.Parse(act.Text("score"), System.Globalization.CultureInfo.InvariantCulture);
        var judged = act.Actor.Unit == key
            ? unit with { UnitScore = score, UnitWord = act.Comment }
            : unit with { StreetScore = score, StreetWord = act.Comment };
        act.Record(("unit", key), ("score", act.Text("score")));
        act.Step.Change((call with { Units = call.Units.Replace(unit, judged) }).Advanced(act.Step.Now));
    }

    private static (WhistleCall Call, WhistledUnit Unit) Find(ActStep act, string key)
    {
        foreach (var call in act.Step.Instance.Whistles)
        {
            if (call.Units.Find(unit => unit.Unit == key && unit.DoneAt is not null && !IsJudged(unit, call, act.Actor)) is { } found && (act.Actor.Unit == key || act.Actor.Unit == call.Unit))
            {
                return (call, found);
            }
        }

        throw new StimulusRefusedException(Refusal.InvalidField, "unit");
    }

    private static bool IsJudged(WhistledUnit unit, WhistleCall call, Actor by) =>
        by.Unit == unit.Unit ? unit.UnitScore is not null : by.Unit != call.Unit || unit.StreetScore is not null;

    private static FieldOption Score(int score) => new(score.ToString(System.Globalization.CultureInfo.InvariantCulture), score switch
    {
        5 => new LocalizedText("5 很好", "5 very good"),
        4 => new LocalizedText("4 好", "4 good"),
        3 => new LocalizedText("3 一般", "3 fair"),
        2 => new LocalizedText("2 差", "2 poor"),
        _ => new LocalizedText("1 很差", "1 very poor"),
    });
}

/// <summary>What the steps of a whistled unit have in common.</summary>
internal static class WhistleStep
{
    public static ActObstacle? WhyNot(ActSituation situation, Func<WhistledUnit, bool> isOpen) =>
        situation.Case.Status != CaseStatus.Open ? ActObstacle.NotOpen
        : situation.Item!.Kind != WorkItemKind.Whistle ? ActObstacle.WrongKind
        : situation.Instance.Whistles.Exists(call => call.Units.Exists(unit => unit.Item == situation.Item.Id && isOpen(unit))) ? null : ActObstacle.NoWhistle;

    /// <summary>Notes a step; whoever has come that far has signed.</summary>
    public static void Change(ActStep act, string clock, Func<WhistledUnit, WhistledUnit> change)
    {
        var step = act.Step;
        var item = act.Item!;
        WhistleClock.Stop(step, item.Id, clock);
        Whistles.Signed(step, item, act.Actor);
        var (call, unit) = Whistles.Find(step, item.Id)!.Value;
        var changed = change(unit);
        step.Change(call.With(changed).Advanced(step.Now));
        act.RecordPublic(("unit", item.Unit), ("place", changed.Place), ("whistle", call.Number.ToString(System.Globalization.CultureInfo.InvariantCulture)));

        // Ad-hoc whistles show in the inbox by the clock that runs next.
        if (item.Run == 0)
        {
            var due = changed.ContactedAt is null ? WhistleClock.DeadlineOf(step, call, WhistleClock.Contact)
                : changed.AttendedAt is null ? WhistleClock.DeadlineOf(step, call, WhistleClock.Attend)
                : act.Case.Due;
            var current = step.Instance.WorkItems.Find(open => open.Id == item.Id)!;
            step.Change(current with { ClaimedBy = current.ClaimedBy ?? act.Actor, ClaimedAt = current.ClaimedAt ?? step.Now, Due = due });
        }
    }
}
