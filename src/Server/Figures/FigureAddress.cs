using System.Globalization;
using GridFlow.Server.Organisation;
using GridFlow.Workflows.Cases;
using Microsoft.AspNetCore.WebUtilities;

namespace GridFlow.Server.Figures;

/// <summary>A question about figures as it stands in an address, so that every number can be sent as a link. What makes no sense counts as not given.</summary>
public sealed record FigureAddress
{
    public string? Span { get; init; }

    /// <summary>A day of the period, <c>2026-11-20</c>.</summary>
    public string? At { get; init; }

    public string? Basis { get; init; }

    /// <summary>The code of an area.</summary>
    public string? Area { get; init; }

    public string? Unit { get; init; }

    public string? Category { get; init; }

    public string? Tier { get; init; }

    public string? By { get; init; }

    /// <summary>A figure or flag, where its cases are asked for.</summary>
    public string? Figure { get; init; }

    public string? Pick { get; init; }

    public FigureDimension Dimension => Enum.TryParse<FigureDimension>(By, ignoreCase: true, out var by) && Enum.IsDefined(by) ? by : FigureDimension.Area;

    public FigurePick Picked => Enum.TryParse<FigurePick>(Pick, ignoreCase: true, out var pick) && Enum.IsDefined(pick) ? pick : FigurePick.Counts;

    public FigureBasis BasisOf => string.Equals(Basis, nameof(FigureBasis.Closed), StringComparison.OrdinalIgnoreCase) ? FigureBasis.Closed : FigureBasis.Accepted;

    public CaseTier? TierOf => Enum.TryParse<CaseTier>(Tier, ignoreCase: true, out var tier) && Enum.IsDefined(tier) ? tier : null;

    public FigurePeriod PeriodOf(DateTimeOffset now)
    {
        var span = Enum.TryParse<FigureSpan>(Span, ignoreCase: true, out var given) && Enum.IsDefined(given) ? given : FigureSpan.Month;
        var day = DateOnly.TryParseExact(At, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date.Year is > 1900 and < 9000
            ? date.DayNumber
            : FigureCounter.DayOf(now);
        return FigurePeriod.Of(span, day);
    }

    /// <summary>The question; an area that does not exist has no cases.</summary>
    public async Task<FigureQuestion> AskAsync(OrganisationQueries organisation, DateTimeOffset now, CancellationToken cancellationToken = default) => new(PeriodOf(now), BasisOf)
    {
        AreaPath = string.IsNullOrEmpty(Area) ? null : (await organisation.FindAreaAsync(Area, cancellationToken))?.Path ?? "-",
        Unit = string.IsNullOrEmpty(Unit) ? null : Unit,
        Category = string.IsNullOrEmpty(Category) ? null : Category,
        Tier = TierOf,
    };

    /// <summary>The address of a page or file with this question.</summary>
    public string Under(string path) => QueryHelpers.AddQueryString(path, Parameters().Where(parameter => !string.IsNullOrEmpty(parameter.Value))!);

    private IEnumerable<KeyValuePair<string, string?>> Parameters() =>
    [
        new("span", Span), new("at", At), new("basis", Basis), new("area", Area), new("unit", Unit), new("category", Category), new("tier", Tier), new("by", By), new("figure", Figure), new("pick", Pick),
    ];
}
