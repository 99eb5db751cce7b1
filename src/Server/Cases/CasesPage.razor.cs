using GridFlow.Server.Security;
using GridFlow.Workflows.Cases;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.JSInterop;

namespace GridFlow.Server.Cases;

public sealed partial class CasesPage
{
    /// <summary>More rows than this are turned to instead of added: nobody scrolls further, and each open page keeps what it shows.</summary>
    private const int MostRows = 200;

    // A walk that met nothing is gone on with by itself before somebody is asked whether it should be.
    private const int WalksByItself = 3;

    private readonly List<CaseListRow> _rows = [];
    private CaseFilter _filter = new();
    private CaseCount? _count;
    private bool _maySponsor;
    private CaseCursor? _next;
    private (CaseFilter, string?)? _shown;
    private ElementReference _list;
    private IJSObjectReference? _scrolling;
    private bool _isLoaded;
    private bool _isLoading;
    private string? _step;
    private IReadOnlyList<KeyValuePair<string, string>> _statuses = [];
    private IReadOnlyList<KeyValuePair<string, string>> _stages = [];
    private IReadOnlyList<KeyValuePair<string, string>> _tiers = [];
    private IReadOnlyList<KeyValuePair<string, string>> _orders = [];
    private IReadOnlyList<KeyValuePair<string, string>> _groups = [];

    [Inject]
    public required CaseQueries Queries { get; init; }

    [Inject]
    public required NavigationManager Navigator { get; init; }

    [CascadingParameter]
    public required Task<AuthenticationState> AuthenticationState { get; set; }

    [SupplyParameterFromQuery(Name = "text")]
    public string? TextFilter { get; set; }

    [SupplyParameterFromQuery(Name = "status")]
    public string? Status { get; set; }

    [SupplyParameterFromQuery(Name = "stage")]
    public string? Stage { get; set; }

    [SupplyParameterFromQuery(Name = "tier")]
    public string? Tier { get; set; }

    [SupplyParameterFromQuery(Name = "category")]
    public string? Category { get; set; }

    [SupplyParameterFromQuery(Name = "area")]
    public string? Area { get; set; }

    [SupplyParameterFromQuery(Name = "unit")]
    public string? Unit { get; set; }

    [SupplyParameterFromQuery(Name = "overdue")]
    public string? Overdue { get; set; }

    /// <summary>"me": only what the reader answers for.</summary>
    [SupplyParameterFromQuery(Name = "sponsor")]
    public string? Sponsor { get; set; }

    [SupplyParameterFromQuery(Name = "flow")]
    public string? Flow { get; set; }

    [SupplyParameterFromQuery(Name = "step")]
    public string? Step { get; set; }

    [SupplyParameterFromQuery(Name = "sort")]
    public string? Sort { get; set; }

    /// <summary>Where the shown part of the list begins; nothing for its beginning.</summary>
    [SupplyParameterFromQuery(Name = "after")]
    public string? After { get; set; }

    [Inject]
    public required CaseLists Lists { get; init; }

    private bool MayScroll => RendererInfo.IsInteractive && _rows.Count > 0 && _rows.Count < MostRows;

    private string MoreAddress => Navigator.GetUriWithQueryParameter("after", _next?.ToString());

    private bool HasMore => _filter is { Stage: not null } or { Category: not null } or { Area: not null } or { Unit: not null };

    protected override async Task OnInitializedAsync()
    {
        _statuses = [.. Enum.GetValues<CaseStatus>().Select(status => KeyValuePair.Create(status.ToString(), Words.Of(status)))];
        _stages = [.. Enum.GetValues<CaseStage>().Select(stage => KeyValuePair.Create(stage.ToString(), Words.Of(stage)))];
        _tiers = [.. Enum.GetValues<CaseTier>().Select(tier => KeyValuePair.Create(tier.ToString(), Words.Of(tier)))];
        _orders = [KeyValuePair.Create("due", Words["SortDue"])];
        _groups = await Queries.GetCategoryGroupsAsync();
    }

    protected override async Task OnParametersSetAsync()
    {
        var user = await AuthenticationState.GetUserAsync();
        _maySponsor = user.Can(Permission.Approve);
        _filter = new CaseFilter
        {
            Text = TextFilter,
            Status = Read<CaseStatus>(Status),
            Stage = Read<CaseStage>(Stage),
            Tier = Read<CaseTier>(Tier),
            Category = Category,
            Area = Area,
            Unit = Unit,
            Overdue = Overdue == "true",
            Sponsor = Sponsor == "me" ? user.AccountId : null,
            Flow = Flow,
            Step = Step,
            DueFirst = Sort == "due",
        };
        if (_shown != (_filter, After))
        {
            _shown = (_filter, After);
            _step = Flow is null ? null : await Queries.GetStepNameAsync(Flow, Step);
            (_next, _isLoaded) = (CaseCursor.Parse(After), false);
            _rows.Clear();
            await AddAsync(user);
            _count = await Lists.CountAsync(user, _filter);
            _isLoaded = true;
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await using var module = await Browser.InvokeAsync<IJSObjectReference>("import", "./" + Assets["Cases/CasesPage.razor.js"]);
            _scrolling = await module.InvokeAsync<IJSObjectReference>("follow", _list);
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_scrolling is not null)
            {
                await _scrolling.InvokeVoidAsync("stop");
                await _scrolling.DisposeAsync();
            }
        }
        catch (Exception problem) when (problem is JSDisconnectedException or OperationCanceledException)
        {
            // The browser is gone, and its listeners with it.
        }
    }

    private async Task LoadMoreAsync()
    {
        if (!_isLoading && MayScroll)
        {
            _isLoading = true;
            await AddAsync(await AuthenticationState.GetUserAsync());
            _isLoading = false;
        }
    }

    private async Task AddAsync(CurrentUser user)
    {
        var had = _rows.Count;
        var walks = 0;
        do
        {
            var slice = await Lists.ListAsync(user, _filter, _next);
            _rows.AddRange(slice.Rows);
            _next = slice.Next;
        }
        while (_rows.Count == had && _next is not null && ++walks < WalksByItself);
    }

    private void Narrow(string name, object? value) => Navigator.NavigateTo(Navigator.GetUriWithQueryParameters(
        new Dictionary<string, object?> { [name] = value is string { Length: > 0 } text ? text.Trim() : null, ["after"] = null }));

    private static T? Read<T>(string? text)
        where T : struct, Enum => Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : null;
}
