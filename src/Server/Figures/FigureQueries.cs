using GridFlow.Server.Security;
using GridFlow.Workflows.Cases;

namespace GridFlow.Server.Figures;

/// <summary>A part of a breakdown: an area path, a unit key, a category key or a tier; empty for none of them.</summary>
public sealed record FigurePart(string Key, FigureCounts Counts);

/// <summary>Everything the page of figures shows of one question.</summary>
public sealed record FigureReport(FigureQuestion Question, FigureDimension By)
{
    public FigureCounts Total { get; } = new();

    /// <summary>Of the period before.</summary>
    public FigureCounts Before { get; } = new();

    /// <summary>By the days or weeks of the period.</summary>
    public required IReadOnlyList<(FigurePeriod Period, FigureCounts Counts)> Trend { get; init; }

    /// <summary>In the order of their keys: nobody is ranked unless a reader sorts.</summary>
    public IReadOnlyList<FigurePart> Parts { get; init; } = [];

    /// <summary>Handled cases by how long that took, see <see cref="FigureQueries.Hours"/>; the last entry is those that took longer.</summary>
    public required int[] HandlingTimes { get; init; }

    /// <summary>Cases at a place that had one of the same category in the days before.</summary>
    public int Again { get; init; }
}

/// <summary>Answers questions about figures from the days' pages, for what the asker may see.</summary>
public sealed class FigureQueries(FigurePages pages, FigureKeys keys)
{
    /// <summary>Upper ends of the classes of handling time, in hours.</summary>
    public static readonly IReadOnlyList<int> Hours = [2, 8, 24, 72, 168, 360];

    private const int MinutesPerHour = 60;

    public async Task<FigureReport> GetAsync(CurrentUser user, FigureQuestion question, FigureDimension by, CancellationToken cancellationToken = default)
    {
        var before = question.Period.Before;
        var days = await pages.ReadAsync(question.Basis, before.From, question.Period.To, cancellationToken);
        var filter = await FilterAsync(user, question, cancellationToken);
        var trend = question.Period.Parts.Select(part => (Period: part, Counts: new FigureCounts())).ToList();
        var times = new int[Hours.Count + 1];
        var groups = GroupsOf(by, question, filter);
        var parts = new FigureCounts?[groups.Names.Count];
        var report = new FigureReport(question, by) { Trend = trend, HandlingTimes = times };
        var at = 0;
        foreach (var (day, bytes) in days)
        {
            if (day < question.Period.From)
            {
                Count(bytes, report.Before, counts: false);
                continue;
            }

            while (trend[at].Period.To < day)
            {
                at++;
            }

            Count(bytes, trend[at].Counts, counts: true);
        }

        foreach (var (_, counts) in trend)
        {
            report.Total.Add(counts);
        }

        var again = await AgainAsync(user, question, cancellationToken);
        return report with
        {
            Again = again.Count,
            Parts = [.. parts.Select((counts, index) => (counts, index)).Where(part => part.counts is not null)
                .Select(part => new FigurePart(groups.Names[part.index], part.counts!)).OrderBy(part => part.Key.Length == 0).ThenBy(part => part.Key, StringComparer.Ordinal)],
        };

        void Count(byte[] bytes, FigureCounts into, bool counts)
        {
            foreach (ref readonly var entry in DayPage.EntriesOf(bytes))
            {
                if (!filter.Takes(entry))
                {
                    continue;
                }

                into.Add(entry.Marks);
                if (counts)
                {
                    (parts[groups.Of(entry)] ??= new FigureCounts()).Add(entry.Marks);
                    if (entry.Minutes != FigureEntry.NotYet)
                    {
                        times[ClassOf(entry.Minutes)]++;
                    }
                }
            }
        }
    }

    /// <summary>How many cases each day had, taken in or closed, for those who only want the trend.</summary>
    public async Task<IReadOnlyDictionary<int, int>> CountByDayAsync(CurrentUser user, FigureBasis basis, int from, int to, CancellationToken cancellationToken = default)
    {
        var days = await pages.ReadAsync(basis, from, to, cancellationToken);
        var filter = await FilterAsync(user, new FigureQuestion(new FigurePeriod(FigureSpan.Day, from, to), basis), cancellationToken);
        return days.ToDictionary(day => day.Day, day =>
        {
            var cases = 0;
            foreach (ref readonly var entry in DayPage.EntriesOf(day.Entries))
            {
                cases += filter.Takes(entry) ? 1 : 0;
            }

            return cases;
        });
    }

    internal static int ClassOf(int minutes)
    {
        var index = 0;
        while (index < Hours.Count && minutes > Hours[index] * MinutesPerHour)
        {
            index++;
        }

        return index;
    }

