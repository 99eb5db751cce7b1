using GridFlow.Server.Bundles;
using GridFlow.Server.Cases;
using GridFlow.Server.Persistence;
using GridFlow.Server.Security;
using GridFlow.Workflows.Cases;
using Microsoft.EntityFrameworkCore;

namespace GridFlow.Server.Quick;

/// <summary>A category offered on the phone.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Name">Its name.</param>
/// <param name="Words">What points to it, for searching on the phone itself.</param>
/// <param name="IsOffered">It stands there before anything is typed.</param>
public sealed record QuickCategory(string Key, string Name, string Words, bool IsOffered);

/// <summary>What a grid worker will most likely have found: what was found around here lately, then what is common.</summary>
public sealed class QuickCategories(IDbContextFactory<GridFlowDbContext> database, BundleStore bundles)
{
    public const int Offered = 8;
    private const int LookedAt = 200;

    public async Task<IReadOnlyList<QuickCategory>> ListAsync(CurrentUser user, CancellationToken cancellationToken = default)
    {
        var all = (await bundles.GetCurrentAsync(cancellationToken)).Categories.All.Where(category => !category.IsGroup && !category.IsRetired).ToList();
        var lately = await FindLatelyAsync(user, cancellationToken);

        // What is seldom here stands in the order of the catalogue, small matters first: others are not for doing on the spot.
        var ordered = all.OrderByDescending(category => lately.GetValueOrDefault(category.Key)).ThenBy(category => category.Tier).ToList();
        return [.. ordered.Select((category, index) => new QuickCategory(
            category.Key, category.Name.ToString(), string.Join(' ', category.Keywords.Select(word => word.Split('^')[0]).Append(category.Name.Zh).Append(category.Name.En)).ToLowerInvariant(),
            index < Offered))];
    }

    private async Task<Dictionary<string, int>> FindLatelyAsync(CurrentUser user, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var found = await db.Cases.AsNoTracking().VisibleTo(user, db).Where(row => row.Channel == CaseChannel.Patrol && row.Tier == CaseTier.Small && row.Category != null)
            .OrderByDescending(row => row.AcceptedAt).Take(LookedAt).Select(row => row.Category!).ToListAsync(cancellationToken);
        return found.GroupBy(key => key).ToDictionary(group => group.Key, group => group.Count());
    }
}
