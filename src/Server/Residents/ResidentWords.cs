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

    internal string Standing(CaseMaterial material, DateTimeOffset now)
    {
        var @case = material.Case;
        return @case.Status switch
        {
            CaseStatus.Open => OfOpen(material, now),
            CaseStatus.Withdrawn when material.History.LastOrDefault(entry => entry.Kind == HistoryKind.Withdrawn) is { } end && end.ActorId != UnitKey.Reporter => text["StandsEnded"],
            CaseStatus.Withdrawn => text["StandsWithdrawn"],
            CaseStatus.Merged => text["StandsMerged"],
            CaseStatus.Closed when @case.Confirmed is not null => text["StandsConfirmed"],
            CaseStatus.Closed when @case.Handled is null => text["StandsDeclined"],
            CaseStatus.Closed => text["StandsClosed"],
        };
    }

    /// <summary>What was written when a case was ended without being handled; null for all others.</summary>
    internal static string? ReasonForClosing(CaseMaterial material) => material.Case is { Status: CaseStatus.Closed, Handled: null }
        ? material.History.LastOrDefault(entry => entry.Kind == HistoryKind.WorkItemCompleted && entry.ActorId != UnitKey.Reporter && entry["outcome"] is not ("Skip" or "Retry"))?["comment"]
        : null;

    private string OfOpen(CaseMaterial material, DateTimeOffset now)
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
            CaseStage.Rating => material.Open.FirstOrDefault(item => item.Kind == WorkItemKind.Rating)?.DueAt is { } by ? text["StandsRatingBy", When(by)] : text["StandsRating"],
            CaseStage.Done => text["StandsClosed"],
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
