using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using GridFlow.Server.Cases;
using GridFlow.Server.Persistence.Sql;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Engine;

namespace GridFlow.Server.Operations.Bench;

/// <summary>How a run went, over all its cases or a stretch of them.</summary>
internal sealed record LoadStretch(int Cases, double Seconds, double CpuMs);

/// <summary>What a run did.</summary>
internal sealed record LoadResult(int Cases, long Operations, double Seconds, double CpuMs, long Statements, long Commits, double P50Ms, double P95Ms, IReadOnlyList<LoadStretch> Stretches);

/// <summary>
/// Runs cases through the benchmark's flow, by the same client, store and numbers as the portal: take in, complete, complete.
/// Each is one durable commit; the next follows when it is acknowledged.
/// </summary>
internal sealed class HumanTaskLoad(WorkflowClient client, CaseNumbers numbers, TimeProvider time)
{
    public const string Definition = "bench-human-task";
    private const int Stretches = 10;
    private static readonly Actor Resident = new("resident", "居民");
    private static readonly Actor Handler = new("handler", "王芳", "area:330402007001003");
    private static readonly Actor Checker = new("checker", "李明", "area:330402007001");

    public async Task<LoadResult> RunAsync(int callers, int cases, IProgress<double> progress, CancellationToken cancellationToken)
    {
        using var meter = new StoreCounts();
        var latencies = new ConcurrentBag<List<double>>();
        var stretches = new List<LoadStretch>();
        var started = 0;
        var done = 0;
        var size = Math.Max(1, cases / Stretches);
        var before = Snapshot();
        var lastOfStretch = before;
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(CallAsync, cancellationToken)));
        var after = Snapshot();
        var sorted = latencies.SelectMany(list => list).Order().ToList();
        return new LoadResult(
            cases, sorted.Count, Stopwatch.GetElapsedTime(before.At, after.At).TotalSeconds, after.CpuMs - before.CpuMs, meter.Statements, meter.Commits,
            Percentile(sorted, 0.5), Percentile(sorted, 0.95), stretches);

        async Task CallAsync()
        {
            var own = new List<double>();
            while (Interlocked.Increment(ref started) <= cases)
            {
                await RunCaseAsync(own, cancellationToken);
                var count = Interlocked.Increment(ref done);
                if (count % size == 0)
                {
                    Note(count);
                }
            }

            latencies.Add(own);
        }

        void Note(int count)
        {
            lock (stretches)
            {
                var now = Snapshot();
                stretches.Add(new LoadStretch(size, Stopwatch.GetElapsedTime(lastOfStretch.At, now.At).TotalSeconds, now.CpuMs - lastOfStretch.CpuMs));
                lastOfStretch = now;
            }

            progress.Report((double)count / cases);
        }
    }

    private static double Percentile(List<double> sorted, double share) => sorted.Count == 0 ? 0 : sorted[(int)((sorted.Count - 1) * share)];

    private static (long At, double CpuMs) Snapshot() => (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime.TotalMilliseconds);

    private async Task RunCaseAsync(List<double> latencies, CancellationToken cancellationToken)
    {
        var begun = Stopwatch.GetTimestamp();
        var number = await numbers.NextAsync(cancellationToken);
        var now = time.GetUtcNow();
        var report = new CaseState
        {
            Number = number,
            Title = "路面坑洼，电动车经过颠簸",
            Detail = "小区东门外非机动车道有一处坑洼，下雨积水，电动车经过容易摔倒，请尽快修补。",
            ReportedAt = now,
            AcceptedAt = now,
            AreaPath = "/33/3304/330402/330402007/330402007001/330402007001003/",
            Place = "东门外非机动车道",
            HasReporter = true,
        };
        var input = ImmutableDictionary<string, object?>.Empty.Add("kind", "road");
        var opened = Opened(await client.StartAsync(new Stimulus.Start(number, Definition, report, input, Resident), null, null, cancellationToken));
        latencies.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        opened = Opened(await CompleteAsync(opened!, Handler));
        await CompleteAsync(opened!, Checker);

        async Task<ActResult> CompleteAsync(string item, Actor actor)
        {
            var from = Stopwatch.GetTimestamp();
            var result = await client.SendAsync(number, new Stimulus.CompleteWorkItem(item, "Done", ImmutableDictionary<string, object?>.Empty, null, actor), cancellationToken);
            latencies.Add(Stopwatch.GetElapsedTime(from).TotalMilliseconds);
            return result is ActResult.Done ? result : throw new InvalidOperationException($"The benchmark's case {number} did not go on: {result}");
        }
    }

    private static string? Opened(ActResult result) => result is ActResult.Done { Checkpoint.Opened: var opened } ? opened.FirstOrDefault()?.Id : throw new InvalidOperationException(result.ToString());

    /// <summary>Listens to the store's counters from now on.</summary>
    private sealed class StoreCounts : IDisposable
    {
        private readonly MeterListener _listener = new();
        private long _statements;
        private long _commits;

        public StoreCounts()
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == SqlMeter.Name)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>((instrument, measured, _, _) => Interlocked.Add(ref instrument == SqlMeter.Commits ? ref _commits : ref _statements, measured));
            _listener.Start();
        }

        public long Statements => Interlocked.Read(ref _statements);

        public long Commits => Interlocked.Read(ref _commits);

        public void Dispose() => _listener.Dispose();
    }
}
