using GridFlow.Server.Cases;
using GridFlow.Server.Security;
using GridFlow.Workflows.Engine;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;

namespace GridFlow.Server.Acts;

public sealed partial class ActDialog : IAsyncDisposable
{
    private readonly FormAnswers _answers = new();
    private ElementReference _heading;
    private ElementReference _element;
    private IJSObjectReference? _module;
    private ActReport? _problem;
    private bool _isBusy;

    [Inject]
    public required CaseCommands Commands { get; init; }

    [Inject]
    public required ActWords Acts { get; init; }

    [Inject]
    public required IJSRuntime Browser { get; init; }

    [Parameter, EditorRequired]
    public required ActOffer Offer { get; set; }

    [Parameter, EditorRequired]
    public required CaseDetail Case { get; set; }

    [Parameter, EditorRequired]
    public required CurrentUser User { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<KeyValuePair<string, string>> Categories { get; set; }

    [Parameter]
    public EventCallback OnCancel { get; set; }

    [Parameter]
    public EventCallback<ActReport> OnActed { get; set; }

    private string DraftKey => $"{Case.Number}:{Offer.Item}:{Offer.Act.Name}";

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        await _heading.FocusAsync();
        _module = await Browser.InvokeAsync<IJSObjectReference>("import", "./" + Assets["Cases/WorkItemPanel.razor.js"]);
        if (await _module.InvokeAsync<Dictionary<string, string>?>("load", DraftKey) is { Count: > 0 } draft)
        {
            _answers.Restore(draft);
            StateHasChanged();
        }

        await _module.InvokeVoidAsync("keep", _element, DraftKey);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_module is not null)
            {
                await _module.DisposeAsync();
            }
        }
        catch (Exception problem) when (problem is JSDisconnectedException or OperationCanceledException)
        {
            // The browser is gone, and the module with it.
        }
    }

    private Task CancelOnEscapeAsync(KeyboardEventArgs key) => key.Key == "Escape" ? OnCancel.InvokeAsync() : Task.CompletedTask;

    private async Task SendAsync()
    {
        if (_isBusy)
        {
            return;
        }

        (_isBusy, _problem) = (true, null);
        try
        {
            var result = await Commands.TakeActAsync(Case.Number, Offer.Act.Name, Offer.Item, _answers.ToFields(Offer.Act.Fields), _answers.Comment, User);
            // What is done with the whole case moves nothing: who has it now stands on the page.
            var report = Offer.Item is null && result is ActResult.Done ? new ActReport(true, Acts.Done(Offer.Act.Name)) : await Acts.TellAsync(result, Offer.Item, Acts.Done(Offer.Act.Name));
            if (result is ActResult.Refused refused)
            {
                var wrong = refused.Reason == Refusal.InvalidField ? await Acts.WrongFieldAsync(Offer.Act, refused.Detail, _answers[refused.Detail].Length > 0) : null;
                _problem = wrong is null ? report : report with { Text = wrong };
                return;
            }

            if (_module is not null)
            {
                await _module.InvokeVoidAsync("forget", DraftKey);
            }

            await OnActed.InvokeAsync(report);
        }
        finally
        {
            _isBusy = false;
        }
    }
}
