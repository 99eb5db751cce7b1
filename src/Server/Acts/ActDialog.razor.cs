using GridFlow.Server.Cases;
using GridFlow.Server.Controls;
using GridFlow.Server.Persistence.Sql;
using GridFlow.Server.Security;
using GridFlow.Workflows.Engine;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;

namespace GridFlow.Server.Acts;

public sealed partial class ActDialog : IAsyncDisposable
{
    private readonly FormAnswers _answers = new();
    private readonly SendKey _key = new();
    private readonly Lookups _lookups = new();
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

    // Names what is sent by this dialog as it is filled in now.
    private string Key => _key.Of(Offer.Fields.Select(asked => _answers[asked.Name]).Append(_answers.Comment));

    private string DraftKey => $"{Case.Number}:{Offer.Item}:{Offer.Act.Name}";

    protected override void OnInitialized()
    {
        foreach (var field in Offer.Fields)
        {
            _answers[field.Name] = ActOffer.OnlyAnswer(field) ?? "";
        }
    }

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

    // What was said to be wrong with a field is over once it is another.
    private void Answer(string field, string value)
    {
        _answers[field] = value;
        _problem = _problem?.Field == field ? null : _problem;
    }

    private Task CancelOnEscapeAsync(KeyboardEventArgs key) => key.Key == "Escape" ? OnCancel.InvokeAsync() : Task.CompletedTask;

    private async Task SendAsync()
    {
        if (_isBusy)
        {
            return;
        }

        (_isBusy, _problem) = (true, null);
        await _lookups.SettledAsync();
        try
        {
            var order = new ActOrder(Case.Number, Offer.Act.Name, Offer.Item, _answers.ToFields(Offer.Fields), _answers.Comment) { Key = Key };
            var result = await Commands.TakeActAsync(order, User);
            var report = await Acts.TellAsync(result, Offer.Item, Acts.Done(Offer.Act.Name));
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
        catch (Exception problem) when (DatabaseOutage.Is(problem))
        {
            // Whatever became of it: the same sent again from here happens once.
            _problem = Acts.Away;
        }
        finally
        {
            _isBusy = false;
        }
    }
}
