using GridFlow.Server.Operations;
using GridFlow.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace GridFlow.Server.Organisation;

/// <summary>What an import of areas did. <c>Missing</c> are areas that only a child's code told of.</summary>
public sealed record AreaImportResult(int Added, int Renamed, int Unchanged, int OutsideSubtree, IReadOnlyList<string> Missing);

/// <summary>
/// Brings division files into the tree. The files may come in any order and in parts: an area above that none of them
/// brings is made from the code and marked as missing, until a later import names it.
/// </summary>
public sealed class AreaImport(IDbContextFactory<GridFlowDbContext> database)
{
    private const int BatchSize = 2000;
    private const int MaxName = 100;

    /// <summary>Columns that name an area above, the nearest first.</summary>
    private static readonly string[] ParentColumns = ["villageCode", "streetCode", "areaCode", "cityCode", "provinceCode"];

    private sealed record Entry(string Code, string Name, string? ParentCode, string Source);

    /// <summary>Reads everything before it writes anything; a bad line anywhere leaves the tree as it was.</summary>
    /// <exception cref="BadInputException">A file cannot be read as such; the message names file and line.</exception>
    public async Task<AreaImportResult> RunAsync(
        IReadOnlyList<string> files, string? under, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        if (under is not null && AreaCode.LevelOf(under) is null)
        {
            throw new BadInputException($"--under: {OperationsText.Of("AreaNoCode", Shorten(under))}");
        }

        var entries = new Dictionary<string, Entry>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            Read(file, entries);
        }

        var wanted = entries.Values
            .Where(entry => under is null || entry.Code.StartsWith(under, StringComparison.Ordinal)).ToList();
        if (under is not null && wanted.Count == 0)
        {
            throw new BadInputException($"--under: {OperationsText.Of("AreaNoneUnder", under)}");
        }

        var db = await database.CreateDbContextAsync(cancellationToken);
        await using (db)
        {
            db.ChangeTracker.AutoDetectChangesEnabled = false;
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var known = await db.Areas.AsNoTracking().ToDictionaryAsync(area => area.Code, StringComparer.Ordinal, cancellationToken);
            var changes = Decide(wanted, entries, known);
            await SaveAsync(db, changes, progress, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return changes.Result with { OutsideSubtree = entries.Values.Count(entry => !changes.Seen.Contains(entry.Code)) };
        }
    }

    private static void Read(string file, Dictionary<string, Entry> entries)
    {
        var table = CsvFile.Open(file, "code", "name");
        foreach (var row in table.Rows())
        {
            var code = row["code"];
            var name = row["name"];
            if (AreaCode.LevelOf(code) is null)
            {
                throw row.Bad(OperationsText.Of("AreaNoCode", Shorten(code)));
            }

            if (name.Length is 0 or > MaxName || name.Any(char.IsControl))
            {
                throw row.Bad(name.Length == 0 ? OperationsText.Of("AreaNoName", code) : OperationsText.Of("AreaLongName", code, MaxName));
            }

            var parent = ParentColumns.Select(row.Find).FirstOrDefault(value => value is { Length: > 0 } && value != code)
                ?? AreaCode.ParentOf(code);
            if (parent is not null && (AreaCode.LevelOf(parent) is not { } level || level >= AreaCode.LevelOf(code)))
            {
                throw row.Bad(OperationsText.Of("AreaBadParent", Shorten(parent), code));
            }

            var entry = new Entry(code, name, parent, $"{file}:{row.Line}");
            if (!entries.TryAdd(code, entry) && entries[code] is var other && (other.Name != name || other.ParentCode != parent))
            {
                throw row.Bad(OperationsText.Of("AreaTwice", code, other.Source));
            }
        }
    }

    private static AreaChanges Decide(List<Entry> wanted, Dictionary<string, Entry> entries, Dictionary<string, Area> known)
    {
        var changes = new AreaChanges(known);
        foreach (var entry in wanted)
        {
            Settle(entry.Code, changes);
        }

        return changes;

        Area Settle(string code, AreaChanges changes)
        {
            if (!changes.Seen.Add(code))
            {
                return known[code];
            }

            entries.TryGetValue(code, out var entry);
            if (known.TryGetValue(code, out var area))
            {
                changes.Compare(area, entry?.Name);
            }
            else
            {
                var parentCode = entry?.ParentCode ?? AreaCode.ParentOf(code);
                area = changes.Add(code, entry?.Name, parentCode is null ? null : Settle(parentCode, changes));
            }

            return area;
        }
    }

    private static async Task SaveAsync(
        GridFlowDbContext db, AreaChanges changes, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var total = changes.Added.Count + changes.Renamed.Count;
        var done = 0;
        foreach (var batch in changes.Added.Select(area => (area, state: EntityState.Added))
            .Concat(changes.Renamed.Select(area => (area, state: EntityState.Modified))).Chunk(BatchSize))
        {
            foreach (var (area, state) in batch)
            {
                db.Entry(area).State = state;
            }

            await db.SaveChangesAsync(cancellationToken);
            db.ChangeTracker.Clear();
            progress?.Report((double)(done += batch.Length) / total);
        }
    }

    private static string Shorten(string text) => text.Length > 30 ? text[..30] + "…" : text;

    /// <summary>What the tree will be, and by how much that differs from what it is.</summary>
    private sealed class AreaChanges(Dictionary<string, Area> known)
    {
        private int _unchanged;

        public HashSet<string> Seen { get; } = new(StringComparer.Ordinal);

        /// <summary>Parents stand before their children, as the foreign key asks.</summary>
        public List<Area> Added { get; } = [];

        public List<Area> Renamed { get; } = [];

        public AreaImportResult Result => new(
            Added.Count, Renamed.Count, _unchanged, 0,
            [.. Added.Where(area => area.IsMissing).Select(area => area.Code).Order(StringComparer.Ordinal)]);

        public Area Add(string code, string? name, Area? parent)
        {
            var area = Area.Create(code, name ?? code, parent);
            area.IsMissing = name is null;
            Added.Add(area);
            known[code] = area;
            return area;
        }

        public void Compare(Area area, string? name)
        {
            if (name is null || (area.Name == name && !area.IsMissing))
            {
                _unchanged += name is null ? 0 : 1;
                return;
            }

            area.Name = name;
            area.IsMissing = false;
            Renamed.Add(area);
        }
    }
}
