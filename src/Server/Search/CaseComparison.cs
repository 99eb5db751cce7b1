using GridFlow.Server.Cases;
using GridFlow.Workflows.Cases;

namespace GridFlow.Server.Search;

/// <summary>How alike a case is to the one looked at.</summary>
/// <param name="Case">The other case.</param>
/// <param name="IsSamePlace">Both name the same place.</param>
/// <param name="IsSameKind">Both are filed under the same group of categories.</param>
/// <param name="Words">Telling words of both.</param>
/// <param name="Days">How many days later it came in; negative for earlier.</param>
/// <param name="Weight">How telling the words are.</param>
internal sealed record CaseLikeness(FoundCase Case, bool IsSamePlace, bool IsSameKind, IReadOnlyList<string> Words, int Days, double Weight)
{
    // Three pairs that few others have are a coincidence no more.
    private const double Telling = 3;
    private const double PlaceWeight = 4;

    public bool IsRepeated => IsSamePlace && Days < 0 && Case.Status != CaseStatus.Open;

    /// <summary>A place alone says nothing: a crossing has lamps and has litter. It counts for matters of one kind, or that say the same.</summary>
    public bool IsRelated => IsSamePlace ? (IsSameKind && (Weight > 0 || Days < 0)) || Weight >= Telling : Math.Abs(Days) <= RelatedCases.Window.Days && Weight >= Telling;

    /// <summary>Words and place, less the longer ago it was.</summary>
    public double Score => Math.Round((Weight + (IsSamePlace ? PlaceWeight : 0)) / (1 + (Math.Abs(Days) / (double)RelatedCases.Window.Days)), 2);
}

/// <summary>
/// Compares one case with others by the pairs of characters they share. A pair that most of the others have as well is a way of
/// speaking and tells nothing; what few have is what the matter is about.
/// </summary>
internal sealed class CaseComparison
{
    private const int MostWords = 5;
    private readonly RelatedTo _about;
    private readonly string _title;
    private readonly string? _place;
    private readonly HashSet<string> _pairs;
    private readonly HashSet<string> _placePairs;

    public CaseComparison(RelatedTo about)
    {
        _about = about;
        _title = TextGrams.Normalise(about.Title);
        _place = PlaceOf(about.Place);
        _placePairs = [.. TextGrams.Pairs(TextGrams.Normalise(about.Place ?? ""))];
        Pairs = [.. TextGrams.Pairs(_title).Distinct()];
        _pairs = [.. Pairs, .. TextGrams.Pairs(TextGrams.Normalise(about.Detail))];
    }

    /// <summary>What the title is made of: whoever shares none of it is not about the same.</summary>
    public IReadOnlyList<string> Pairs { get; }

    public IEnumerable<CaseLikeness> With(IReadOnlyCollection<FoundCase> others)
    {
        var shared = others.Select(other => (Other: other, Shared: SharedWith(other))).ToList();
        var counts = shared.SelectMany(one => one.Shared).CountBy(pair => pair).ToDictionary();

        // With few to compare with, everything tells; half of many having it makes a way of speaking.
        var weight = counts.ToDictionary(count => count.Key, count => Math.Max(0, Math.Log((others.Count + 4d) / (2 * count.Value))));
        foreach (var (other, pairs) in shared)
        {
            // That both name their common place is no second likeness.
            var isSamePlace = IsSamePlace(other);
            var telling = pairs.Where(pair => weight[pair] > 0 && !(isSamePlace && _placePairs.Contains(pair))).ToHashSet();
            yield return new CaseLikeness(other, isSamePlace, IsSameKind(other), WordsOf(telling, weight), (int)Math.Round((other.AcceptedAt - _about.At).TotalDays), telling.Sum(pair => weight[pair]));
        }
    }

    private HashSet<string> SharedWith(FoundCase other)
    {
        var pairs = TextGrams.Pairs(TextGrams.Normalise($"{other.Title}\n{other.Detail}")).ToHashSet();
        pairs.IntersectWith(_pairs);
        return pairs;
    }

    private bool IsSamePlace(FoundCase other) =>
        PlaceOf(other.Place) is { } place && _place is not null
            ? place.Contains(_place, StringComparison.Ordinal) || _place.Contains(place, StringComparison.Ordinal)
            : _place is null && other.Place is null && other.AreaPath == _about.AreaPath && _about.AreaPath.Length > 1;

    private bool IsSameKind(FoundCase other) => GroupOf(_about.Category) is { } group && group == GroupOf(other.Category);

    // The key of a category up to the two digits of its group.
    private static string? GroupOf(string? category) => category?.LastIndexOf('/') is int at and >= 0 ? category[..Math.Min(category.Length, at + 1 + Category.GroupDigits)] : null;

    private static string? PlaceOf(string? place) =>
        string.Concat(TextGrams.Runs(TextGrams.Normalise(place ?? "")).Select(run => run.Word(place!.Length))) is { Length: > 1 } letters ? letters : null;

    /// <summary>Pairs that follow each other in the texts, put together again; the most telling first.</summary>
    private List<string> WordsOf(HashSet<string> pairs, Dictionary<string, double> weight)
    {
        var words = new List<(string Word, double Weight)>();
        foreach (var text in (string[])[_title, TextGrams.Normalise(_about.Detail)])
        {
            var (word, sum) = ("", 0d);
            foreach (var pair in TextGrams.Pairs(text).Append(""))
            {
                var follows = word.Length > 0 && pair.Length > 0 && word.EndsWith(pair[..(pair.Length / 2)], StringComparison.Ordinal);
                if (pairs.Contains(pair) && (word.Length == 0 || follows))
                {
                    (word, sum) = (word.Length == 0 ? pair : word + pair[(pair.Length / 2)..], sum + weight[pair]);
                    continue;
                }

                if (word.Length > 0 && !words.Exists(other => other.Word.Contains(word, StringComparison.Ordinal)))
                {
                    words.Add((word, sum));
                }

                (word, sum) = pairs.Contains(pair) ? (pair, weight[pair]) : ("", 0);
            }
        }

        return [.. words.OrderByDescending(word => word.Weight).Take(MostWords).Select(word => word.Word)];
    }
}
