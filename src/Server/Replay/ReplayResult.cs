using System.Collections.Immutable;
using GridFlow.Server.Security;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Replay;
using GridFlow.Workflows.Routing;

namespace GridFlow.Server.Replay;

/// <summary>What to replay.</summary>
/// <param name="Content">The bundle to try: a draft's content, or a published one.</param>
/// <param name="Period">Over the cases of when.</param>
/// <param name="Reader">Who will look at single cases; only those they may see are listed. Counts are of all.</param>
public sealed record ReplayOrder(Bundle Content, ReplayPeriod Period, CurrentUser Reader)
{
    /// <summary>A routing row whose cases are listed too, whether or not they differ; null for none.</summary>
    public int? Row { get; init; }
}

/// <summary>A case in the result.</summary>
/// <param name="Number">Its number.</param>
/// <param name="AcceptedAt">When it was accepted.</param>
/// <param name="Differences">How it would go otherwise.</param>
/// <param name="Before">What the books say.</param>
/// <param name="After">What would become of it.</param>
public sealed record ReplayedRow(string Number, DateTimeOffset AcceptedAt, ReplayDifference Differences, IntakeOutcome Before, IntakeOutcome After);

/// <summary>What a replay gave.</summary>
/// <param name="Order">What was asked.</param>
/// <param name="Tally">Counts over all cases.</param>
/// <param name="Differing">Cases that would go another way, oldest first; at most <see cref="ReplayRunner.MostKept"/>.</param>
/// <param name="Caught">Cases the row asked for would catch, oldest first; at most as many.</param>
/// <param name="Seconds">How long it took.</param>
public sealed record ReplayResult(ReplayOrder Order, ReplayTally Tally, ImmutableArray<ReplayedRow> Differing, ImmutableArray<ReplayedRow> Caught, double Seconds)
{
    /// <summary>Rows of the bundle that caught no case of the period.</summary>
    public ImmutableArray<RoutingRow> NeverHit { get; } = [.. Order.Content.Routing.Rows.Where(row => Tally.Rows.GetValueOrDefault(row.Number).After == 0)];

    /// <summary>Not all that differ are listed: there are too many, or some are of places the reader does not look after.</summary>
    public bool IsCut => Differing.Length < Tally.Differences;
}
