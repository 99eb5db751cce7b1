using System.Linq.Expressions;
using GridFlow.Server.Persistence;
using GridFlow.Workflows.Cases;

namespace GridFlow.Server.Cases;

/// <summary>The orders in which cases are listed, each that of an index.</summary>
internal static class CaseOrder
{
    /// <summary>What a part of a list holds.</summary>
    public static IQueryable<CaseRow> Of(IQueryable<CaseRow> cases, CaseListPart part, bool isAlone) => part switch
    {
        CaseListPart.Due => cases.Where(row => row.Status == CaseStatus.Open && row.DueAt != null),
        CaseListPart.Undated => cases.Where(row => row.Status == CaseStatus.Open && row.DueAt == null),
        _ when isAlone => cases,
        _ => cases.Where(row => row.Status != CaseStatus.Open),
    };

    /// <summary>What comes after a place. Where the walk begins is said apart from which at the same value are left out, so that the index can begin there.</summary>
    public static IQueryable<CaseRow> After(IQueryable<CaseRow> cases, CaseCursor? place)
    {
        if (place is null)
        {
            return cases;
        }

        var at = new DateTimeOffset(Math.Min(place.Value, DateTimeOffset.MaxValue.Ticks), TimeSpan.Zero);
        Expression<Func<CaseRow, bool>> beyond = place.Part == CaseListPart.Due ? row => row.DueAt > at : row => row.AcceptedAt < at;
        return place.Part switch
        {
            CaseListPart.Due => cases.Where(row => row.DueAt >= at).Where(beyond.Or(TextOrder.After<CaseRow>(row => row.Number, place.Number))),
            CaseListPart.Undated => cases.Where(TextOrder.After<CaseRow>(row => row.Number, place.Number)),
            _ => cases.Where(row => row.AcceptedAt <= at).Where(beyond.Or(TextOrder.Before<CaseRow>(row => row.Number, place.Number))),
        };
    }

    public static IQueryable<CaseRow> Sort(IQueryable<CaseRow> cases, CaseListPart part) => part switch
    {
        CaseListPart.Due => cases.OrderBy(row => row.DueAt).ThenBy(row => row.Number),
        CaseListPart.Undated => cases.OrderBy(row => row.Number),
        _ => cases.OrderByDescending(row => row.AcceptedAt).ThenByDescending(row => row.Number),
    };
}

/// <summary>A case as a list finds it.</summary>
internal sealed class FoundCase
{
    public required string Number { get; init; }

    public required string Title { get; init; }

    /// <summary>Read only where words were looked for.</summary>
    public string? Detail { get; init; }

    public string? Place { get; init; }

    public CaseStatus Status { get; init; }

    public CaseStage Stage { get; init; }

    public CaseTier? Tier { get; init; }

    public CaseUrgency Urgency { get; init; }

    public int Round { get; init; }

    public DateTimeOffset AcceptedAt { get; init; }

    public string? Category { get; init; }

    public required string AreaPath { get; init; }

    public string? LeadUnit { get; init; }

    public string? Due { get; init; }

    public DateTimeOffset? DueAt { get; init; }

    public CaseListPart Part { get; init; }

    public CaseCursor Cursor => new(Part, Part == CaseListPart.Due ? DueAt!.Value.UtcTicks : Part == CaseListPart.Undated ? 0 : AcceptedAt.UtcTicks, Number);

    public static Expression<Func<CaseRow, FoundCase>> Of(CaseListPart part)
    {
        var withText = part == CaseListPart.Found;
        return row => new FoundCase
        {
            Number = row.Number,
            Title = row.Title,
            Detail = withText ? row.Detail : null,
            Place = row.Place,
            Status = row.Status,
            Stage = row.Stage,
            Tier = row.Tier,
            Urgency = row.Urgency,
            Round = row.Round,
            AcceptedAt = row.AcceptedAt,
            Category = row.Category,
            AreaPath = row.AreaPath,
            LeadUnit = row.LeadUnit,
            Due = row.Due,
            DueAt = row.DueAt,
            Part = part,
        };
    }
}
