using System.Runtime.InteropServices;
using GridFlow.Server.Cases;
using GridFlow.Server.Figures;
using GridFlow.Workflows.Cases;

namespace GridFlow.Server.Board;

/// <summary>Several open cases that came in lately and say the same.</summary>
/// <param name="AreaPath">The innermost area in which all of them lie.</param>
/// <param name="Words">What they share, in the order in which it was said.</param>
/// <param name="Category">The category most of them are in, or null.</param>
/// <param name="Cases">How many.</param>
/// <param name="Numbers">The first of them.</param>
public sealed record WordSpot(string AreaPath, IReadOnlyList<string> Words, string? Category, int Cases, IReadOnlyList<string> Numbers)
{
    /// <summary>The digits of a village's code.</summary>
    private const int Village = 12;

    /// <summary>They may be one matter: what lies in several villages is watched together and not carried on as one.</summary>
    public bool IsOneVillage => AreaPath.Split('/', StringSplitOptions.RemoveEmptyEntries).LastOrDefault() is { Length: >= Village };
}

/// <summary>
/// Finds what many report at once by the pairs of characters their titles share (<see cref="MatterWords"/>). What
/// stands in cases of all kinds is a way of speaking; a matter has at least four letters that all its cases have.
/// Reads each title once; a hundred thousand are some tens of milliseconds.
/// </summary>
internal sealed class WordSpots
{
    /// <summary>How far back is looked.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromDays(30);

    /// <summary>Fewer saying the same is chance.</summary>
    private const int Several = 3;

    private const int FewestLetters = 4;
    private const int Named = 20;

    // Words before all of which a matter is looked for, and matters found before the largest are told.
    private const int MostSeeds = 400;
    private const int MostFound = 40;
    private const char FirstChinese = '\u2e80';
    private const int OtherScripts = 0x0fff_ffff;

    private readonly List<OpenCase> _cases = [];
    private readonly Dictionary<int, int> _ids = [];
    private readonly List<(int Key, int Count, int LastCase)> _words = [];
    private readonly List<int> _said = [];
    private readonly List<int> _starts = [];
    private readonly CategoryCatalogue _categories;
    private int[][] _having = [];
    private bool[] _isTaken = [];
    private int[] _beside = [];

    private WordSpots(CategoryCatalogue categories) => _categories = categories;

    /// <summary>The largest first.</summary>
    public static IReadOnlyList<WordSpot> Find(IEnumerable<OpenCase> cases, CategoryCatalogue categories, DateTimeOffset now, int most)
    {
        var spots = new WordSpots(categories);
        spots.Read(cases, now - Window);
        return [.. spots.Search().OrderByDescending(spot => spot.Cases).ThenBy(spot => spot.Numbers[0], StringComparer.Ordinal).Take(most)];
    }

    /// <summary>What is left of spots found before, of the cases that are open now.</summary>
    public static IReadOnlyList<WordSpot> StillOpen(IReadOnlyList<WordSpot> spots, IReadOnlyList<OpenCase> cases)
    {
        var named = spots.SelectMany(spot => spot.Numbers).ToHashSet(StringComparer.Ordinal);
        var open = named.Count == 0 ? [] : cases.Select(one => one.Number).Where(named.Contains).ToHashSet(StringComparer.Ordinal);
        return open.Count == named.Count
            ? spots
            : [.. spots.Select(spot => (Spot: spot, Left: spot.Numbers.Where(open.Contains).ToList())).Select(spot => spot.Spot with { Numbers = spot.Left, Cases = spot.Spot.Cases - (spot.Spot.Numbers.Count - spot.Left.Count) })
                .Where(spot => spot.Cases >= Several && spot.Numbers.Count > 0)];
    }

