using System.Globalization;
using GridFlow.Server.Cases;
using GridFlow.Server.Organisation;
using GridFlow.Server.Security;
using GridFlow.Workflows.Cases;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace GridFlow.Server.Figures;

public sealed partial class FiguresPage
{
    /// <summary>More bars than these are a pattern, not a picture.</summary>
    private const int MostDrawn = 20;

    private FigureAddress _address = new();
    private FigureAddress? _shown;
    private FigurePeriod _period = FigurePeriod.Of(FigureSpan.Month, 1);
    private FigureReport? _report;
    private IReadOnlyList<FigureTable> _tables = [];
    private IReadOnlyList<KeyValuePair<string, string>> _bases = [];
    private IReadOnlyList<KeyValuePair<string, string>> _tiers = [];
    private IReadOnlyList<KeyValuePair<string, string>> _categories = [];
    private IReadOnlyDictionary<string, string> _names = new Dictionary<string, string>();

    [Inject]
    public required FigureQueries Queries { get; init; }

    [Inject]
    public required OrganisationQueries Organisation { get; init; }

    [Inject]
    public required CaseQueries Cases { get; init; }

    [Inject]
    public required CaseWords Words { get; init; }

    [Inject]
    public required FigureProgress Progress { get; init; }

    [Inject]
    public required TimeProvider Time { get; init; }

    [Inject]
    public required NavigationManager Navigator { get; init; }

    [CascadingParameter]
    public required Task<AuthenticationState> AuthenticationState { get; set; }

    [SupplyParameterFromQuery(Name = "span")]
    public string? Span { get; set; }

    [SupplyParameterFromQuery(Name = "at")]
    public string? At { get; set; }

    [SupplyParameterFromQuery(Name = "basis")]
    public string? Basis { get; set; }

    [SupplyParameterFromQuery(Name = "area")]
    public string? Area { get; set; }

    [SupplyParameterFromQuery(Name = "unit")]
    public string? Unit { get; set; }

    [SupplyParameterFromQuery(Name = "category")]
    public string? Category { get; set; }

    [SupplyParameterFromQuery(Name = "tier")]
    public string? Tier { get; set; }

    [SupplyParameterFromQuery(Name = "by")]
    public string? By { get; set; }

    private string Counted => Progress.CompleteAt is { } at ? Text["Complete", Words.Time(at)] : Text["Counting", Progress.DaysDone, Progress.DaysInAll];

    private bool IsNarrowed => _address is { Area: not null } or { Unit: not null } or { Category: not null } or { Tier: not null } or { Basis: not null };

    private IReadOnlyList<FigurePoint> Parts => [.. (_report?.Parts ?? []).Take(MostDrawn).Select(part => new FigurePoint(_names.GetValueOrDefault(part.Key, part.Key), part.Counts.Cases))];

    protected override async Task OnInitializedAsync()
    {
        _bases = [KeyValuePair.Create(nameof(FigureBasis.Closed), Text["BasisClosed"].Value)];
        _tiers = [.. Enum.GetValues<CaseTier>().Select(tier => KeyValuePair.Create(tier.ToString(), Words.Of(tier)))];
        _categories = await Cases.GetCategoryGroupsAsync();
    }

    protected override async Task OnParametersSetAsync()
    {
        _address = new FigureAddress { Span = Span, At = At, Basis = Basis, Area = Area, Unit = Unit, Category = Category, Tier = Tier, By = By };
        if (_shown == _address)
        {
            return;
        }

        _shown = _address;
        var question = await _address.AskAsync(Organisation, Time.GetUtcNow());
        _period = question.Period;
        _report = await Queries.GetAsync(await AuthenticationState.GetUserAsync(), question, _address.Dimension);
        _names = await Tables.NamesAsync(_address.Dimension, _report.Parts.Select(part => part.Key), CancellationToken.None);
        _tables = await Tables.MakeAsync(_report, _address);
    }

    private FigureTable TableOf(string key) => _tables.First(table => table.Key == key);

    // What is still to come is no fall to zero.
    private IReadOnlyList<FigurePoint> Trend(FigureReport report) => [.. report.Trend.Where(part => part.Period.From <= FigureCounter.DayOf(Time.GetUtcNow())).Select(part => new FigurePoint(Tables.Name(part.Period), part.Counts.Cases))];

    private IReadOnlyList<FigurePoint> Times(FigureReport report) => [.. report.HandlingTimes.Select((cases, index) => new FigurePoint(Tables.TimeClass(index), cases))];

    private string Moved(FigurePeriod period) => (_address with { At = period.Start }).Under("/figures");

    private void Go(FigureAddress address) => Navigator.NavigateTo(address.Under("/figures"));

    private static string N(int number) => number.ToString("N0", CultureInfo.CurrentCulture);

    private RenderFragment Flag(string key, int cases) => builder =>
    {
        builder.OpenComponent<FigureFlagRow>(0);
        builder.AddComponentParameter(1, nameof(FigureFlagRow.Key), key);
        builder.AddComponentParameter(2, nameof(FigureFlagRow.Cases), cases);
        builder.AddComponentParameter(3, nameof(FigureFlagRow.Href), FigureTables.Cases(_address, key, FigurePick.Counts));
        builder.AddComponentParameter(4, nameof(FigureFlagRow.Text), Text);
        builder.CloseComponent();
    };
}
