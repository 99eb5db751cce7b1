using System.Text.Json;
using System.Text.Json.Nodes;
using GridFlow.Server.Routing;
using GridFlow.Server.Security;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Definitions;

namespace GridFlow.Server.Bundles;

/// <summary>How the content of one bundle differs from another's.</summary>
/// <param name="Routing">Rows.</param>
/// <param name="FlowsAdded">Workflows that are new.</param>
/// <param name="FlowsChanged">Workflows that changed.</param>
/// <param name="FlowsRemoved">Workflows that are gone.</param>
/// <param name="Categories">How many categories are new, gone or different.</param>
/// <param name="Calendar">Whether the calendar differs.</param>
/// <param name="Rules">Whether the handling rules differ.</param>
public sealed record BundleChanges(
    RoutingChanges Routing, IReadOnlyList<LocalizedText> FlowsAdded, IReadOnlyList<LocalizedText> FlowsChanged, IReadOnlyList<LocalizedText> FlowsRemoved,
    int Categories, bool Calendar, bool Rules)
{
    public bool IsEmpty => Routing.IsEmpty && FlowsAdded.Count + FlowsChanged.Count + FlowsRemoved.Count + Categories == 0 && !Calendar && !Rules;

    public static BundleChanges Between(Bundle before, Bundle after)
    {
        var was = before.Categories.All.ToDictionary(category => category.Key, Json);
        var now = after.Categories.All.ToDictionary(category => category.Key, Json);
        return new BundleChanges(
            RoutingChanges.Between(before.Routing.Rows, after.Routing.Rows),
            [.. after.Definitions.Where(flow => before.FindDefinition(flow.DefinitionId) is null).Select(flow => flow.Name)],
            [.. after.Definitions.Where(flow => before.FindDefinition(flow.DefinitionId) is { } old && !JsonNode.DeepEquals(ElsaJson.Write(old), ElsaJson.Write(flow))).Select(flow => flow.Name)],
            [.. before.Definitions.Where(flow => after.FindDefinition(flow.DefinitionId) is null).Select(flow => flow.Name)],
            was.Keys.Union(now.Keys).Count(key => was.GetValueOrDefault(key) != now.GetValueOrDefault(key)),
            Json(before.Calendar) != Json(after.Calendar), Json(before.Rules) != Json(after.Rules));
    }

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, BundleJson.Options);
}

/// <summary>A published bundle and what it changed against the one before; null for the first.</summary>
public sealed record BundleHistoryRow(BundleListRow Bundle, bool IsInForce, BundleChanges? Changes);

public sealed class BundleQueries(BundleStore bundles)
{
    /// <summary>Bundles from the newest down, a page at a time.</summary>
    public async Task<(int Total, IReadOnlyList<BundleHistoryRow> Rows)> ListAsync(int skip, int take, CancellationToken cancellationToken = default)
    {
        var all = await bundles.ListAsync(cancellationToken);
        var rows = new List<BundleHistoryRow>();
        foreach (var row in all.Skip(skip).Take(take))
        {
            rows.Add(new BundleHistoryRow(row, row.Number == all[0].Number, row.Number > 1
                ? BundleChanges.Between(await bundles.GetAsync(row.Number - 1, cancellationToken), await bundles.GetAsync(row.Number, cancellationToken))
                : null));
        }

        return (all.Count, rows);
    }

    /// <summary>What bringing a bundle back would change.</summary>
    public async Task<(int InForce, BundleChanges Changes)> CompareAsync(int number, CancellationToken cancellationToken = default)
    {
        var inForce = await bundles.GetCurrentAsync(cancellationToken);
        return (inForce.Number, BundleChanges.Between(inForce, await bundles.GetAsync(number, cancellationToken)));
    }
}

/// <summary>Why a bundle was not brought back.</summary>
public enum RollBackProblem
{
    /// <summary>There is no bundle with this number.</summary>
    NotFound,

    /// <summary>It is in force already.</summary>
    AlreadyInForce,

    /// <summary>No reason was given.</summary>
    ReasonMissing,

    /// <summary>The reason is too long.</summary>
    ReasonLong,
}

public sealed class BundleCommands(BundleStore bundles)
{
    public const int LongestReason = 500;

    /// <summary>Publishes the content of an older bundle under a new number.</summary>
    /// <returns>The new number, or why nothing changed.</returns>
    public async Task<(int? Number, RollBackProblem? Problem)> RollBackAsync(int number, string? reason, CurrentUser author, CancellationToken cancellationToken = default)
    {
        if (!author.Can(Permission.Publish))
        {
            throw new UnauthorizedAccessException("Rolling back needs the permission Publish.");
        }

        if (string.IsNullOrWhiteSpace(reason) || reason.Length > LongestReason)
        {
            return (null, string.IsNullOrWhiteSpace(reason) ? RollBackProblem.ReasonMissing : RollBackProblem.ReasonLong);
        }

        if (number == (await bundles.GetCurrentAsync(cancellationToken)).Number)
        {
            return (null, RollBackProblem.AlreadyInForce);
        }

        try
        {
            return await bundles.RollBackAsync(number, reason.Trim(), author, cancellationToken) is PublishResult.Published published
                ? (published.Number, null)
                : throw new InvalidOperationException("A roll back is neither checked nor outdated.");
        }
        catch (KeyNotFoundException)
        {
            return (null, RollBackProblem.NotFound);
        }
    }
}