    private void Read(IEnumerable<OpenCase> cases, DateTimeOffset since)
    {
        Span<(int Key, int Start, int Length)> cut = stackalloc (int, int, int)[NewReport.MaxTitle];
        foreach (var one in cases)
        {
            if (one.AcceptedAt < since || one.Words.Length == 0)
            {
                continue;
            }

            _cases.Add(one);
            _starts.Add(_said.Count);
            foreach (var (key, _, _) in cut[..Cut(one.Words, cut)])
            {
                ref var id = ref CollectionsMarshal.GetValueRefOrAddDefault(_ids, key, out var isKnown);
                if (!isKnown)
                {
                    id = _words.Count;
                    _words.Add((key, 0, -1));
                }

                ref var word = ref CollectionsMarshal.AsSpan(_words)[id];
                if (word.LastCase != _cases.Count)
                {
                    (word.Count, word.LastCase) = (word.Count + 1, _cases.Count);
                    _said.Add(id);
                }
            }
        }

        _starts.Add(_said.Count);
        _isTaken = new bool[_cases.Count];
        _beside = new int[_words.Count];
        _having = [.. _words.Select(word => word.Count >= Several ? new int[word.Count] : [])];
        var filled = new int[_words.Count];
        for (var one = 0; one < _cases.Count; one++)
        {
            foreach (var id in SaidBy(one))
            {
                if (_having[id].Length > 0)
                {
                    _having[id][filled[id]++] = one;
                }
            }
        }
    }

    private List<WordSpot> Search()
    {
        // From the most frequent; how often a word still occurs outside the matters found is reckoned when its turn comes.
        var seeds = new PriorityQueue<int, (int, int)>(Enumerable.Range(0, _words.Count).Where(id => _having[id].Length > 0).Select(id => (id, (-_words[id].Count, _words[id].Key))));
        var found = new List<WordSpot>();
        for (var looked = 0; looked < MostSeeds && found.Count < MostFound && seeds.TryDequeue(out var seed, out var rank); looked++)
        {
            var members = _having[seed].Where(one => !_isTaken[one]).ToList();
            if (members.Count < Several)
            {
                continue;
            }

            if (members.Count < -rank.Item1)
            {
                seeds.Enqueue(seed, (-members.Count, rank.Item2));
                continue;
            }

            if (Grow(seed, members) is not { } matter)
            {
                continue;
            }

            matter.ForEach(one => _isTaken[one] = true);
            seeds.Enqueue(seed, (rank.Item1 + matter.Count, rank.Item2));
            if (Tell(matter) is { } spot)
            {
                found.Add(spot);
            }
        }

        return found;
    }

    /// <summary>Takes the word most of the members have as well, until what they share says something; null when too few are left or they are about all kinds of things.</summary>
    private List<int>? Grow(int seed, List<int> members)
    {
        var shared = new HashSet<int> { seed };
        while (LettersOf(members[0], shared) < FewestLetters)
        {
            var (next, count) = MostShared(members, shared);
            if (count < Several)
            {
                return null;
            }

            shared.Add(next);
            members = members.FindAll(one => SaidBy(one).Contains(next));
        }

        return IsOfAllKinds(members) ? null : members;
    }

    // With few to compare with, everything tells; what half of many say is a way of speaking, unless it is all of one kind.
    private bool IsOfAllKinds(List<int> members)
    {
        var kinds = members.Select(one => _cases[one].Category).OfType<string>().CountBy(key => key).Select(kind => kind.Value).ToList();
        var among = 2 * members.Count < _cases.Count + 4 ? kinds.Sum() : members.Count;
        return 2 * kinds.DefaultIfEmpty().Max() < among;
    }

    private (int Word, int Count) MostShared(List<int> members, HashSet<int> shared)
    {
        var touched = new List<int>();
        foreach (var one in members)
        {
            foreach (var id in SaidBy(one))
            {
                if (_having[id].Length > 0 && _beside[id]++ == 0)
                {
                    touched.Add(id);
                }
            }
        }

        var best = (Word: -1, Count: 0);
        foreach (var id in touched)
        {
            var count = _beside[id];
            _beside[id] = 0;
            if (!shared.Contains(id) && (count > best.Count || (count == best.Count && _words[id].Key < _words[best.Word].Key)))
            {
                best = (id, count);
            }
        }

        return best;
    }

