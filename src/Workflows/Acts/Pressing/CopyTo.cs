using System.Collections.Immutable;
using GridFlow.Workflows.Activities.Cases;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Engine;

namespace GridFlow.Workflows.Acts.Pressing;

/// <summary>抄送: lets other units read along. It holds nothing up and may be read after the case is over.</summary>
internal sealed class CopyTo : CaseAct
{
    public override bool IsAboutItem => false;

    public override bool NeedsComment => false;

    public override ImmutableArray<FormField> Fields { get; } = [ActRequests.Units("units", "抄送哪些单位", "To which units")];

    public override WorkItemForm Request { get; } = ActRequests.JustDone("待阅", "To read", new LocalizedText("抄送你单位知悉，无须办理。", "For your information; nothing is asked of you."), new LocalizedText("已阅", "Read"));

    public override ActObstacle? WhyNot(ActSituation situation) => null;

    internal override void Take(ActStep act)
    {
        var units = act.Units("units");
        act.Record(("units", string.Join(',', units)));
        foreach (var unit in units)
        {
            act.Ask(unit, null, null, WorkItemKind.Reading, asked: [("comment", act.Comment), ("by", act.Actor.Name), ("unit", act.Actor.Unit)]);
        }
    }
}
