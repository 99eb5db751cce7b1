using GridFlow.Workflows.Routing;

namespace GridFlow.Server.Routing;

/// <summary>A row being edited. Its key stays while its number is typed anew.</summary>
public sealed class DraftRow(int key, RoutingRow row)
{
    public int Key { get; } = key;

    public RoutingRow Row { get; set; } = row;
}

/// <summary>A routing table being edited, and the published one it was begun from.</summary>
public sealed class RoutingDraft
{
    private readonly List<DraftRow> _rows;
    private IReadOnlyList<RoutingRow> _base;
    private int _nextKey;

    public RoutingDraft(int baseNumber, IReadOnlyList<RoutingRow> rows)
    {
        BaseNumber = baseNumber;
        _base = rows;
        _rows = [.. rows.Select(row => new DraftRow(_nextKey++, row))];
    }

    /// <summary>The number of the bundle that changes are counted against.</summary>
    public int BaseNumber { get; private set; }

    public IReadOnlyList<DraftRow> Rows => _rows;

    public RoutingTable Table => new(_rows.Select(row => row.Row));

    public RoutingChanges Changes => RoutingChanges.Between(_base, [.. _rows.Select(row => row.Row)]);

    /// <summary>A new row at the top, where it is seen, for cases of no kind yet.</summary>
    public DraftRow Add()
    {
        var row = new DraftRow(_nextKey++, new RoutingRow { Number = NextNumber(), Lead = "" });
        _rows.Insert(0, row);
        return row;
    }

    public DraftRow Duplicate(DraftRow row)
    {
        var copy = new DraftRow(_nextKey++, row.Row with { Number = NextNumber() });
        _rows.Insert(_rows.IndexOf(row) + 1, copy);
        return copy;
    }

    public void Delete(DraftRow row) => _rows.Remove(row);

    /// <summary>Moves a row up (negative) or down; at an end it stays. The order is for people: it does not decide which row wins.</summary>
    public void Move(DraftRow row, int by)
    {
        var from = _rows.IndexOf(row);
        var to = Math.Clamp(from + by, 0, _rows.Count - 1);
        _rows.RemoveAt(from);
        _rows.Insert(to, row);
    }

    /// <summary>Keeps the rows, but counts changes against a newer table.</summary>
    public void Rebase(int number, IReadOnlyList<RoutingRow> rows)
    {
        BaseNumber = number;
        _base = rows;
    }

    public bool IsNew(DraftRow row) => _base.All(published => published.Number != row.Row.Number);

    public bool IsChanged(DraftRow row) => _base.FirstOrDefault(published => published.Number == row.Row.Number) is { } published && !RoutingChanges.AreSame(published, row.Row);

    // A number that was ever published keeps its meaning in old explanations, so it is not given again at once.
    private int NextNumber() => Math.Max(_rows.Select(row => row.Row.Number).DefaultIfEmpty(0).Max(), _base.Select(row => row.Number).DefaultIfEmpty(0).Max()) + 1;
}
