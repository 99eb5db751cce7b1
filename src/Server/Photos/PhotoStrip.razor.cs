using GridFlow.Server.Accounts;
using GridFlow.Server.Security;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace GridFlow.Server.Photos;

public sealed partial class PhotoStrip
{
    private static readonly string[] Sentences = ["Waiting", "Sending", "Shrinking", "Sent", "Again", "Drop", "SignIn", "Unreadable"];
    private IReadOnlyList<Photo> _photos = [];
    private PeopleNames _people = PeopleNames.AsWritten;
    private ElementReference _root;
    private IJSObjectReference? _camera;
    private string? _shown;
    private bool _isAttending;
    private bool _listens;

    [Inject]
    public required PhotoStore Store { get; init; }

    [Inject]
    public required AccountQueries Accounts { get; init; }

    [Inject]
    public required PhotoFeed Feed { get; init; }

    [Inject]
    public required IJSRuntime Browser { get; init; }

    [Parameter, EditorRequired]
    public required string CaseNumber { get; set; }

    [Parameter, EditorRequired]
    public required CurrentUser User { get; set; }

    /// <summary>The work item new photos are evidence for; its form then asks for photos after the work alone.</summary>
    [Parameter]
    public string? WorkItem { get; set; }

    /// <summary>The one kind asked for; all three when null.</summary>
    [Parameter]
    public PhotoKind? Kind { get; set; }

    /// <summary>Photos may be added: the case is open, and the reader works on it.</summary>
    [Parameter]
    public bool MayAdd { get; set; } = true;

    private bool IsAsking => MayAdd && User.Can(Permission.WorkItems);

    private IReadOnlyList<PhotoKind> Asked => Kind is { } kind ? [kind] : Enum.GetValues<PhotoKind>();

    // In a form, those of the form; on the page of the case, all.
    private IEnumerable<Photo> Shown => _photos.Where(photo => WorkItem is null || Kind is null || photo.WorkItem == WorkItem);

    private IReadOnlyList<PhotoKind> Kinds => [.. Shown.Select(photo => photo.Kind).Distinct().Order()];

    public async ValueTask DisposeAsync()
    {
        Feed.Added -= Note;
        try
        {
            if (_camera is not null)
            {
                await _camera.InvokeVoidAsync("stop");
                await _camera.DisposeAsync();
            }
        }
        catch (Exception problem) when (problem is JSDisconnectedException or OperationCanceledException)
        {
            // The browser is gone, and its listeners with it.
        }
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_shown != CaseNumber)
        {
            _shown = CaseNumber;
            await LoadAsync();
        }

        if (RendererInfo.IsInteractive && !_listens)
        {
            _listens = true;
            Feed.Added += Note;
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_camera is not null || _isAttending || !IsAsking)
        {
            return;
        }

        _isAttending = true;
        try
        {
            await using var module = await Browser.InvokeAsync<IJSObjectReference>("import", "./" + Assets["Photos/PhotoStrip.razor.js"]);
            _camera = await module.InvokeAsync<IJSObjectReference>("attend", _root, CaseNumber, WorkItem, User.AccountId, Sentences.ToDictionary(name => name, name => Text[name].Value));
            StateHasChanged();
        }
        catch (JSException)
        {
            // The line broke before the script came. The buttons stay shut, and the next drawing of the page tries again.
            _isAttending = false;
        }
    }

    private async Task LoadAsync()
    {
        var photos = await Store.ListAsync(CaseNumber, User);
        (_people, _photos) = (await Accounts.GetNamesOfAsync(photos.Select(photo => photo.ByName)), photos);
    }

    private void Note(string caseNumber)
    {
        if (caseNumber == CaseNumber)
        {
            _ = InMyLanguageAsync(LoadAsync);
        }
    }
}
