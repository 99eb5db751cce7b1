using System.Globalization;
using GridFlow.Workflows.Calendars;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Engine;
using Microsoft.Extensions.Localization;

namespace GridFlow.Server.Residents;

/// <summary>Says plainly where a case stands: whose turn it is, and by when.</summary>
public sealed class ResidentWords(IStringLocalizer<ResidentsText> text, TimeProvider time)
{
    public static readonly TimeZoneInfo Zone = WorkingCalendar.China.Zone;

    /// <summary>"11月24日 14:00", with the year when it is another than this one.</summary>
    public string When(DateTimeOffset instant)
    {
        var local = TimeZoneInfo.ConvertTime(instant, Zone);
        var isThisYear = local.Year == TimeZoneInfo.ConvertTime(time.GetUtcNow(), Zone).Year;
        return local.ToString(text[isThisYear ? "DateFormat" : "DateFormatYear"], CultureInfo.CurrentCulture);
    }

    /// <param name="material">The case.</param>
    /// <param name="isOthers">It is told to whom it is carried on for, and another reporter's to judge.</param>
    /// <param name="now">The instant.</param>
    internal string Standing(CaseMaterial material, bool isOthers, DateTimeOffset now)
    {
        var @case = material.Case;
        var who = isOthers ? "Other" : "";
        return @case.Status switch
        {
            CaseStatus.Open => OfOpen(material, who, now),
            CaseStatus.Withdrawn when EndedByUs(material) is not null => text["StandsEnded"],
            CaseStatus.Withdrawn => text["StandsWithdrawn" + who],
            CaseStatus.Merged => text["StandsMerged"],
            CaseStatus.Closed when @case.Confirmed is not null => text["StandsConfirmed" + who],
            CaseStatus.Closed when @case.Handled is null => text["StandsDeclined"],
            CaseStatus.Closed => text["StandsClosed" + who],
        };
    }

    /// <summary>What was written when a case was ended without being handled; null for all others.</summary>
    internal static string? ReasonForClosing(CaseMaterial material) => material.Case is { Status: CaseStatus.Closed, Handled: null }
        ? material.History.LastOrDefault(entry => entry.Kind == HistoryKind.WorkItemCompleted && entry.ActorId != UnitKey.Reporter && entry["outcome"] is not ("Skip" or "Retry"))?["comment"]
        : null;

    /// <summary>Why we ended a case, for whom its own history is not told; null when we did not.</summary>
    internal static string? ReasonForEnding(CaseMaterial material) => material.Case.Status == CaseStatus.Withdrawn ? EndedByUs(material)?["reason"] : null;

    private static TimelineEntry? EndedByUs(CaseMaterial material) =>
        material.History.LastOrDefault(entry => entry.Kind == HistoryKind.Withdrawn) is { } end && end.ActorId != UnitKey.Reporter ? end : null;

    private string OfOpen(CaseMaterial material, string who, DateTimeOffset now)
    {
        var @case = material.Case;
        var due = @case.Due;
        var holder = Holder(material);
        return @case.Stage switch
        {
            CaseStage.Accepting => text["StandsAccepting", holder],
            CaseStage.Dispatching => text["StandsDispatching", holder],
            CaseStage.Handling when due is null => text["StandsHandling", holder],
            CaseStage.Handling when due.IsOverdue(now) => text["StandsOverdue", holder, When(due.DueAt)],
            CaseStage.Handling => text["StandsHandlingDue", holder, When(due.DueAt)],
            CaseStage.Verifying => text["StandsVerifying", holder],
            CaseStage.Rating => material.Open.FirstOrDefault(item => item.Kind == WorkItemKind.Rating)?.DueAt is { } by ? text["StandsRatingBy" + who, When(by)] : text["StandsRating" + who],
            CaseStage.Done => text["StandsClosed" + who],
        };
    }

    // Whose turn it is: the units with open work, the lead before those that assist.
    private string Holder(CaseMaterial material)
    {
        var names = material.Open.Where(item => item.Kind is not (WorkItemKind.Rating or WorkItemKind.Incident)).OrderBy(item => item.Part)
            .Select(item => material.Units.GetValueOrDefault(item.Unit)).OfType<string>().Distinct().ToList();
        if (names.Count == 0 && material.Case.LeadUnit is { } lead && material.Units.TryGetValue(lead, out var name))
        {
            names.Add(name);
        }

        return names.Count == 0 ? text["Centre"] : string.Join(text["ListComma"], names);
    }
}
