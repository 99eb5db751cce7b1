using GridFlow.Workflows.Definitions;

namespace GridFlow.Designer.Canvas;

/// <summary>
/// The lines that routes may run on: through every port, and on a few tracks beside every node. Remembers which pieces are
/// taken by whom, so that lines keep apart, cross at right angles, and run together only towards the same target.
/// </summary>
internal sealed class RoutingGrid
{
    /// <summary>How far lines keep from nodes they do not touch.</summary>
    public const double Clearance = 10;

    /// <summary>Where the first track beside a node lies.</summary>
    public const double FirstTrack = 14;

    private const double TrackWidth = 12;
    private const double TooClose = 5;
    private readonly double[] _xs;
    private readonly double[] _ys;
    private readonly bool[] _blockedAcross;
    private readonly bool[] _blockedDown;
    private readonly Dictionary<(int Vertex, bool Across), List<RouteRequest>> _taken = [];

    public RoutingGrid(IReadOnlyCollection<RoutedNode> nodes, IReadOnlyCollection<Rect> obstacles, int tracks, IReadOnlyCollection<CanvasPoint> standing)
    {
        var all = nodes.Select(node => node.Bounds).Concat(obstacles).ToList();
        _xs = Lines(nodes.SelectMany(node => node.Ports()).Where(port => port.Side is Side.Top or Side.Bottom).Select(port => port.At.X).Concat(standing.Select(point => point.X)), all.SelectMany(rect => Tracks(rect.X, rect.Right, tracks)));
        _ys = Lines(nodes.SelectMany(node => node.Ports()).Where(port => port.Side is Side.Left or Side.Right).Select(port => port.At.Y).Concat(standing.Select(point => point.Y)), all.SelectMany(rect => Tracks(rect.Y, rect.Bottom, tracks)));
        _blockedAcross = new bool[_xs.Length * _ys.Length];
        _blockedDown = new bool[_xs.Length * _ys.Length];
        foreach (var rect in all.Select(rect => rect.Inflate(Clearance)))
        {
            Block(rect);
        }
    }

    public double X(int vertex) => _xs[vertex % _xs.Length];

    public double Y(int vertex) => _ys[vertex / _xs.Length];

    /// <summary>The first vertex straight out from a port, clear of its node; -1 when there is none.</summary>
    public int FindOutward(CanvasPoint port, Side side)
    {
        var (column, row) = side switch
        {
            Side.Right => (After(_xs, port.X + Clearance), Array.BinarySearch(_ys, port.Y)),
            Side.Left => (Before(_xs, port.X - Clearance), Array.BinarySearch(_ys, port.Y)),
            Side.Bottom => (Array.BinarySearch(_xs, port.X), After(_ys, port.Y + Clearance)),
            Side.Top => (Array.BinarySearch(_xs, port.X), Before(_ys, port.Y - Clearance)),
        };
        return column < 0 || row < 0 || column >= _xs.Length || row >= _ys.Length ? -1 : (row * _xs.Length) + column;
    }

    /// <summary>The vertex next to one in a direction, or -1 when there is none or the way is blocked.</summary>
    public int Step(int vertex, Side direction)
    {
        var (column, row) = (vertex % _xs.Length, vertex / _xs.Length);
        return direction switch
        {
            Side.Right => column + 1 < _xs.Length && !_blockedAcross[vertex] ? vertex + 1 : -1,
            Side.Left => column > 0 && !_blockedAcross[vertex - 1] ? vertex - 1 : -1,
            Side.Bottom => row + 1 < _ys.Length && !_blockedDown[vertex] ? vertex + _xs.Length : -1,
            Side.Top => row > 0 && !_blockedDown[vertex - _xs.Length] ? vertex - _xs.Length : -1,
        };
    }

    /// <summary>Who else uses the piece between two neighbouring vertices.</summary>
    public IReadOnlyList<RouteRequest> UsersOf(int from, int to) => _taken.GetValueOrDefault(Piece(from, to)) ?? (IReadOnlyList<RouteRequest>)[];

