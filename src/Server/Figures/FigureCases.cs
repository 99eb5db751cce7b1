using GridFlow.Server.Cases;
using GridFlow.Server.Persistence;
using GridFlow.Server.Security;
using Microsoft.EntityFrameworkCore;

namespace GridFlow.Server.Figures;

/// <summary>Which of the cases of a figure are wanted.</summary>
public enum FigurePick
{
    /// <summary>The denominator.</summary>
    Counts,

    /// <summary>The numerator.</summary>
    Hits,

    /// <summary>Counted, and no hit.</summary>
    Misses,

    Exempt,
}

/// <summary>The cases behind a number: exactly those that were counted, newest first.</summary>
public sealed class FigureCases(IDbContextFactory<GridFlowDbContext> database, FigureQueries queries, FigurePages pages, NumberedCases cases)
{
    /// <summary>The flag whose cases hang on other cases.</summary>
    public const string Again = "Again";

    /// <summary>All cases of the question.</summary>
    public const string All = "All";

    public const int PageSize = 25;

    private const int Attempts = 3;

    /// <summary>Whether there is such a figure or flag.</summary>
    public static bool Knows(string? figure) =>
        figure is All or Again || FigureRules.Find(figure) is not null || FigureRules.Flags.Any(flag => flag.Key == figure);

    /// <summary>A page of the cases; pages count from 1.</summary>
    public async Task<CaseList> ListAsync(
        CurrentUser user, FigureQuestion question, string figure, FigurePick pick, int page = 1, int size = PageSize, CancellationToken cancellationToken = default)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (found, entries) = await FindAsync(user, question, figure, pick, cancellationToken);
            var wanted = found.Skip((page - 1) * size).Take(size).ToList();
            if (await NumbersAsync(question.Basis, wanted, entries, attempt == Attempts, cancellationToken) is { } numbers)
            {
                return new CaseList(await cases.ListAsync(user, numbers, cancellationToken), found.Count, page, size);
            }
        }
    }

    /// <summary>Where the cases stand in the days' pages, newest day first.</summary>
    private async Task<(List<(int Day, int Index)> Found, IReadOnlyDictionary<int, byte[]> Entries)> FindAsync(CurrentUser user, FigureQuestion question, string figure, FigurePick pick, CancellationToken cancellationToken)
    {
        var days = await pages.ReadAsync(question.Basis, question.Period.From, question.Period.To, cancellationToken);
        var entriesByDay = days.ToDictionary(day => day.Day, day => day.Entries);
        if (figure == Again)
        {
            return ([.. (await queries.AgainAsync(user, question, cancellationToken)).OrderByDescending(place => place.Day).ThenByDescending(place => place.Index)], entriesByDay);
        }

        var wants = Wanted(figure, pick);
        var filter = await queries.FilterAsync(user, question, cancellationToken);
        var found = new List<(int, int)>();
        for (var at = days.Count - 1; at >= 0; at--)
        {
            var entries = DayPage.EntriesOf(days[at].Entries);
            for (var index = entries.Length - 1; index >= 0; index--)
            {
                if (filter.Takes(entries[index]) && wants(entries[index].Marks))
                {
                    found.Add((days[at].Day, index));
                }
            }
        }

        return (found, entriesByDay);
    }

    private static Func<CaseMarks, bool> Wanted(string figure, FigurePick pick)
    {
        if (figure == All)
        {
            return _ => true;
        }

        if (FigureRules.Find(figure) is not { } rule)
        {
            return FigureRules.Flags.First(flag => flag.Key == figure).Raises;
        }

        return pick switch
        {
            FigurePick.Counts => rule.Counts,
            FigurePick.Hits => marks => rule.Counts(marks) && rule.Hits(marks),
            FigurePick.Misses => marks => rule.Counts(marks) && !rule.Hits(marks),
            FigurePick.Exempt => marks => !rule.Counts(marks) && rule.Exempts?.Invoke(marks) == true,
        };
    }

    // Null where a day was counted anew since its entries were read: places in it may be others now. After some attempts the
    // list is of the moment between the two, which on a page that moves is as right as any.
    private async Task<List<string>?> NumbersAsync(
        FigureBasis basis, List<(int Day, int Index)> wanted, IReadOnlyDictionary<int, byte[]> entries, bool isLast, CancellationToken cancellationToken)
    {
        var days = wanted.Select(place => place.Day).Distinct().ToList();
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var rows = await db.Set<FigureDayRow>().AsNoTracking().Where(row => row.Basis == basis && days.Contains(row.Day)).Select(row => new { row.Day, row.Entries, row.Numbers }).ToListAsync(cancellationToken);
        if (!isLast && rows.Exists(row => !entries.TryGetValue(row.Day, out var read) || !row.Entries.AsSpan().SequenceEqual(read)))
        {
            return null;
        }

        var numbers = rows.ToDictionary(row => row.Day, row => DayPage.NumbersOf(row.Numbers));
        return [.. wanted.Where(place => place.Index < numbers[place.Day].Length).Select(place => numbers[place.Day][place.Index])];
    }
}