    // Null for what the board tells already: cases of one kind at one place, and titles that are the name of their category.
    private WordSpot? Tell(List<int> matter)
    {
        var cases = matter.ConvertAll(one => _cases[one]);
        var first = cases.MinBy(one => one.Number, StringComparer.Ordinal)!;
        if (first is { Place.Length: > 0, Category: not null } && cases.TrueForAll(one => one.AreaPath == first.AreaPath && one.Place == first.Place && one.Category == first.Category))
        {
            return null;
        }

        var most = cases.Select(one => one.Category).OfType<string>().CountBy(key => key).OrderByDescending(kind => kind.Value).ThenBy(kind => kind.Key, StringComparer.Ordinal).FirstOrDefault();
        var words = WordsOf(matter[cases.IndexOf(first)], matter);
        var name = _categories.Find(most.Key)?.Name is { } known ? MatterWords.Of($"{known.Zh} {known.En}") : "";
        return words.TrueForAll(word => name.Contains(word, StringComparison.Ordinal))
            ? null
            : new WordSpot(FigureQueries.CommonRoot(cases.Select(one => one.AreaPath)), words, most.Key, cases.Count, [.. cases.Select(one => one.Number).Order(StringComparer.Ordinal).Take(Named)]);
    }

    /// <summary>What nearly all of a matter's cases have, put together as the first of them said it.</summary>
    private List<string> WordsOf(int first, List<int> matter)
    {
        const double nearly = .8;
        var shared = matter.SelectMany(one => SaidBy(one).ToArray()).CountBy(id => id).Where(word => word.Value >= nearly * matter.Count).Select(word => word.Key).ToHashSet();
        var marked = Mark(first, shared);
        return [.. string.Concat(_cases[first].Words.Select((letter, at) => marked[at] ? letter : ' ')).Split(' ', StringSplitOptions.RemoveEmptyEntries)];
    }

    // A word of another script is as long as two of Chinese letters: two of them say something.
    private int LettersOf(int one, HashSet<int> shared)
    {
        var (letters, words) = (0, _cases[one].Words);
        var marked = Mark(one, shared);
        for (var at = 0; at < words.Length; at++)
        {
            var isBeginning = at == 0 || words[at - 1] == ' ';
            letters += !marked[at] ? 0 : words[at] >= FirstChinese ? 1 : isBeginning ? 2 : 0;
        }

        return letters;
    }

    private bool[] Mark(int one, HashSet<int> shared)
    {
        var marked = new bool[_cases[one].Words.Length];
        Span<(int Key, int Start, int Length)> cut = stackalloc (int, int, int)[NewReport.MaxTitle];
        foreach (var (key, start, length) in cut[..Cut(_cases[one].Words, cut)])
        {
            if (shared.Contains(_ids[key]))
            {
                Array.Fill(marked, true, start, length);
            }
        }

        return marked;
    }

    private ReadOnlySpan<int> SaidBy(int one) => CollectionsMarshal.AsSpan(_said)[_starts[one].._starts[one + 1]];

    /// <summary>The pairs of a text's Chinese stretches and its words of other scripts, each by a number; how many there are.</summary>
    private static int Cut(string words, Span<(int Key, int Start, int Length)> into)
    {
        var count = 0;
        for (var start = 0; start < words.Length && count < into.Length;)
        {
            var end = words.IndexOf(' ', start) is >= 0 and var space ? space : words.Length;
            if (words[start] < FirstChinese)
            {
                into[count++] = (string.GetHashCode(words.AsSpan(start, end - start)) & OtherScripts, start, end - start);
            }
            else
            {
                for (var at = start; at + 1 < end && count < into.Length; at++)
                {
                    into[count++] = ((words[at] << 16) | words[at + 1], at, 2);
                }
            }

            start = end + 1;
        }

        return count;
    }
}
