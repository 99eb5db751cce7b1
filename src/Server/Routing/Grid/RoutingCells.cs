using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Calendars;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Routing;
using Microsoft.Extensions.Localization;

namespace GridFlow.Server.Routing.Grid;

/// <summary>
/// Cells of the routing table as text, and back. What a cell shows can always be read again; besides that, keys, codes and
/// names are understood, as they stand in people's own spreadsheets.
/// </summary>
public sealed partial class RoutingCells(Bundle bundle, RoutingLookup lookup, IStringLocalizer<RoutingText> text)
{
    private static readonly string[] UsualLimits = ["2uh", "4wh", "1wd", "2wd", "5wd", "15nd"];
    private static readonly string[] Times = ["H:mm", "HH:mm", "H:mm:ss", "HH:mm:ss"];

    // As the limits are written, in both languages.
    private static readonly (string Words, Func<decimal, TimeLimit> Limit)[] LimitWords =
    [
        ("分钟工作时间", TimeLimit.WorkingMinutes), ("working minute", TimeLimit.WorkingMinutes), ("紧急工作时", TimeLimit.UrgentHours), ("urgent hour", TimeLimit.UrgentHours),
        ("工作时", TimeLimit.WorkingHours), ("working hour", TimeLimit.WorkingHours), ("工作日", days => new TimeLimit(days, TimeUnit.WorkingDay)), ("working day", days => new TimeLimit(days, TimeUnit.WorkingDay)),
        ("自然日", TimeLimit.NaturalDays), ("calendar day", TimeLimit.NaturalDays), ("natural day", TimeLimit.NaturalDays),
        ("分钟", minutes => new TimeLimit(minutes / 60, TimeUnit.UrgentHour)), ("minute", minutes => new TimeLimit(minutes / 60, TimeUnit.UrgentHour)),
    ];

    /// <summary>The heading of a column.</summary>
    public static string Heading(RoutingColumn column, IStringLocalizer<RoutingText> text) => text["Grid" + column];

    /// <summary>What a cell shows.</summary>
    public string Show(RoutingRow row, RoutingColumn column) => column switch
    {
        RoutingColumn.Number => row.Number.ToString(CultureInfo.InvariantCulture),
        RoutingColumn.Category => row.Category is { } key ? Category(key) : "",
        RoutingColumn.Area => row.Area is { } code ? WithCode(lookup.NameOf(UnitKey.ForArea(code)), code) : "",
        RoutingColumn.Keywords => Join(row.Keywords),
        RoutingColumn.Tier => Name(row.Tier),
        RoutingColumn.Nature => Name(row.Nature),
        RoutingColumn.Channel => Name(row.Channel),
        RoutingColumn.Urgency => Name(row.Urgency),
        RoutingColumn.From => Time(row.From),
        RoutingColumn.Until => Time(row.Until),
        RoutingColumn.Lead => Unit(row.Lead),
        RoutingColumn.Assisting => Join(row.Assisting.Select(Unit)),
        RoutingColumn.StartTier => Name(row.StartTier),
        RoutingColumn.Workflow => row.Workflow is { } id ? bundle.FindDefinition(id)?.Name.ToString() ?? id : "",
        RoutingColumn.Limit => row.Limit is { } limit ? DeadlineExplainer.Describe(limit, CultureInfo.CurrentUICulture) : "",
        RoutingColumn.Priority => row.Priority?.ToString(CultureInfo.InvariantCulture) ?? "",
        RoutingColumn.Note => row.Note,
    };

