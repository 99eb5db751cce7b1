using GridFlow.Workflows.Definitions;

namespace GridFlow.Designer.Canvas;

/// <summary>A rectangle on the canvas; y grows downwards.</summary>
public readonly record struct Rect(double X, double Y, double Width, double Height)
{
    public double Right => X + Width;

    public double Bottom => Y + Height;

    public CanvasPoint Center => new(X + (Width / 2), Y + (Height / 2));

    public static Rect Around(CanvasPoint center, double width, double height) => new(center.X - (width / 2), center.Y - (height / 2), width, height);

    public Rect Inflate(double by) => new(X - by, Y - by, Width + (2 * by), Height + (2 * by));

    public Rect Union(Rect other)
    {
        var (x, y) = (Math.Min(X, other.X), Math.Min(Y, other.Y));
        return new Rect(x, y, Math.Max(Right, other.Right) - x, Math.Max(Bottom, other.Bottom) - y);
    }

    /// <summary>Whether the insides meet; touching borders do not.</summary>
    public bool Overlaps(Rect other) => X < other.Right && other.X < Right && Y < other.Bottom && other.Y < Bottom;

    /// <summary>Whether a horizontal or vertical line passes through the inside.</summary>
    public bool IsCrossedBy(CanvasPoint from, CanvasPoint to) =>
        Math.Min(from.X, to.X) < Right && Math.Max(from.X, to.X) > X && Math.Min(from.Y, to.Y) < Bottom && Math.Max(from.Y, to.Y) > Y;

    /// <summary>Whether a point lies on the border, within rounding.</summary>
    public bool HasOnBorder(CanvasPoint point)
    {
        const double Rounding = 0.01;
        var inside = point.X >= X - Rounding && point.X <= Right + Rounding && point.Y >= Y - Rounding && point.Y <= Bottom + Rounding;
        return inside && (Math.Abs(point.X - X) < Rounding || Math.Abs(point.X - Right) < Rounding
            || Math.Abs(point.Y - Y) < Rounding || Math.Abs(point.Y - Bottom) < Rounding);
    }
}
