using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Engine;

namespace GridFlow.Workflows.Acts.Handing;

/// <summary>提级: hands work that is too hard for its unit to the body above it, one tier up, with the same deadline.</summary>
internal sealed class Escalation : CaseAct
{
    public override bool IsAboutItem => true;

    public override ActObstacle? WhyNot(ActSituation situation) => Handed.WhyNot(situation)
        ?? (situation.Item!.Kind != WorkItemKind.Task ? ActObstacle.WrongKind : Above(situation.Item, situation.Case) is null ? ActObstacle.NothingAbove : null);

    internal override void Take(ActStep act)
    {
        var above = Above(act.Item!, act.Case)!;
        act.Record(("unit", above));
        CaseActs.RaiseTier(act.Step, act.Actor);
        act.Reassign(act.Item!, above);
        act.Tell(MessageKind.Escalated, above, Role.Dispatcher, "已提级到你处", "Passed up to you");
    }

    // A department's matter goes to the town, one the town has to the county.
    private static string? Above(WorkItem item, CaseState @case) =>
        (UnitKey.AreaOf(item.Unit) is null ? UnitKey.Resolve("@town", @case) : UnitKey.Above(item.Unit, @case)) is { } above && above != item.Unit ? above : null;
}
