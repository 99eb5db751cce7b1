using System.Collections.Immutable;
using GridFlow.Workflows.Definitions;

namespace GridFlow.Designer.Canvas;

/// <summary>A text beside a line.</summary>
/// <param name="Lines">The text, broken.</param>
/// <param name="Bounds">Where it stands.</param>
/// <param name="IsCentred">Centred over the line; else it begins at the left of its bounds.</param>
public sealed record DrawnLabel(ImmutableArray<string> Lines, Rect Bounds, bool IsCentred);

/// <summary>Finds room for the names of outcomes: on a piece of the line that is theirs alone, near its beginning.</summary>
public static class LabelPlacer
{
    public const double FontSize = 11.5;
    public const double LineHeight = 14;
    private const double Gap = 4;
    private const double WidestLine = 92;
    private const double Forbidden = 10_000;

    /// <summary>Places labels one after the other.</summary>
    /// <param name="routes">The line of each label, by the line's key.</param>
    /// <param name="texts">The texts, by the same keys, each outcome on a line of its own; those without a route are left out.</param>
    /// <param name="obstacles">What may not be covered.</param>
    public static IReadOnlyDictionary<string, DrawnLabel> Place(
        IReadOnlyDictionary<string, ImmutableArray<CanvasPoint>> routes, IReadOnlyDictionary<string, string> texts, IReadOnlyCollection<Rect> obstacles)
    {
        ArgumentNullException.ThrowIfNull(routes);
        ArgumentNullException.ThrowIfNull(texts);
        var placed = new Dictionary<string, DrawnLabel>(StringComparer.Ordinal);
        foreach (var (key, text) in texts.Where(text => text.Value.Length > 0 && routes.ContainsKey(text.Key)).OrderBy(text => Length(routes[text.Key])).ThenBy(text => text.Key, StringComparer.Ordinal))
        {
            var others = routes.Where(route => route.Key != key).Select(route => route.Value).ToList();
            var best = Candidates(routes[key], text)
                .Select(label => (Label: label.Label, Cost: label.Cost + CostOf(label.Label.Bounds, others, placed.Values, obstacles)))
                .MinBy(label => label.Cost);
            placed[key] = best.Label;
        }

        return placed;
    }

    private static double CostOf(Rect bounds, List<ImmutableArray<CanvasPoint>> others, IEnumerable<DrawnLabel> placed, IReadOnlyCollection<Rect> obstacles)
    {
        var cost = obstacles.Count(obstacle => obstacle.Overlaps(bounds)) * Forbidden;
        cost += placed.Count(label => label.Bounds.Inflate(2).Overlaps(bounds)) * Forbidden;
        return cost + (others.Sum(route => Pieces(route).Count(piece => bounds.Inflate(1).IsCrossedBy(piece.From, piece.To))) * 300);
    }

    private static IEnumerable<(DrawnLabel Label, double Cost)> Candidates(ImmutableArray<CanvasPoint> route, string text)
    {
        var before = 0d;
        foreach (var (from, to) in Pieces(route))
        {
            var across = from.Y == to.Y;
            var length = Math.Abs(from.X - to.X) + Math.Abs(from.Y - to.Y);
            var narrow = across ? Math.Max(40, length - 14) : WidestLine;
            ImmutableArray<string> lines = [.. text.Split('\n').SelectMany(outcome => TextMetrics.Wrap(outcome, FontSize, Math.Max(Math.Min(WidestLine, narrow), TextMetrics.WidestWord(outcome, FontSize)), 3))];
            var width = lines.Max(line => TextMetrics.Width(line, FontSize)) + 2;
            var height = lines.Length * LineHeight;
            foreach (var part in new[] { 0.5, 0.3, 0.7, 0.15, 0.85 })
            {
                var at = new CanvasPoint(from.X + ((to.X - from.X) * part), from.Y + ((to.Y - from.Y) * part));
                var tooLong = Math.Max(0, (across ? width : height) + 10 - length) * 12;
                var cost = (before + (length * part) * 0.6) + tooLong + (Math.Abs(part - 0.5) * 20) + (lines.Length * lines.Length * 5) + (lines[^1].EndsWith('…') ? 200 : 0);
                if (across)
                {
                    yield return (new DrawnLabel(lines, new Rect(at.X - (width / 2), at.Y - height - Gap + 1, width, height), true), cost);
                    yield return (new DrawnLabel(lines, new Rect(at.X - (width / 2), at.Y + Gap - 1, width, height), true), cost + 15);
                }
                else
                {
                    yield return (new DrawnLabel(lines, new Rect(at.X + Gap + 2, at.Y - (height / 2), width, height), false), cost);
                    yield return (new DrawnLabel(lines, new Rect(at.X - Gap - 2 - width, at.Y - (height / 2), width, height), false), cost + 15);
                }
            }

            before += length;
        }
    }

    private static IEnumerable<(CanvasPoint From, CanvasPoint To)> Pieces(ImmutableArray<CanvasPoint> route) => route.Zip(route.Skip(1));

    private static double Length(ImmutableArray<CanvasPoint> route) => Pieces(route).Sum(piece => Math.Abs(piece.From.X - piece.To.X) + Math.Abs(piece.From.Y - piece.To.Y));
}
