using GridFlow.Server.Cases;
using GridFlow.Server.Persistence;
using GridFlow.Server.Persistence.Sql;
using Microsoft.EntityFrameworkCore;

namespace GridFlow.Server.Figures;

/// <summary>
/// Keeps the days' pages. A page is a function of the cases of its day and of nothing else, so counting a case again changes
/// nothing, in whatever order, on however many machines, and whenever the power fails: the pages a case moves between are
/// written in one transaction, and an entry gives way only to one of a newer version.
/// </summary>
public sealed class FigureCounter(IDbContextFactory<GridFlowDbContext> database, FactReader reader, FigureKeys keys, WriteGate gate, TimeProvider time)
{
    /// <summary>Cases counted in one transaction.</summary>
    public const int Batch = 500;

    /// <summary>The day of an instant, in the zone of the deployment.</summary>
    public static int DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, CaseWords.Zone).DateTime).DayNumber;

    /// <summary>When a day begins.</summary>
    public static DateTimeOffset StartOf(int day)
    {
        var local = DateOnly.FromDayNumber(day).ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(local, CaseWords.Zone.GetUtcOffset(local)).ToUniversalTime();
    }

    /// <summary>Counts these cases as they stand now.</summary>
    public async Task CountAsync(IReadOnlyCollection<string> numbers, CancellationToken cancellationToken = default)
    {
        foreach (var batch in numbers.Distinct(StringComparer.Ordinal).Chunk(Batch))
        {
            await CountBatchAsync(batch, cancellationToken);
        }
    }

    /// <summary>Compares a day's page with the books by the versions of its cases, and counts what differs; tells how many did.</summary>
    public async Task<int> CompareAsync(int day, CancellationToken cancellationToken = default)
    {
        var (from, to) = (StartOf(day), StartOf(day + 1));
        List<string> differing;
        await using (var db = await database.CreateDbContextAsync(cancellationToken))
        {
            var books = await db.Cases.AsNoTracking().Where(row => row.AcceptedAt >= from && row.AcceptedAt < to)
                .Select(row => new { row.Number, Version = db.Instances.Where(instance => instance.Id == row.Number).Select(instance => instance.Version).FirstOrDefault() }).ToListAsync(cancellationToken);
            var row = await db.Set<FigureDayRow>().AsNoTracking().FirstOrDefaultAsync(row => row.Basis == FigureBasis.Accepted && row.Day == day, cancellationToken);
            var page = row?.Rules == FigureRules.Version ? DayPage.Read(row) : new DayPage();
            differing = [.. books.Where(entry => page.Find(entry.Number)?.Version != (int)entry.Version).Select(entry => entry.Number)];
        }

        await CountAsync(differing, cancellationToken);
        return differing.Count;
    }

    /// <summary>The first and the last day with a case; null where there is none.</summary>
    public async Task<(int First, int Last)?> FindDaysAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var first = await db.Cases.OrderBy(row => row.AcceptedAt).Select(row => (DateTimeOffset?)row.AcceptedAt).FirstOrDefaultAsync(cancellationToken);
        var last = await db.Cases.OrderByDescending(row => row.AcceptedAt).Select(row => (DateTimeOffset?)row.AcceptedAt).FirstOrDefaultAsync(cancellationToken);
        return first is null ? null : (DayOf(first.Value), DayOf(last!.Value));
    }

    /// <summary>Days whose cases are all over: they change only when one is taken up again.</summary>
    internal async Task<HashSet<int>> FindSettledAsync(CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return [.. await db.Set<FigureDayRow>().Where(row => row.Basis == FigureBasis.Accepted && row.Open == 0 && row.Rules == FigureRules.Version).Select(row => row.Day).ToListAsync(cancellationToken)];
    }

    /// <summary>An entry as the facts make it.</summary>
    internal static FigureEntry EntryOf(FigureFacts facts, FigureKeys keys) => new(
        keys.Find(FigureKeyKind.Area, facts.AreaPath),
        keys.Find(FigureKeyKind.Unit, facts.LeadUnit),
        keys.Find(FigureKeyKind.Category, facts.Category),
        FigureRules.MarksOf(facts),
        DayOf(facts.AcceptedAt),
        facts.ClosedAt is { } closedAt ? DayOf(closedAt) : FigureEntry.NotYet,
        facts.HandledAt is { } handledAt ? (int)Math.Max(0, (handledAt - facts.AcceptedAt).TotalMinutes) : FigureEntry.NotYet,
        PlaceOf(facts),
        facts.Version);

    private async Task CountBatchAsync(string[] numbers, CancellationToken cancellationToken)
    {
        // Read before anybody is kept waiting; what is older than its entry by the time it is written gives way below.
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var facts = await reader.ReadAsync(db, numbers, cancellationToken);
        using var turn = await gate.EnterAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.HoldAloneAsync(SqlLocks.Figures, cancellationToken);
        await keys.AddAsync(db, KeysOf(facts), cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await keys.LoadAsync(db, cancellationToken);

        var pages = new Pages(db);
        var entries = facts.Select(one => (one.Number, Entry: EntryOf(one, keys))).ToList();
        await pages.OpenAsync(entries.Select(one => (FigureBasis.Accepted, one.Entry.AcceptedDay)), cancellationToken);
        var before = entries.ToDictionary(one => one.Number, one => pages.Of(FigureBasis.Accepted, one.Entry.AcceptedDay).Find(one.Number), StringComparer.Ordinal);
        await pages.OpenAsync(entries.Select(one => (FigureBasis.Closed, one.Entry.ClosedDay)).Concat(before.Values.Select(entry => (FigureBasis.Closed, entry?.ClosedDay ?? FigureEntry.NotYet))), cancellationToken);
        foreach (var (number, entry) in entries)
        {
            // Read before another machine counted it, and come here after.
            if (before[number] is { } old && old.Version > entry.Version)
            {
                continue;
            }

            pages.Of(FigureBasis.Accepted, entry.AcceptedDay).Set(number, entry);
            if (before[number] is { ClosedDay: not FigureEntry.NotYet } was && was.ClosedDay != entry.ClosedDay)
            {
                pages.Of(FigureBasis.Closed, was.ClosedDay).Remove(number);
            }

            if (entry.ClosedDay != FigureEntry.NotYet)
            {
                pages.Of(FigureBasis.Closed, entry.ClosedDay).Set(number, entry);
            }
        }

        pages.Write(time.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static IEnumerable<(FigureKeyKind, string)> KeysOf(IEnumerable<FigureFacts> facts)
    {
        foreach (var one in facts)
        {
            yield return (FigureKeyKind.Area, one.AreaPath);
            if (one.LeadUnit is not null)
            {
                yield return (FigureKeyKind.Unit, one.LeadUnit);
            }

            if (one.Category is not null)
            {
                yield return (FigureKeyKind.Category, one.Category);
            }
        }
    }

    // The same for the same words on every machine, for ever; 0 for no place. Two places of one area that share a number by
    // chance are one in some thousand million, and all that hangs on it is a list to look at.
    private static int PlaceOf(FigureFacts facts)
    {
        var words = facts.Place?.Where(char.IsLetterOrDigit).ToArray() ?? [];
        if (words.Length == 0)
        {
            return 0;
        }

        var hash = 2166136261u;
        foreach (var letter in words)
        {
            hash = unchecked((hash ^ char.ToLowerInvariant(letter)) * 16777619u);
        }

        return hash == 0 ? 1 : unchecked((int)hash);
    }

    /// <summary>The pages a batch touches, each read and written once.</summary>
    private sealed class Pages(GridFlowDbContext db)
    {
        private readonly Dictionary<(FigureBasis, int), (FigureDayRow Row, DayPage Page)> _open = [];

        public DayPage Of(FigureBasis basis, int day) => _open[(basis, day)].Page;

        public async Task OpenAsync(IEnumerable<(FigureBasis Basis, int Day)> wanted, CancellationToken cancellationToken)
        {
            var missing = wanted.Distinct().Where(page => page.Day != FigureEntry.NotYet && !_open.ContainsKey(page)).ToList();
            foreach (var basis in missing.GroupBy(page => page.Basis, page => page.Day))
            {
                var days = basis.ToList();
                var rows = await db.Set<FigureDayRow>().Where(row => row.Basis == basis.Key && days.Contains(row.Day)).ToDictionaryAsync(row => row.Day, cancellationToken);
                foreach (var day in days)
                {
                    if (!rows.TryGetValue(day, out var row))
                    {
                        db.Add(row = new FigureDayRow { Basis = basis.Key, Day = day, Entries = [], Numbers = [], Rules = FigureRules.Version });
                    }

                    // What was counted by older rules is no page of these.
                    _open[(basis.Key, day)] = (row, DayPage.Read(row.Rules == FigureRules.Version ? row : null));
                }
            }
        }

        public void Write(DateTimeOffset now)
        {
            foreach (var (row, page) in _open.Values)
            {
                page.WriteTo(row, now);
            }
        }
    }
}
