using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Cases;

namespace GridFlow.Server.Catalogue;

/// <summary>Pure edits of the categories and the calendar of a bundle.</summary>
public static class CatalogueEdits
{
    public static Bundle With(this Bundle bundle, CategoryCatalogue categories)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        return bundle.Copy(categories: categories);
    }

    /// <summary>The bundle with one category changed; the same where there is none of this key.</summary>
    public static Bundle ChangeCategory(this Bundle bundle, string key, Func<Category, Category> change)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        ArgumentNullException.ThrowIfNull(change);
        return bundle.Categories.Find(key) is null ? bundle : bundle.With(new CategoryCatalogue(bundle.Categories.All.Select(category => category.Key == key ? change(category) : category)));
    }

    public static Bundle AddCategory(this Bundle bundle, Category category)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        ArgumentNullException.ThrowIfNull(category);
        return bundle.Categories.Find(category.Key) is not null ? bundle : bundle.With(new CategoryCatalogue(bundle.Categories.All.Append(category)));
    }

    public static Bundle RemoveCategory(this Bundle bundle, string key)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        return bundle.With(new CategoryCatalogue(bundle.Categories.All.Where(category => category.Key != key)));
    }

    /// <summary>The next code of a group that no category has: 06001 after 06; null when all are taken.</summary>
    public static string? NextCode(CategoryCatalogue catalogue, Category group)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        ArgumentNullException.ThrowIfNull(group);
        var taken = catalogue.All.Select(category => category.Key).ToHashSet(StringComparer.Ordinal);
        return Enumerable.Range(1, 999).Select(number => FormattableString.Invariant($"{group.Code}{number:000}"))
            .FirstOrDefault(code => !taken.Contains($"{group.Scheme}/{group.Version}/{group.Kind}/{code}"));
    }
}
