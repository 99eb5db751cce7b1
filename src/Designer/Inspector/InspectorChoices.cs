using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Expressions.Conditions;

namespace GridFlow.Designer.Inspector;

/// <summary>What the host knows and a person may choose from.</summary>
public sealed record InspectorChoices
{
    /// <summary>The other workflows, the categories and the calendar of what is being edited.</summary>
    public required Bundle Bundle { get; init; }

    /// <summary>Names of departments by unit key.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Departments { get; init; } = [];

    /// <summary>Names of areas by unit key; those the definition names, and others the host cares to tell.</summary>
    public IReadOnlyDictionary<string, string> Areas { get; init; } = new Dictionary<string, string>();

    /// <summary>Finds areas by a part of their name or code: unit key and name. Null where areas cannot be searched.</summary>
    public Func<string, Task<IReadOnlyList<KeyValuePair<string, string>>>>? FindAreas { get; init; }

    /// <summary>The moment from which examples of limits and schedules count.</summary>
    public DateTimeOffset Now { get; init; }

    /// <summary>The names of units by key, for everything that shows a unit.</summary>
    public IReadOnlyDictionary<string, string> UnitNames()
    {
        var names = new Dictionary<string, string>(Areas);
        foreach (var (key, name) in Departments)
        {
            names[key] = name;
        }

        return names;
    }

    /// <summary>Unit keys of all areas a workflow names, in settings or in conditions shown as rows.</summary>
    public static IReadOnlyCollection<string> AreasIn(WorkflowDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var areas = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in definition.AllActivities())
        {
            foreach (var text in node.Inputs.Values.Select(input => input.Text).Concat(SwitchCases.Of(node).Select(one => one.Condition.Text)))
            {
                if (UnitKey.AreaOf(text) is { Length: > 0 })
                {
                    areas.Add(text);
                }
                else if (text.Contains("isInArea", StringComparison.Ordinal) || text.Contains("area:", StringComparison.Ordinal))
                {
                    Collect(Conditions.Read(text).Group, areas);
                }
            }
        }

        return areas;
    }

    private static void Collect(ConditionItem? item, HashSet<string> areas)
    {
        foreach (var inner in (item as ConditionGroup)?.Items ?? [])
        {
            Collect(inner, areas);
        }

        if (item is ConditionRow { Value: ConditionLiteral { Value: string text } } row)
        {
            areas.Add(row.Test is ConditionTest.InArea or ConditionTest.NotInArea ? UnitKey.ForArea(text) : text);
        }
    }

    /// <summary>The name of a category, its key where it is not in the catalogue.</summary>
    public string CategoryName(string key) => Bundle.Categories.Find(key) is { } category ? category.Name.ToString() : key;

    /// <summary>The categories people may file under, and the groups.</summary>
    public IEnumerable<Category> Categories => Bundle.Categories.All;
}
