using System.Globalization;
using GridFlow.Server.Cases;
using GridFlow.Server.Figures;
using GridFlow.Server.Security;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace GridFlow.Server.Leader;

public sealed partial class LeaderPage : IDisposable
{
    private CurrentUser? _user;
    private LeaderView? _view;
    private IReadOnlyList<FigurePoint> _accepted = [];
    private IReadOnlyList<FigurePoint> _closed = [];
    private IReadOnlyDictionary<string, string> _names = new Dictionary<string, string>();
    private LiveUpdates? _updates;

    [Inject]
    public required LeaderQueries Queries { get; init; }

    [Inject]
    public required FigureTables Tables { get; init; }

    [Inject]
    public required ChangeFeed Feed { get; init; }

    [Inject]
    public required TimeProvider Time { get; init; }

    [CascadingParameter]
    public required Task<AuthenticationState> AuthenticationState { get; set; }

    protected override async Task OnInitializedAsync()
    {
        _user = await AuthenticationState.GetUserAsync();
        await ReadAsync();
        if (RendererInfo.IsInteractive)
        {
            // What waits for the reader changes at once; the rest is read with it.
            var mine = _user.UnitKeys.ToHashSet(StringComparer.Ordinal);
            _updates = new LiveUpdates(Feed, Time, change => change.Units.Any(mine.Contains), () => InMyLanguageAsync(ReadAsync));
        }
    }

    public void Dispose() => _updates?.Dispose();

    private async Task ReadAsync()
    {
        _view = await Queries.GetAsync(_user!);
        _names = await Tables.NamesAsync(FigureDimension.Area, _view.Worst.Select(area => area.Key), CancellationToken.None);
        _accepted = [.. _view.Trend.Select(day => new FigurePoint(Label(day.Day), day.Accepted))];
        _closed = [.. _view.Trend.Select(day => new FigurePoint(Label(day.Day), day.Closed))];
    }

    private string Label(int day) => DateOnly.FromDayNumber(day).ToString(Text["FormatDay"], CultureInfo.InvariantCulture);

    private static string CasesOf(int day, FigureBasis basis) =>
        FigureTables.Cases(new FigureAddress { Span = nameof(FigureSpan.Day), At = FigurePeriod.Of(FigureSpan.Day, day).Start, Basis = basis.ToString() }, FigureCases.All, FigurePick.Counts);

    private static string CodeOf(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries).LastOrDefault() ?? "";
}
