using GridFlow.Server.Cases;
using GridFlow.Server.Security;
using GridFlow.Workflows.Cases;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.JSInterop;

namespace GridFlow.Server.Inbox;

public sealed partial class InboxPage : IAsyncDisposable
{
    private static readonly string[] FilterNames = ["text", "tier", "overdue", "incidents", "flow", "step", "page", "case", "item"];
    private readonly HashSet<string> _gone = [];
    private CurrentUser? _user;
    private InboxList? _list;
    private InboxCounts? _counts;
    private InboxFilter _filter = new();
    private InboxTab _tab;
    private LiveUpdates? _updates;
    private IJSObjectReference? _keys;
    private (InboxTab, InboxFilter, int)? _shown;
    private DateTimeOffset _loadedAt;
    private string? _step;
    private string? _instance;
    private bool _isLoose;
    private int _new;

    [Inject]
    public required InboxQueries Queries { get; init; }

    [Inject]
    public required CaseQueries Cases { get; init; }

    [Inject]
    public required CaseWords Words { get; init; }

    [Inject]
    public required NavigationManager Navigator { get; init; }

    [Inject]
    public required InboxLive Live { get; init; }

    [CascadingParameter]
    public required Task<AuthenticationState> AuthenticationState { get; set; }

    [SupplyParameterFromQuery(Name = "tab")]
    public string? TabName { get; set; }

    [SupplyParameterFromQuery(Name = "text")]
    public string? FilterText { get; set; }

    [SupplyParameterFromQuery(Name = "tier")]
    public string? FilterTier { get; set; }

    [SupplyParameterFromQuery(Name = "overdue")]
    public string? FilterOverdue { get; set; }

    [SupplyParameterFromQuery(Name = "incidents")]
    public string? FilterIncidents { get; set; }

    [SupplyParameterFromQuery(Name = "flow")]
    public string? Flow { get; set; }

    [SupplyParameterFromQuery(Name = "step")]
    public string? Step { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    public int? PageNumber { get; set; }

    /// <summary>The selected case, part of the address so that it can be sent as a link.</summary>
    [SupplyParameterFromQuery(Name = "case")]
    public string? Number { get; set; }

    [SupplyParameterFromQuery(Name = "item")]
    public string? ItemId { get; set; }

    // The third tab differs from the second only for those who dispatch.
    private IEnumerable<InboxTab> Tabs => Enum.GetValues<InboxTab>().Where(tab => tab != InboxTab.Reach || _user?.Can(Permission.Dispatch) == true);

    private string BackAddress => Navigator.GetUriWithQueryParameters(new Dictionary<string, object?> { ["case"] = null, ["item"] = null });

    private InboxRow? Next => _list?.Rows.FirstOrDefault(row => row.Id != ItemId && !_gone.Contains(row.Id));

    protected override async Task OnParametersSetAsync()
    {
        _user ??= await AuthenticationState.GetUserAsync();
        _tab = Enum.TryParse<InboxTab>(TabName, ignoreCase: true, out var tab) && Enum.IsDefined(tab) ? tab : InboxTab.Unit;
        _filter = new InboxFilter
        {
            Text = FilterText,
            Tier = Enum.TryParse<CaseTier>(FilterTier, ignoreCase: true, out var tier) ? tier : null,
            Overdue = FilterOverdue == "true",
            Incidents = FilterIncidents == "true",
            Flow = Flow,
            Step = Step,
        };

        // Choosing another row changes the address, not the list.
        var asked = (_tab, _filter, Math.Max(1, PageNumber ?? 1));
        if (_shown != asked)
        {
            _shown = asked;
            _step = Flow is null ? null : await Cases.GetStepNameAsync(Flow, Step);
            await LoadAsync();
        }

        if (_instance != Number)
        {
            _instance = Number;
            _isLoose = Number is not null && !await Cases.IsCaseAsync(Number);
        }

        if (RendererInfo.IsInteractive)
        {
            _updates ??= Live.Listen(_user, () => InvokeAsync(RefreshAsync));
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _keys = await Live.ListenToKeysAsync(Assets["Inbox/InboxPage.razor.js"]);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _updates?.Dispose();
        try
        {
            if (_keys is not null)
            {
                await _keys.InvokeVoidAsync("stop");
                await _keys.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and its listeners with it.
        }
    }

    private async Task LoadAsync()
    {
        _loadedAt = Live.Now;
        _list = await Queries.ListAsync(_user!, _tab, _filter, Math.Max(1, PageNumber ?? 1));
        _counts = await Queries.CountAsync(_user!);
        _gone.Clear();
        _new = 0;
    }

    // After an act of the reader's own the list may move; the item they were on stays open beside it.
    private Task ReloadAsync() => LoadAsync();

    // After an act of others nothing moves under the finger: rows change in place, what is new waits behind the pill.
    private async Task RefreshAsync()
    {
        _counts = await Queries.CountAsync(_user!);
        if (_list is { } list)
        {
            var open = await Queries.FindAsync(_user!, [.. list.Rows.Select(row => row.Id)]);
            _gone.UnionWith(list.Rows.Select(row => row.Id).Where(id => !open.ContainsKey(id)));
            _list = list with { Rows = [.. list.Rows.Select(row => open.GetValueOrDefault(row.Id, row))] };
            _new = await Queries.CountNewAsync(_user!, _tab, _filter, _loadedAt);
            if (list.Rows.Count == 0 && _new > 0)
            {
                await LoadAsync();
            }
        }

        StateHasChanged();
    }

    private async Task ShowNewAsync()
    {
        await LoadAsync();
        if (PageNumber > 1)
        {
            Navigator.NavigateTo(Navigator.GetUriWithQueryParameter("page", (int?)null));
        }
    }

    private void Narrow(string name, string? value) => Navigator.NavigateTo(Navigator.GetUriWithQueryParameters(
        new Dictionary<string, object?> { [name] = string.IsNullOrWhiteSpace(value) ? null : value.Trim(), ["page"] = null, ["case"] = null, ["item"] = null }));

    private string TabAddress(InboxTab tab)
    {
        var cleared = FilterNames.ToDictionary(name => name, _ => (object?)null);
        cleared["tab"] = tab == InboxTab.Unit ? null : tab.ToString().ToLowerInvariant();
        return Navigator.GetUriWithQueryParameters(cleared);
    }

    private string RowAddress(InboxRow row) =>
        Navigator.GetUriWithQueryParameters(new Dictionary<string, object?> { ["case"] = row.CaseNumber, ["item"] = row.Id });
}
