using GridFlow.Server.Operations;
using GridFlow.Server.Security;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Definitions;

namespace GridFlow.Server.Bundles;

/// <summary>What an import of categories did.</summary>
/// <param name="Added">Categories and groups that were not there.</param>
/// <param name="Renamed">Categories with a new name.</param>
/// <param name="Unchanged">Categories that were there already.</param>
/// <param name="Bundle">The bundle that brought them into force; null when there was nothing new.</param>
public sealed record CatalogueImportResult(int Added, int Renamed, int Unchanged, int? Bundle);

/// <summary>
/// Adds a catalogue of categories to those in force and publishes the result. Nothing is taken away and no key changes: cases
/// keep the code they were filed under.
/// </summary>
public sealed class CatalogueImport(BundleStore bundles)
{
    /// <exception cref="BadInputException">Something in the file cannot be used; nothing was published.</exception>
    public async Task<CatalogueImportResult> RunAsync(string path, string scheme, string version, CancellationToken cancellationToken)
    {
        var file = CsvFile.Open(path, "kind", "major_code", "major_name", "code5", "name");
        var current = await bundles.GetCurrentAsync(cancellationToken);
        var categories = current.Categories.All.ToDictionary(category => category.Key);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        int added = 0, renamed = 0, unchanged = 0;
        foreach (var row in file.Rows())
        {
            var kind = KindOf(row);
            Put(row, kind, row["major_code"], row["major_name"]);
            Put(row, kind, row["code5"], row["name"]);
        }

        if (added + renamed == 0)
        {
            return new CatalogueImportResult(0, 0, unchanged, null);
        }

        var draft = current.Copy(categories: new CategoryCatalogue(categories.Values));
        return await bundles.PublishAsync(draft, $"import catalogue {scheme} {version}", CurrentUser.Operator, current.Number, cancellationToken) switch
        {
            PublishResult.Published published => new CatalogueImportResult(added, renamed, unchanged, published.Number),
            PublishResult.Refused refused => throw new BadInputException($"{path}: {refused.Problems.First(problem => problem.IsError).Message}"),
            _ => throw new BadInputException(OperationsText.Of("ImportCatalogueOutdated")),
        };

        void Put(CsvLine row, string kind, string code, string name)
        {
            if (code.Length is < 2 or > 12 || !code.All(char.IsAsciiDigit) || name.Length is 0 or > 100)
            {
                throw row.Bad(OperationsText.Of("ImportCatalogueBadRow", code, name));
            }

            var category = new Category { Scheme = scheme, Version = version, Kind = kind, Code = code, Name = LocalizedText.Same(name) };
            if (!seen.Add(category.Key))
            {
                // Every row names its group again.
                return;
            }

            if (!categories.TryGetValue(category.Key, out var known))
            {
                added++;
                categories[category.Key] = category;
            }
            else if (known.Name.Zh != name)
            {
                renamed++;
                categories[category.Key] = known with { Name = known.Name with { Zh = name } };
            }
            else
            {
                unchanged++;
            }
        }
    }

    private static string KindOf(CsvLine row) => row["kind"] switch
    {
        "管理部件" or "部件" or "component" => "component",
        "管理事项" or "事项" or "事件" or "matter" => "matter",
        var other => throw row.Bad(OperationsText.Of("ImportCatalogueBadKind", other)),
    };
}
