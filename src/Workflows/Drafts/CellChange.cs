using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace GridFlow.Workflows.Drafts;

/// <summary>
/// One value of a bundle changed. Small and reversible, so that many people can edit one draft: what one does not touch, one
/// cannot overwrite, and what somebody else changed meanwhile shows by its <paramref name="Before"/>.
/// </summary>
/// <param name="Path">
/// Which value, as names separated by slashes (a slash within a name is written <c>~1</c>, a tilde <c>~0</c>):
/// <c>definitions/hard/nodes/ask/inputs/limit</c>, <c>routing/17/lead</c>, <c>categories/local~11~1matter~106/tier</c>, <c>calendar/sessions</c>.
/// </param>
/// <param name="Before">The value as JSON before the change; null where there was none.</param>
/// <param name="After">The value as JSON after it; null where there is none any more.</param>
public sealed record CellChange(string Path, string? Before, string? After);

/// <summary>What became of an attempt to apply changes.</summary>
/// <typeparam name="T">A workflow, or a bundle.</typeparam>
/// <param name="Content">The changed content; the unchanged one where there are conflicts.</param>
/// <param name="Conflicts">Changes whose value is no longer what it was before, or that refer to something that is gone. Empty when all were applied.</param>
public sealed record Applied<T>(T Content, ImmutableArray<CellChange> Conflicts)
{
    /// <summary>Whether all changes were applied; else none was.</summary>
    public bool IsDone => Conflicts.IsEmpty;
}

/// <summary>What holds for changes of all kinds.</summary>
public static class CellChanges
{
    /// <summary>The changes that take these back, to be applied where these were.</summary>
    public static ImmutableArray<CellChange> Inverse(IEnumerable<CellChange> changes) =>
        [.. changes.Reverse().Select(change => new CellChange(change.Path, change.After, change.Before))];

    /// <summary>One change for each value, from what it was before the first to what it is after the last; none where that is the same.</summary>
    public static ImmutableArray<CellChange> Join(IEnumerable<CellChange> first, IEnumerable<CellChange> then)
    {
        var joined = new Dictionary<string, CellChange>(StringComparer.Ordinal);
        foreach (var change in first.Concat(then))
        {
            joined[change.Path] = joined.TryGetValue(change.Path, out var earlier) ? earlier with { After = change.After } : change;
        }

        return [.. joined.Values.Where(change => !IsSame(change.Before, change.After))];
    }

    /// <summary>Whether two values say the same; the order of members makes no difference.</summary>
    public static bool IsSame(string? a, string? b) =>
        a == b || (a is not null && b is not null && JsonNode.DeepEquals(JsonNode.Parse(a), JsonNode.Parse(b)));

    /// <summary>Where a step stands and in what order rows are shown is not worth a quarrel: the last one wins.</summary>
    internal static bool IsArrangement(string path) =>
        path.Split('/') is ["definitions", _, "nodes", _, "at" or "size"] or ["routing", "order"];

    internal static ImmutableArray<CellChange> Between(IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> after)
    {
        var changes = ImmutableArray.CreateBuilder<CellChange>();
        foreach (var (path, was) in before)
        {
            if (after.GetValueOrDefault(path) is var now && !IsSame(was, now))
            {
                changes.Add(new CellChange(path, was, now));
            }
        }

        foreach (var (path, now) in after)
        {
            if (!before.ContainsKey(path))
            {
                changes.Add(new CellChange(path, null, now));
            }
        }

        return changes.ToImmutable();
    }

    /// <summary>Those that cannot be applied to cells, because the value is neither what it was before nor already what it is to become.</summary>
    internal static IEnumerable<CellChange> ConflictsWith(IReadOnlyDictionary<string, string> cells, IEnumerable<CellChange> changes) =>
        changes.Where(change => !IsArrangement(change.Path) && cells.GetValueOrDefault(change.Path) is var now && !IsSame(now, change.Before) && !IsSame(now, change.After));

    internal static void Put(IDictionary<string, string> cells, IEnumerable<CellChange> changes)
    {
        foreach (var change in changes)
        {
            if (change.After is { } value)
            {
                cells[change.Path] = value;
            }
            else
            {
                cells.Remove(change.Path);
            }
        }
    }
}
