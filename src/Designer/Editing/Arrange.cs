using GridFlow.Designer.Canvas;
using GridFlow.Workflows.Definitions;

namespace GridFlow.Designer.Editing;

/// <summary>Along what steps are lined up.</summary>
public enum Alignment
{
    Left,
    Center,
    Right,
    Top,
    Middle,
    Bottom,
}

/// <summary>Where steps go when they are lined up, spread, laid out, or need room. All in middles of steps.</summary>
public static class Arrange
{
    public const double Grid = 10;

    /// <summary>How far steps keep apart, so that lines find a way between them.</summary>
    public const double Room = 30;

    private const int Farthest = 60;

    /// <summary>The step with its middle there.</summary>
    public static ActivityNode At(ActivityNode node, CanvasPoint center)
    {
        ArgumentNullException.ThrowIfNull(node);
        var size = node.Size is { Width: > 0, Height: > 0 } ? node.Size : new CanvasSize(NodeDrawer.Width, NodeDrawer.UsualHeight);
        var position = new CanvasPoint(Math.Round(center.X - (size.Width / 2)), Math.Round(center.Y - (size.Height / 2)));
        return position == node.Position && size == node.Size ? node : node with { Position = position, Size = size };
    }

    /// <summary>The point of the grid next to another.</summary>
    public static CanvasPoint Snap(CanvasPoint point) => new(Math.Round(point.X / Grid) * Grid, Math.Round(point.Y / Grid) * Grid);

    /// <summary>Lines steps up along a side, or through their middles.</summary>
    public static IReadOnlyDictionary<string, CanvasPoint> Align(IReadOnlyDictionary<string, Rect> steps, Alignment along)
    {
        ArgumentNullException.ThrowIfNull(steps);
        if (steps.Count == 0)
        {
            return new Dictionary<string, CanvasPoint>();
        }

        var all = steps.Values.Aggregate((a, b) => a.Union(b));
        return steps.ToDictionary(step => step.Key, step => along switch
        {
            Alignment.Left => new CanvasPoint(all.X + (step.Value.Width / 2), step.Value.Center.Y),
            Alignment.Center => new CanvasPoint(all.Center.X, step.Value.Center.Y),
            Alignment.Right => new CanvasPoint(all.Right - (step.Value.Width / 2), step.Value.Center.Y),
            Alignment.Top => new CanvasPoint(step.Value.Center.X, all.Y + (step.Value.Height / 2)),
            Alignment.Middle => new CanvasPoint(step.Value.Center.X, all.Center.Y),
            Alignment.Bottom => new CanvasPoint(step.Value.Center.X, all.Bottom - (step.Value.Height / 2)),
        });
    }

    /// <summary>Makes the gaps between steps equal; the first and the last stay.</summary>
    public static IReadOnlyDictionary<string, CanvasPoint> Distribute(IReadOnlyDictionary<string, Rect> steps, bool isAcross)
    {
        ArgumentNullException.ThrowIfNull(steps);
        var ordered = steps.OrderBy(step => isAcross ? step.Value.Center.X : step.Value.Center.Y).ThenBy(step => step.Key, StringComparer.Ordinal).ToList();
        if (ordered.Count < 3)
        {
            return steps.ToDictionary(step => step.Key, step => step.Value.Center);
        }

        var (first, last) = (ordered[0].Value, ordered[^1].Value);
        var length = isAcross ? last.Right - first.X : last.Bottom - first.Y;
        var gap = (length - ordered.Sum(step => isAcross ? step.Value.Width : step.Value.Height)) / (ordered.Count - 1);
        var at = isAcross ? first.X : first.Y;
        var centers = new Dictionary<string, CanvasPoint>(StringComparer.Ordinal);
        foreach (var (id, rect) in ordered)
        {
            var size = isAcross ? rect.Width : rect.Height;
            centers[id] = isAcross ? new CanvasPoint(at + (size / 2), rect.Center.Y) : new CanvasPoint(rect.Center.X, at + (size / 2));
            at += size + gap;
        }

        return centers;
    }

    /// <summary>The free place nearest to where a step was wanted.</summary>
    /// <param name="others">What stands there already.</param>
    /// <param name="wanted">Where the step would stand.</param>
    public static CanvasPoint FindRoom(IReadOnlyCollection<Rect> others, Rect wanted)
    {
        ArgumentNullException.ThrowIfNull(others);
        return FindShift(others, [wanted]) is var (x, y) ? new CanvasPoint(wanted.Center.X + x, wanted.Center.Y + y) : wanted.Center;
    }

    /// <summary>The shortest way several steps must be moved together so that they stand on nobody.</summary>
    public static (double X, double Y) FindShift(IReadOnlyCollection<Rect> others, IReadOnlyCollection<Rect> wanted)
    {
        ArgumentNullException.ThrowIfNull(others);
        ArgumentNullException.ThrowIfNull(wanted);
        for (var ring = 0; ring <= Farthest; ring++)
        {
            foreach (var (x, y) in Ring(ring))
            {
                if (!wanted.Any(rect => others.Any(other => other.Inflate(Grid).Overlaps(new Rect(rect.X + x, rect.Y + y, rect.Width, rect.Height)))))
                {
                    return (x, y);
                }
            }
        }

        return (0, 0);
    }

    // Straight down, up and across before the corners.
    private static IEnumerable<(double X, double Y)> Ring(int ring)
    {
        if (ring == 0)
        {
            return [(0, 0)];
        }

        var places = Enumerable.Range(-ring, (2 * ring) + 1)
            .SelectMany(i => new[] { (X: i, Y: ring), (X: i, Y: -ring), (X: ring, Y: i), (X: -ring, Y: i) }).Distinct();
        return places.OrderBy(place => (place.X * place.X) + (place.Y * place.Y)).ThenByDescending(place => place.Y).ThenByDescending(place => place.X)
            .Select(place => (place.X * Grid, place.Y * Grid));
    }
}
