using System.Collections.Immutable;
using System.Globalization;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Engine;

namespace GridFlow.Workflows.Replay;

/// <summary>A case as a replay needs it: the report as it came in, and what the history tells of its first round.</summary>
/// <param name="Report">The facts as they were reported: nothing sorted, nothing routed.</param>
/// <param name="DefinitionId">The workflow it began with.</param>
/// <param name="Bundle">The bundle it was accepted under; 0 when the books do not tell.</param>
/// <param name="History">The entries of the kinds <see cref="Kinds"/>, in their order.</param>
public sealed record RecordedCase(CaseState Report, string DefinitionId, int Bundle, ImmutableArray<HistoryEntry> History)
{
    /// <summary>The kinds of entries a replay reads; others need not be loaded.</summary>
    public static ImmutableArray<HistoryKind> Kinds { get; } =
    [
        HistoryKind.Accepted, HistoryKind.Classified, HistoryKind.Routed, HistoryKind.ActivityCompleted, HistoryKind.WorkItemOpened, HistoryKind.WorkItemCompleted,
        HistoryKind.WorkItemCancelled, HistoryKind.TierChanged, HistoryKind.Reopened, HistoryKind.Closed, HistoryKind.Withdrawn, HistoryKind.Incident, HistoryKind.TimerSet,
    ];

    /// <summary>Takes a case back to its report.</summary>
    /// <param name="case">The case as it stands now.</param>
    /// <param name="definitionId">The workflow it began with.</param>
    /// <param name="history">Its history; at least the kinds <see cref="Kinds"/> of its first round.</param>
    /// <returns>Null when the books do not tell how it came in.</returns>
    public static RecordedCase? From(CaseState @case, string definitionId, IEnumerable<HistoryEntry> history)
    {
        ArgumentNullException.ThrowIfNull(@case);
        ImmutableArray<HistoryEntry> entries = [.. history.Where(entry => Kinds.Contains(entry.Kind)).OrderBy(entry => entry.Number)];
        if (entries.FirstOrDefault(entry => entry.Kind == HistoryKind.Accepted) is not { } accepted)
        {
            return null;
        }

        var tellsReport = accepted.Data.ContainsKey(HistoryData.Urgency);
        var bundle = int.TryParse(accepted.Data.GetValueOrDefault(HistoryData.Bundle), CultureInfo.InvariantCulture, out var number) ? number : @case.Routing?.Bundle ?? 0;
        var report = new CaseState
        {
            Number = @case.Number,
            Title = @case.Title,
            Detail = @case.Detail,
            ReportedAt = @case.ReportedAt,
            AcceptedAt = @case.AcceptedAt,
            Channel = @case.Channel,
            Nature = @case.Nature,
            Urgency = Enum.TryParse<CaseUrgency>(accepted.Data.GetValueOrDefault(HistoryData.Urgency), out var urgency) ? urgency : CaseUrgency.Normal,
            AreaPath = @case.AreaPath,
            Place = @case.Place,
            HasReporter = @case.HasReporter,
            Category = tellsReport ? accepted.Data.GetValueOrDefault(HistoryData.Category) : GuessGiven(@case, entries),
        };
        return new RecordedCase(report, definitionId, bundle, entries);
    }

    // Cases from before the report's category was recorded: a category that came with the report was kept without words.
    private static string? GuessGiven(CaseState @case, ImmutableArray<HistoryEntry> entries)
    {
        var sorted = entries.FirstOrDefault(entry => entry.Kind == HistoryKind.Classified);
        var sortedAnew = entries.Any(entry => entry.Kind == HistoryKind.WorkItemCompleted && entry.Data.ContainsKey(HistoryData.Field + HistoryData.Category));
        var words = @case.Classification?.Words.Length ?? 0;
        return sorted is not null && !sorted.Data.ContainsKey("words") && (words > 0 || (@case.Classification?.IsGiven == true && !sortedAnew))
            ? sorted.Data.GetValueOrDefault(HistoryData.Category)
            : null;
    }
}
