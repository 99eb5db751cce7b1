using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace GridFlow.Workflows.Cases;

/// <summary>
/// Sorts a message into a category by the words an administrator gave the categories. Deliberately plain: every proposal can
/// be explained by the words it was made from, and mended by changing them.
/// </summary>
public sealed class Classifier
{
    private static readonly ConditionalWeakTable<CategoryCatalogue, Classifier> Compiled = [];
    private readonly ImmutableArray<(Category Category, ImmutableArray<(string Word, double Weight)> Words)> _rules;

    private Classifier(CategoryCatalogue catalogue) =>
        _rules = [.. catalogue.All.Where(category => category.Keywords.Length > 0 && !category.IsRetired).Select(category => (category, category.Keywords.Select(Parse).ToImmutableArray()))];

    /// <summary>The classifier of a catalogue; built once per catalogue.</summary>
    public static Classifier For(CategoryCatalogue catalogue) => Compiled.GetValue(catalogue, static catalogue => new Classifier(catalogue));

    /// <summary>Proposes a category. Equal scores go to the lower key, so that the answer never depends on chance.</summary>
    public Classification Classify(string title, string detail)
    {
        ArgumentNullException.ThrowIfNull(title);
        ArgumentNullException.ThrowIfNull(detail);
        Category? best = null, second = null;
        double bestScore = 0, secondScore = 0;
        foreach (var (category, words) in _rules)
        {
            var score = words.Sum(word => Score(word, title, detail));
            if (score > bestScore)
            {
                (second, secondScore, best, bestScore) = (best, bestScore, category, score);
            }
            else if (score > secondScore)
            {
                (second, secondScore) = (category, score);
            }
        }

        ImmutableArray<string> found = best is null ? [] :
        [
            .. _rules.First(rule => rule.Category == best).Words
                .Select(word => (word.Word, Score: Score(word, title, detail))).Where(word => word.Score > 0)
                .OrderByDescending(word => word.Score).Select(word => word.Word).Take(8),
        ];
        return new Classification(best?.Key, Math.Round(bestScore, 2), found, second?.Key, Math.Round(secondScore, 2));
    }

    private static double Score((string Word, double Weight) word, string title, string detail) =>
        (title.Contains(word.Word, StringComparison.OrdinalIgnoreCase) ? 2 * word.Weight : 0)
        + (detail.Contains(word.Word, StringComparison.OrdinalIgnoreCase) ? word.Weight : 0);

    private static (string Word, double Weight) Parse(string keyword)
    {
        var caret = keyword.LastIndexOf('^');
        return caret > 0 && double.TryParse(keyword.AsSpan(caret + 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var weight)
            ? (keyword[..caret], weight)
            : (keyword, 1);
    }
}
