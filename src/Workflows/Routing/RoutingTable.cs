using System.Collections.Immutable;
using System.Globalization;
using GridFlow.Workflows.Cases;

namespace GridFlow.Workflows.Routing;

/// <summary>The routing table of a bundle. The most specific row that holds wins; see <see cref="RoutingConditionKind"/> for the order.</summary>
public sealed class RoutingTable
{
    // Most specific first, so that the first row that holds is the answer; equal ones by number, though the checker refuses ties.
    private readonly ImmutableArray<RoutingRow> _bySpecificity;

    /// <summary>Builds the table from its rows in the order people see them.</summary>
    public RoutingTable(IEnumerable<RoutingRow> rows)
    {
        Rows = [.. rows];
        _bySpecificity = [.. Rows.OrderByDescending(Specificity, SpecificityComparer.Instance).ThenBy(row => row.Number)];
    }

    /// <summary>The rows in the order people see them.</summary>
    public ImmutableArray<RoutingRow> Rows { get; }

    /// <summary>Finds the row for a case.</summary>
    /// <param name="case">The case as it stands.</param>
    /// <param name="localTime">The local time of acceptance, for conditions on the time of day.</param>
    /// <returns>The winning row, its reasons, and the rows it beat; null when no row holds.</returns>
    public (RoutingRow Row, ImmutableArray<RoutingReason> Reasons, ImmutableArray<int> Passed)? Find(CaseState @case, TimeOnly localTime)
    {
        RoutingRow? winner = null;
        ImmutableArray<RoutingReason> reasons = [];
        var passed = ImmutableArray.CreateBuilder<int>();
        foreach (var row in _bySpecificity)
        {
            if (Holds(row, @case, localTime) is not { } held)
            {
                continue;
            }

            if (winner is null)
            {
                (winner, reasons) = (row, held);
            }
            else
            {
                passed.Add(row.Number);
            }
        }

        return winner is null ? null : (winner, reasons, passed.ToImmutable());
    }

    /// <summary>How specific a row is: one figure per kind of condition, compared in the order of the kinds.</summary>
    internal static ImmutableArray<int> Specificity(RoutingRow row) =>
    [
        row.Keywords.Length > 0 ? 1 : 0, row.Category?.Length ?? 0, row.Area?.Length ?? 0, row.Nature is null ? 0 : 1, row.Channel is null ? 0 : 1,
        row.Urgency is null ? 0 : 1, row.Tier is null ? 0 : 1, row.From is null && row.Until is null ? 0 : 1,
    ];

    private static ImmutableArray<RoutingReason>? Holds(RoutingRow row, CaseState @case, TimeOnly localTime)
    {
        var reasons = ImmutableArray.CreateBuilder<RoutingReason>();
        if (row.Keywords.Length > 0)
        {
            if (row.Keywords.FirstOrDefault(word => Contains(@case.Title, word) || Contains(@case.Detail, word)) is not { } found)
            {
                return null;
            }

            reasons.Add(new RoutingReason(RoutingConditionKind.Keyword, found));
        }

        if (!Check(RoutingConditionKind.Category, row.Category, row.Category is { } category && @case.Category?.StartsWith(category, StringComparison.Ordinal) == true)
            || !Check(RoutingConditionKind.Area, row.Area, row.Area is { } area && @case.AreaPath.Contains($"/{area}/", StringComparison.Ordinal))
            || !Check(RoutingConditionKind.Nature, row.Nature?.ToString(), row.Nature == @case.Nature)
            || !Check(RoutingConditionKind.Channel, row.Channel?.ToString(), row.Channel == @case.Channel)
            || !Check(RoutingConditionKind.Urgency, row.Urgency?.ToString(), row.Urgency == @case.Urgency)
            || !Check(RoutingConditionKind.Tier, row.Tier?.ToString(), row.Tier == @case.Tier)
            || !Check(RoutingConditionKind.TimeOfDay, Span(row), InSpan(row, localTime)))
        {
            return null;
        }

        return reasons.ToImmutable();

        bool Check(RoutingConditionKind kind, string? condition, bool holds)
        {
            if (condition is not null && holds)
            {
                reasons.Add(new RoutingReason(kind, condition));
            }

            return condition is null || holds;
        }
    }

    private static string? Span(RoutingRow row) => row.From is null && row.Until is null
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"{row.From ?? TimeOnly.MinValue:HH:mm}-{row.Until ?? TimeOnly.MinValue:HH:mm}");

    private static bool InSpan(RoutingRow row, TimeOnly time)
    {
        var (from, until) = (row.From ?? TimeOnly.MinValue, row.Until ?? TimeOnly.MinValue);
        return from < until ? time >= from && time < until : time >= from || time < until;
    }

    private static bool Contains(string text, string word) => text.Contains(word, StringComparison.OrdinalIgnoreCase);

    internal sealed class SpecificityComparer : IComparer<ImmutableArray<int>>
    {
        public static readonly SpecificityComparer Instance = new();

        public int Compare(ImmutableArray<int> x, ImmutableArray<int> y)
        {
            for (var i = 0; i < x.Length; i++)
            {
                if (x[i] != y[i])
                {
                    return x[i].CompareTo(y[i]);
                }
            }

            return 0;
        }
    }
}
