using GridFlow.Workflows.Definitions;

namespace GridFlow.Designer.Canvas;

/// <summary>
/// Places the steps of a flowchart that nobody has placed: columns from left to right by how far a step is from the start,
/// rows so that lines cross little.
/// </summary>
public static class LayeredLayout
{
    public const double ColumnWidth = 244;
    public const double RowHeight = 124;
    private const int Sweeps = 4;

    /// <summary>The centre of each step, by its id.</summary>
    /// <param name="ids">The steps; the first is the start.</param>
    /// <param name="edges">Which step leads to which.</param>
    public static IReadOnlyDictionary<string, CanvasPoint> Place(IReadOnlyList<string> ids, IReadOnlyCollection<(string From, string To)> edges)
    {
        ArgumentNullException.ThrowIfNull(ids);
        ArgumentNullException.ThrowIfNull(edges);
        var known = ids.ToHashSet(StringComparer.Ordinal);
        var ways = edges.Where(edge => known.Contains(edge.From) && known.Contains(edge.To) && edge.From != edge.To).Distinct().ToList();
        var forward = WithoutLoops(ids, ways.ToLookup(edge => edge.From, edge => edge.To, StringComparer.Ordinal));
        var columns = Columns(ids, forward);
        var layers = ids.GroupBy(id => columns[id]).OrderBy(group => group.Key).Select(group => group.ToList()).ToList();
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            var rows = layers.SelectMany(layer => layer.Select((id, row) => (id, Row: row - ((layer.Count - 1) / 2d)))).ToDictionary(place => place.id, place => place.Row);
            foreach (var layer in layers)
            {
                var wanted = layer.ToDictionary(id => id, id => forward.Where(edge => edge.To == id).Select(edge => rows[edge.From])
                    .Concat(sweep % 2 == 1 ? forward.Where(edge => edge.From == id).Select(edge => rows[edge.To]) : []).DefaultIfEmpty(rows[id]).Average());
                layer.Sort((a, b) => wanted[a] != wanted[b] ? wanted[a].CompareTo(wanted[b]) : rows[a].CompareTo(rows[b]));
                foreach (var (id, row) in layer.Select((id, row) => (id, row - ((layer.Count - 1) / 2d))))
                {
                    rows[id] = row;
                }
            }
        }

        return layers.SelectMany((layer, column) => layer.Select((id, row) =>
                (id, At: new CanvasPoint(column * ColumnWidth, (row - ((layer.Count - 1) / 2d)) * RowHeight))))
            .ToDictionary(place => place.id, place => place.At, StringComparer.Ordinal);
    }

    private static Dictionary<string, int> Columns(IReadOnlyList<string> ids, List<(string From, string To)> forward)
    {
        var columns = ids.ToDictionary(id => id, _ => 0, StringComparer.Ordinal);

        // A longest way is at most as long as there are steps.
        for (var round = 0; round < ids.Count; round++)
        {
            var moved = false;
            foreach (var (from, to) in forward.Where(edge => columns[edge.To] < columns[edge.From] + 1))
            {
                columns[to] = columns[from] + 1;
                moved = true;
            }

            if (!moved)
            {
                break;
            }
        }

        return columns;
    }

    // Depth first from the start, without recursion: a drawn chain may be long. What leads back to a step still open is a loop.
    private static List<(string From, string To)> WithoutLoops(IReadOnlyList<string> ids, ILookup<string, string> next)
    {
        var forward = new List<(string, string)>();
        var state = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var root in ids.Where(id => !state.ContainsKey(id)))
        {
            var path = new Stack<(string Id, Queue<string> Next)>([(root, new Queue<string>(next[root]))]);
            state[root] = true;
            while (path.TryPeek(out var top))
            {
                if (!top.Next.TryDequeue(out var to))
                {
                    state[top.Id] = false;
                    path.Pop();
                }
                else if (!state.TryGetValue(to, out var isOpen))
                {
                    forward.Add((top.Id, to));
                    state[to] = true;
                    path.Push((to, new Queue<string>(next[to])));
                }
                else if (!isOpen)
                {
                    forward.Add((top.Id, to));
                }
            }
        }

        return forward;
    }
}
