using System.Collections.Immutable;
using System.Globalization;
using GridFlow.Server.Cases;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Calendars;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Replay;
using Microsoft.Extensions.Localization;

namespace GridFlow.Server.Replay;

/// <summary>One thing in which a case would go otherwise, in words.</summary>
public sealed record ReplayChange(string What, string Before, string After);

/// <summary>Puts outcomes into the words of the reader.</summary>
public sealed class ReplayWords(Names names, Bundle bundle, CaseWords words, IStringLocalizer<ReplayText> text)
{
    public string Unit(string? key) => key is null ? text["NoUnit"] : names.Unit(key);

    public string Category(string? key) => key is null ? text["NoCategory"] : bundle.Categories.Find(key)?.Name.ToString() ?? key;

    public string Workflow(string? id) => id is null ? "—" : bundle.FindDefinition(id)?.Name.ToString() ?? id;

    /// <summary>Every way in which a case differs, each with what was and what would be.</summary>
    public IEnumerable<ReplayChange> Of(ReplayedRow row)
    {
        var (before, after) = (row.Before, row.After);
        if (Has(ReplayDifference.Category))
        {
            yield return Change(ReplayDifference.Category, Category(before.Category), Category(after.Category));
        }

        if (Has(ReplayDifference.Nobody))
        {
            yield return Change(ReplayDifference.Lead, Unit(before.Lead), text["NoUnit"]);
        }

        if (Has(ReplayDifference.Lead))
        {
            yield return Change(ReplayDifference.Lead, Unit(before.Lead), Unit(after.Lead));
        }

        if (Has(ReplayDifference.Assisting))
        {
            yield return Change(ReplayDifference.Assisting, Units(before.Assisting), Units(after.Assisting));
        }

        if (Has(ReplayDifference.Tier))
        {
            yield return Change(ReplayDifference.Tier, Tier(before.Tier), Tier(after.Tier));
        }

        if (Has(ReplayDifference.Workflow))
        {
            yield return Change(ReplayDifference.Workflow, Ending(before), Ending(after));
        }

        if (Has(ReplayDifference.Limit))
        {
            yield return Change(ReplayDifference.Limit, Limit(before), Limit(after));
        }

        if (Has(ReplayDifference.NeedsPerson) || Has(ReplayDifference.SparesPerson))
        {
            yield return Change(ReplayDifference.NeedsPerson, Person(before), Person(after));
        }

        if (after.Incident is { } step && Has(ReplayDifference.Incident))
        {
            yield return Change(ReplayDifference.Incident, "—", Step(step));
        }

        if (Has(ReplayDifference.Row))
        {
            yield return Change(ReplayDifference.Row, Row(before.Row), Row(after.Row));
        }

        bool Has(ReplayDifference kind) => row.Differences.HasFlag(kind);
    }

    private ReplayChange Change(ReplayDifference kind, string before, string after) => new(text[$"What{kind}"], before, after);

    private string Units(ImmutableArray<string> units) => units.IsEmpty ? "—" : CaseWords.List(units.Select(names.Unit));

    private string Tier(CaseTier? tier) => tier is { } known ? words.Of(known) : "—";

    private string Ending(IntakeOutcome outcome) => outcome.Ended ? text["PlaceEnded"] : Workflow(outcome.Workflow);

    private string Limit(IntakeOutcome outcome)
    {
        if (outcome.Limit is null)
        {
            return text["NoLimit"];
        }

        var limit = TimeLimit.TryParse(outcome.Limit, out var known) ? DeadlineExplainer.Describe(known, CultureInfo.CurrentUICulture) : outcome.Limit;
        return outcome.Due is { } due ? text["LimitDue", limit, CaseWords.FullTime(due)] : limit;
    }

    private string Person(IntakeOutcome outcome) => outcome.WaitsAt is { } step ? text["PersonWaits", Step(step)] : outcome.AskedPerson ? text["PersonAsked"] : text["PersonNone"];

    private string Step(StepRef step) => bundle.FindDefinition(step.Definition)?.FindActivity(step.Activity)?.Called.ToString() ?? step.Activity;

    private string Row(int? row) => row is { } number ? text["RowNumber", number] : text["NoRow"];
}
