using GridFlow.Server.Persistence;
using GridFlow.Workflows.Cases;

namespace GridFlow.Server.Cases;

/// <summary>What is looked for among cases. Everything given must hold.</summary>
public sealed record CaseFilter
{
    /// <summary>Words of the number, the title, the text or the place; found by <see cref="CaseSearch"/>.</summary>
    public string? Text { get; init; }

    public CaseStatus? Status { get; init; }

    public CaseStage? Stage { get; init; }

    public CaseTier? Tier { get; init; }

    /// <summary>A category's key; everything beneath it counts.</summary>
    public string? Category { get; init; }

    /// <summary>An area's code; its whole subtree counts.</summary>
    public string? Area { get; init; }

    /// <summary>The key of a unit that has or had a part.</summary>
    public string? Unit { get; init; }

    /// <summary>Open, and past the date it is due.</summary>
    public bool Overdue { get; init; }

    /// <summary>The account of the leader who answers for it (领导包案).</summary>
    public string? Sponsor { get; init; }

    /// <summary>A workflow in which the case waits for somebody.</summary>
    public string? Flow { get; init; }

    /// <summary>The activity of that workflow it waits at.</summary>
    public string? Step { get; init; }

    /// <summary>Due soonest first instead of newest first.</summary>
    public bool DueFirst { get; init; }

    public bool IsEmpty => this with { DueFirst = false } == new CaseFilter();
}

internal static class CaseFilterExtensions
{
    public static IQueryable<CaseRow> Matching(this IQueryable<CaseRow> cases, CaseFilter filter, string? areaPath, DateTimeOffset now, GridFlowDbContext db)
    {
        if (filter.Status is { } status)
        {
            cases = cases.Where(row => row.Status == status);
        }

        if (filter.Stage is { } stage)
        {
            cases = cases.Where(row => row.Stage == stage);
        }

        if (filter.Tier is { } tier)
        {
            cases = cases.Where(row => row.Tier == tier);
        }

        if (filter.Category is { Length: > 0 } category)
        {
            cases = cases.Where(TextOrder.Begins<CaseRow>(row => row.Category!, category));
        }

        if (filter.Area is not null)
        {
            cases = areaPath is null ? cases.Where(row => false) : cases.Where(TextOrder.Begins<CaseRow>(row => row.AreaPath, areaPath));
        }

        if (filter.Unit is { } department && UnitKey.DepartmentOf(department) is not null)
        {
            // Whatever part it has or had stands there.
            cases = cases.Where(row => db.CaseUnits.Any(part => part.CaseNumber == row.Number && part.Unit == department));
        }
        else if (filter.Unit is { } unit)
        {
            cases = cases.Where(row => row.LeadUnit == unit || db.CaseUnits.Any(part => part.CaseNumber == row.Number && part.Unit == unit)
                || db.WorkItems.Any(item => item.CaseNumber == row.Number && item.Unit == unit));
        }

        if (filter.Overdue)
        {
            cases = cases.Where(row => row.Status == CaseStatus.Open && row.DueAt < now);
        }

        if (filter.Sponsor is { } sponsor)
        {
            cases = cases.Where(row => row.SponsorId == sponsor);
        }

        if (filter.Flow is { } flow)
        {
            cases = filter.Step is { } step
                ? cases.Where(row => db.WorkItems.Any(item => item.CaseNumber == row.Number && item.ClosedAt == null && item.DefinitionId == flow && item.ActivityId == step))
                : cases.Where(row => db.WorkItems.Any(item => item.CaseNumber == row.Number && item.ClosedAt == null && item.DefinitionId == flow));
        }

        return cases;
    }
}
