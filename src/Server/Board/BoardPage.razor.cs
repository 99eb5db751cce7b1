using GridFlow.Server.Cases;
using GridFlow.Server.Figures;
using GridFlow.Server.Organisation;
using GridFlow.Server.Security;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.JSInterop;

namespace GridFlow.Server.Board;

public sealed partial class BoardPage : IAsyncDisposable
{
    private const int MostUnits = 12;

    private CurrentUser? _user;
    private BoardView? _view;
    private AreaMap _map = new([], 1, 1);
    private string? _areaPath;
    private string? _rootName;
    private string? _shown;
    private DateTimeOffset _at;
    private IReadOnlyList<CaseListRow> _newest = [];
    private HashSet<string> _known = [];
    private DateTimeOffset _knownUpTo;
    private int _waiting;
    private ActReport? _said;
    private IDisposable? _watching;
    private IJSObjectReference? _wall;
    private IReadOnlyDictionary<string, string> _areaNames = new Dictionary<string, string>();
    private IReadOnlyDictionary<string, string> _unitNames = new Dictionary<string, string>();
    private IReadOnlyDictionary<string, string> _categoryNames = new Dictionary<string, string>();

    [Inject]
    public required BoardQueries Queries { get; init; }

    [Inject]
    public required BoardState State { get; init; }

    [Inject]
    public required BoardActs Acts { get; init; }

    [Inject]
    public required AreaMaps Maps { get; init; }

    [Inject]
    public required FigureTables Tables { get; init; }

    [Inject]
    public required OrganisationQueries Organisation { get; init; }

    [Inject]
    public required TimeProvider Time { get; init; }

    [Inject]
    public required IJSRuntime Browser { get; init; }

    [CascadingParameter]
    public required Task<AuthenticationState> AuthenticationState { get; set; }

    [SupplyParameterFromQuery(Name = "area")]
    public string? AreaCode { get; set; }

    /// <summary>Nothing but the board, for a screen on the wall.</summary>
    [SupplyParameterFromQuery(Name = "wall")]
    public string? Wall { get; set; }

    private bool IsWall => Wall == "true";

    private bool MayDispatch => _user?.Can(Permission.Dispatch) == true;

    private bool MaySupervise => _user?.Can(Permission.Supervise) == true;

    protected override async Task OnParametersSetAsync()
    {
        _user ??= await AuthenticationState.GetUserAsync();
        if (_shown != (AreaCode ?? ""))
        {
            _shown = AreaCode ?? "";
            _areaPath = string.IsNullOrEmpty(AreaCode) ? null : (await Organisation.FindAreaAsync(AreaCode))?.Path ?? "-";
            _said = null;
            await ReadAsync();
            await ShowNewAsync();
        }

        if (RendererInfo.IsInteractive && _watching is null)
        {
            _watching = State.Watch();
            State.Refreshed += Refresh;
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await using var module = await Browser.InvokeAsync<IJSObjectReference>("import", "./" + Assets["Board/BoardPage.razor.js"]);
            _wall = await module.InvokeAsync<IJSObjectReference>("listen");
        }
    }

    public async ValueTask DisposeAsync()
    {
        State.Refreshed -= Refresh;
        _watching?.Dispose();
        try
        {
            if (_wall is not null)
            {
                await _wall.InvokeVoidAsync("stop");
                await _wall.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and its listeners with it.
        }
    }

    private void Refresh() => _ = InMyLanguageAsync(ReadAsync);

    private async Task ReadAsync()
    {
        var view = await Queries.GetAsync(_user!, _areaPath);
        _at = Time.GetUtcNow();
        if (!ReferenceEquals(view, _view))
        {
            _view = view;
            _map = await Maps.GetAsync(view.Root);
            _areaNames = await Tables.NamesAsync(FigureDimension.Area, view.Areas.Select(area => area.Key).Concat(view.HotSpots.Select(spot => spot.AreaPath)).Concat(view.WordSpots.Select(spot => spot.AreaPath)).Append(view.Root).Distinct(), CancellationToken.None);
            _unitNames = await Tables.NamesAsync(FigureDimension.Unit, view.Units.Take(MostUnits).Select(unit => unit.Key), CancellationToken.None);
            _categoryNames = await Tables.NamesAsync(FigureDimension.Category, view.HotSpots.Select(spot => spot.Category).Concat(view.WordSpots.Select(spot => spot.Category).OfType<string>()).Distinct(), CancellationToken.None);
            _rootName = view.Root == "/" ? null : _areaNames.GetValueOrDefault(view.Root);
        }

        // What is new waits behind the pill: nothing moves under the finger. What only moved up, since others left, is not new.
        _waiting = view.Newest.Count(one => !_known.Contains(one.Number) && one.AcceptedAt >= _knownUpTo);
    }

    private async Task ShowNewAsync()
    {
        var numbers = _view!.Newest.Select(one => one.Number).ToList();
        _newest = await Queries.RowsAsync(_user!, numbers);
        _known = [.. numbers];
        _knownUpTo = _view.Newest.Count > 0 ? _view.Newest[0].AcceptedAt : default;
        _waiting = 0;
    }

    private async Task ActAsync(Func<Task<ActReport>> act)
    {
        _said = await act();
        _newest = await Queries.RowsAsync(_user!, [.. _newest.Select(row => row.Number)]);
    }

    private static string Address(string? area, bool isWall = false) => (area, isWall) switch
    {
        (null, false) => "/board",
        (null, true) => "/board?wall=true",
        (_, false) => $"/board?area={area}",
        (_, true) => $"/board?area={area}&wall=true",
    };

    private string Cases(string query, bool area = true) => $"/cases?{query}{(area && AreaCode is not null ? $"&area={AreaCode}" : null)}";

    // The words as they were said: marked off, since they are somebody else's.
    private string Quoted(IEnumerable<string> words) => Text["Quoted", string.Join(' ', words)];

    private string Late(string when) => $"/late?when={when}{(AreaCode is not null ? $"&area={AreaCode}" : null)}";

    private static string CodeOf(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries).LastOrDefault() ?? "";

    private static RenderFragment Count(int number, string href) => builder =>
    {
        if (number == 0)
        {
            builder.AddContent(0, "0");
            return;
        }

        builder.OpenElement(1, "a");
        builder.AddAttribute(2, "href", href);
        builder.AddContent(3, number);
        builder.CloseElement();
    };
}
