using System.Collections.Immutable;
using System.Text.Json;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Engine;

namespace GridFlow.Server.Cases;

/// <summary>Checks that nobody has changed, dropped, moved or cut off entries of a history.</summary>
public static class HistoryChain
{
    /// <param name="instance">Knows the count and the hash of the newest entry, so that entries cut off at the end are missed.</param>
    /// <param name="history">Its entries in the order of their numbers.</param>
    public static bool IsWhole(InstanceRow instance, IReadOnlyList<HistoryRow> history)
    {
        var hash = "";
        for (var i = 0; i < history.Count; i++)
        {
            var row = history[i];
            var data = JsonSerializer.Deserialize<ImmutableSortedDictionary<string, string>>(row.Data, BundleJson.Options)!.WithComparers(StringComparer.Ordinal);
            hash = HistoryEntry.ComputeHash(hash, i + 1, row.At, row.Kind, new Actor(row.ActorId, row.ActorName, row.ActorUnit), row.IsPublic, data);
            if (row.Number != i + 1 || row.Hash != hash)
            {
                return false;
            }
        }

        var state = InstanceJson.Read(instance.State);
        return state.HistoryCount == history.Count && state.HistoryHash == hash;
    }
}
