using System.Collections.Immutable;
using GridFlow.Workflows.Activities.Cases;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Engine;

namespace GridFlow.Workflows.Acts.Handing;

/// <summary>委派: names the colleague of the same unit who does it. They have it as if they had signed for it, and may give it back.</summary>
internal sealed class Delegation : CaseAct
{
    public override bool IsAboutItem => true;

    public override bool NeedsComment => false;

    public override ImmutableArray<FormField> Fields { get; } =
    [
        new FormField { Name = "person", Kind = FieldKind.Person, Required = true, Label = new LocalizedText("委派给谁", "To whom") },
    ];

    public override ActObstacle? WhyNot(ActSituation situation) => situation switch
    {
        { Case.Status: not CaseStatus.Open } => ActObstacle.NotOpen,
        { Item.Kind: WorkItemKind.Rating or WorkItemKind.Incident } => ActObstacle.WrongKind,
        { Item: { ClaimedBy: { } by }, Actor: var actor } when by.Id != actor.Id => ActObstacle.NotYours,
        _ => null,
    };

    // The host looks up the person and checks that they hold a post in the unit; here they are an id and a name.
    internal override void Take(ActStep act)
    {
        var (id, name) = FieldPerson.Read(act.Text("person"));
        act.Step.Change(act.Item! with { ClaimedBy = new Actor(id, name, act.Item.Unit), ClaimedAt = act.Step.Now });
        act.Record(("person", name));
    }
}
