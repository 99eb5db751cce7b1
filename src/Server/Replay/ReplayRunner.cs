using System.Collections.Immutable;
using System.Diagnostics;
using GridFlow.Server.Bundles;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Replay;

namespace GridFlow.Server.Replay;

/// <summary>
/// Replays a bundle over the recorded cases of a period. What it holds does not grow with the period: a few batches, the
/// tallies, and at most <see cref="MostKept"/> cases of each list.
/// </summary>
public sealed class ReplayRunner(RecordedCases cases, BundleStore bundles)
{
    /// <summary>How many single cases a list keeps; counts are of all.</summary>
    public const int MostKept = 10_000;

    private const int Workers = 2;

    /// <summary>Replays.</summary>
    /// <param name="order">What.</param>
    /// <param name="progress">Told how much is done, from 0 to 1.</param>
    /// <param name="cancellationToken">Ends it; nothing was changed.</param>
    public async Task<ReplayResult> RunAsync(ReplayOrder order, IProgress<double> progress, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var total = await cases.CountAsync(order.Period, cancellationToken);
        var published = await PublishedAsync(cancellationToken);
        var whole = new Whole(order);
        await Parallel.ForEachAsync(
            cases.ReadAsync(order.Period, cancellationToken),
            new ParallelOptions { MaxDegreeOfParallelism = Workers, CancellationToken = cancellationToken },
            async (batch, stop) =>
            {
                await ReplayAsync(batch, order, whole, published, stop);
                progress.Report(total == 0 ? 1 : Math.Min(1, (double)whole.Tally.Cases / total));
            });
        return whole.ToResult(clock.Elapsed.TotalSeconds);
    }

    private async Task ReplayAsync(ImmutableArray<CaseHead> batch, ReplayOrder order, Whole whole, IReadOnlyDictionary<int, Bundle> published, CancellationToken cancellationToken)
    {
        var tally = new ReplayTally();
        var kept = new List<ReplayedRow>();
        foreach (var (head, recorded) in await cases.OpenAsync(batch, cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (recorded is null)
            {
                tally.AddUnreadable();
                continue;
            }

            var replayed = CaseReplay.Run(order.Content, recorded, published.GetValueOrDefault);
            tally.Add(replayed);
            if (replayed.Obstacle is null && whole.Wants(replayed))
            {
                kept.Add(new ReplayedRow(head.Case.Number, head.Case.AcceptedAt, replayed.Differences, replayed.Before, replayed.After));
            }
        }

        if (kept.Count > 0)
        {
            var visible = await cases.VisibleAsync([.. kept.Select(row => row.Number)], order.Reader, cancellationToken);
            kept.RemoveAll(row => !visible.Contains(row.Number));
        }

        whole.Add(tally, kept);
    }

    // The forms people answered are those of the bundles then in force.
    private async Task<IReadOnlyDictionary<int, Bundle>> PublishedAsync(CancellationToken cancellationToken)
    {
        var found = new Dictionary<int, Bundle>();
        foreach (var row in await bundles.ListAsync(cancellationToken))
        {
            found[row.Number] = await bundles.GetAsync(row.Number, cancellationToken);
        }

        return found;
    }

    /// <summary>What the workers have found together.</summary>
    private sealed class Whole(ReplayOrder order)
    {
        private readonly Lock _lock = new();
        private readonly List<ReplayedRow> _differing = [];
        private readonly List<ReplayedRow> _caught = [];

        public ReplayTally Tally { get; } = new();

        public bool Wants(ReplayedCase replayed) =>
            (replayed.Differences != ReplayDifference.None && _differing.Count < MostKept) || (IsCaught(replayed.After) && _caught.Count < MostKept);

        public void Add(ReplayTally tally, List<ReplayedRow> kept)
        {
            lock (_lock)
            {
                Tally.Add(tally);
                Keep(_differing, kept.Where(row => row.Differences != ReplayDifference.None));
                Keep(_caught, kept.Where(row => IsCaught(row.After)));
            }
        }

        public ReplayResult ToResult(double seconds) => new(order, Tally, InOrder(_differing), InOrder(_caught), seconds);

        private bool IsCaught(IntakeOutcome after) => order.Row is { } row && after.Row == row;

        private static void Keep(List<ReplayedRow> list, IEnumerable<ReplayedRow> rows) => list.AddRange(rows.Take(MostKept - list.Count));

        private static ImmutableArray<ReplayedRow> InOrder(List<ReplayedRow> rows) => [.. rows.OrderBy(row => row.AcceptedAt).ThenBy(row => row.Number, StringComparer.Ordinal)];
    }
}
