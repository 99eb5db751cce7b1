using GridFlow.Server.Organisation;

namespace GridFlow.Server.Demo;

/// <summary>
/// Outlines for the demo county, which has none because it does not exist: every area is cut into those below it, each of
/// which has what lies nearer to its seat than to any other's.
/// </summary>
internal static class DemoBoundaries
{
    private const int Rounds = 8;

    // Drawn by hand, somewhere no county is.
    private static readonly IReadOnlyList<MapPoint> County =
    [
        new(120.10, 30.52), new(120.18, 30.63), new(120.31, 30.66), new(120.40, 30.74), new(120.53, 30.71), new(120.61, 30.62), new(120.72, 30.58),
        new(120.70, 30.45), new(120.58, 30.39), new(120.49, 30.31), new(120.35, 30.33), new(120.27, 30.40), new(120.15, 30.41),
    ];

    /// <summary>An outline for the county and each area beneath it.</summary>
    public static IReadOnlyDictionary<string, string> Draw(string county, IEnumerable<string> codes)
    {
        var outlines = new Dictionary<string, string>(StringComparer.Ordinal);
        var children = codes.ToLookup(code => AreaCode.ParentOf(code) ?? "", StringComparer.Ordinal);
        Cut(county, County);
        return outlines;

        void Cut(string code, IReadOnlyList<MapPoint> outline)
        {
            if (AreaBoundary.Write([outline]) is { } text)
            {
                outlines[code] = text;
            }

            var below = children[code].Order(StringComparer.Ordinal).ToList();
            var cells = Cells(outline, Seats(outline, below));
            for (var index = 0; index < below.Count; index++)
            {
                Cut(below[index], cells[index]);
            }
        }
    }

    /// <summary>What lies nearer to each seat than to any other, within an outline.</summary>
    internal static List<IReadOnlyList<MapPoint>> Cells(IReadOnlyList<MapPoint> outline, IReadOnlyList<MapPoint> seats) =>
        [.. seats.Select(seat => seats.Where(other => other != seat).Aggregate(outline, (cell, other) => Nearer(cell, seat, other)))];

    // First anywhere inside by the code's digits, always the same; then each to the middle of its cell, which evens them out.
    private static IReadOnlyList<MapPoint> Seats(IReadOnlyList<MapPoint> outline, List<string> codes)
    {
        var middle = Middle(outline);
        IReadOnlyList<MapPoint> seats = [.. codes.Select((code, index) =>
        {
            var turn = (index * 2.4) + (code.Sum(digit => digit) * 0.37);
            var corner = outline[(int)(Math.Abs(turn) * 10) % outline.Count];
            var far = 0.25 + (0.5 * ((index % 3) + 1) / 4);
            return new MapPoint(middle.X + ((corner.X - middle.X) * far) + (index * 1e-5), middle.Y + ((corner.Y - middle.Y) * far));
        })];
        for (var round = 0; round < Rounds; round++)
        {
            seats = [.. Cells(outline, seats).Select((cell, index) => cell.Count == 0 ? seats[index] : Middle(cell))];
        }

        return seats;
    }

    private static MapPoint Middle(IReadOnlyList<MapPoint> ring) => new(ring.Average(point => point.X), ring.Average(point => point.Y));

    // The half of a cell on the seat's side of the line half way to another.
    private static List<MapPoint> Nearer(IReadOnlyList<MapPoint> cell, MapPoint seat, MapPoint other)
    {
        var kept = new List<MapPoint>();
        for (var index = 0; index < cell.Count; index++)
        {
            var (from, to) = (cell[index], cell[(index + 1) % cell.Count]);
            var (begins, ends) = (Side(from), Side(to));
            if (begins <= 0)
            {
                kept.Add(from);
            }

            if (begins < 0 != ends < 0 && begins != 0 && ends != 0)
            {
                var part = begins / (begins - ends);
                kept.Add(new MapPoint(from.X + ((to.X - from.X) * part), from.Y + ((to.Y - from.Y) * part)));
            }
        }

        return kept;

        // Below zero on the seat's side.
        double Side(MapPoint point) => ((point.X - ((seat.X + other.X) / 2)) * (other.X - seat.X)) + ((point.Y - ((seat.Y + other.Y) / 2)) * (other.Y - seat.Y));
    }
}
