using System.Collections.Immutable;
using GridFlow.Workflows.Activities.Cases;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Engine;

namespace GridFlow.Workflows.Acts.Approvals;

/// <summary>加签: asks somebody else as well: before oneself, after oneself, or beside. All must agree then.</summary>
internal sealed class AddApprover : CaseAct
{
    public const string Before = nameof(Before);
    public const string After = nameof(After);
    public const string Beside = nameof(Beside);

    public override bool IsAboutItem => true;

    public override ImmutableArray<FormField> Fields { get; } =
    [
        ActRequests.Unit("unit", "请哪个单位一同审批", "Who else approves"),
        new FormField
        {
            Name = "place", Kind = FieldKind.Choice, Required = true, Label = new LocalizedText("顺序", "When"),
            Options = [new(Before, new LocalizedText("在我之前", "Before me")), new(After, new LocalizedText("在我之后", "After me")), new(Beside, new LocalizedText("与我同时（会签）", "At the same time as I"))],
        },
    ];

    public override ActObstacle? WhyNot(ActSituation situation) => situation switch
    {
        { Case.Status: not CaseStatus.Open } => ActObstacle.NotOpen,
        { Item.Kind: not WorkItemKind.Approval } => ActObstacle.WrongKind,
        { Item: { ClaimedBy: { } by }, Actor: var actor } when by.Id != actor.Id => ActObstacle.NotYours,
        _ => null,
    };

    internal override void Take(ActStep act)
    {
        var item = act.Item!;
        var unit = act.Unit("unit");
        var place = act.Text("place");
        if (act.Step.Instance.WorkItems.Exists(open => open.Run == item.Run && open.Unit == unit && open.Role == Role.Leader) || item.Then?.Contains(unit) == true)
        {
            throw new StimulusRefusedException(Refusal.InvalidField, "unit");
        }

        act.Record(("unit", unit), ("place", place));
        switch (place)
        {
            case Before:
                act.Step.Close(item, null, act.Actor, act.Comment);
                Open(act.Step, item, unit, (item.Then ?? []).Insert(0, item.Unit));
                break;
            case After:
                act.Step.Change(item with { Then = (item.Then ?? []).Add(unit) });
                break;
            default:
                Open(act.Step, item, unit, null);
                break;
        }

        act.Tell(MessageKind.Notice, unit, Role.Leader, "请你审批（加签）", "You are asked to approve");
    }

    /// <summary>Opens the same question for another unit.</summary>
    public static void Open(Step step, WorkItem like, string unit, ImmutableList<string>? then)
    {
        var opened = like with { Id = step.NextId("w"), Unit = unit, OpenedAt = step.Now, ClaimedBy = null, ClaimedAt = null, Then = then is { Count: > 0 } ? then : null };
        step.Open(opened);
        WorkItemClock.Start(step, opened);
    }
}

/// <summary>减签: takes an added approver out who has not decided.</summary>
internal sealed class RemoveApprover : CaseAct
{
    public override bool IsAboutItem => true;

    public override ImmutableArray<FormField> Fields { get; } = [ActRequests.Unit("unit", "不再请哪个单位审批", "Who need not approve")];

    public override ActObstacle? WhyNot(ActSituation situation) => situation switch
    {
        { Case.Status: not CaseStatus.Open } => ActObstacle.NotOpen,
        { Item.Kind: not WorkItemKind.Approval } => ActObstacle.WrongKind,
        { Item: { ClaimedBy: { } by }, Actor: var actor } when by.Id != actor.Id => ActObstacle.NotYours,
        { Item: { Then: null or { IsEmpty: true } } item } when !situation.Instance.WorkItems.Exists(open => open.Run == item.Run && open.Id != item.Id) => ActObstacle.NobodyAdded,
        _ => null,
    };

    internal override void Take(ActStep act)
    {
        var item = act.Item!;
        var unit = act.Unit("unit");
        if (item.Then?.Contains(unit) == true)
        {
            act.Step.Change(item with { Then = item.Then.Remove(unit) });
        }
        else
        {
            var other = act.Step.Instance.WorkItems.Find(open => open.Run == item.Run && open.Id != item.Id && open.Unit == unit)
                ?? throw new StimulusRefusedException(Refusal.InvalidField, "unit");
            act.Step.Close(other, null, act.Actor, act.Comment);
        }

        act.Record(("unit", unit));
    }
}
