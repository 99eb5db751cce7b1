using System.Globalization;
using GridFlow.Server.Bundles;
using GridFlow.Server.Cases;
using GridFlow.Workflows.Cases;
using Microsoft.Extensions.Localization;

namespace GridFlow.Server.Figures;

/// <summary>A cell of a table of figures; what has an address opens down to its cases or narrows the question.</summary>
public sealed record FigureCell(string Text, bool IsNumber = false, string? Href = null);

/// <summary>A table as the page shows it beside its chart, and as it is taken along in a file.</summary>
public sealed record FigureTable(string Key, string Title, IReadOnlyList<FigureCell> Headings, IReadOnlyList<IReadOnlyList<FigureCell>> Rows)
{
    /// <summary>Lines of texts, the headings first.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Lines => [[.. Headings.Select(cell => cell.Text)], .. Rows.Select(row => (IReadOnlyList<string>)[.. row.Select(cell => cell.Text)])];
}

/// <summary>Puts a report into tables and words, in the language of the reader.</summary>
public sealed class FigureTables(IStringLocalizer<FiguresText> text, CaseWords words, BundleStore bundles, NameLookup lookup)
{
    /// <summary>Rates that stand in a row of a breakdown; the others are on the page of its part.</summary>
    private static readonly string[] InBreakdown = ["Response", "OnTime", "Closing", "Resolution", "Satisfaction", "Rework", "Extension", "FirstDispatch", "Check"];

    private static readonly (string Key, CaseMarks Marks)[] Ends = [("Open", CaseMarks.Open), ("Closed", CaseMarks.Closed), ("Merged", CaseMarks.Merged), ("Withdrawn", CaseMarks.Withdrawn)];

    public async Task<IReadOnlyList<FigureTable>> MakeAsync(FigureReport report, FigureAddress address, CancellationToken cancellationToken = default) =>
        [Rates(report, address), Trend(report, address), await PartsAsync(report, address, cancellationToken), Times(report), Flow(report)];

    public string Percent(double? share) => share is { } given ? given.ToString("P1", CultureInfo.CurrentCulture) : text["None"];

    /// <summary>A rate in words: a share, or a band where there is no use in a number.</summary>
    public string Show(Figure figure, FigureValue value) =>
        figure.Way != FigureWay.Band ? Percent(value.Share) : value.Band is { } band ? text[$"Band{band}"] : text["None"];

    /// <summary>"11月", "Nov 2026", "16–22 Nov".</summary>
    public string Name(FigurePeriod period)
    {
        var (from, to) = (DateOnly.FromDayNumber(period.From), DateOnly.FromDayNumber(period.To));
        return period.Span switch
        {
            FigureSpan.Day => from.ToString(text["FormatDay"], CultureInfo.InvariantCulture),
            FigureSpan.Week when period.From == period.To => from.ToString(text["FormatDay"], CultureInfo.InvariantCulture),
            FigureSpan.Week => text["FormatWeek", from.ToString(text["FormatDay"], CultureInfo.InvariantCulture), to.ToString(text["FormatDay"], CultureInfo.InvariantCulture)],
            FigureSpan.Month => from.ToString(text["FormatMonth"], CultureInfo.InvariantCulture),
            FigureSpan.Quarter => text["FormatQuarter", from.Year, ((from.Month - 1) / 3) + 1],
        };
    }

    public FigureTable Times(FigureReport report)
    {
        var all = report.HandlingTimes.Sum();
        return new FigureTable("times", text["TimesTitle"], [new(text["TimesWithin"]), new(text["ColCases"], true), new(text["ColShare"], true)],
            [.. report.HandlingTimes.Select((cases, index) => (IReadOnlyList<FigureCell>)[new(TimeClass(index)), Number(cases), new(all == 0 ? text["None"] : Percent((double)cases / all), true)])]);
    }

    public string TimeClass(int index) => index < FigureQueries.Hours.Count ? text["TimesUpTo", Hours(FigureQueries.Hours[index])] : text["TimesOver", Hours(FigureQueries.Hours[^1])];

    /// <summary>How many cases of each tier ended how: what the picture of the flow is drawn from.</summary>
    public IReadOnlyList<(string Tier, string End, int Cases)> Ways(FigureReport report) =>
    [
        .. from tier in Enum.GetValues<CaseTier>().Select(tier => (Name: words.Of(tier), Marks: FigureRules.TierOf(tier))).Append((Name: text["TierNone"].Value, Marks: CaseMarks.None))
           from end in Ends
           let cases = report.Total.Count(marks => (marks & (CaseMarks.Small | CaseMarks.Hard | CaseMarks.Big)) == tier.Marks && marks.Has(end.Marks))
           where cases > 0
           select (tier.Name, words.Of(Enum.Parse<CaseStatus>(end.Key)), cases),
    ];

