using System.Diagnostics;
using System.Diagnostics.Metrics;
using GridFlow.Server.Persistence;
using GridFlow.Server.Persistence.Sql;
using Microsoft.EntityFrameworkCore;

namespace GridFlow.Server.Operations.Bench.Portal;

/// <summary>What a page asks, each time for somebody else or something else.</summary>
internal sealed record PageProbe(string Page, Func<int, CancellationToken, Task> Ask);

/// <summary>How long the queries of a page take, and how many statements they are.</summary>
internal sealed record PageMeasure(string Page, double P50Ms, double P95Ms, double Statements);

/// <summary>Asks for pages one after the other and takes the time.</summary>
internal static class PageRun
{
    // The first asks compile; a server that runs has done so.
    private const int WarmUp = 8;

    public static async Task<PageMeasure> MeasureAsync(PageProbe probe, int runs, CancellationToken cancellationToken)
    {
        for (var run = 0; run < WarmUp; run++)
        {
            await probe.Ask(runs + run, cancellationToken);
        }

        using var listener = new MeterListener();
        long statements = 0;
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (ReferenceEquals(instrument, SqlMeter.Statements))
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, count, _, _) => Interlocked.Add(ref statements, count));
        listener.Start();
        var times = new List<double>(runs);
        for (var run = 0; run < runs; run++)
        {
            var started = Stopwatch.GetTimestamp();
            await probe.Ask(run, cancellationToken);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        times.Sort();
        return new PageMeasure(probe.Page, Round(times[(runs - 1) / 2]), Round(times[(int)((runs - 1) * 0.95)]), Math.Round((double)statements / runs, 2));
    }

    /// <summary>Writes how the database carries out each statement of each page.</summary>
    public static async Task ExplainAsync(IServiceProvider services, IEnumerable<PageProbe> probes, TextWriter to, CancellationToken cancellationToken)
    {
        foreach (var probe in probes)
        {
            await using var db = await services.GetRequiredService<IDbContextFactory<GridFlowDbContext>>().CreateDbContextAsync(cancellationToken);
            using var recorder = SqlRecorder.Start();
            await probe.Ask(0, cancellationToken);
            foreach (var (statement, plan) in await recorder.ExplainAsync(db, cancellationToken))
            {
                await to.WriteLineAsync($"== {probe.Page}\n{statement.ReplaceLineEndings(" ")}\n  {string.Join("\n  ", plan)}");
            }
        }
    }

    private static double Round(double value) => Math.Round(value, 2);
}
