using System.Collections.Immutable;
using System.Globalization;
using GridFlow.Workflows.Activities.Cases;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Engine;
using GridFlow.Workflows.Expressions;

namespace GridFlow.Workflows.Acts.Relating;

/// <summary>一事多派: gives parts of a matter to several units, each a case of its own under this one's number. This one is reported done only after them.</summary>
internal sealed class Split : CaseAct
{
    public override bool IsAboutItem => false;

    public override ImmutableArray<FormField> Fields { get; } =
    [
        ActRequests.Units("units", "分给哪些单位", "To which units"),
    ];

    public override ActObstacle? WhyNot(ActSituation situation) => situation switch
    {
        { Case.Status: not CaseStatus.Open } => ActObstacle.NotOpen,
        { Case.SplitFrom: not null } => ActObstacle.IsPart,
        { Case.HeldUntil: not null } => ActObstacle.OnHold,
        _ when situation.Bundle.FindDefinition(CaseParts.Workflow) is null => ActObstacle.NoWorkflow,
        _ => null,
    };

    internal override void Take(ActStep act)
    {
        var units = act.Units("units");
        var numbers = new List<string>();
        foreach (var unit in units)
        {
            // Named after this one, so that everybody sees at once what it belongs to; numbers are never given twice.
            var number = string.Create(CultureInfo.InvariantCulture, $"{act.Case.Number}-{act.Step.Instance.NextPart++}");
            numbers.Add(number);
            act.Step.Post(MessageKind.Part, number, ExpressionJson.WriteWhole(new Dictionary<string, object?>
            {
                ["number"] = number,
                ["unit"] = unit,
                ["asks"] = act.Comment,
                ["by"] = act.Actor.Name,
                ["byId"] = act.Actor.Id,
                ["byUnit"] = act.Actor.Unit,
            }));
        }

        act.Case = act.Case with { OpenParts = act.Case.OpenParts + units.Count };
        act.Record(("units", string.Join(',', units)), ("parts", string.Join(',', numbers)));
    }
}

/// <summary>Parts of a matter that was split.</summary>
public static class CaseParts
{
    /// <summary>The workflow of a part.</summary>
    public const string Workflow = "part";

    /// <summary>The case that a part is, as the message tells it; the whole is read when it is taken in.</summary>
    public static CaseState PartOf(CaseState whole, string number, string unit, string asks, DateTimeOffset now) => new()
    {
        Number = number,
        Title = whole.Title,
        Detail = asks + "\n\n" + whole.Detail,
        ReportedAt = whole.ReportedAt,
        AcceptedAt = now,
        Channel = whole.Channel,
        Nature = whole.Nature,
        Urgency = whole.Urgency,
        AreaPath = whole.AreaPath,
        Place = whole.Place,
        Category = whole.Category,
        Condition = whole.Condition,
        Tier = whole.Tier,
        Priority = whole.Priority,
        LeadUnit = unit,
        Due = whole.Due,
        SplitFrom = whole.Number,
    };
}
