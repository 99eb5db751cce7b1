using System.Globalization;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Calendars;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Routing;
using Microsoft.Extensions.Localization;

namespace GridFlow.Server.Routing;

/// <summary>What the keys in rows are called.</summary>
public sealed record RoutingNames(Bundle Bundle, IReadOnlyDictionary<string, string> Units, IReadOnlyDictionary<string, string> Areas);

/// <summary>Says rows and their parts in the reader's words.</summary>
public sealed class RoutingWords(IStringLocalizer<RoutingText> text, RoutingNames names)
{
    /// <summary>The conditions of a row, most telling first; one that says so when there is none.</summary>
    public IReadOnlyList<string> Conditions(RoutingRow row)
    {
        List<string?> conditions =
        [
            row.Category is null ? null : Category(row.Category),
            row.Keywords.IsEmpty ? null : text["WhenKeyword", string.Join($" {text["WhenKeywordOr"]} ", row.Keywords.Select(word => $"“{word}”"))].Value,
            row.Area is null ? null : text["WhenArea", Area(row.Area)].Value,
            row.Tier is null ? null : text["WhenTier", Tier(row.Tier.Value)].Value,
            row.Nature is null ? null : text["WhenNature", text[$"Nature{row.Nature}"]].Value,
            row.Channel is null ? null : text["WhenChannel", text[$"Channel{row.Channel}"]].Value,
            row.Urgency is null ? null : text["WhenUrgency", text[$"Urgency{row.Urgency}"]].Value,
            Span(row) is { } span ? text["WhenTime", span].Value : null,
        ];
        return conditions.OfType<string>().ToList() is { Count: > 0 } given ? given : [text["Everything"]];
    }

    /// <summary>A condition that held, with the value that made it hold.</summary>
    public string Reason(RoutingReason reason) => reason.Kind switch
    {
        RoutingConditionKind.Keyword => text["WhenKeyword", $"“{reason.Value}”"],
        RoutingConditionKind.Category => Category(reason.Value),
        RoutingConditionKind.Area => text["WhenArea", Area(reason.Value)],
        RoutingConditionKind.Nature => text["WhenNature", text["Nature" + reason.Value]],
        RoutingConditionKind.Channel => text["WhenChannel", text["Channel" + reason.Value]],
        RoutingConditionKind.Urgency => text["WhenUrgency", text["Urgency" + reason.Value]],
        RoutingConditionKind.Tier => text["WhenTier", text["Tier" + reason.Value]],
        RoutingConditionKind.TimeOfDay => text["WhenTime", reason.Value],
    };

    public string Unit(string key)
    {
        if (key.Length == 0 || names.Units.TryGetValue(key, out var name))
        {
            return key.Length == 0 ? text["UnitChoose"] : names.Units[key];
        }

        var known = text["Unit" + key.TrimStart('@')];
        return known.ResourceNotFound ? key : known.Value;
    }

    public string Units(IEnumerable<string> keys) => string.Join(text["ListSeparator"], keys.Select(Unit));

    public string Tier(CaseTier tier) => text[$"Tier{tier}"];

    public string CategoryName(string key) => names.Bundle.Categories.Find(key)?.Name.ToString() ?? key;

    public string Workflow(string definitionId) => names.Bundle.FindDefinition(definitionId)?.Name.ToString() ?? definitionId;

    public static string Limit(TimeLimit limit) => DeadlineExplainer.Describe(limit, CultureInfo.CurrentUICulture);

    /// <summary>A row in one sentence: its conditions, and who leads.</summary>
    public string Sentence(RoutingRow row) => text["RowWords", string.Join(text["And"], Conditions(row)), string.Join(text["And"], Consequences(row))];

    /// <summary>Everything one may search a row by.</summary>
    public string Searchable(RoutingRow row) => $"{row.Number} {Sentence(row)} {row.Note}";

    private List<string> Consequences(RoutingRow row)
    {
        List<string?> parts =
        [
            Unit(row.Lead),
            row.Assisting.IsEmpty ? null : $"{text["ColAssisting"]} {Units(row.Assisting)}",
            row.StartTier is null ? null : Tier(row.StartTier.Value),
            row.Workflow is null ? null : Workflow(row.Workflow),
            row.Limit is null ? null : Limit(row.Limit.Value),
            row.Priority is null ? null : $"{text["ColPriority"]} {row.Priority}",
        ];
        return [.. parts.OfType<string>()];
    }

    private string Category(string key)
    {
        var isUnder = names.Bundle.Categories.All.Any(other => other.Key.Length > key.Length && other.Key.StartsWith(key, StringComparison.Ordinal));
        return text[isUnder ? "WhenCategoryUnder" : "WhenCategory", CategoryName(key)];
    }

    private string Area(string code) => names.Areas.GetValueOrDefault(code, code);

    private static string? Span(RoutingRow row) => row.From is null && row.Until is null
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"{row.From ?? TimeOnly.MinValue:HH:mm}–{row.Until ?? TimeOnly.MinValue:HH:mm}");
}
