using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Calendars;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Routing;

namespace GridFlow.Workflows.Drafts;

/// <summary>The changes between two bundles, and a bundle with changes applied; as <see cref="FlowChanges"/>, over all parts.</summary>
/// <remarks>Rows of the routing table are known by their numbers, so a table with two rows of one number counts as the one with the last of them.</remarks>
public static class BundleEdits
{
    private const string Routing = "routing";
    private const string Categories = "categories";
    private const string Calendar = "calendar";
    private const string Rules = "rules";

    /// <summary>What differs, part by part.</summary>
    public static ImmutableArray<CellChange> Between(Bundle before, Bundle after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var changes = ImmutableArray.CreateBuilder<CellChange>();
        foreach (var definition in before.Definitions)
        {
            var now = after.FindDefinition(definition.DefinitionId);
            if (!ReferenceEquals(definition, now))
            {
                changes.AddRange(CellChanges.Between(FlowChanges.Cells(definition), now is null ? new Dictionary<string, string>() : FlowChanges.Cells(now)));
            }
        }

        foreach (var added in after.Definitions.Where(definition => before.FindDefinition(definition.DefinitionId) is null))
        {
            changes.AddRange(CellChanges.Between(new Dictionary<string, string>(), FlowChanges.Cells(added)));
        }

        if (!ReferenceEquals(before.Routing, after.Routing))
        {
            changes.AddRange(CellChanges.Between(RowCells(before.Routing), RowCells(after.Routing)));
        }

        if (!ReferenceEquals(before.Categories, after.Categories))
        {
            changes.AddRange(CellChanges.Between(CategoryCells(before.Categories), CategoryCells(after.Categories)));
        }

        if (!ReferenceEquals(before.Calendar, after.Calendar))
        {
            changes.AddRange(CellChanges.Between(CalendarCells(before.Calendar), CalendarCells(after.Calendar)));
        }

        if (before.Rules != after.Rules)
        {
            changes.AddRange(CellChanges.Between(RuleCells(before.Rules), RuleCells(after.Rules)));
        }

        return changes.ToImmutable();
    }

    /// <summary>Applies changes to what there is now, all of them or none.</summary>
    /// <exception cref="DefinitionFormatException">The changed bundle could not be read: the changes were not made by <see cref="Between"/>.</exception>
    public static Applied<Bundle> Apply(Bundle current, IEnumerable<CellChange> changes)
    {
        ArgumentNullException.ThrowIfNull(current);
        ArgumentNullException.ThrowIfNull(changes);
        var given = changes.ToList();
        Applied<Bundle>? applied = null;
        Read(given.Count > 0 ? given[0].Path : "$", () => applied = ApplyAll(current, given));
        return applied!;
    }

    private static Applied<Bundle> ApplyAll(Bundle current, List<CellChange> changes)
    {
        var definitions = current.Definitions.ToList();
        var (routing, categories, calendar, rules) = (current.Routing, current.Categories, current.Calendar, current.Rules);
        var conflicts = ImmutableArray.CreateBuilder<CellChange>();
        foreach (var part in changes.GroupBy(change => CellPath.PartOf(change.Path), StringComparer.Ordinal))
        {
            switch (part.Key)
            {
                case Routing:
                    Change(RowCells(routing), part, cells => routing = RowsOf(cells));
                    break;
                case Categories:
                    Change(CategoryCells(categories), part, cells => categories = CategoriesOf(cells));
                    break;
                case Calendar:
                    Change(CalendarCells(calendar), part, cells => calendar = CalendarOf(cells));
                    break;
                case Rules:
                    Change(RuleCells(rules), part, cells => rules = RulesOf(cells));
                    break;
                default:
                    ChangeDefinition(part.Key, part);
                    break;
            }
        }

        return conflicts.Count == 0
            ? new(new Bundle(current.Number, definitions, routing, categories, calendar) { Rules = rules }, [])
            : new(current, conflicts.ToImmutable());

        void Change(Dictionary<string, string> cells, IEnumerable<CellChange> wanted, Action<Dictionary<string, string>> keep)
        {
            var given = wanted.ToList();
            var found = CellChanges.ConflictsWith(cells, given).ToList();
            if (found.Count == 0)
            {
                CellChanges.Put(cells, given);
                found = [.. given.Where(change => change.After is not null && IsOfSomethingGone(cells, change.Path))];
            }

            conflicts.AddRange(found);
            if (found.Count == 0)
            {
                Read(given[0].Path, () => keep(cells));
            }
        }

        void ChangeDefinition(string part, IEnumerable<CellChange> wanted)
        {
            var names = CellPath.Split(part);
            if (names is not ["definitions", { Length: > 0 } id])
            {
                throw new DefinitionFormatException(part, new LocalizedText("不认识的修改位置", "there is no such part of a bundle"));
            }

            var index = definitions.FindIndex(definition => definition.DefinitionId == id);
            var given = wanted.ToList();
            var gone = given.Exists(change => change.Path == part + "/root" && change.After is null);
            if (index >= 0 && !gone)
            {
                var applied = FlowChanges.Apply(definitions[index], given);
                definitions[index] = applied.Content;
                conflicts.AddRange(applied.Conflicts);
                return;
            }

            if (index < 0 && !given.Exists(change => change.Path == part + "/root"))
            {
                // Somebody removed the whole workflow; what was to go is gone with it.
                conflicts.AddRange(given.Where(change => change.After is not null));
                return;
            }

            Change(index < 0 ? [] : FlowChanges.Cells(definitions[index]), given, cells =>
            {
                if (gone && cells.Count > 0)
                {
                    conflicts.AddRange(cells.Select(cell => new CellChange(cell.Key, cell.Value, null)));
                }
                else if (gone && index >= 0)
                {
                    definitions.RemoveAt(index);
                }
                else if (!gone)
                {
                    definitions.Add(FlowChanges.Build(FlowChanges.Without(cells, FlowChanges.Prefix(id)), [], null));
                }
            });
        }
    }

