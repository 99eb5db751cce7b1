using System.Text;
using GridFlow.Server.Organisation;
using Microsoft.Extensions.DependencyInjection;

namespace GridFlow.Server.Tests.Organisation;

public sealed class BoundaryTests
{
    [Fact]
    public async Task Boundaries_are_brought_in_by_the_codes_of_their_areas()
    {
        await using var application = new GridFlowApplication();
        var import = application.Services.GetRequiredService<BoundaryImport>();
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, """
            {"type":"FeatureCollection","features":[
              {"type":"Feature","properties":{"code":"990101101"},"geometry":{"type":"Polygon","coordinates":[[[120.1,30.1],[120.2,30.1],[120.2,30.2],[120.1,30.1]]]}},
              {"type":"Feature","properties":{"adcode":990101102},"geometry":{"type":"MultiPolygon","coordinates":[[[[1,1],[2,1],[2,2],[1,1]]]]}},
              {"type":"Feature","properties":{"code":"123456"},"geometry":{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}}]}
            """, TestContext.Current.CancellationToken);

        var result = await import.RunAsync(file, TestContext.Current.CancellationToken);
        var again = await import.RunAsync(file, TestContext.Current.CancellationToken);

        Assert.Equal((2, 0), (result.Set, result.Unchanged));
        Assert.Equal(["123456"], result.Unknown);
        Assert.Equal((0, 2), (again.Set, again.Unchanged));
        var area = await application.Services.GetRequiredService<OrganisationQueries>().FindAreaAsync("990101101", TestContext.Current.CancellationToken);
        Assert.Equal([[new MapPoint(120.1, 30.1), new MapPoint(120.2, 30.1), new MapPoint(120.2, 30.2)]], AreaBoundary.Read(area!.Boundary));
        File.Delete(file);
    }

    [Theory]
    [InlineData("no json")]
    [InlineData("{\"type\":\"Point\"}")]
    [InlineData("{\"features\":[{\"properties\":{\"code\":\"1\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[1]]]}}]}")]
    public void What_is_no_GeoJson_is_refused(string text)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));

        Assert.Throws<FormatException>(() => AreaBoundary.ReadGeoJson(stream));
    }

    [Fact]
    public void An_outline_of_many_points_is_simplified_until_it_fits_and_keeps_its_shape()
    {
        var ring = Enumerable.Range(0, 50_000).Select(index => index * Math.Tau / 50_000).Select(angle => new MapPoint(Math.Cos(angle), Math.Sin(angle))).ToList();

        var text = AreaBoundary.Write([ring])!;

        Assert.InRange(text.Length, 1, AreaBoundary.MaxLength);
        var kept = AreaBoundary.Read(text)[0];
        Assert.InRange(kept.Count, 20, 2_000);
        Assert.All(kept, point => Assert.Equal(1, Math.Sqrt((point.X * point.X) + (point.Y * point.Y)), 3));
    }
}
