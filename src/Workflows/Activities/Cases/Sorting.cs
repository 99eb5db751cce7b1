using System.Collections.Immutable;
using System.Globalization;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Engine;
using GridFlow.Workflows.Routing;

namespace GridFlow.Workflows.Activities.Cases;

/// <summary>
/// Proposes a category from the words of the message; the category named by <c>fallback</c> when no word says anything. A
/// category that is set already is kept.
/// </summary>
internal sealed class Classify : Activity
{
    public override string Type => "GridFlow.Classify";

    public override bool IsWorthTelling => false;

    public override ImmutableArray<string> Ports(ActivityNode node) => ["Sorted", "Unsure"];

    public override ActivityResult Execute(ActivityContext context)
    {
        var proposal = Classifier.For(context.Bundle.Categories).Classify(context.Case.Title, context.Case.Detail);
        var given = context.Bundle.Categories.Find(context.Case.Category);
        var category = given ?? context.Bundle.Categories.Find(proposal.Category) ?? context.Bundle.Categories.Find(context.Text("fallback"));
        context.ChangeCase(@case => @case with
        {
            Classification = proposal with { IsGiven = given is not null },
            Category = category?.Key,
            Tier = @case.Tier ?? category?.Tier,
            Urgency = category is not null && category.Urgency > @case.Urgency ? category.Urgency : @case.Urgency,
        });
        context.Record(HistoryKind.Classified, false, ("category", category?.Key), ("words", given is null ? string.Join('、', proposal.Words) : null));
        return ActivityResult.CompletedWith(given is not null || proposal.IsSure ? "Sorted" : "Unsure");
    }
}

/// <summary>Asks the routing table who handles the case, and starts the handling clock.</summary>
internal sealed class Route : Activity
{
    public override string Type => "GridFlow.Route";

    public override bool IsWorthTelling => false;

    public override ImmutableArray<string> Ports(ActivityNode node) => ["Routed", "NoUnit"];

    public override ActivityResult Execute(ActivityContext context)
    {
        var @case = context.Case;
        var localTime = TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(@case.AcceptedAt, context.Bundle.Calendar.Zone).DateTime);
        if (context.Bundle.Routing.Find(@case, localTime) is not { } found || UnitKey.Resolve(found.Row.Lead, @case) is not { } lead)
        {
            return ActivityResult.CompletedWith("NoUnit");
        }

        ImmutableArray<string> assisting = [.. found.Row.Assisting.Select(unit => UnitKey.Resolve(unit, @case)).OfType<string>().Where(unit => unit != lead).Distinct()];
        var category = context.Bundle.Categories.Find(@case.Category);
        var limit = found.Row.Limit ?? context.Bundle.Categories.FindLimit(@case.Category, @case.Condition);
        var due = limit is { } span ? context.Bundle.Calendar.Add(context.Now, span) : null;
        context.ChangeCase(before => before with
        {
            LeadUnit = lead,
            AssistingUnits = assisting,
            // A row says in which tier a case begins; a tier it was raised to since is not taken back.
            Tier = before.Routing is null && found.Row.StartTier is { } start ? start : before.Tier ?? category?.Tier ?? CaseTier.Small,
            Priority = found.Row.Priority ?? before.Priority,
            Workflow = found.Row.Workflow,
            Stage = CaseStage.Dispatching,
            Due = due,
            Routing = new RoutingDecision(context.Bundle.Number, found.Row.Number, found.Reasons, found.Passed, lead, assisting),
        });
        context.Record(HistoryKind.Routed, true,
            (HistoryData.Row, found.Row.Number.ToString(CultureInfo.InvariantCulture)), (HistoryData.Lead, lead), (HistoryData.Assisting, string.Join(',', assisting)),
            (HistoryData.Tier, context.Case.Tier?.ToString()), (HistoryData.Limit, limit?.ToString() ?? HistoryData.NoLimit), (HistoryData.Due, due?.DueAt.ToString("O", CultureInfo.InvariantCulture)));
        return ActivityResult.CompletedWith("Routed");
    }
}
