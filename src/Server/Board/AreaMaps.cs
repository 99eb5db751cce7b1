using System.Collections.Concurrent;
using System.Globalization;
using GridFlow.Server.Organisation;
using GridFlow.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace GridFlow.Server.Board;

/// <summary>An area on the map: its outline as an SVG path, and where its number stands.</summary>
public sealed record MapShape(string Code, string Path, string Name, string? NameEn, string Outline, double X, double Y)
{
    public string DisplayName => Accounts.LocalName.Of(Name, NameEn);
}

/// <summary>The parts of an area, drawn into a frame of <see cref="Width"/> by <see cref="Height"/>.</summary>
public sealed record AreaMap(IReadOnlyList<MapShape> Shapes, double Width, double Height);

/// <summary>Draws areas from their boundaries. No tiles, no services: what is drawn is in the database.</summary>
public sealed class AreaMaps(IDbContextFactory<GridFlowDbContext> database, TimeProvider time)
{
    private const double Width = 1000;
    private const double Margin = 12;
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<string, (DateTimeOffset At, AreaMap Map)> _maps = new(StringComparer.Ordinal);

    /// <summary>The parts right below an area that have a boundary.</summary>
    public async Task<AreaMap> GetAsync(string areaPath, CancellationToken cancellationToken = default)
    {
        if (_maps.TryGetValue(areaPath, out var known) && time.GetUtcNow() - known.At < Kept)
        {
            return known.Map;
        }

        var code = areaPath.Split('/', StringSplitOptions.RemoveEmptyEntries).LastOrDefault();
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var areas = await db.Areas.AsNoTracking().Where(area => area.ParentCode == code && area.Boundary != null).OrderBy(area => area.Code).ToListAsync(cancellationToken);
        var map = Draw(areas);
        _maps[areaPath] = (time.GetUtcNow(), map);
        return map;
    }

    internal static AreaMap Draw(IReadOnlyList<Area> areas)
    {
        var rings = areas.Select(area => AreaBoundary.Read(area.Boundary)).ToList();
        var points = rings.SelectMany(area => area).SelectMany(ring => ring).ToList();
        if (points.Count == 0)
        {
            return new AreaMap([], Width, Width / 2);
        }

        // A degree east is shorter than one north, by the cosine of the latitude.
        var (left, right, bottom, top) = (points.Min(point => point.X), points.Max(point => point.X), points.Min(point => point.Y), points.Max(point => point.Y));
        var narrow = Math.Abs(top) <= 90 && Math.Abs(bottom) <= 90 ? Math.Cos((top + bottom) / 2 * Math.PI / 180) : 1;
        var scale = (Width - (2 * Margin)) / Math.Max((right - left) * narrow, double.Epsilon);
        var height = ((top - bottom) * scale) + (2 * Margin);
        return new AreaMap([.. areas.Select((area, index) =>
        {
            var outline = rings[index].Select(ring => ring.Select(Place).ToList()).ToList();
            var centre = CentreOf(outline[0]);
            return new MapShape(area.Code, area.Path, area.Name, area.NameEn, string.Concat(outline.Select(ring => $"M{string.Join('L', ring.Select(point => $"{N(point.X)} {N(point.Y)}"))}Z")), centre.X, centre.Y);
        })], Width, height);

        MapPoint Place(MapPoint point) => new(Margin + ((point.X - left) * narrow * scale), Margin + ((top - point.Y) * scale));
    }

    // The centre of gravity; of a ring without an area, the middle of its points.
    private static MapPoint CentreOf(List<MapPoint> ring)
    {
        double area = 0, x = 0, y = 0;
        for (var index = 0; index < ring.Count; index++)
        {
            var (one, other) = (ring[index], ring[(index + 1) % ring.Count]);
            var cross = (one.X * other.Y) - (other.X * one.Y);
            area += cross;
            x += (one.X + other.X) * cross;
            y += (one.Y + other.Y) * cross;
        }

        return Math.Abs(area) < 1e-9 ? new MapPoint(ring.Average(point => point.X), ring.Average(point => point.Y)) : new MapPoint(x / (3 * area), y / (3 * area));
    }

    private static string N(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