    /// <summary>The row with a cell changed to what a text says.</summary>
    /// <returns>The row, or what is wrong with the text.</returns>
    public (RoutingRow? Row, string? Problem) Read(RoutingRow row, RoutingColumn column, string given)
    {
        var said = given.Trim();
        return column switch
        {
            RoutingColumn.Number => (row, said == Show(row, column) ? null : text["CellNumber"].Value),
            RoutingColumn.Category => Empty(said) ? (row with { Category = null }, null) : One(CategoriesOf(said), said, "CellNoCategory", key => row with { Category = key }),
            RoutingColumn.Area => Empty(said) ? (row with { Area = null }, null)
                : One([.. lookup.Units(said).Select(UnitKey.AreaOf).OfType<string>()], said, "CellNoArea", code => row with { Area = code }),
            RoutingColumn.Keywords => (row with { Keywords = [.. RoutingLookup.Parts(said).Distinct()] }, null),
            RoutingColumn.Tier => Choice<CaseTier>(said, tier => row with { Tier = tier }),
            RoutingColumn.Nature => Choice<CaseNature>(said, nature => row with { Nature = nature }),
            RoutingColumn.Channel => Choice<CaseChannel>(said, channel => row with { Channel = channel }),
            RoutingColumn.Urgency => Choice<CaseUrgency>(said, urgency => row with { Urgency = urgency }),
            RoutingColumn.From => AtTime(said, time => row with { From = time }),
            RoutingColumn.Until => AtTime(said, time => row with { Until = time }),
            RoutingColumn.Lead => Empty(said) ? (row with { Lead = "" }, null) : One(UnitsOf(said), said, "CellNoUnit", key => row with { Lead = key }),
            RoutingColumn.Assisting => Assisting(row, said),
            RoutingColumn.StartTier => Choice<CaseTier>(said, tier => row with { StartTier = tier }),
            RoutingColumn.Workflow => Empty(said) ? (row with { Workflow = null }, null)
                : One([.. bundle.Definitions.Where(flow => IsOneOf(said, flow.DefinitionId, flow.Name.Zh, flow.Name.En)).Select(flow => flow.DefinitionId)], said, "CellNoWorkflow", id => row with { Workflow = id }),
            RoutingColumn.Limit => Empty(said) ? (row with { Limit = null }, null) : LimitOf(said) is { } limit ? (row with { Limit = limit }, null) : (null, text["CellNoLimit", said]),
            RoutingColumn.Priority => Empty(said) ? (row with { Priority = null }, null)
                : int.TryParse(said, CultureInfo.InvariantCulture, out var priority) && priority is >= 1 and <= 5 ? (row with { Priority = priority }, null) : (null, text["CellNoPriority", said]),
            RoutingColumn.Note => (row with { Note = said }, null),
        };
    }

    /// <summary>What a picker offers for a column; empty where anything may be written.</summary>
    public IReadOnlyList<string> Offers(RoutingColumn column) => column switch
    {
        RoutingColumn.Category => [.. bundle.Categories.All.Select(category => Category(category.Key))],
        RoutingColumn.Tier or RoutingColumn.StartTier => [.. Enum.GetValues<CaseTier>().Select(tier => Name<CaseTier>(tier))],
        RoutingColumn.Nature => [.. Enum.GetValues<CaseNature>().Select(nature => Name<CaseNature>(nature))],
        RoutingColumn.Channel => [.. Enum.GetValues<CaseChannel>().Select(channel => Name<CaseChannel>(channel))],
        RoutingColumn.Urgency => [.. Enum.GetValues<CaseUrgency>().Select(urgency => Name<CaseUrgency>(urgency))],
        RoutingColumn.Lead or RoutingColumn.Assisting => [.. UnitKey.RelativeNames.Where(name => name != "@lead").Select(Unit), .. lookup.Departments],
        RoutingColumn.Workflow => [.. bundle.Definitions.Select(flow => flow.Name.ToString())],
        RoutingColumn.Limit => [.. UsualLimits.Select(limit => DeadlineExplainer.Describe(TimeLimit.Parse(limit), CultureInfo.CurrentUICulture))],
        RoutingColumn.Priority => ["1", "2", "3", "4", "5"],
        _ => [],
    };

    private static bool Empty(string said) => said.Length == 0;

