using System.Text;

namespace GridFlow.Server.Search;

/// <summary>
/// Cuts a text into what the index of words holds. Chinese has no spaces, so every two neighbouring characters are a word
/// there; anything else is a word from space to space. Full and half width, capitals and small letters are the same.
/// </summary>
internal static class TextGrams
{
    /// <summary>Nobody looks for a longer word, and the databases take no endless one.</summary>
    private const int MaxWord = 40;

    /// <summary>Marks an area's code among the words; nothing a person writes is cut into a word with it.</summary>
    private const char AreaMark = '_';

    /// <summary>A text as it is compared: each character by itself, so that places in it stay the same.</summary>
    public static string Normalise(string text) => string.Create(text.Length, text, static (span, source) =>
    {
        for (var index = 0; index < source.Length; index++)
        {
            var letter = source[index] is >= '\uff01' and <= '\uff5e' ? (char)(source[index] - 0xfee0) : source[index];
            span[index] = char.ToLowerInvariant(letter);
        }
    });

    /// <summary>The word that stands for an area in every case beneath it.</summary>
    public static string OfArea(string code) => AreaMark + code;

    /// <summary>All words of a case, each once.</summary>
    public static IReadOnlyCollection<string> OfCase(string number, string title, string detail, string? place, string areaPath)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        foreach (var text in (string?[])[number, title, detail, place])
        {
            foreach (var run in Runs(Normalise(text ?? "")))
            {
                Cut(run, words);
            }
        }

        words.UnionWith(areaPath.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(code => code.All(char.IsAsciiLetterOrDigit)).Select(OfArea));
        return words;
    }

    /// <summary>The words that all who name a place have; single characters tell nothing.</summary>
    public static IReadOnlyCollection<SearchWord> OfPlace(string? place)
    {
        var normalised = Normalise(place ?? "");
        return [.. Pairs(normalised).Concat(Runs(normalised).Where(run => !run.IsChinese).Select(run => run.Word())).Distinct().Select(word => new SearchWord(word))];
    }

    /// <summary>The pairs of Chinese characters in a text that is normalised, in their order.</summary>
    public static IEnumerable<string> Pairs(string normalised) =>
        Runs(normalised).Where(run => run.IsChinese).SelectMany(run => run.Letters.Zip(run.Letters.Skip(1), (first, second) => $"{first}{second}"));

    /// <summary>Unbroken stretches of letters and digits of one kind.</summary>
    public static IEnumerable<Run> Runs(string normalised)
    {
        var letters = new List<Rune>();
        var isChinese = false;
        foreach (var rune in normalised.EnumerateRunes())
        {
            var kind = IsChinese(rune);
            if (letters.Count > 0 && (!IsPart(rune) || kind != isChinese))
            {
                yield return new Run(letters, isChinese);
                letters = [];
            }

            if (IsPart(rune))
            {
                letters.Add(rune);
                isChinese = kind;
            }
        }

        if (letters.Count > 0)
        {
            yield return new Run(letters, isChinese);
        }
    }

    private static void Cut(Run run, HashSet<string> words)
    {
        if (!run.IsChinese)
        {
            words.Add(run.Word(MaxWord));
            return;
        }

        for (var index = 0; index + 1 < run.Letters.Count; index++)
        {
            words.Add($"{run.Letters[index]}{run.Letters[index + 1]}");
        }

        // A single character is looked for by how pairs begin; the last one begins none.
        words.Add(run.Letters[^1].ToString());
    }

    private static bool IsPart(Rune rune) => Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark;

    // Ideographs, kana, hangul: what is written without spaces, or with long words.
    private static bool IsChinese(Rune rune) => rune.Value is (>= 0x2e80 and <= 0x9fff) or (>= 0xac00 and <= 0xd7af) or (>= 0xf900 and <= 0xfaff) or (>= 0x20000 and <= 0x3ffff);

    /// <summary>A stretch of letters and digits: Chinese, or a word of another script.</summary>
    internal sealed record Run(IReadOnlyList<Rune> Letters, bool IsChinese)
    {
        public string Word(int longest = MaxWord) => string.Concat(Letters.Take(longest).Select(letter => letter.ToString()));
    }
}
