using System.Text.Json;
using GridFlow.Server.Cases;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Calendars;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Routing;

namespace GridFlow.Server.Persistence;

/// <summary>Between the facts of a case and its columns.</summary>
public static class CaseMapping
{
    public static CaseState ToState(CaseRow row) => new()
    {
        Number = row.Number,
        Title = row.Title,
        Detail = row.Detail,
        ReportedAt = row.ReportedAt,
        AcceptedAt = row.AcceptedAt,
        Channel = row.Channel,
        Nature = row.Nature,
        Urgency = row.Urgency,
        AreaPath = row.AreaPath,
        Place = row.Place,
        HasReporter = row.HasReporter,
        Status = row.Status,
        Stage = row.Stage,
        Category = row.Category,
        Condition = row.Condition,
        Tier = row.Tier,
        LeadUnit = row.LeadUnit,
        AssistingUnits = [.. row.AssistingUnits.Split(',', StringSplitOptions.RemoveEmptyEntries)],
        Workflow = row.Workflow,
        Priority = row.Priority,
        Due = row.Due is null ? null : DeadlineJson.Read(row.Due),
        Round = row.Round,
        Answer = row.Answer,
        Handled = Fact(row.HandledAt, row.HandledBy),
        Verified = Fact(row.VerifiedAt, row.VerifiedBy),
        Confirmed = Fact(row.ConfirmedAt, row.ConfirmedBy),
        Rating = row.RatedAt is { } ratedAt
            ? new CaseRating(row.RatedSolved == true, row.RatedSatisfied == true, row.RatedStars ?? 0, row.RatedComment ?? "", ratedAt)
            : null,
        Classification = Read<Classification>(row.Classification),
        Routing = Read<RoutingDecision>(row.Routing),
        ClosedAt = row.ClosedAt,
        FirstClaimedAt = row.FirstClaimedAt,
        Returns = row.Returns,
        Extensions = row.Extensions,
        Holds = row.Holds,
        HeldUntil = row.HeldUntil,
        WasOverdue = row.WasOverdue,
        Appeal = row.Appeal,
        Urged = row.Urged,
        UrgedAt = row.UrgedAt,
        Supervised = row.Supervised,
        Sponsor = row.SponsorId is { } sponsor ? new CaseSponsor(sponsor, row.SponsorName ?? "") : null,
        MergedInto = row.MergedInto,
        SplitFrom = row.SplitFrom,
        OpenParts = row.OpenParts,
    };

    public static CaseRow ToRow(CaseState state, string? intakeKey) => new()
    {
        Number = state.Number,
        Title = state.Title,
        Detail = state.Detail,
        ReportedAt = state.ReportedAt,
        AcceptedAt = state.AcceptedAt,
        Channel = state.Channel,
        Nature = state.Nature,
        Urgency = state.Urgency,
        AreaPath = state.AreaPath,
        Place = state.Place,
        HasReporter = state.HasReporter,
        Status = state.Status,
        Stage = state.Stage,
        Category = state.Category,
        Condition = state.Condition,
        Tier = state.Tier,
        LeadUnit = state.LeadUnit,
        AssistingUnits = string.Join(',', state.AssistingUnits),
        Workflow = state.Workflow,
        Priority = state.Priority,
        DueAt = state.Due?.DueAt,
        Due = state.Due is null ? null : DeadlineJson.Write(state.Due),
        Round = state.Round,
        Answer = state.Answer,
        HandledAt = state.Handled?.At,
        HandledBy = state.Handled?.By,
        VerifiedAt = state.Verified?.At,
        VerifiedBy = state.Verified?.By,
        ConfirmedAt = state.Confirmed?.At,
        ConfirmedBy = state.Confirmed?.By,
        RatedSolved = state.Rating?.Solved,
        RatedSatisfied = state.Rating?.Satisfied,
        RatedStars = state.Rating?.Stars,
        RatedComment = state.Rating?.Comment,
        RatedAt = state.Rating?.At,
        Classification = Write(state.Classification),
        Routing = Write(state.Routing),
        ClosedAt = state.ClosedAt,
        FirstClaimedAt = state.FirstClaimedAt,
        OriginalDueAt = state.Due?.Original.DueAt,
        Returns = state.Returns,
        Extensions = state.Extensions,
        Holds = state.Holds,
        HeldUntil = state.HeldUntil,
        WasOverdue = state.WasOverdue,
        Appeal = state.Appeal,
        IsExempted = state.Appeal == AppealState.Granted,
        Urged = state.Urged,
        UrgedAt = state.UrgedAt,
        Supervised = state.Supervised,
        SponsorId = state.Sponsor?.Id,
        SponsorName = state.Sponsor?.Name,
        MergedInto = state.MergedInto,
        SplitFrom = state.SplitFrom,
        OpenParts = state.OpenParts,
        IntakeKey = intakeKey,
    };

    private static CaseFact? Fact(DateTimeOffset? at, string? by) => at is { } instant ? new CaseFact(instant, by ?? "") : null;

    private static T? Read<T>(string? json)
        where T : class => json is null ? null : JsonSerializer.Deserialize<T>(json, BundleJson.Options);

    private static string? Write<T>(T? value)
        where T : class => value is null ? null : JsonSerializer.Serialize(value, BundleJson.Options);
}