    /// <summary>
    /// Cases of the period at a place that had another of the same category within <see cref="FigureRules.AgainDays"/> days
    /// before, by day and place in the day's page.
    /// </summary>
    internal async Task<IReadOnlySet<(int Day, int Index)>> AgainAsync(CurrentUser user, FigureQuestion question, CancellationToken cancellationToken)
    {
        var days = await pages.ReadAsync(question.Basis, question.Period.From - FigureRules.AgainDays, question.Period.To, cancellationToken);
        var filter = await FilterAsync(user, question, cancellationToken);
        var last = new Dictionary<(int, int, int), int>();
        var again = new HashSet<(int, int)>();
        foreach (var (day, bytes) in days)
        {
            var entries = DayPage.EntriesOf(bytes);
            for (var index = 0; index < entries.Length; index++)
            {
                ref readonly var entry = ref entries[index];
                if (entry.Place == 0 || !filter.Takes(entry))
                {
                    continue;
                }

                var place = (entry.Area, entry.Category, entry.Place);
                if (day >= question.Period.From && last.TryGetValue(place, out var before) && day - before <= FigureRules.AgainDays)
                {
                    again.Add((day, index));
                }

                last[place] = day;
            }
        }

        return again;
    }

    /// <summary>The filter of a question, made when every key is known that a page can name.</summary>
    internal async Task<FigureFilter> FilterAsync(CurrentUser user, FigureQuestion question, CancellationToken cancellationToken)
    {
        await keys.LoadIfStaleAsync(cancellationToken);
        return new FigureFilter(keys, user, question);
    }

    private Groups GroupsOf(FigureDimension by, FigureQuestion question, FigureFilter filter)
    {
        switch (by)
        {
            case FigureDimension.Area:
                var paths = keys.Of(FigureKeyKind.Area);
                var above = question.AreaPath ?? CommonRoot(paths.Where((_, index) => index > 0 && filter.Reaches(index)));
                return new Groups(paths.Select(path => ChildOf(path, above)), entry => entry.Area);
            case FigureDimension.Unit:
                return new Groups(keys.Of(FigureKeyKind.Unit), entry => entry.Unit);
            case FigureDimension.Category:
                return new Groups(keys.Of(FigureKeyKind.Category).Select(key => question.Category is null ? GroupKey(key) : key), entry => entry.Category);
            case FigureDimension.Tier:
                return new Groups(["", .. Enum.GetNames<CaseTier>()], entry => entry.Marks.Has(CaseMarks.Small) ? 1 : entry.Marks.Has(CaseMarks.Hard) ? 2 : entry.Marks.Has(CaseMarks.Big) ? 3 : 0);
            default:
                throw new ArgumentOutOfRangeException(nameof(by));
        }
    }

    /// <summary>The part of all paths that is the same, down to the area that has several below it.</summary>
    internal static string CommonRoot(IEnumerable<string> paths)
    {
        string? root = null;
        foreach (var path in paths)
        {
            root ??= path;
            var same = 0;
            while (same < root.Length && same < path.Length && root[same] == path[same])
            {
                same++;
            }

            root = root[..same];
            root = root[..(root.LastIndexOf('/') + 1)];
        }

        return root ?? "/";
    }

    /// <summary>The area right below another that a path goes through; the other itself where the path ends there.</summary>
    internal static string ChildOf(string path, string above)
    {
        if (!path.StartsWith(above, StringComparison.Ordinal) || path.Length <= above.Length)
        {
            return path;
        }

        var end = path.IndexOf('/', above.Length);
        return end < 0 ? path : path[..(end + 1)];
    }

    /// <summary>"local/2026/matter/06" of "local/2026/matter/06001".</summary>
    internal static string GroupKey(string category)
    {
        const int groupDigits = 2;
        var code = category.LastIndexOf('/') + 1;
        return category.Length - code <= groupDigits ? category : category[..(code + groupDigits)];
    }

    /// <summary>Which part of a breakdown each number of a key belongs to.</summary>
    private sealed class Groups
    {
        private readonly int[] _groups;
        private readonly Func<FigureEntry, int> _number;

        public Groups(IEnumerable<string> names, Func<FigureEntry, int> number)
        {
            var index = new Dictionary<string, int>(StringComparer.Ordinal);
            _groups = [.. names.Select(name => index.TryGetValue(name, out var group) ? group : index[name] = index.Count)];
            _number = number;
            Names = [.. index.OrderBy(name => name.Value).Select(name => name.Key)];
        }

        public IReadOnlyList<string> Names { get; }

        public int Of(in FigureEntry entry) => _groups[_number(entry)];
    }
}
