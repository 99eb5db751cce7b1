using GridFlow.Server.Board;
using GridFlow.Server.Bundles;
using GridFlow.Server.Figures;
using GridFlow.Server.Leader;
using GridFlow.Server.Security;

namespace GridFlow.Server.Operations.Bench.Portal;

/// <summary>The pages that tell of many cases at once: figures, the command board, the leader's page. Their days are counted first, as the portal's loop has them counted.</summary>
internal static class OverviewProbes
{
    public static async Task<IReadOnlyList<PageProbe>> OfAsync(IServiceProvider services, County county, CancellationToken cancellationToken)
    {
        var counter = services.GetRequiredService<FigureCounter>();
        var days = await counter.FindDaysAsync(cancellationToken) ?? (0, -1);
        for (var day = days.First; day <= days.Last; day++)
        {
            await counter.CompareAsync(day, cancellationToken);
        }

        return [.. Figures(services, county, days.Last), .. Board(services, county)];
    }

    private static IEnumerable<PageProbe> Figures(IServiceProvider services, County county, int last)
    {
        var queries = services.GetRequiredService<FigureQueries>();
        var cases = services.GetRequiredService<FigureCases>();
        var counter = services.GetRequiredService<FigureCounter>();
        (string Who, Func<int, CurrentUser> User)[] people = [("county", county.CountyDispatcher), ("town", county.TownDispatcher), ("clerk", county.Clerk)];
        foreach (var (who, user) in people)
        {
            foreach (var span in Enum.GetValues<FigureSpan>())
            {
                yield return new PageProbe($"figures of a {span.ToString().ToLowerInvariant()}, {who}", (run, cancellationToken) =>
                    queries.GetAsync(user(run), new FigureQuestion(FigurePeriod.Of(span, last - (run * 5 % 200))), Enum.GetValues<FigureDimension>()[run % 4], cancellationToken));
            }

            yield return new PageProbe($"figures' cases of a quarter, {who}", (run, cancellationToken) =>
                cases.ListAsync(user(run), new FigureQuestion(FigurePeriod.Of(FigureSpan.Quarter, last - (run * 5 % 200))), "OnTime", FigurePick.Misses, 1 + run, FigureCases.PageSize, cancellationToken));
        }

        yield return new PageProbe("figures: a day compared (background)", (run, cancellationToken) => counter.CompareAsync(last - run, cancellationToken));
    }

    private static IEnumerable<PageProbe> Board(IServiceProvider services, County county)
    {
        var board = services.GetRequiredService<BoardQueries>();
        var leader = services.GetRequiredService<LeaderQueries>();
        yield return new PageProbe("board: all open cases read (once a minute for all)", async (_, cancellationToken) =>
        {
            using var state = ActivatorUtilities.CreateInstance<BoardState>(services);
            await state.GetAsync(cancellationToken);
        });
        var shared = services.GetRequiredService<BoardState>();
        var bundles = services.GetRequiredService<BundleStore>();
        yield return new PageProbe("board: what many say, county (every 15 s at most)", async (_, cancellationToken) =>
            WordSpots.Find((await shared.GetAsync(cancellationToken)).Cases, (await bundles.GetLastKnownAsync(cancellationToken)).Categories, services.GetRequiredService<TimeProvider>().GetUtcNow(), BoardView.Told));
        yield return new PageProbe("board, county", async (run, cancellationToken) => await board.RowsAsync(county.CountyDispatcher(run), [.. (await board.GetAsync(county.CountyDispatcher(run), null, cancellationToken)).Newest.Select(one => one.Number)], cancellationToken));
        yield return new PageProbe("board, each time another town", async (run, cancellationToken) => await board.RowsAsync(county.TownDispatcher(run), [.. (await board.GetAsync(county.TownDispatcher(run), null, cancellationToken)).Newest.Select(one => one.Number)], cancellationToken));
        yield return new PageProbe("what will be late, county", (run, cancellationToken) => board.ListDueAsync(county.CountyDispatcher(run), null, DateTimeOffset.MaxValue, 1, 50, cancellationToken));
        yield return new PageProbe("leader's page", (run, cancellationToken) => leader.GetAsync(county.Leader(run), cancellationToken));
    }
}
