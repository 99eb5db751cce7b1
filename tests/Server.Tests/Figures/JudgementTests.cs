using System.Net;
using System.Net.Http.Json;
using GridFlow.Server.Figures;
using GridFlow.Server.Persistence;
using GridFlow.Server.Tests.Residents;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GridFlow.Server.Tests.Figures;

public sealed class JudgementTests : IDisposable
{
    private readonly Neighbourhood _here = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_was_not_content_counts_although_the_case_is_taken_up_again()
    {
        using var browser = _here.CreateBrowser("en");
        var (number, code) = await Neighbourhood.ReportAsync(browser);
        await _here.WorkUntilRatingAsync(number);
        using var rated = await browser.PostAsJsonAsync("/api/public/rate", new { number, code, solved = false, satisfied = false, stars = 1 }, Cancelled);
        Assert.Equal(HttpStatusCode.OK, rated.StatusCode);

        var again = await ReadAsync(number);
        Assert.Equal((2, false, false), (again.Round, again.RatedSolved, again.RatedSatisfied));

        // The judgement of the new round takes its place.
        await _here.WorkUntilRatingAsync(number);
        using var content = await browser.PostAsJsonAsync("/api/public/rate", new { number, code, solved = true, satisfied = true, stars = 5 }, Cancelled);
        Assert.Equal(HttpStatusCode.OK, content.StatusCode);
        var last = await ReadAsync(number);
        Assert.Equal((true, true), (last.RatedSolved, last.RatedSatisfied));
    }

    public void Dispose() => _here.Dispose();

    private async Task<FigureFacts> ReadAsync(string number)
    {
        await using var db = await _here.Services.GetRequiredService<IDbContextFactory<GridFlowDbContext>>().CreateDbContextAsync(Cancelled);
        return Assert.Single(await _here.Services.GetRequiredService<FactReader>().ReadAsync(db, [number], Cancelled));
    }
}
