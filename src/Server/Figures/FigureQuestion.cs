using System.Globalization;
using GridFlow.Server.Security;
using GridFlow.Workflows.Cases;

namespace GridFlow.Server.Figures;

public enum FigureSpan
{
    Day,
    Week,
    Month,
    Quarter,
}

/// <summary>A period of whole days, from the first to the last.</summary>
public sealed record FigurePeriod(FigureSpan Span, int From, int To)
{
    private const int DaysOfWeek = 7;
    private const int MonthsOfQuarter = 3;

    /// <summary>The period of this kind a day lies in; weeks begin on Monday.</summary>
    public static FigurePeriod Of(FigureSpan span, int day)
    {
        var date = DateOnly.FromDayNumber(day);
        var first = span switch
        {
            FigureSpan.Day => date,
            FigureSpan.Week => date.AddDays(-(((int)date.DayOfWeek + DaysOfWeek - 1) % DaysOfWeek)),
            FigureSpan.Month => new DateOnly(date.Year, date.Month, 1),
            FigureSpan.Quarter => new DateOnly(date.Year, ((date.Month - 1) / MonthsOfQuarter * MonthsOfQuarter) + 1, 1),
        };
        return new FigurePeriod(span, first.DayNumber, After(span, first).DayNumber - 1);
    }

    public FigurePeriod Before => Of(Span, From - 1);

    public FigurePeriod Next => Of(Span, To + 1);

    /// <summary>The days or weeks a trend over this period is drawn by.</summary>
    public IReadOnlyList<FigurePeriod> Parts
    {
        get
        {
            var parts = new List<FigurePeriod>();
            for (var part = Of(Span == FigureSpan.Quarter ? FigureSpan.Week : FigureSpan.Day, From); part.From <= To; part = part.Next)
            {
                parts.Add(new FigurePeriod(part.Span, Math.Max(part.From, From), Math.Min(part.To, To)));
            }

            return parts;
        }
    }

    /// <summary>As it stands in an address: the first day.</summary>
    public string Start => DateOnly.FromDayNumber(From).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    // The one made for records would print the periods before, without end.
    public override string ToString() => $"{Span} {Start}";

    private static DateOnly After(FigureSpan span, DateOnly first) => span switch
    {
        FigureSpan.Day => first.AddDays(1),
        FigureSpan.Week => first.AddDays(DaysOfWeek),
        FigureSpan.Month => first.AddMonths(1),
        FigureSpan.Quarter => first.AddMonths(MonthsOfQuarter),
    };
}

/// <summary>What figures are broken down by.</summary>
public enum FigureDimension
{
    Area,
    Unit,
    Category,
    Tier,
}

/// <summary>Of which cases figures are asked. What is given must hold, on top of what the asker may see.</summary>
public sealed record FigureQuestion(FigurePeriod Period, FigureBasis Basis = FigureBasis.Accepted)
{
    /// <summary>The path of an area; its whole subtree counts.</summary>
    public string? AreaPath { get; init; }

    /// <summary>The key of the unit that leads.</summary>
    public string? Unit { get; init; }

    /// <summary>A category's key; everything beneath it counts.</summary>
    public string? Category { get; init; }

    public CaseTier? Tier { get; init; }
}

/// <summary>
/// Which entries a question of a person is about. Decided once for every area, unit and category there is, so that a million
/// entries cost a million look-ups. Narrower than <see cref="Cases.CaseScope"/> in one thing: a department's figures are of
/// the cases it leads, not of those it assists in; what it sees here it sees there too.
/// </summary>
internal sealed class FigureFilter
{
    private readonly bool[] _inReach;
    private readonly bool[] _own;
    private readonly bool[] _areas;
    private readonly bool[] _units;
    private readonly bool[] _categories;
    private readonly CaseMarks _tier;

    public FigureFilter(FigureKeys keys, CurrentUser user, FigureQuestion question)
    {
        var scope = user.ScopeOf(Permission.ViewCases);
        var own = user.UnitKeys.ToHashSet(StringComparer.Ordinal);
        var (areas, units, categories) = (keys.Of(FigureKeyKind.Area), keys.Of(FigureKeyKind.Unit), keys.Of(FigureKeyKind.Category));
        _inReach = [.. areas.Select(path => scope.AreaPaths.Any(root => path.StartsWith(root, StringComparison.Ordinal)))];
        _own = [.. units.Select(own.Contains)];
        _areas = [.. areas.Select(path => question.AreaPath is null || path.StartsWith(question.AreaPath, StringComparison.Ordinal))];
        _units = [.. units.Select(unit => question.Unit is null || unit == question.Unit)];
        _categories = [.. categories.Select(category => question.Category is null || category.StartsWith(question.Category, StringComparison.Ordinal))];
        _tier = FigureRules.TierOf(question.Tier);
    }

    /// <summary>Whether cases in the area with this number can be among those asked for.</summary>
    public bool Reaches(int area) => _inReach[area] && _areas[area];

    public bool Takes(in FigureEntry entry) =>
        (_inReach[entry.Area] || _own[entry.Unit]) && _areas[entry.Area] && _units[entry.Unit] && _categories[entry.Category] && (entry.Marks & _tier) == _tier;
}
