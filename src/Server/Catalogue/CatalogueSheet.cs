using System.Collections.Immutable;
using System.Globalization;
using GridFlow.Server.Sheets;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Definitions;
using Microsoft.Extensions.Localization;

namespace GridFlow.Server.Catalogue;

/// <summary>One category a table would add or change.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Name">Its name afterwards.</param>
/// <param name="IsNew">It is not in the catalogue yet.</param>
/// <param name="Parts">Names of what differs, in the reader's language; empty for a new one.</param>
public sealed record CatalogueChange(string Key, LocalizedText Name, bool IsNew, IReadOnlyList<string> Parts);

/// <summary>Something in a table that cannot be used.</summary>
/// <param name="Line">The line, as the file counts it.</param>
/// <param name="Message">What is wrong, in the reader's language.</param>
public sealed record SheetProblem(int Line, string Message);

/// <summary>What an import would do; nothing is done where there are problems.</summary>
public sealed record CataloguePlan(CategoryCatalogue After, IReadOnlyList<CatalogueChange> Changes, IReadOnlyList<SheetProblem> Problems);

/// <summary>
/// Categories as a table: a line for each category and each of its filing conditions. A table may have any of the columns in
/// any order; what it has no column or no text for stays as it is, and nothing is ever taken away.
/// </summary>
public sealed class CatalogueSheet(IStringLocalizer<CatalogueText> text)
{
    // The names by which each column is known, the first of them in both languages among the texts.
    private static readonly Dictionary<string, string[]> Columns = new()
    {
        ["catalogue"] = ["目录", "catalogue"],
        ["code"] = ["代码", "code"],
        ["name"] = ["名称", "name", "name (chinese)"],
        ["nameEn"] = ["英文名称", "name (english)"],
        ["tier"] = ["事项分级", "分级", "tier"],
        ["urgency"] = ["紧急程度", "urgency"],
        ["keywords"] = ["关键词", "keywords"],
        ["conditionCode"] = ["条件代码", "condition code"],
        ["condition"] = ["立案条件", "condition", "condition (chinese)"],
        ["conditionEn"] = ["立案条件英文", "condition (english)"],
        ["limit"] = ["时限", "limit"],
        ["retired"] = ["停用", "retired"],
    };

