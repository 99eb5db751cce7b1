using GridFlow.Server.Cases;
using GridFlow.Server.Security;
using GridFlow.Workflows.Cases;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.JSInterop;

namespace GridFlow.Server.Inbox;

public sealed partial class InboxPage : IAsyncDisposable
{
    /// <summary>As many rows as a page holds at once; who scrolls further leaves the first behind.</summary>
    private const int MostRows = 300;
    private static readonly string[] FilterNames = ["text", "tier", "overdue", "incidents", "flow", "step", "case", "item"];
    private readonly HashSet<string> _gone = [];
    private readonly HashSet<string> _seen = [];
    private readonly Dictionary<string, InboxRow> _chosen = [];
    private List<InboxRow> _rows = [];
    private InboxCursor? _next;
    private CurrentUser? _user;
    private InboxCounts? _counts;
    private InboxFilter _filter = new();
    private InboxTab _tab;
    private LiveUpdates? _updates;
    private ElementReference _element;
    private DotNetObjectReference<InboxPage>? _self;
    private IJSObjectReference? _keys;
    private (InboxTab, InboxFilter)? _shown;
    private DateTimeOffset _loadedAt;
    private string? _step;
    private string? _instance;
    private string? _opened;
    private string? _following;
    private DispatchTask? _task;
    private GoneItem? _taskGone;
    private string? _sent;
    private ActReport? _report;
    private bool _isLoose;
    private bool _isLoaded;
    private bool _isLoading;
    private bool _isCut;
    private bool _isChoosing;
    private bool _isTurned;
    private int _new;
    private int _incidents;

    [Inject]
    public required InboxQueries Queries { get; init; }

    [Inject]
    public required CaseQueries Cases { get; init; }

    [Inject]
    public required DispatchQueries Dispatches { get; init; }

    [Inject]
    public required ActWords Acts { get; init; }

    [Inject]
    public required SeenMarks Seen { get; init; }

    [Inject]
    public required CaseCommands Commands { get; init; }

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

    /// <summary>The selected case, part of the address so that it can be sent as a link.</summary>
    [SupplyParameterFromQuery(Name = "case")]
    public string? Number { get; set; }

    [SupplyParameterFromQuery(Name = "item")]
    public string? ItemId { get; set; }

    // The third tab differs from the second only for those who dispatch.
    // Who only supervises has no work of their own; what they watch is the first they see.
    private IEnumerable<InboxTab> Tabs => Enum.GetValues<InboxTab>().Where(tab => tab switch
    {
        InboxTab.Reach => _user?.Can(Permission.Dispatch) == true,
        InboxTab.Watch => _user?.Can(Permission.Supervise) == true,
        _ => !IsWatcher,
    });

    private bool IsWatcher => _user is { } user && user.Can(Permission.Supervise) && !user.Can(Permission.WorkItems);

    private InboxTab Home => IsWatcher ? InboxTab.Watch : InboxTab.Unit;

    private string BackAddress => Navigator.GetUriWithQueryParameters(new Dictionary<string, object?> { ["case"] = null, ["item"] = null });

    private InboxRow? Next => _rows.Find(row => row.Id != ItemId && !_gone.Contains(row.Id));

