using GridFlow.Server.Acts;
using GridFlow.Server.Controls;
using GridFlow.Server.Persistence.Sql;
using GridFlow.Server.Security;
using GridFlow.Workflows.Activities.Cases;
using GridFlow.Workflows.Engine;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace GridFlow.Server.Cases;

public sealed partial class WorkItemPanel : IAsyncDisposable
{
    private readonly SendKey _key = new();
    private readonly Lookups _lookups = new();
    private ElementReference _element;
    private IJSObjectReference? _module;
    private WorkItemForm? _form;
    private FormAnswers _answers = new();
    private IReadOnlyList<KeyValuePair<string, string>> _categories = [];
    private ActReport? _problem;
    private bool _isBusy;
    private bool _isKept;
    private bool _isRestored;
    private int _generation;

    [Inject]
    public required CaseQueries Queries { get; init; }

    [Inject]
    public required CaseCommands Commands { get; init; }

    [Inject]
    public required ActWords Acts { get; init; }

    [Inject]
    public required IJSRuntime Browser { get; init; }

    /// <summary>The item; a newer state of the same item may be given at any time and leaves what is typed alone.</summary>
    [Parameter, EditorRequired]
    public required OpenItem Item { get; set; }

    /// <summary>The case the item belongs to; null for a workflow that drives none.</summary>
    [Parameter]
    public CaseDetail? Case { get; set; }

    [Parameter, EditorRequired]
    public required CurrentUser User { get; set; }

    /// <summary>Something happened to the item, by this reader or by somebody quicker.</summary>
    [Parameter]
    public EventCallback<ActReport> OnActed { get; set; }

    private bool IsLocked => _isBusy || !RendererInfo.IsInteractive;

    private WorkItemOutcome? Outcome => _form?.FindOutcome(_answers.Outcome);

    private string OutcomeLabel => Outcome?.Label.ToString() ?? "";

    // An outcome that is itself called "Submit" is not said twice.
    private string SendLabel => OutcomeLabel.StartsWith(Words["FormSendVerb"], StringComparison.CurrentCultureIgnoreCase) ? OutcomeLabel : Words["FormSend", OutcomeLabel];

    private bool NeedsComment => Outcome?.NeedsComment == true;

    // Whoever says that something was done shows it.
    private bool AsksForEvidence => Outcome is { Reports: true } || Item.Kind == WorkItemKind.Whistle;

    private IEnumerable<FormField> Fields => _form is not null && Outcome is { } outcome ? _form.FieldsOf(outcome) : [];

    // What the form says as it is filled in now.
    private string Key => _key.Of(Fields.Select(asked => _answers[asked.Name]).Append(_answers.Outcome).Append(_answers.Comment));

    private string DraftKey => $"gridflow-draft:{Item.Id}";

    protected override async Task OnInitializedAsync()
    {
        _form = await Queries.GetFormAsync(Item);
        _answers = FormAnswers.From(_form, Case);
        if (_form.Fields.Any(field => field.Kind == FieldKind.Category))
        {
            _categories = await Queries.GetCategoriesAsync(Item.Bundle);
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_form is null || _isKept || (Item.ClaimedBy is not null && !Item.IsMine))
        {
            return;
        }

        _isKept = true;
        _module = await Browser.InvokeAsync<IJSObjectReference>("import", "./" + Assets["Cases/WorkItemPanel.razor.js"]);
        if (!_isRestored && await _module.InvokeAsync<Dictionary<string, string>?>("load", DraftKey) is { Count: > 0 } draft)
        {
            // The form is drawn anew, so that its pickers begin with what was chosen before.
            _answers.Restore(draft, _form);
            (_isRestored, _isKept) = (true, false);
            _generation++;
            StateHasChanged();
            return;
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

    private void Choose(WorkItemOutcome outcome)
    {
        _answers.Outcome = outcome.Name;
        _problem = null;
    }

    private Task ClaimAsync() => ActAsync(() => Commands.ClaimAsync(Item.Id, User), Words["DoneClaimed"], isLast: false);

    private Task ReleaseAsync() => ActAsync(() => Commands.ReleaseAsync(Item.Id, User), Words["DoneReleased"], isLast: false);

    private Task CompleteAsync() =>
        ActAsync(() => Commands.CompleteAsync(Item.Id, _answers.Outcome, _answers.ToFields(_form!), _answers.Comment, User), Words["DoneOutcome", OutcomeLabel], isLast: true);

    private async Task ActAsync(Func<Task<ActResult>> act, string done, bool isLast)
    {
        if (_isBusy)
        {
            return;
        }

        _isBusy = true;
        _problem = null;
        await _lookups.SettledAsync();
        var key = Key;
        try
        {
            var result = await act();
            var isHeardNow = isLast && _key.ClosedIt(key, _answers.Outcome, result, User);
            var report = isHeardNow || (result is ActResult.Done && !isLast) ? new ActReport(true, done) : await Acts.TellAsync(result, Item.Id, done);
            if (result is ActResult.Refused)
            {
                _problem = report;
                return;
            }

            if (isLast && _module is not null)
            {
                await _module.InvokeVoidAsync("forget", DraftKey);
            }

            await OnActed.InvokeAsync(report);
        }
        catch (Exception problem) when (DatabaseOutage.Is(problem))
        {
            // Whatever became of it: an item is signed for, given back and completed once.
            if (isLast)
            {
                _key.NoteUnheard(key);
            }

            _problem = Acts.Away;
        }
        finally
        {
            _isBusy = false;
        }
    }
}
