using GridFlow.Server.Figures;
using GridFlow.Workflows.Cases;

namespace GridFlow.Server.Board;

/// <summary>Open cases of one area, unit or kind.</summary>
/// <param name="Key">An area path, a unit key, or empty for none.</param>
/// <param name="Open">All that are open.</param>
/// <param name="Overdue">Of them past their deadline.</param>
/// <param name="Soon">Of them due within <see cref="BoardView.SoonHours"/> hours.</param>
public sealed record BoardCount(string Key, int Open, int Overdue, int Soon);

/// <summary>Several open cases of one category at one place.</summary>
public sealed record HotSpot(string AreaPath, string Place, string Category, int Cases, IReadOnlyList<string> Numbers);

/// <summary>The board as one scope sees it.</summary>
public sealed record BoardView
{
    public const int SoonHours = 24;

    /// <summary>How many newcomers and hot spots are told.</summary>
    public const int Told = 12;

    /// <summary>A hot spot has at least so many cases.</summary>
    public const int Hot = 2;

    /// <summary>How many of its cases a hot spot names: enough to open, urge or merge.</summary>
    private const int Named = 20;

    public required BoardCount Total { get; init; }

    /// <summary>Taken in since midnight and still open.</summary>
    public int Today { get; init; }

    /// <summary>Waiting to be sorted or dispatched.</summary>
    public int Undispatched { get; init; }

    /// <summary>The path of the area whose parts <see cref="Areas"/> are.</summary>
    public required string Root { get; init; }

    public required IReadOnlyList<BoardCount> Areas { get; init; }

    /// <summary>Units that lead; those with the most late first, since that is what the board is for.</summary>
    public required IReadOnlyList<BoardCount> Units { get; init; }

    public required IReadOnlyDictionary<(CaseStage Stage, CaseTier? Tier), int> Stages { get; init; }

    /// <summary>Newest first.</summary>
    public required IReadOnlyList<OpenCase> Newest { get; init; }

    public required IReadOnlyList<HotSpot> HotSpots { get; init; }

    /// <summary>What many say at once, whatever its place.</summary>
    public required IReadOnlyList<WordSpot> WordSpots { get; init; }

    public static BoardView Of(BoardSnapshot snapshot, BoardScope scope, Func<IReadOnlyList<OpenCase>, IReadOnlyList<WordSpot>> findWords, DateTimeOffset now)
    {
        var midnight = FigureCounter.StartOf(FigureCounter.DayOf(now));
        var cases = snapshot.Cases.Where(scope.Sees).ToList();
        var root = scope.AreaPath ?? FigureQueries.CommonRoot(cases.Select(one => one.AreaPath).Distinct(ReferenceEqualityComparer.Instance).Cast<string>());
        Tally total = new(), today = new();
        Dictionary<string, Tally> areas = new(StringComparer.Ordinal), units = new(StringComparer.Ordinal);
        Dictionary<(CaseStage, CaseTier?), int> stages = [];
        var spots = new Dictionary<(string, string, string), List<string>>();
        var undispatched = 0;
        foreach (var one in cases)
        {
            var (late, soon) = (one.IsOverdue(now), one.IsSoon(now));
            total.Add(late, soon);
            Of(areas, FigureQueries.ChildOf(one.AreaPath, root)).Add(late, soon);
            Of(units, one.Lead ?? "").Add(late, soon);
            stages[(one.Stage, one.Tier)] = stages.GetValueOrDefault((one.Stage, one.Tier)) + 1;
            undispatched += one.Stage is CaseStage.Accepting or CaseStage.Dispatching ? 1 : 0;
            if (one.AcceptedAt >= midnight)
            {
                today.Add(late, soon);
            }

            if (one.Category is { } category && one.Place.Length > 0)
            {
                (spots.TryGetValue((one.AreaPath, one.Place, category), out var known) ? known : spots[(one.AreaPath, one.Place, category)] = []).Add(one.Number);
            }
        }

        return new BoardView
        {
            Total = total.Told(""),
            Today = today.Open,
            Undispatched = undispatched,
            Root = root,
            Areas = [.. areas.Select(area => area.Value.Told(area.Key)).OrderBy(area => area.Key, StringComparer.Ordinal)],
            Units = [.. units.Select(unit => unit.Value.Told(unit.Key)).OrderByDescending(unit => unit.Overdue).ThenByDescending(unit => unit.Soon).ThenByDescending(unit => unit.Open).ThenBy(unit => unit.Key, StringComparer.Ordinal)],
            Stages = stages,
            Newest = [.. cases.OrderByDescending(one => one.AcceptedAt).ThenByDescending(one => one.Number, StringComparer.Ordinal).Take(Told)],
            HotSpots = [.. spots.Where(spot => spot.Value.Count >= Hot).OrderByDescending(spot => spot.Value.Count).ThenBy(spot => spot.Key.Item1, StringComparer.Ordinal).Take(Told)
                .Select(spot => new HotSpot(spot.Key.Item1, spot.Key.Item2, spot.Key.Item3, spot.Value.Count, [.. spot.Value.Order(StringComparer.Ordinal).Take(Named)]))],
            WordSpots = findWords(cases),
        };

        static Tally Of(Dictionary<string, Tally> all, string key) => all.TryGetValue(key, out var known) ? known : all[key] = new Tally();
    }

    /// <summary>Open cases by the parts right below an area; parts without any are left out.</summary>
    internal static IReadOnlyList<BoardCount> AreasOf(IEnumerable<OpenCase> cases, string root, DateTimeOffset now)
    {
        var areas = new Dictionary<string, Tally>(StringComparer.Ordinal);
        foreach (var one in cases)
        {
            var key = FigureQueries.ChildOf(one.AreaPath, root);
            (areas.TryGetValue(key, out var known) ? known : areas[key] = new Tally()).Add(one.IsOverdue(now), one.IsSoon(now));
        }

        return [.. areas.Select(area => area.Value.Told(area.Key)).OrderBy(area => area.Key, StringComparer.Ordinal)];
    }

    private sealed class Tally
    {
        private int _overdue;
        private int _soon;

        public int Open { get; private set; }

        public void Add(bool late, bool soon)
        {
            Open++;
            _overdue += late ? 1 : 0;
            _soon += soon ? 1 : 0;
        }

        public BoardCount Told(string key) => new(key, Open, _overdue, _soon);
    }
}
