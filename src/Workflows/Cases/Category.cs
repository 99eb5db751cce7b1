using System.Collections.Immutable;
using System.Text.Json.Serialization;
using GridFlow.Workflows.Calendars;
using GridFlow.Workflows.Definitions;

namespace GridFlow.Workflows.Cases;

/// <summary>
/// What a case is about. Identified by scheme, version, kind and code together, because catalogues reuse codes: a case keeps
/// the code it was filed under when a newer catalogue comes.
/// </summary>
public sealed record Category
{
    /// <summary>The digits of a group's code, with which the codes of its members begin.</summary>
    public const int GroupDigits = 2;

    /// <summary>The catalogue, for example <c>local</c> or <c>gb47678.5</c>.</summary>
    public required string Scheme { get; init; }

    /// <summary>The catalogue's version or year.</summary>
    public required string Version { get; init; }

    /// <summary>The code space within the catalogue: <c>component</c> (部件) or <c>matter</c> (事项).</summary>
    public required string Kind { get; init; }

    /// <summary>Digits; a longer code that begins with this one lies beneath it.</summary>
    public required string Code { get; init; }

    /// <summary>The name shown to people.</summary>
    public required LocalizedText Name { get; init; }

    /// <summary>The tier a case of this category starts in, unless a routing row says otherwise.</summary>
    public CaseTier Tier { get; init; } = CaseTier.Small;

    /// <summary>How pressing a case of this category is from the start.</summary>
    public CaseUrgency Urgency { get; init; }

    /// <summary>Words that point to this category, for the classifier. A word may carry a weight: <c>井盖^3</c>.</summary>
    public ImmutableArray<string> Keywords { get; init; } = [];

    /// <summary>Filing conditions with their limits; the first is the usual one.</summary>
    public ImmutableArray<FilingCondition> Conditions { get; init; } = [];

    /// <summary>It belongs to a department and may not be dispatched to a village, a grid or beneath; of a group, this holds for all in it.</summary>
    public bool IsDepartmental { get; init; }

    /// <summary>The longest handling limit a rule above the county allows; of a group, for all in it that name none. Null for no such rule.</summary>
    public TimeLimit? LongestLimit { get; init; }

    /// <summary>Nothing new is filed under it: it is neither proposed nor offered. Cases filed under it keep it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsRetired { get; init; }

    /// <summary>Scheme, version, kind and code in one; a key that begins with another's lies beneath it.</summary>
    public string Key => $"{Scheme}/{Version}/{Kind}/{Code}";

    /// <summary>True for the two-digit groups, which structure the catalogue and are not filed under.</summary>
    public bool IsGroup => Code.Length <= GroupDigits;
}

/// <summary>The condition under which a matter is filed; the handling limit hangs on it, not on the category.</summary>
/// <param name="Code">Unique in its category.</param>
/// <param name="Name">For example "cover missing" against "cover rattling".</param>
/// <param name="Limit">How long handling may take.</param>
public sealed record FilingCondition(string Code, LocalizedText Name, TimeLimit Limit);

/// <summary>The categories of a bundle.</summary>
public sealed class CategoryCatalogue
{
    private readonly Dictionary<string, Category> _byKey;

    /// <summary>Builds the catalogue.</summary>
    /// <exception cref="ArgumentException">Two categories have the same key.</exception>
    public CategoryCatalogue(IEnumerable<Category> categories)
    {
        All = [.. categories.OrderBy(category => category.Key, StringComparer.Ordinal)];
        _byKey = All.ToDictionary(category => category.Key, StringComparer.Ordinal);
    }

    /// <summary>All categories in the order of their keys, so that a group stands before its members.</summary>
    public ImmutableArray<Category> All { get; }

    /// <summary>The category with this key, or null.</summary>
    public Category? Find(string? key) => key is not null && _byKey.TryGetValue(key, out var category) ? category : null;

    /// <summary>The group this category belongs to, or null for a group itself.</summary>
    public Category? FindGroup(Category category)
    {
        ArgumentNullException.ThrowIfNull(category);
        return category.IsGroup ? null : Find($"{category.Scheme}/{category.Version}/{category.Kind}/{category.Code[..Category.GroupDigits]}");
    }

    /// <summary>The handling limit of a category under a condition: of that condition, else of the first, else null.</summary>
    public TimeLimit? FindLimit(string? key, string? condition)
    {
        var conditions = Find(key)?.Conditions ?? [];
        return (conditions.FirstOrDefault(candidate => candidate.Code == condition) ?? conditions.FirstOrDefault())?.Limit;
    }
}
