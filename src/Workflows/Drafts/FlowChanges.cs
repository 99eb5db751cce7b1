using System.Collections.Immutable;
using System.Text.Json;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Definitions;

namespace GridFlow.Workflows.Drafts;

/// <summary>
/// The changes between two states of a workflow, and a workflow with changes applied. For all a and b,
/// <c>Apply(a, Between(a, b))</c> means b; changes of different values may be applied in any order; and what was applied is
/// taken back by <see cref="CellChanges.Inverse"/>. The version and its id are no part of it: publishing counts them up.
/// </summary>
public static class FlowChanges
{
    /// <summary>What differs, with paths that begin with <c>definitions/</c> and the workflow's id. Both are of one workflow.</summary>
    public static ImmutableArray<CellChange> Between(WorkflowDefinition before, WorkflowDefinition after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        return ReferenceEquals(before, after) ? [] : CellChanges.Between(Cells(before), Cells(after));
    }

    /// <summary>Applies changes to what there is now, all of them or none.</summary>
    /// <exception cref="DefinitionFormatException">The changed workflow could not be read: the changes were not made by <see cref="Between"/>.</exception>
    public static Applied<WorkflowDefinition> Apply(WorkflowDefinition current, IEnumerable<CellChange> changes)
    {
        ArgumentNullException.ThrowIfNull(current);
        var wanted = changes.ToList();
        var cells = Cells(current);
        var conflicts = CellChanges.ConflictsWith(cells, wanted).ToImmutableArray();
        if (!conflicts.IsEmpty)
        {
            return new(current, conflicts);
        }

        var prefix = Prefix(current.DefinitionId);
        var before = Without(cells, prefix);
        CellChanges.Put(cells, wanted);
        var after = Without(cells, prefix);
        var broken = Broken(before, after, wanted, prefix);
        return broken.IsEmpty ? new(Build(after, before.Keys, current), []) : new(current, broken);
    }

    internal static string Prefix(string definitionId) => CellPath.Of("definitions", definitionId) + "/";

    internal static Dictionary<string, string> Cells(WorkflowDefinition definition)
    {
        var prefix = Prefix(definition.DefinitionId);
        return ElsaCells.Of(JsonSerializer.SerializeToElement(ElsaJson.Write(definition), BundleJson.Options)).ToDictionary(cell => prefix + cell.Key, cell => cell.Value, StringComparer.Ordinal);
    }

    /// <summary>Builds a workflow from cells whose paths begin at the workflow.</summary>
    internal static WorkflowDefinition Build(IReadOnlyDictionary<string, string> cells, IEnumerable<string> before, WorkflowDefinition? current)
    {
        var json = ElsaCells.Build(cells, before);
        var read = ElsaJson.Read(json.ToJsonString(BundleJson.Options));
        return read with { Id = current?.Id ?? read.DefinitionId + "-1", Version = current?.Version ?? 1 };
    }

    internal static Dictionary<string, string> Without(IReadOnlyDictionary<string, string> cells, string prefix) =>
        cells.Where(cell => cell.Key.StartsWith(prefix, StringComparison.Ordinal)).ToDictionary(cell => cell.Key[prefix.Length..], cell => cell.Value, StringComparer.Ordinal);

    // Nobody may draw a line to a step that somebody else removes, nor remove what somebody else puts a step into.
    private static ImmutableArray<CellChange> Broken(Dictionary<string, string> before, Dictionary<string, string> after, List<CellChange> changes, string prefix)
    {
        var loose = ElsaCells.LooseLinks(after).Except(ElsaCells.LooseLinks(before)).Select(path => prefix + path).ToList();
        var orphans = after.Keys.Where(path => path.Split('/') is ["nodes" or "links", var node, _, ..] && !after.ContainsKey("nodes/" + node)).Select(path => prefix + path).ToList();
        if (loose.Count + orphans.Count == 0)
        {
            return [];
        }

        // A line that was loose in the file from the start may come and go with an undo.
        return [.. loose.Concat(orphans).Select(path => changes.Find(change => change.Path == path) ?? new CellChange(path, after[path[prefix.Length..]], null))];
    }
}