    // In one order whatever the address had, so that a filter is known again.
    private string Query => string.Join('&', new (string Name, string? Value)[]
    {
        ("tab", _tab == Home ? null : _tab.ToString().ToLowerInvariant()), ("text", FilterText), ("tier", _filter.Tier?.ToString()),
        ("overdue", _filter.Overdue ? "true" : null), ("incidents", _filter.Incidents ? "true" : null), ("flow", Flow), ("step", Step),
    }.Where(part => !string.IsNullOrEmpty(part.Value)).Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value!)}"));

    protected override async Task OnParametersSetAsync()
    {
        var user = await AuthenticationState.GetUserAsync();
        if (_user is null || !_user.Posts.SequenceEqual(user.Posts))
        {
            // Posts come and go while a page is open: somebody began or ceased to stand in.
            _user = user;
            _shown = null;
            _updates?.Dispose();
            _updates = null;
        }

        _tab = Enum.TryParse<InboxTab>(TabName, ignoreCase: true, out var tab) && Enum.IsDefined(tab) ? tab : Home;
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
        if (_shown != (_tab, _filter))
        {
            _shown = (_tab, _filter);
            _step = Flow is null ? null : await Cases.GetStepNameAsync(Flow, Step);
            _chosen.Clear();
            await LoadAsync();
        }

        if (_instance != Number)
        {
            _instance = Number;
            _isLoose = Number is not null && !await Cases.IsCaseAsync(Number);
        }

        if (_task?.Item.Id != ItemId)
        {
            // What became of the one before is said beside the one that follows it, not beside any.
            _report = ItemId is null || ItemId == _following ? _report : null;
            _task = Number is null || ItemId is null || _isLoose ? null : await Dispatches.FindAsync(Number, ItemId, _user);
            _taskGone = null;
        }

        if (RendererInfo.IsInteractive)
        {
            _updates ??= Live.Listen(_user, () => InMyLanguageAsync(RefreshAsync));
            if (ItemId is not null && _opened != ItemId)
            {
                _opened = ItemId;
                _seen.Add(ItemId);
                await Seen.MarkAsync(_user, ItemId);
            }
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_isTurned && ItemId == _following && _keys is not null)
        {
            // However far down the last one was sent from, the next begins at its top.
            _isTurned = false;
            try
            {
                await _keys.InvokeVoidAsync("top");
            }
            catch (Exception problem) when (problem is JSDisconnectedException or OperationCanceledException)
            {
                // Gone before it was there.
            }
        }

        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            try
            {
                _keys = await Live.ListenToKeysAsync(Assets["Inbox/InboxPage.razor.js"], _element, _self);
            }
            catch (JSDisconnectedException)
            {
                // Gone before it was listened to.
            }
        }
    }

    /// <summary>A key pressed on a row: x chooses it, c signs for it.</summary>
    [JSInvokable]
    public async Task PressAsync(string key, string item)
    {
        if (_rows.Find(row => row.Id == item) is not { } row || _gone.Contains(item))
        {
            return;
        }

        if (key == "x")
        {
            Choose(row, !_chosen.ContainsKey(item));
        }
        else
        {
            await Commands.ClaimAsync(item, _user!);
            await RefreshAsync();
        }

        StateHasChanged();
    }

    public async ValueTask DisposeAsync()
    {
        _updates?.Dispose();
        _self?.Dispose();
        try
        {
            if (_keys is not null)
            {
                await _keys.InvokeVoidAsync("stop");
                await _keys.DisposeAsync();
            }
        }
        catch (Exception problem) when (problem is JSDisconnectedException or OperationCanceledException)
        {
            // The browser is gone, and its listeners with it.
        }
    }

    private async Task LoadAsync()
    {
        _loadedAt = Live.Now;
        var slice = await Queries.ListAsync(_user!, _tab, _filter, after: null);
        _counts = await Queries.CountAsync(_user!);
        _incidents = _filter.Incidents ? await Queries.CountNewAsync(_user!, _tab, _filter, DateTimeOffset.MinValue) : 0;
        _rows = [.. slice.Rows];
        _next = slice.Next;
        _gone.Clear();
        _seen.Clear();
        await NoteSeenAsync(slice.Rows);
        (_new, _isCut, _isLoaded) = (0, false, true);
    }

    // What comes after the last row, as one scrolls down to it.
    private async Task LoadMoreAsync()
    {
        if (_isLoading || _next is null)
        {
            return;
        }

        _isLoading = true;
        var slice = await Queries.ListAsync(_user!, _tab, _filter, _next);
        await NoteSeenAsync(slice.Rows);
        var known = _rows.Select(row => row.Id).ToHashSet(StringComparer.Ordinal);
        _rows.AddRange(slice.Rows.Where(row => !known.Contains(row.Id)));
        if (_rows.Count > MostRows)
        {
            _rows.RemoveRange(0, _rows.Count - MostRows);
            _isCut = true;
        }

        (_next, _isLoading) = (slice.Next, false);
    }

    private async Task NoteSeenAsync(IReadOnlyList<InboxRow> rows)
    {
        if (rows.Count > 0)
        {
            _seen.UnionWith(await Seen.FindAsync(_user!, [.. rows.Select(row => row.Id)]));
        }
    }

    // After an act of the reader's own the list may move; the item they were on stays open beside it.
    private Task ReloadAsync() => LoadAsync();

    // It says itself what became of it; the one before it is over.
    private Task ActedAsync()
    {
        _report = null;
        return LoadAsync();
    }

    // The next one is there as soon as this one is sent, with a word about where this one went.
    private async Task DispatchedAsync(ActReport report)
    {
        (_report, _sent) = (report, ItemId);
        await LoadAsync();
        var next = Next;
        _following = next?.Id;
        _isTurned = true;
        Navigator.NavigateTo(next is not null ? RowAddress(next) : BackAddress);
    }

    private async Task BulkActedAsync()
    {
        _chosen.Clear();
        await RefreshAsync();
    }

    // After an act of others nothing moves under the finger: rows change in place, what is new waits behind the pill.
    private async Task RefreshAsync()
    {
        _counts = await Queries.CountAsync(_user!);
        var open = await Queries.FindAsync(_user!, [.. _rows.Select(row => row.Id)], _tab == InboxTab.Watch ? InboxTab.Watch : InboxTab.Reach);
        _gone.UnionWith(_rows.Select(row => row.Id).Where(id => !open.ContainsKey(id)));
        _rows = [.. _rows.Select(row => open.GetValueOrDefault(row.Id, row))];
        foreach (var id in _chosen.Keys.Where(_gone.Contains).ToList())
        {
            _chosen.Remove(id);
        }

        if (_task is { Item: { } onDesk } && _taskGone is null && onDesk.Id != _sent && _gone.Contains(onDesk.Id))
        {
            var gone = await Acts.TellGoneAsync(onDesk, _user!);
            _taskGone = _task?.Item.Id == onDesk.Id ? gone : null;
        }

        _new = await Queries.CountNewAsync(_user!, _tab, _filter, _loadedAt);
        if (_rows.Count == 0 && _new > 0)
        {
            await LoadAsync();
        }
    }

    private void Choose(InboxRow row, bool isChosen)
    {
        if (isChosen)
        {
            _chosen[row.Id] = row;
        }
        else
        {
            _chosen.Remove(row.Id);
        }
    }

    private void ClearChosen()
    {
        _chosen.Clear();
        _isChoosing = false;
    }

    private void ToggleChoosing()
    {
        _isChoosing = !_isChoosing;
        if (!_isChoosing)
        {
            _chosen.Clear();
        }
    }

    private static string Counted(int? count) => count > InboxCounts.Most ? $"{InboxCounts.Most}+" : $"{count}";

    private string? ForOf(InboxRow row) => _user?.StandsInFor(row.Unit.Key);

    private void Narrow(string name, string? value) => Navigator.NavigateTo(Navigator.GetUriWithQueryParameters(
        new Dictionary<string, object?> { [name] = string.IsNullOrWhiteSpace(value) ? null : value.Trim(), ["case"] = null, ["item"] = null }));

    private string TabAddress(InboxTab tab)
    {
        var cleared = FilterNames.ToDictionary(name => name, _ => (object?)null);
        cleared["tab"] = tab == Home ? null : tab.ToString().ToLowerInvariant();
        return Navigator.GetUriWithQueryParameters(cleared);
    }

    private string RowAddress(InboxRow row) =>
        Navigator.GetUriWithQueryParameters(new Dictionary<string, object?> { ["case"] = row.CaseNumber, ["item"] = row.Id });
}
