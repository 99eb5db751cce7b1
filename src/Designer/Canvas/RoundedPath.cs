using System.Globalization;
using System.Text;
using GridFlow.Workflows.Definitions;

namespace GridFlow.Designer.Canvas;

/// <summary>Turns a line of points into SVG path data.</summary>
public static class RoundedPath
{
    private const double Radius = 9;
    private const double ArrowLength = 8;
    private const double ArrowHalfWidth = 4.5;

    /// <summary>The line with its corners rounded, ending where its arrow head begins.</summary>
    public static string Line(IReadOnlyList<CanvasPoint> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        if (points.Count < 2)
        {
            return "";
        }

        var path = new StringBuilder();
        Append(path, 'M', points[0]);
        for (var i = 1; i < points.Count - 1; i++)
        {
            var room = Math.Min(Distance(points[i - 1], points[i]), Distance(points[i], points[i + 1])) / 2;
            var radius = Math.Min(Radius, room);
            Append(path, 'L', Towards(points[i], points[i - 1], radius));
            Append(path, 'Q', points[i]);
            Append(path, ' ', Towards(points[i], points[i + 1], radius));
        }

        Append(path, 'L', Towards(points[^1], points[^2], ArrowLength - 1));
        return path.ToString();
    }

    /// <summary>The arrow head at the end of the line.</summary>
    public static string Arrow(IReadOnlyList<CanvasPoint> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        if (points.Count < 2)
        {
            return "";
        }

        var tip = points[^1];
        var back = Towards(tip, points[^2], ArrowLength);
        var (dx, dy) = ((tip.X - back.X) / ArrowLength * ArrowHalfWidth, (tip.Y - back.Y) / ArrowLength * ArrowHalfWidth);
        var path = new StringBuilder();
        Append(path, 'M', tip);
        Append(path, 'L', new CanvasPoint(back.X - dy, back.Y + dx));
        Append(path, 'L', new CanvasPoint(back.X + dy, back.Y - dx));
        return path.Append('z').ToString();
    }

    /// <summary>The middle of its longest piece.</summary>
    public static CanvasPoint Middle(IReadOnlyList<CanvasPoint> points)
    {
        var (from, to) = points.Zip(points.Skip(1)).MaxBy(piece => Distance(piece.First, piece.Second));
        return new CanvasPoint((from.X + to.X) / 2, (from.Y + to.Y) / 2);
    }

    private static CanvasPoint Towards(CanvasPoint from, CanvasPoint to, double by)
    {
        var distance = Distance(from, to);
        return distance == 0 ? from : new CanvasPoint(from.X + ((to.X - from.X) / distance * by), from.Y + ((to.Y - from.Y) / distance * by));
    }

    private static double Distance(CanvasPoint a, CanvasPoint b) => Math.Abs(a.X - b.X) + Math.Abs(a.Y - b.Y);

    private static void Append(StringBuilder path, char command, CanvasPoint point) =>
        path.Append(CultureInfo.InvariantCulture, $"{command}{point.X:0.#} {point.Y:0.#}");
}
