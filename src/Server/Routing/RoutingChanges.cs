using System.Text.Json;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Routing;

namespace GridFlow.Server.Routing;

/// <summary>How one table differs from another. Rows are the same row when they have the same number.</summary>
public sealed record RoutingChanges(
    IReadOnlyList<RoutingRow> Added, IReadOnlyList<(RoutingRow Before, RoutingRow After)> Changed, IReadOnlyList<RoutingRow> Removed, bool IsReordered)
{
    public bool IsEmpty => Added.Count == 0 && Changed.Count == 0 && Removed.Count == 0 && !IsReordered;

    public static RoutingChanges Between(IReadOnlyCollection<RoutingRow> before, IReadOnlyCollection<RoutingRow> after)
    {
        // While a draft has two rows of one number the checker says so; here the first stands for the number.
        var old = before.DistinctBy(row => row.Number).ToDictionary(row => row.Number);
        var now = after.DistinctBy(row => row.Number).ToDictionary(row => row.Number);
        return new RoutingChanges(
            [.. after.Where(row => !old.ContainsKey(row.Number) || !ReferenceEquals(now[row.Number], row))],
            [.. now.Values.Where(row => old.TryGetValue(row.Number, out var was) && !AreSame(was, row)).Select(row => (old[row.Number], row))],
            [.. before.Where(row => !now.ContainsKey(row.Number))],
            !before.Select(row => row.Number).Where(now.ContainsKey).SequenceEqual(now.Keys.Where(old.ContainsKey)));
    }

    /// <summary>Whether two rows say the same; their lists are compared by content.</summary>
    public static bool AreSame(RoutingRow a, RoutingRow b) =>
        JsonSerializer.Serialize(a, BundleJson.Options) == JsonSerializer.Serialize(b, BundleJson.Options);
}
