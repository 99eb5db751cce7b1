using GridFlow.Workflows.Definitions;

namespace GridFlow.Designer.Canvas;

/// <summary>A side of a node.</summary>
public enum Side
{
    Right,
    Bottom,
    Left,
    Top,
}

/// <summary>A place on the border of a node where a line may begin or end.</summary>
/// <param name="At">On the border.</param>
/// <param name="Side">The side it lies on.</param>
/// <param name="Cost">How little it is liked: places off the middle look less tidy.</param>
public readonly record struct Port(CanvasPoint At, Side Side, double Cost);

/// <summary>A node as the router sees it.</summary>
/// <param name="Id">The activity's id.</param>
/// <param name="Bounds">What no line of others may cross.</param>
/// <param name="Shape">Decides where lines may touch it.</param>
public sealed record RoutedNode(string Id, Rect Bounds, StepShape Shape)
{
    private const double OffMiddle = 10;

    /// <summary>Everywhere a line may touch the node.</summary>
    public IEnumerable<Port> Ports()
    {
        var (center, bounds) = (Bounds.Center, Bounds);
        var (down, along) = Shape switch
        {
            StepShape.Bar => (Math.Min(30, bounds.Height / 3), 0d),
            StepShape.Question => (0d, Math.Min(36, bounds.Width / 4)),
            StepShape.Switch => (30d, 36d),
            StepShape.Pill => (0d, 0d),
            _ => (bounds.Height < 60 ? 0 : 20, Math.Min(46, bounds.Width / 3)),
        };
        foreach (var offset in Shape == StepShape.Switch ? Offsets(down / 2).Union(Offsets(down)) : Offsets(down))
        {
            yield return new Port(new CanvasPoint(bounds.Right, center.Y + offset), Side.Right, CostOf(offset));

            // The left of a switch is a point.
            if (offset == 0 || Shape != StepShape.Switch)
            {
                yield return new Port(new CanvasPoint(bounds.X, center.Y + offset), Side.Left, CostOf(offset));
            }
        }

        foreach (var offset in Offsets(along))
        {
            yield return new Port(new CanvasPoint(center.X + offset, bounds.Bottom), Side.Bottom, CostOf(offset));

            // The right part of the upper border belongs to the badge with the number of cases.
            if (offset < 0 || (offset == 0 && Shape != StepShape.Task))
            {
                yield return new Port(new CanvasPoint(center.X + offset, bounds.Y), Side.Top, CostOf(offset));
            }
        }
    }

    private static IEnumerable<double> Offsets(double by) => by == 0 ? [0] : [0, -by, by];

    private static double CostOf(double offset) => offset == 0 ? 0 : OffMiddle;
}

/// <summary>A line to draw from one node to another.</summary>
/// <param name="Key">Unique among the lines of a drawing.</param>
/// <param name="Source">The id of the node it leaves.</param>
/// <param name="Target">The id of the node it enters.</param>
public sealed record RouteRequest(string Key, string Source, string Target);
