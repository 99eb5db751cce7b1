using GridFlow.Server.Inbox;
using GridFlow.Server.Security;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.JSInterop;

namespace GridFlow.Server.Cases;

public sealed partial class CaseView : IDisposable
{
    private CaseDetail? _case;
    private IReadOnlyList<TimelineEntry> _timeline = [];
    private CurrentUser? _user;
    private ActReport? _report;
    private GoneItem? _gone;
    private LiveUpdates? _updates;
    private string? _shown;
    private string? _asked;
    private string? _chosen;
    private bool _isLoaded;
    private bool _isOpening;

    [Inject]
    public required CaseQueries Queries { get; init; }

    [Inject]
    public required TimelineQueries Timelines { get; init; }

    [Inject]
    public required ActWords Acts { get; init; }

    [Inject]
    public required SeenMarks Seen { get; init; }

    [Inject]
    public required ChangeFeed Feed { get; init; }

    [Inject]
    public required TimeProvider Time { get; init; }

    [Inject]
    public required IJSRuntime Browser { get; init; }

    [CascadingParameter]
    public required Task<AuthenticationState> AuthenticationState { get; set; }

    [Parameter, EditorRequired]
    public required string Number { get; set; }

    /// <summary>The work item the reader came for: its form stands first.</summary>
    [Parameter]
    public string? ItemId { get; set; }

    /// <summary>The act the reader came for, by its name.</summary>
    [Parameter]
    public string? Act { get; set; }

    /// <summary>Shown beside a list instead of on a page of its own.</summary>
    [Parameter]
    public bool IsPane { get; set; }

    [Parameter]
    public EventCallback<ActReport> OnActed { get; set; }

    /// <summary>Stands beside the report of what was done: where to go on.</summary>
    [Parameter]
    public RenderFragment? AfterAct { get; set; }

    private IReadOnlyList<OpenItem> Acting => [.. _case!.OpenItems.Where(item => item.MayAct)];

    // What was chosen here, else what the reader came for, else what they signed for or their own unit holds.
    private OpenItem? Chosen => Acting.OrderByDescending(item => item.Id == _chosen).ThenByDescending(item => item.Id == ItemId)
        .ThenByDescending(item => item.IsMine).ThenByDescending(item => _user!.Holds(item.Unit.Key)).FirstOrDefault();

    // One that somebody else has done stays before the reader until they know, with what they typed.
    private OpenItem? AtHand => _gone?.Item ?? Chosen;

    protected override async Task OnParametersSetAsync()
    {
        _user = await AuthenticationState.GetUserAsync();
        var isOpening = _asked != ItemId || _shown != Number;
        if (_asked != ItemId)
        {
            (_asked, _chosen, _gone) = (ItemId, null, null);
        }

        if (_shown != Number)
        {
            _shown = Number;
            (_report, _chosen, _gone) = (null, null, null);
            await LoadAsync(null);
        }

        _isOpening |= isOpening;

        if (RendererInfo.IsInteractive)
        {
            _updates ??= new LiveUpdates(Feed, Time, change => change.CaseNumber == Number, () => InvokeAsync(RefreshAsync));
        }
    }

    // Whoever has the form of an item before them has opened it. What others bring onto a page that stands open is not read by that.
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_isOpening && _case is not null)
        {
            _isOpening = false;
            if (Chosen is { } chosen)
            {
                await Seen.MarkAsync(_user!, chosen.Id);
            }
        }
    }

    public void Dispose() => _updates?.Dispose();

    private void Choose(OpenItem item) => (_chosen, _isOpening) = (item.Id, true);

    private async Task LoadAsync(OpenItem? atHand)
    {
        var found = await Queries.FindAsync(Number, _user!);
        var timeline = found is null ? [] : await Timelines.FindAsync(Number, _user!) ?? [];
        var isGone = atHand is not null && found?.OpenItems.Any(item => item.Id == atHand.Id && item.MayAct) != true;
        var gone = !isGone ? null : _gone?.Item.Id == atHand!.Id ? _gone : await Acts.TellGoneAsync(atHand, _user!);
        (_case, _timeline, _gone, _isLoaded) = (found, timeline, gone, true);
    }

    private async Task RefreshAsync()
    {
        await LoadAsync(_case is null ? null : AtHand);
        StateHasChanged();
    }

    private async Task PrintAsync()
    {
        await using var module = await Browser.InvokeAsync<IJSObjectReference>("import", "./" + Assets["Cases/CaseView.razor.js"]);
        await module.InvokeVoidAsync("print");
    }

    private async Task ActedAsync(ActReport report)
    {
        _report = report;
        await LoadAsync(report.IsDone ? null : AtHand);
        _isOpening = true;
        await OnActed.InvokeAsync(report);
    }

    private async Task RemarkedAsync(ActReport report)
    {
        _report = report;
        await LoadAsync(AtHand);
        await OnActed.InvokeAsync(report);
    }

    // Whoever did it themself, here or elsewhere, and had typed nothing more, knows.
    private void Leave(bool isTold)
    {
        _report = isTold ? null : _gone is { IsOwn: false } gone ? new ActReport(false, gone.Text) : _report;
        _gone = null;

        // What stands there instead is read by those who went on to it, and not by a page that was left open.
        _isOpening |= isTold;
    }
}
