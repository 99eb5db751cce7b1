using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Replay;

namespace GridFlow.Server.Replay;

/// <summary>Where a case is by the end of intake, as a picture of the tiers shows it.</summary>
public enum TierPlace
{
    Small,
    Hard,
    Big,

    /// <summary>Waits for a person before it is handled.</summary>
    Waiting,

    /// <summary>No unit has it.</summary>
    Nobody,

    /// <summary>Closed at intake: not a matter for us.</summary>
    Ended,
}

/// <summary>A figure of the books and of the replay.</summary>
public readonly record struct BeforeAfter(int Before, int After)
{
    public int Change => After - Before;
}

/// <summary>Counts over any number of replayed cases; the size depends on what there is to count, not on how many cases.</summary>
public sealed class ReplayTally
{
    private readonly Dictionary<ReplayDifference, int> _kinds = ReplayDifferences.Kinds.ToDictionary(kind => kind, _ => 0);
    private readonly Dictionary<string, BeforeAfter> _units = new(StringComparer.Ordinal);
    private readonly Dictionary<string, BeforeAfter> _categories = new(StringComparer.Ordinal);
    private readonly Dictionary<string, BeforeAfter> _workflows = new(StringComparer.Ordinal);
    private readonly Dictionary<int, BeforeAfter> _rows = [];
    private readonly Dictionary<(TierPlace From, TierPlace To), int> _tiers = [];

    /// <summary>Cases looked at.</summary>
    public int Cases { get; private set; }

    /// <summary>Cases that would go another way.</summary>
    public int Differences { get; private set; }

    /// <summary>Cases of which nothing can be said: their intake asks something outside, or their books do not tell the beginning.</summary>
    public int NotReplayed { get; private set; }

    /// <summary>Cases due earlier than before.</summary>
    public int Shorter { get; private set; }

    /// <summary>Cases due later than before, or not due at all any more.</summary>
    public int Longer { get; private set; }

    /// <summary>Cases no unit has.</summary>
    public BeforeAfter Nobody { get; private set; }

    /// <summary>Cases in which a person is asked before they are handled.</summary>
    public BeforeAfter Asked { get; private set; }

    /// <summary>Cases by kind of difference; a case may count in several.</summary>
    public IReadOnlyDictionary<ReplayDifference, int> Kinds => _kinds;

    /// <summary>Cases by the unit that leads.</summary>
    public IReadOnlyDictionary<string, BeforeAfter> Units => _units;

    /// <summary>Cases by category.</summary>
    public IReadOnlyDictionary<string, BeforeAfter> Categories => _categories;

    /// <summary>Cases by the workflow that handles them.</summary>
    public IReadOnlyDictionary<string, BeforeAfter> Workflows => _workflows;

    /// <summary>Cases by the routing row that caught them. Numbers of before are those of the table then in force.</summary>
    public IReadOnlyDictionary<int, BeforeAfter> Rows => _rows;

    /// <summary>Cases by where they were and where they would be.</summary>
    public IReadOnlyDictionary<(TierPlace From, TierPlace To), int> Tiers => _tiers;

    public static TierPlace PlaceOf(IntakeOutcome outcome) =>
        outcome.Ended ? TierPlace.Ended
        : outcome.IsNobodys ? TierPlace.Nobody
        : outcome.WaitsAt is not null ? TierPlace.Waiting
        : outcome.Tier switch
        {
            CaseTier.Hard => TierPlace.Hard,
            CaseTier.Big => TierPlace.Big,
            _ => TierPlace.Small,
        };

    /// <summary>A case whose books do not tell how it came in.</summary>
    public void AddUnreadable()
    {
        Cases++;
        NotReplayed++;
    }

    public void Add(ReplayedCase replayed)
    {
        Cases++;
        if (replayed.Obstacle is not null)
        {
            NotReplayed++;
            return;
        }

        var (before, after) = (replayed.Before, replayed.After);
        Differences += replayed.Differences == ReplayDifference.None ? 0 : 1;
        foreach (var kind in ReplayDifferences.Kinds)
        {
            _kinds[kind] += replayed.Differences.HasFlag(kind) ? 1 : 0;
        }

        if (replayed.Differences.HasFlag(ReplayDifference.Limit))
        {
            var isShorter = (after.Due ?? DateTimeOffset.MaxValue) < (before.Due ?? DateTimeOffset.MaxValue);
            Shorter += isShorter ? 1 : 0;
            Longer += isShorter ? 0 : 1;
        }

        Nobody = Plus(Nobody, before.IsNobodys ? 1 : 0, after.IsNobodys ? 1 : 0);
        Asked = Plus(Asked, before.AskedPerson ? 1 : 0, after.AskedPerson ? 1 : 0);
        Count(_units, before.Lead, after.Lead);
        Count(_categories, before.Category, after.Category);
        Count(_workflows, before.Workflow, after.Workflow);
        if (before.Row is { } was)
        {
            _rows[was] = Plus(_rows.GetValueOrDefault(was), 1, 0);
        }

        if (after.Row is { } now)
        {
            _rows[now] = Plus(_rows.GetValueOrDefault(now), 0, 1);
        }

        var way = (PlaceOf(before), PlaceOf(after));
        _tiers[way] = _tiers.GetValueOrDefault(way) + 1;
    }

    public void Add(ReplayTally other)
    {
        Cases += other.Cases;
        Differences += other.Differences;
        NotReplayed += other.NotReplayed;
        Shorter += other.Shorter;
        Longer += other.Longer;
        Nobody = Plus(Nobody, other.Nobody.Before, other.Nobody.After);
        Asked = Plus(Asked, other.Asked.Before, other.Asked.After);
        Add(_units, other._units);
        Add(_categories, other._categories);
        Add(_workflows, other._workflows);
        Add(_rows, other._rows);
        foreach (var (kind, count) in other._kinds)
        {
            _kinds[kind] += count;
        }

        foreach (var (way, count) in other._tiers)
        {
            _tiers[way] = _tiers.GetValueOrDefault(way) + count;
        }
    }

    private static void Count(Dictionary<string, BeforeAfter> counts, string? before, string? after)
    {
        if (before is not null)
        {
            counts[before] = Plus(counts.GetValueOrDefault(before), 1, 0);
        }

        if (after is not null)
        {
            counts[after] = Plus(counts.GetValueOrDefault(after), 0, 1);
        }
    }

    private static void Add<TKey>(Dictionary<TKey, BeforeAfter> counts, Dictionary<TKey, BeforeAfter> more)
        where TKey : notnull
    {
        foreach (var (key, count) in more)
        {
            counts[key] = Plus(counts.GetValueOrDefault(key), count.Before, count.After);
        }
    }

    private static BeforeAfter Plus(BeforeAfter figure, int before, int after) => new(figure.Before + before, figure.After + after);
}