    // A note for a row that somebody removed meanwhile.
    private static bool IsOfSomethingGone(Dictionary<string, string> cells, string path) => path.Split('/') switch
    {
        [Routing, var number, _] => !cells.ContainsKey($"{Routing}/{number}/number"),
        [Categories, var key, _] => !cells.ContainsKey($"{Categories}/{key}/code"),
        _ => false,
    };

    private static void Read(string path, Action read)
    {
        try
        {
            read();
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or InvalidOperationException or FormatException or IndexOutOfRangeException or NullReferenceException)
        {
            throw new DefinitionFormatException(path, new LocalizedText("修改的内容格式有误：" + exception.Message, "a value of the edit has the wrong form: " + exception.Message), exception);
        }
    }

    private static Dictionary<string, string> RowCells(RoutingTable table)
    {
        var cells = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var row in table.Rows)
        {
            var number = row.Number.ToString(CultureInfo.InvariantCulture);
            Add(cells, CellPath.Of(Routing, number), JsonSerializer.SerializeToElement(row, BundleJson.Options));
        }

        cells["routing/order"] = JsonSerializer.Serialize(table.Rows.Select(row => row.Number), BundleJson.Options);
        return cells;
    }

    private static RoutingTable RowsOf(Dictionary<string, string> cells)
    {
        var order = JsonSerializer.Deserialize<List<int>>(cells.GetValueOrDefault("routing/order") ?? "[]")!;
        var rows = Objects(cells.Where(cell => cell.Key != "routing/order")).Select(found => found.Deserialize<RoutingRow>(BundleJson.Options)!).ToList();
        // A row added while somebody else moved rows is in nobody's order yet: it stands above, where it is seen.
        return new RoutingTable(rows.OrderBy(row => order.IndexOf(row.Number)));
    }

    private static Dictionary<string, string> CategoryCells(CategoryCatalogue catalogue)
    {
        var cells = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var category in catalogue.All)
        {
            Add(cells, CellPath.Of(Categories, category.Key), JsonSerializer.SerializeToElement(category, BundleJson.Options), "key", "isGroup");
        }

        return cells;
    }

    private static CategoryCatalogue CategoriesOf(Dictionary<string, string> cells) => new(Objects(cells).Select(found => found.Deserialize<Category>(BundleJson.Options)!));

    private static Dictionary<string, string> CalendarCells(WorkingCalendar calendar)
    {
        var cells = new Dictionary<string, string>(StringComparer.Ordinal);
        Add(cells, Calendar, JsonSerializer.SerializeToElement(calendar, BundleJson.Options), "overrides");
        foreach (var one in calendar.Overrides)
        {
            cells[string.Create(CultureInfo.InvariantCulture, $"calendar/overrides/{one.Date:yyyy-MM-dd}")] = JsonSerializer.Serialize(one, BundleJson.Options);
        }

        return cells;
    }

    private static WorkingCalendar CalendarOf(Dictionary<string, string> cells)
    {
        var json = new JsonObject { ["overrides"] = new JsonArray([.. cells.Where(cell => cell.Key.StartsWith("calendar/overrides/", StringComparison.Ordinal)).OrderBy(cell => cell.Key, StringComparer.Ordinal).Select(cell => JsonNode.Parse(cell.Value))]) };
        foreach (var (path, value) in cells.Where(cell => !cell.Key.StartsWith("calendar/overrides/", StringComparison.Ordinal)))
        {
            json[CellPath.Split(path)[1]] = JsonNode.Parse(value);
        }

        return json.Deserialize<WorkingCalendar>(BundleJson.Options)!;
    }

    private static Dictionary<string, string> RuleCells(CaseRules rules)
    {
        var cells = new Dictionary<string, string>(StringComparer.Ordinal);
        Add(cells, Rules, JsonSerializer.SerializeToElement(rules, BundleJson.Options));
        return cells;
    }

    private static CaseRules RulesOf(Dictionary<string, string> cells) =>
        new JsonObject(cells.Select(cell => KeyValuePair.Create(CellPath.Split(cell.Key)[1], JsonNode.Parse(cell.Value)))).Deserialize<CaseRules>(BundleJson.Options)!;

    private static void Add(Dictionary<string, string> cells, string at, JsonElement json, params ReadOnlySpan<string> leaveOut)
    {
        foreach (var property in json.EnumerateObject())
        {
            if (!leaveOut.Contains(property.Name))
            {
                cells[$"{at}/{property.Name}"] = property.Value.GetRawText();
            }
        }
    }

    // "routing/17/lead" and its like, put together by the first two names.
    private static IEnumerable<JsonObject> Objects(IEnumerable<KeyValuePair<string, string>> cells) => cells
        .GroupBy(cell => cell.Key[..cell.Key.LastIndexOf('/')], StringComparer.Ordinal)
        .Select(group => new JsonObject(group.Select(cell => KeyValuePair.Create(cell.Key[(cell.Key.LastIndexOf('/') + 1)..], JsonNode.Parse(cell.Value)))));
}
