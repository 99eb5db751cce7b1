using System.Collections.Immutable;
using GridFlow.Workflows.Activities.Cases;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Engine;

namespace GridFlow.Workflows.Acts.Pressing;

/// <summary>领导包案: a leader answers for a matter to its end. Who handles it stays; the lead unit is told whom to turn to. Another leader can take it over.</summary>
internal sealed class Sponsorship : CaseAct
{
    public override bool IsAboutItem => false;

    public override bool NeedsComment => false;

    public override ImmutableArray<FormField> Fields { get; } =
    [
        new FormField { Name = "person", Kind = FieldKind.Person, Label = new LocalizedText("由谁包案（不填为本人）", "Who answers for it (empty: yourself)") },
    ];

    public override ActObstacle? WhyNot(ActSituation situation) => situation.Case.Status == CaseStatus.Open ? null : ActObstacle.NotOpen;

    // The host looks up the person and checks that they hold a post in the leader's unit.
    internal override void Take(ActStep act)
    {
        var (id, name) = act.Text("person") is { Length: > 0 } person ? FieldPerson.Read(person) : (act.Actor.Id, act.Actor.Name);
        act.Case = act.Case with { Sponsor = new CaseSponsor(id, name) };
        act.RecordPublic(("person", name));
        if (act.Case.LeadUnit is { } lead)
        {
            act.Tell(MessageKind.Notice, lead, null, $"{name}包案", $"{name} answers for it");
        }
    }
}