    private static bool IsOneOf(string said, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (string.Equals(said, name, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static string Time(TimeOnly? time) => time?.ToString("HH:mm", CultureInfo.InvariantCulture) ?? "";

    private static string WithCode(string? name, string code) => name is null ? code : $"{name} ({code})";

    private static TimeLimit? LimitOf(string said)
    {
        if (TimeLimit.TryParse(said, out var limit))
        {
            return limit;
        }

        return Amount().Match(said) is { Success: true } match && decimal.TryParse(match.Groups[1].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
            && LimitWords.FirstOrDefault(words => match.Groups[2].Value.TrimStart('个').StartsWith(words.Words, StringComparison.OrdinalIgnoreCase)) is { Limit: { } of }
            && TimeLimit.TryParse(of(amount).ToString(), out var worded)
                ? worded
                : null;
    }

    private string Category(string key) => bundle.Categories.Find(key) is { } category ? $"{category.Code} {category.Name}" : key;

    private string Unit(string key)
    {
        if (key.Length == 0)
        {
            return "";
        }

        if (UnitKey.RelativeNames.Contains(key))
        {
            return text["Unit" + key[1..]];
        }

        return UnitKey.AreaOf(key) is { } code ? WithCode(lookup.NameOf(key), code) : lookup.NameOf(key) ?? key;
    }

    private string Join(IEnumerable<string> parts) => string.Join(text["ListSeparator"], parts);

    private string Name<T>(T? value)
        where T : struct, Enum => value is { } known ? text[$"{typeof(T).Name["Case".Length..]}{known}"] : "";

    private ImmutableArray<string> CategoriesOf(string said) => bundle.Categories.Find(said) is { } known
        ? [known.Key]
        : [.. bundle.Categories.All.Where(category => IsOneOf(said, category.Code, category.Name.Zh, category.Name.En, $"{category.Code} {category.Name}", $"{category.Code} {category.Name.Zh}", $"{category.Code} {category.Name.En}")).Select(category => category.Key)];

    private ImmutableArray<string> UnitsOf(string said) =>
        UnitKey.RelativeNames.FirstOrDefault(name => IsOneOf(said, name, text["Unit" + name[1..]])) is { } relative ? [relative] : [.. lookup.Units(said)];

    private (RoutingRow? Row, string? Problem) One(ImmutableArray<string> found, string said, string none, Func<string, RoutingRow> with) => found switch
    {
        [] => (null, text[none, said]),
        [var only] => (with(only), null),
        _ => (null, text["CellSeveral", said, found.Length]),
    };

    private (RoutingRow? Row, string? Problem) Assisting(RoutingRow row, string said)
    {
        var units = ImmutableArray.CreateBuilder<string>();
        foreach (var part in RoutingLookup.Parts(said))
        {
            var (found, problem) = One(UnitsOf(part), part, "CellNoUnit", key => row with { Lead = key });
            if (found is null)
            {
                return (null, problem);
            }

            units.Add(found.Lead);
        }

        return (row with { Assisting = [.. units.Distinct()] }, null);
    }

    private (RoutingRow? Row, string? Problem) Choice<T>(string said, Func<T?, RoutingRow> with)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (IsOneOf(said, value.ToString(), Name<T>(value)))
            {
                return (with(value), null);
            }
        }

        return Empty(said) ? (with(null), null) : (null, text["CellNoChoice", said, Join(Enum.GetValues<T>().Select(value => Name<T>(value)))]);
    }

    private (RoutingRow? Row, string? Problem) AtTime(string said, Func<TimeOnly?, RoutingRow> with) =>
        Empty(said) ? (with(null), null)
        // A spreadsheet keeps a time as a part of a day.
        : double.TryParse(said, CultureInfo.InvariantCulture, out var day) && day is >= 0 and < 1 && said.Contains('.', StringComparison.Ordinal) ? (with(TimeOnly.FromTimeSpan(TimeSpan.FromMinutes(Math.Min(1439, Math.Round(day * 1440))))), null)
        : TimeOnly.TryParseExact(said.Replace('：', ':'), Times, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? (with(time), null)
        : (null, text["CellNoTime", said]);

    [GeneratedRegex(@"^(\d+(?:\.\d+)?)\s*(.+)$", RegexOptions.None, 200)]
    private static partial Regex Amount();
}
