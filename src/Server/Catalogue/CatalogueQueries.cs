using GridFlow.Server.Bundles;
using GridFlow.Server.Persistence;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Cases;
using Microsoft.EntityFrameworkCore;

namespace GridFlow.Server.Catalogue;

/// <summary>What refers to a category.</summary>
/// <param name="Cases">Cases filed under it, ever.</param>
/// <param name="Rows">Rows of the routing table that name it.</param>
/// <param name="Steps">Steps of workflows that name it.</param>
/// <param name="Members">Categories beneath it.</param>
public sealed record CategoryUse(int Cases, int Rows, int Steps, int Members)
{
    public bool IsFree => Cases + Rows + Steps + Members == 0;
}

public sealed class CatalogueQueries(IDbContextFactory<GridFlowDbContext> database, BundleStore bundles)
{
    public ValueTask<Bundle> GetCurrentAsync(CancellationToken cancellationToken = default) => bundles.GetCurrentAsync(cancellationToken);

    /// <summary>Everything that refers to a category. Only one nothing refers to may be removed: a case keeps the category it was filed under.</summary>
    public async Task<CategoryUse> GetUseAsync(Bundle bundle, string key, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var quoted = $"'{key}'";
        return new CategoryUse(
            await db.Cases.CountAsync(row => row.Category == key, cancellationToken),
            bundle.Routing.Rows.Count(row => row.Category == key),
            bundle.Definitions.SelectMany(definition => definition.AllActivities()).Count(node => node.Inputs.Values.Any(input => input.Text == key || input.Text.Contains(quoted, StringComparison.Ordinal))),
            bundle.Categories.All.Count(category => category.Key != key && category.Key.StartsWith(key, StringComparison.Ordinal)));
    }

    /// <summary>The category a message would be sorted into, and the words that said so.</summary>
    public static (Category? Category, Classification Proposal) Try(Bundle bundle, string message)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        var proposal = Classifier.For(bundle.Categories).Classify(message, "");
        return (bundle.Categories.Find(proposal.Category), proposal);
    }
}
