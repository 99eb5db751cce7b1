using System.Globalization;
using System.Text;
using System.Text.Json;

namespace GridFlow.Server.Organisation;

/// <summary>A point of an outline: degrees east and north, or whatever plane a file uses.</summary>
public readonly record struct MapPoint(double X, double Y);

/// <summary>
/// The outline of an area: rings of points, drawn one over the other so that a ring within another is a hole. Kept as one line
/// of text, <c>x,y x,y x,y;x,y x,y x,y</c>, and simplified to what a screen can show.
/// </summary>
public static class AreaBoundary
{
    /// <summary>The longest text kept.</summary>
    public const int MaxLength = 20_000;

    private const int FewestPoints = 3;

    public static IReadOnlyList<IReadOnlyList<MapPoint>> Read(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return [];
        }

        return [.. text.Split(';').Select(ring => (IReadOnlyList<MapPoint>)[.. ring.Split(' ').Select(ReadPoint)])];
    }

    /// <summary>The outline as text, simplified as far as it must be to fit; null where nothing of it is left.</summary>
    public static string? Write(IReadOnlyList<IReadOnlyList<MapPoint>> rings)
    {
        var points = rings.SelectMany(ring => ring).ToList();
        if (points.Count == 0)
        {
            return null;
        }

        // A five-hundredth of its own size is less than a pixel of any map it is drawn on.
        var size = Math.Max(points.Max(point => point.X) - points.Min(point => point.X), points.Max(point => point.Y) - points.Min(point => point.Y));
        for (var tolerance = size / 500; ; tolerance *= 2)
        {
            var kept = rings.Select(ring => Simplify(ring, tolerance)).Where(ring => ring.Count >= FewestPoints).ToList();
            var text = new StringBuilder().AppendJoin(';', kept.Select(ring => string.Join(' ', ring.Select(WritePoint)))).ToString();
            if (text.Length <= MaxLength)
            {
                return text.Length == 0 ? null : text;
            }
        }
    }

    /// <summary>The outlines in a GeoJSON file, by what its features say the area's code is: <c>code</c>, <c>adcode</c> or <c>id</c>.</summary>
    /// <exception cref="FormatException">It is no collection of polygons; the message says what is wrong.</exception>
    public static IReadOnlyDictionary<string, string> ReadGeoJson(Stream file)
    {
        try
        {
            using var document = JsonDocument.Parse(file);
            var outlines = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var feature in document.RootElement.GetProperty("features").EnumerateArray())
            {
                if (CodeOf(feature) is { } code && Write(RingsOf(feature.GetProperty("geometry"))) is { } outline)
                {
                    outlines[code] = outline;
                }
            }

            return outlines;
        }
        catch (Exception problem) when (problem is JsonException or KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException)
        {
            throw new FormatException(problem.Message, problem);
        }
    }

    private static string? CodeOf(JsonElement feature)
    {
        var properties = feature.TryGetProperty("properties", out var given) && given.ValueKind == JsonValueKind.Object ? given : feature;
        foreach (var name in new[] { "code", "adcode", "id" })
        {
            if ((properties.TryGetProperty(name, out var value) || feature.TryGetProperty(name, out value)) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number)
            {
                return value.ToString();
            }
        }

        return null;
    }

    private static List<IReadOnlyList<MapPoint>> RingsOf(JsonElement geometry)
    {
        var coordinates = geometry.GetProperty("coordinates");
        return geometry.GetProperty("type").GetString() switch
        {
            "Polygon" => [.. coordinates.EnumerateArray().Select(Ring)],
            "MultiPolygon" => [.. coordinates.EnumerateArray().SelectMany(polygon => polygon.EnumerateArray()).Select(Ring)],
            _ => [],
        };

        static IReadOnlyList<MapPoint> Ring(JsonElement ring) => [.. ring.EnumerateArray().Select(point => new MapPoint(point[0].GetDouble(), point[1].GetDouble()))];
    }

    /// <summary>Leaves out points that lie within the tolerance of the line between those that stay (Douglas and Peucker). A ring's two farthest points always stay.</summary>
    internal static IReadOnlyList<MapPoint> Simplify(IReadOnlyList<MapPoint> ring, double tolerance)
    {
        var points = ring.Count > 1 && ring[0] == ring[^1] ? [.. ring.Take(ring.Count - 1)] : ring.ToList();
        if (points.Count <= FewestPoints)
        {
            return points;
        }

        var far = Enumerable.Range(1, points.Count - 1).MaxBy(index => Distance(points[index], points[0], points[0]));
        points.Add(points[0]);
        var stays = new bool[points.Count];
        (stays[0], stays[far]) = (true, true);
        Keep(0, far);
        Keep(far, points.Count - 1);
        return [.. points.Take(points.Count - 1).Where((_, index) => stays[index])];

        void Keep(int from, int to)
        {
            var (most, at) = (tolerance, -1);
            for (var index = from + 1; index < to; index++)
            {
                var distance = Distance(points[index], points[from], points[to]);
                (most, at) = distance > most ? (distance, index) : (most, at);
            }

            if (at >= 0)
            {
                stays[at] = true;
                Keep(from, at);
                Keep(at, to);
            }
        }
    }

    private static double Distance(MapPoint point, MapPoint from, MapPoint to)
    {
        var (x, y) = (to.X - from.X, to.Y - from.Y);
        var length = (x * x) + (y * y);
        var along = length == 0 ? 0 : Math.Clamp((((point.X - from.X) * x) + ((point.Y - from.Y) * y)) / length, 0, 1);
        return Math.Sqrt(Math.Pow(point.X - from.X - (along * x), 2) + Math.Pow(point.Y - from.Y - (along * y), 2));
    }

    private static MapPoint ReadPoint(string text)
    {
        var comma = text.IndexOf(',', StringComparison.Ordinal);
        return new MapPoint(double.Parse(text.AsSpan(0, comma), CultureInfo.InvariantCulture), double.Parse(text.AsSpan(comma + 1), CultureInfo.InvariantCulture));
    }

    private static string WritePoint(MapPoint point) => string.Create(CultureInfo.InvariantCulture, $"{Math.Round(point.X, 6)},{Math.Round(point.Y, 6)}");
}