    /// <summary>The catalogue as a table, names of columns in the reader's language.</summary>
    public IEnumerable<IReadOnlyList<string>> Write(CategoryCatalogue catalogue)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        yield return [.. Columns.Keys.Select(column => text["Sheet_" + column].Value)];
        foreach (var category in catalogue.All)
        {
            foreach (var condition in category.Conditions.Cast<FilingCondition?>().DefaultIfEmpty())
            {
                yield return
                [
                    $"{category.Scheme}/{category.Version}/{category.Kind}", category.Code, category.Name.Zh, category.Name.En,
                    category.IsGroup ? "" : text[$"Tier{category.Tier}"], category.IsGroup ? "" : text[$"Urgency{category.Urgency}"], string.Join(' ', category.Keywords),
                    condition?.Code ?? "", condition?.Name.Zh ?? "", condition?.Name.En ?? "", condition?.Limit.ToString() ?? "", category.IsRetired ? text["Yes"] : "",
                ];
            }
        }
    }

    /// <summary>What a table would do to a catalogue.</summary>
    public CataloguePlan Read(Sheet sheet, CategoryCatalogue before)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        ArgumentNullException.ThrowIfNull(before);
        var problems = new List<SheetProblem>();
        var after = before.All.ToDictionary(category => category.Key, StringComparer.Ordinal);
        if (sheet.Rows.Count == 0 || Header(sheet.Rows[0]) is not { } columns || !columns.ContainsKey("code"))
        {
            return new CataloguePlan(before, [], [new SheetProblem(1, text["ImportNoHeader", text["Sheet_code"], text["Sheet_name"], text["Sheet_limit"]])]);
        }

        foreach (var row in sheet.Rows.Skip(1))
        {
            Take(row, name => columns.TryGetValue(name, out var at) ? row[at] : "", after, problems);
        }

        var catalogue = new CategoryCatalogue(after.Values);
        problems.AddRange(catalogue.All.Where(category => !category.IsGroup && before.Find(category.Key) is null && catalogue.FindGroup(category) is null)
            .Select(category => new SheetProblem(0, text["ImportNoGroup", category.Code, category.Code[..2]])));
        return new CataloguePlan(catalogue, [.. catalogue.All.Select(category => ChangeOf(before.Find(category.Key), category)).OfType<CatalogueChange>()], problems);
    }

    private static Dictionary<string, int> Header(SheetRow row)
    {
        var found = new Dictionary<string, int>();
        for (var at = 0; at < row.Cells.Count; at++)
        {
            var name = row[at].Trim().ToLowerInvariant();
            if (Columns.FirstOrDefault(column => column.Value.Contains(name)).Key is { } column)
            {
                found.TryAdd(column, at);
            }
        }

        return found;
    }

    private void Take(SheetRow row, Func<string, string> cell, Dictionary<string, Category> after, List<SheetProblem> problems)
    {
        var code = cell("code");
        if (code.Length is < 2 or > 12 || !code.All(char.IsAsciiDigit))
        {
            Bad("ImportBadCode", code);
            return;
        }

        var parts = cell("catalogue").Split('/');
        var key = cell("catalogue").Length == 0 ? KeyOf(code, after) : parts.Length == 3 && Array.TrueForAll(parts, part => part.Length is > 0 and < 40) ? $"{cell("catalogue")}/{code}" : null;
        if (key is null)
        {
            Bad("ImportBadCatalogue", cell("catalogue"));
            return;
        }

        var names = key.Split('/');
        var category = after.GetValueOrDefault(key) ?? new Category { Scheme = names[0], Version = names[1], Kind = names[2], Code = code, Name = LocalizedText.Same(cell("name")) };
        category = category with { Name = Texts(category.Name, cell("name"), cell("nameEn")) };
        if (category.Name.Zh.Length is 0 or > 100 || category.Name.En.Length > 100)
        {
            Bad("ImportNoName", code);
            return;
        }

        if (cell("tier").Length > 0)
        {
            category = Choice<CaseTier>(cell("tier"), "Tier") is { } tier ? category with { Tier = tier } : Wrong(category, "ImportBadChoice", cell("tier"), text["Sheet_tier"], Names<CaseTier>("Tier"));
        }

        if (cell("urgency").Length > 0)
        {
            category = Choice<CaseUrgency>(cell("urgency"), "Urgency") is { } urgency ? category with { Urgency = urgency } : Wrong(category, "ImportBadChoice", cell("urgency"), text["Sheet_urgency"], Names<CaseUrgency>("Urgency"));
        }

        if (cell("keywords").Length > 0)
        {
            category = category with { Keywords = [.. Keywords(cell("keywords"))] };
        }

        if (cell("retired").Length > 0)
        {
            category = category with { IsRetired = cell("retired").ToUpperInvariant() is "是" or "YES" or "Y" or "1" or "TRUE" };
        }

        after[key] = TakeCondition(category);

        Category TakeCondition(Category current)
        {
            var (written, limit) = (cell("limit"), default(Workflows.Calendars.TimeLimit));
            if (written.Length > 0 && !LimitWords.TryParse(written, out limit))
            {
                return Wrong(current, "ImportBadLimit", written);
            }

            var conditionCode = cell("conditionCode").Length > 0 ? cell("conditionCode") : current.Conditions.FirstOrDefault(known => known.Name.Zh == cell("condition"))?.Code
                ?? (current.Conditions.IsEmpty || cell("condition").Length == 0 ? current.Conditions.FirstOrDefault()?.Code ?? "usual" : string.Create(CultureInfo.InvariantCulture, $"c{current.Conditions.Length + 1}"));
            var index = current.Conditions.IndexOf(current.Conditions.FirstOrDefault(known => known.Code == conditionCode)!);
            if (index >= 0)
            {
                var known = current.Conditions[index];
                return current with { Conditions = current.Conditions.SetItem(index, known with { Name = Texts(known.Name, cell("condition"), cell("conditionEn")), Limit = written.Length > 0 ? limit : known.Limit }) };
            }

            if (written.Length == 0)
            {
                return cell("condition").Length > 0 || cell("conditionCode").Length > 0 ? Wrong(current, "ImportNoLimit", conditionCode) : current;
            }

            var name = cell("condition").Length > 0 ? Texts(LocalizedText.Same(cell("condition")), "", cell("conditionEn")) : new LocalizedText("一般情形", "Usual");
            return current with { Conditions = current.Conditions.Add(new FilingCondition(conditionCode, name, limit)) };
        }

        Category Wrong(Category kept, string message, params object[] values)
        {
            Bad(message, values);
            return kept;
        }

        void Bad(string message, params object[] values) => problems.Add(new SheetProblem(row.Number, text[message, values]));
    }

    // Without a column for it, a code belongs where it is known; a new one beside its group.
    private static string? KeyOf(string code, Dictionary<string, Category> known)
    {
        var found = known.Values.Where(category => category.Code == code).ToList();
        var groups = found.Count > 0 ? found : [.. known.Values.Where(category => category.Code == code[..2])];
        return groups.Count == 1 ? $"{groups[0].Scheme}/{groups[0].Version}/{groups[0].Kind}/{code}" : null;
    }

    private static LocalizedText Texts(LocalizedText before, string zh, string en) => new(zh.Length > 0 ? zh : before.Zh, en.Length > 0 ? en : before.En == before.Zh && zh.Length > 0 ? zh : before.En);

    private static IEnumerable<string> Keywords(string written) => written.Split([' ', '、', '，', ',', ';', '；', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct();

    private T? Choice<T>(string written, string prefix)
        where T : struct, Enum => Enum.GetValues<T>().Cast<T?>().FirstOrDefault(value => string.Equals(value.ToString(), written, StringComparison.OrdinalIgnoreCase) || text[prefix + value].Value == written || Chinese(prefix + value) == written);

    private string Names<T>(string prefix)
        where T : struct, Enum => string.Join(" / ", Enum.GetNames<T>().Select(name => text[prefix + name].Value));

    // A table made by a Chinese colleague is read on an English page, too.
    private string Chinese(string key)
    {
        var culture = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("zh-CN");
            return text[key].Value;
        }
        finally
        {
            CultureInfo.CurrentUICulture = culture;
        }
    }

    private CatalogueChange? ChangeOf(Category? before, Category after)
    {
        if (before is null)
        {
            return new CatalogueChange(after.Key, after.Name, true, []);
        }

        List<string> parts = [];
        Add(before.Name != after.Name, "Sheet_name");
        Add(before.Tier != after.Tier, "Sheet_tier");
        Add(before.Urgency != after.Urgency, "Sheet_urgency");
        Add(!before.Keywords.SequenceEqual(after.Keywords), "Sheet_keywords");
        Add(!before.Conditions.Select(condition => (condition.Code, condition.Name)).SequenceEqual(after.Conditions.Select(condition => (condition.Code, condition.Name))), "Sheet_condition");
        Add(!before.Conditions.Select(condition => condition.Limit).SequenceEqual(after.Conditions.Select(condition => condition.Limit)), "Sheet_limit");
        Add(before.IsRetired != after.IsRetired, "Sheet_retired");
        return parts.Count == 0 ? null : new CatalogueChange(after.Key, after.Name, false, parts);

        void Add(bool differs, string name)
        {
            if (differs)
            {
                parts.Add(text[name]);
            }
        }
    }
}
