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
    private bool _isLeaving;
    private bool _isLost;
    private string _lost = "";

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

    /// <summary>Somebody was quicker; null while it can still be done. What was typed stays until the reader decides on it.</summary>
    [Parameter]
    public GoneItem? Gone { get; set; }

    /// <summary>The reader is done with an item that is gone: true when they have read what became of it, false when there was nothing to keep.</summary>
    [Parameter]
    public EventCallback<bool> OnLeft { get; set; }

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

    protected override Task OnParametersSetAsync() => _isBusy ? Task.CompletedTask : LeaveAsync();

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

            if (isLast && (report.IsDone || Case is null))
            {
                await ForgetAsync();
                _isLeaving = true;
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

        await LeaveAsync();
    }

    // Not while something is sent from here: its answer says more.
    private async Task LeaveAsync()
    {
        if (Gone is null || _form is null || _isLeaving)
        {
            return;
        }

        _isLeaving = true;
        try
        {
            if (_module is not null && await _module.InvokeAsync<Dictionary<string, string>?>("read", _element) is { } typed)
            {
                _answers.Restore(typed, _form);
            }
        }
        catch (Exception problem) when (problem is JSException or JSDisconnectedException or OperationCanceledException or ObjectDisposedException)
        {
            // The line is down: what the page has heard of is kept.
        }

        _lost = _answers.Written(_form, Case, Words);
        _isLost = _lost.Length > 0;
        if (!_isLost)
        {
            await OnLeft.InvokeAsync(false);
        }
    }

    private async Task RemarkAsync()
    {
        var text = _lost.Trim();
        if (_isBusy || Case is null || text.Length is 0 or > CaseWords.MaxComment)
        {
            _problem = _isBusy ? null : new ActReport(false, Words[text.Length == 0 ? "CommentEmpty" : "CommentTooLong", CaseWords.MaxComment]);
            return;
        }

        (_isBusy, _problem) = (true, null);
        try
        {
            var result = await Commands.CommentAsync(Case.Number, text, isPublic: false, User, _key.Of(text, "lost"));
            if (result is not (ActResult.Done or ActResult.DoneBefore))
            {
                _problem = await Acts.TellAsync(result, null, "");
                return;
            }

            await ForgetAsync();
            await OnActed.InvokeAsync(new ActReport(true, Words["DoneCommentAdded"]));
        }
        catch (Exception problem) when (DatabaseOutage.Is(problem))
        {
            // Whatever became of it: the same sent again from here is written once.
            _problem = Acts.Away;
        }
        finally
        {
            _isBusy = false;
        }
    }

    private async Task DiscardAsync()
    {
        await ForgetAsync();
        await OnLeft.InvokeAsync(true);
    }

    private async Task ForgetAsync()
    {
        if (_module is not null)
        {
            await _module.InvokeVoidAsync("forget", DraftKey);
        }
    }
}
