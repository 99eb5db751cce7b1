using System.Globalization;

namespace GridFlow.Server.Search;

/// <summary>A word of the index that must be there: itself, whatever begins with it, or another in its place.</summary>
internal sealed record SearchWord(string Word, bool IsBeginning = false, string? Or = null);

/// <summary>
/// What somebody typed to look for. Every term must occur, in any order: Chinese anywhere, a word of other letters or a number
/// from its beginning. Nothing typed has a meaning of its own: no quotes, stars or operators.
/// </summary>
internal sealed class SearchText
{
    /// <summary>What is typed beyond it is not looked at.</summary>
    public const int MaxLength = 100;

    private const int NumberDigits = 6;

    private SearchText(IReadOnlyList<string> terms, IReadOnlyList<SearchWord> words, bool isExact) => (Terms, Words, IsExact) = (terms, words, isExact);

    /// <summary>The terms as they are compared; empty when nothing was typed that can be looked for.</summary>
    public IReadOnlyList<string> Terms { get; }

    /// <summary>The words of the index that a case with all the terms has.</summary>
    public IReadOnlyList<SearchWord> Words { get; }

    /// <summary>A case with all the words has all the terms; otherwise its text must be looked at.</summary>
    public bool IsExact { get; }

    public static SearchText Parse(string? typed)
    {
        var text = TextGrams.Normalise((typed ?? "").Trim());
        text = text.Length > MaxLength ? text[..MaxLength] : text;
        var terms = new List<string>();
        var words = new HashSet<SearchWord>();
        var isExact = true;
        foreach (var term in Terms_(text))
        {
            var runs = TextGrams.Runs(term).ToList();
            terms.Add(term);
            isExact &= runs.Count == 1;
            foreach (var run in runs)
            {
                isExact &= run.IsChinese ? run.Letters.Count <= 2 : run.Letters.Count <= 40;
                words.UnionWith(WordsOf(run));
            }
        }

        return new SearchText(terms, [.. words], isExact);
    }

    /// <summary>Whether all terms occur in the texts of a case.</summary>
    public bool IsIn(params IEnumerable<string?> texts)
    {
        var normalised = texts.OfType<string>().Select(TextGrams.Normalise).ToList();
        return Terms.All(term => normalised.Exists(text => text.Contains(term, StringComparison.Ordinal)));
    }

    /// <summary>Where the terms stand in a text, in its order and without overlaps.</summary>
    public IReadOnlyList<(int Start, int Length)> FindIn(string text)
    {
        var normalised = TextGrams.Normalise(text);
        var marked = new bool[text.Length];
        foreach (var term in Terms)
        {
            for (var at = normalised.IndexOf(term, StringComparison.Ordinal); at >= 0; at = normalised.IndexOf(term, at + 1, StringComparison.Ordinal))
            {
                Array.Fill(marked, true, at, term.Length);
            }
        }

        var found = new List<(int, int)>();
        for (var at = Array.IndexOf(marked, true); at >= 0;)
        {
            var end = Array.IndexOf(marked, false, at);
            end = end < 0 ? marked.Length : end;
            found.Add((at, end - at));
            at = end < marked.Length ? Array.IndexOf(marked, true, end) : -1;
        }

        return found;
    }

    private static IEnumerable<string> Terms_(string text)
    {
        // What stands between letters parts terms, spaces and signs alike.
        var start = -1;
        for (var index = 0; index <= text.Length; index++)
        {
            var isPart = index < text.Length && (TextGrams.Runs(text[index].ToString()).Any() || char.IsSurrogate(text[index]));
            if (isPart && start < 0)
            {
                start = index;
            }
            else if (!isPart && start >= 0)
            {
                if (TextGrams.Runs(text[start..index]).Any())
                {
                    yield return text[start..index];
                }

                start = -1;
            }
        }
    }

    private static IEnumerable<SearchWord> WordsOf(TextGrams.Run run)
    {
        if (!run.IsChinese)
        {
            // The last digits of a case's number are how people call it; there they have their zeros before them.
            var word = run.Word();
            return [new SearchWord(word, IsBeginning: true, word.Length < NumberDigits && word.All(char.IsAsciiDigit) ? word.PadLeft(NumberDigits, '0') : null)];
        }

        return run.Letters.Count == 1
            ? [new SearchWord(run.Word(), IsBeginning: true)]
            : run.Letters.Zip(run.Letters.Skip(1), (first, second) => new SearchWord(string.Create(CultureInfo.InvariantCulture, $"{first}{second}")));
    }
}
