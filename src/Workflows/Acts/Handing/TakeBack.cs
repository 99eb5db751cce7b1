
namespace GridFlow.Workflows.Acts.Handing;

/// <summary>
/// 拿回: undoes one's own last completion as long as nobody has gone on with the case: the case stands as it stood before, with
/// the item in one's hands. Messages that went out stay out, and the history tells both.
/// </summary>
internal sealed class TakeBack : CaseAct
{
    public override bool IsAboutItem => false;

    public override bool NeedsComment => false;

    public override ActObstacle? WhyNot(ActSituation situation) => situation.Instance.LastCompletion switch
    {
        null => ActObstacle.WentOn,
        var last when last.By != situation.Actor.Id => ActObstacle.NotHandedOn,
        _ => null,
    };

    internal override void Take(ActStep act)
    {
        act.Record(("taken", act.Step.Instance.LastCompletion!.Item));
        act.Step.Restore(act.Step.Instance.LastCompletion!);
    }
}