    /// <summary>The words for a part of a breakdown.</summary>
    public async Task<IReadOnlyDictionary<string, string>> NamesAsync(FigureDimension by, IEnumerable<string> keys, CancellationToken cancellationToken)
    {
        var wanted = keys.ToList();
        if (by == FigureDimension.Tier)
        {
            return wanted.ToDictionary(key => key, key => key.Length == 0 ? text["TierNone"].Value : words.Of(Enum.Parse<CaseTier>(key)));
        }

        if (by == FigureDimension.Category)
        {
            var catalogue = (await bundles.GetCurrentAsync(cancellationToken)).Categories;
            return wanted.ToDictionary(key => key, key => key.Length == 0 ? text["CategoryNone"].Value : catalogue.Find(key)?.Name.ToString() ?? key);
        }

        var names = by == FigureDimension.Area ? await lookup.FindAsync([], wanted, cancellationToken) : await lookup.FindAsync(wanted, [], cancellationToken);
        return wanted.ToDictionary(key => key, key => by == FigureDimension.Area ? names.NearPlace(key) : names.Unit(key));
    }

    private FigureTable Rates(FigureReport report, FigureAddress address)
    {
        FigureCell[] headings =
        [
            new(text["ColFigure"]), new(text["ColRate"], true), new(text["ColHits"], true), new(text["ColCounts"], true), new(text["ColExempt"], true), new(text["ColBefore"], true),
            new(text["ColWhat"]), new(text["ColOf"]), new(text["ColWithout"]),
        ];
        return new FigureTable("rates", text["RatesTitle"], headings, [.. FigureRules.All.Select(figure =>
        {
            var (now, before) = (report.Total.Of(figure), report.Before.Of(figure));
            return (IReadOnlyList<FigureCell>)
            [
                new(text[$"{figure.Key}Name"]), new(Show(figure, now), true), Number(now.Hits, Cases(address, figure.Key, FigurePick.Hits)), Number(now.Counts, Cases(address, figure.Key, FigurePick.Counts)),
                Number(now.Exempt, Cases(address, figure.Key, FigurePick.Exempt)), new(Show(figure, before), true),
                new(text[$"{figure.Key}What"]), new(text[$"{figure.Key}Of"]), new(text[$"{figure.Key}Without"]),
            ];
        })]);
    }

    private FigureTable Trend(FigureReport report, FigureAddress address) => new(
        "trend", text["TrendTitle"], [new(text["ColPeriod"]), new(text[report.Question.Basis == FigureBasis.Accepted ? "ColAccepted" : "ColClosed"], true), .. InBreakdown.Select(key => new FigureCell(text[$"{key}Name"], true))],
        [.. report.Trend.Select(part => (IReadOnlyList<FigureCell>)
        [
            new(Name(part.Period)), Number(part.Counts.Cases, (address with { Span = part.Period.Span.ToString(), At = part.Period.Start, Figure = FigureCases.All }).Under("/figures/cases")), .. Shares(part.Counts),
        ])]);

    private async Task<FigureTable> PartsAsync(FigureReport report, FigureAddress address, CancellationToken cancellationToken)
    {
        var names = await NamesAsync(report.By, report.Parts.Select(part => part.Key), cancellationToken);
        return new FigureTable("parts", text["PartsTitle"], [new(text[$"By{report.By}"]), new(text["ColCases"], true), .. InBreakdown.Select(key => new FigureCell(text[$"{key}Name"], true))],
            [.. report.Parts.Select(part => (IReadOnlyList<FigureCell>)
            [
                new(names[part.Key], Href: Narrowed(report.By, part.Key, address)?.Under("/figures")), Number(part.Counts.Cases, Narrowed(report.By, part.Key, address) is { } narrowed ? Cases(narrowed, FigureCases.All, FigurePick.Counts) : null),
                .. Shares(part.Counts),
            ])]);
    }

    private FigureTable Flow(FigureReport report) => new(
        "flow", text["FlowTitle"], [new(text["ByTier"]), new(text["FlowEnd"]), new(text["ColCases"], true)],
        [.. Ways(report).Select(way => (IReadOnlyList<FigureCell>)[new(way.Tier), new(way.End), Number(way.Cases)])]);

    private IEnumerable<FigureCell> Shares(FigureCounts counts) => InBreakdown.Select(key => FigureRules.Find(key)!).Select(figure =>
    {
        var value = counts.Of(figure);
        return new FigureCell(value.IsSmall ? text["SmallShare", Percent(value.Share), value.Counts] : Percent(value.Share), true);
    });

    /// <summary>The same question about one part; null for the part of those that have none.</summary>
    internal static FigureAddress? Narrowed(FigureDimension by, string key, FigureAddress address) => key.Length == 0 ? null : by switch
    {
        FigureDimension.Area => address with { Area = key.Split('/', StringSplitOptions.RemoveEmptyEntries) is [.., var code] ? code : null },
        FigureDimension.Unit => address with { Unit = key },
        FigureDimension.Category => address with { Category = key },
        FigureDimension.Tier => address with { Tier = key },
    };

    internal static string Cases(FigureAddress address, string figure, FigurePick pick) => (address with { Figure = figure, Pick = pick.ToString(), By = null }).Under("/figures/cases");

    private static FigureCell Number(int number, string? href = null) => new(number.ToString("N0", CultureInfo.CurrentCulture), true, number == 0 ? null : href);

    private string Hours(int hours) => hours < 48 ? text["Hours", hours] : text["Days", hours / 24];
}
