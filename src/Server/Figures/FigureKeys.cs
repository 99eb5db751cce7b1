using System.Collections.Concurrent;
using GridFlow.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace GridFlow.Server.Figures;

/// <summary>What a key names; each kind has numbers of its own.</summary>
public enum FigureKeyKind
{
    Area,
    Unit,
    Category,
}

/// <summary>The number a key goes by in the days' pages. Never changed, never deleted.</summary>
public sealed class FigureKeyRow
{
    public required FigureKeyKind Kind { get; init; }

    /// <summary>Counts from 1 within its kind.</summary>
    public required int Id { get; init; }

    public required string Key { get; init; }
}

/// <summary>The numbers of area paths, unit keys and category keys. All are kept in memory: there are as many as a county has places.</summary>
public sealed class FigureKeys(IDbContextFactory<GridFlowDbContext> database)
{
    private static readonly string[] None = [""];
    private readonly ConcurrentDictionary<(FigureKeyKind, string), int> _ids = [];
    private Dictionary<FigureKeyKind, string[]> _keys = Enum.GetValues<FigureKeyKind>().ToDictionary(kind => kind, _ => None);

    /// <summary>Keys by number; the first is that of none.</summary>
    public string[] Of(FigureKeyKind kind) => _keys[kind];

    /// <summary>The number of a key that has one, else 0.</summary>
    public int Find(FigureKeyKind kind, string? key) => key is not null && _ids.TryGetValue((kind, key), out var id) ? id : 0;

    /// <summary>Gives numbers to the keys that have none; to be called where nobody else counts, and committed before pages that use them.</summary>
    internal async Task AddAsync(GridFlowDbContext db, IEnumerable<(FigureKeyKind Kind, string Key)> wanted, CancellationToken cancellationToken)
    {
        var unknown = wanted.Distinct().Where(key => !_ids.ContainsKey(key)).ToList();
        if (unknown.Count == 0)
        {
            return;
        }

        await LoadAsync(db, cancellationToken);
        var next = _keys.ToDictionary(kind => kind.Key, kind => kind.Value.Length);
        foreach (var (kind, key) in unknown.Where(key => !_ids.ContainsKey(key)))
        {
            db.Add(new FigureKeyRow { Kind = kind, Id = next[kind]++, Key = key });
        }
    }

    /// <summary>Learns what numbers were given, here or on another machine; to be called after pages were read.</summary>
    internal async Task LoadIfStaleAsync(CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        if (await db.Set<FigureKeyRow>().CountAsync(cancellationToken) != _keys.Values.Sum(keys => keys.Length - 1))
        {
            await LoadAsync(db, cancellationToken);
        }
    }

    internal async Task LoadAsync(GridFlowDbContext db, CancellationToken cancellationToken)
    {
        var rows = await db.Set<FigureKeyRow>().AsNoTracking().ToListAsync(cancellationToken);
        var keys = new Dictionary<FigureKeyKind, string[]>();
        foreach (var kind in Enum.GetValues<FigureKeyKind>())
        {
            var ofKind = rows.Where(row => row.Kind == kind).ToList();
            var byId = new string[ofKind.Count == 0 ? 1 : ofKind.Max(row => row.Id) + 1];
            Array.Fill(byId, "");
            foreach (var row in ofKind)
            {
                byId[row.Id] = row.Key;
                _ids[(kind, row.Key)] = row.Id;
            }

            keys[kind] = byId;
        }

        _keys = keys;
    }
}