    /// <summary>Whether somebody with another target passes a vertex at right angles to a direction.</summary>
    public bool IsCrossed(int vertex, Side direction, RouteRequest by)
    {
        var across = direction is Side.Right or Side.Left;
        var before = across ? vertex - _xs.Length : vertex - 1;
        return IsForeign(new(vertex, !across), by) || (before >= 0 && IsForeign(new(before, !across), by));
    }

    /// <summary>The vertices a line passes whose points were given as standing.</summary>
    public IReadOnlyList<int> VerticesOf(IReadOnlyList<CanvasPoint> points)
    {
        var vertices = new List<int>();
        for (var i = 1; i < points.Count; i++)
        {
            var (column, row) = Find(points[i - 1]);
            var (toColumn, toRow) = Find(points[i]);
            while (column != toColumn || row != toRow)
            {
                vertices.Add((row * _xs.Length) + column);
                column += Math.Sign(toColumn - column);
                row += Math.Sign(toRow - row);
            }
        }

        return vertices;

        (int Column, int Row) Find(CanvasPoint point) => (Nearest(_xs, point.X), Nearest(_ys, point.Y));
    }

    public void Take(RouteRequest request, IReadOnlyList<int> vertices)
    {
        foreach (var piece in vertices.Zip(vertices.Skip(1), Piece))
        {
            if (!_taken.TryGetValue(piece, out var users))
            {
                _taken[piece] = users = [];
            }

            users.Add(request);
        }
    }

    public void Release(RouteRequest request, IReadOnlyList<int> vertices)
    {
        foreach (var piece in vertices.Zip(vertices.Skip(1), Piece))
        {
            _taken.GetValueOrDefault(piece)?.Remove(request);
        }
    }

    // Lines very close to each other were made one.
    private static int Nearest(double[] lines, double at)
    {
        var after = After(lines, at);
        return after == lines.Length || (after > 0 && at - lines[after - 1] < lines[after] - at) ? after - 1 : after;
    }

    private static int After(double[] lines, double at) => Array.BinarySearch(lines, at) is var found && found < 0 ? ~found : found;

    private static int Before(double[] lines, double at) => Array.BinarySearch(lines, at) is var found && found < 0 ? ~found - 1 : found;

    private bool IsForeign((int Vertex, bool Across) piece, RouteRequest by) =>
        _taken.TryGetValue(piece, out var users) && users.Any(user => user.Target != by.Target);

    private (int Vertex, bool Across) Piece(int from, int to) => (Math.Min(from, to), Math.Abs(from - to) == 1);

    private void Block(Rect rect)
    {
        var (lastRow, lastColumn) = (Math.Min(_ys.Length - 1, After(_ys, rect.Bottom)), Math.Min(_xs.Length - 1, After(_xs, rect.Right)));
        for (var row = Math.Max(0, After(_ys, rect.Y) - 1); row <= lastRow; row++)
        {
            for (var column = Math.Max(0, After(_xs, rect.X) - 1); column <= lastColumn; column++)
            {
                var insideDown = _ys[row] > rect.Y && _ys[row] < rect.Bottom;
                var insideAcross = _xs[column] > rect.X && _xs[column] < rect.Right;
                if (insideDown && column + 1 < _xs.Length && _xs[column] < rect.Right && _xs[column + 1] > rect.X)
                {
                    _blockedAcross[(row * _xs.Length) + column] = true;
                }

                if (insideAcross && row + 1 < _ys.Length && _ys[row] < rect.Bottom && _ys[row + 1] > rect.Y)
                {
                    _blockedDown[(row * _xs.Length) + column] = true;
                }
            }
        }
    }

    private static IEnumerable<double> Tracks(double start, double end, int tracks) =>
        Enumerable.Range(0, tracks).SelectMany(track => new[] { start - FirstTrack - (track * TrackWidth), end + FirstTrack + (track * TrackWidth) });

    // Lines through ports must stay exactly where they are; tracks too close to them or to each other are left out.
    private static double[] Lines(IEnumerable<double> ports, IEnumerable<double> tracks)
    {
        var lines = new SortedSet<double>(ports);
        foreach (var track in tracks)
        {
            if (lines.GetViewBetween(track - TooClose, track + TooClose).Count == 0)
            {
                lines.Add(track);
            }
        }

        return [.. lines];
    }
}
