using System.Globalization;
using GridFlow.Designer;
using GridFlow.Designer.Editing;
using GridFlow.Designer.Problems;
using GridFlow.Server.Drafts;
using GridFlow.Server.Security;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Definitions;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace GridFlow.Server.Flows;

public sealed partial class FlowDesigner
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(3);
    private FlowSession? _session;
    private FlowEditor? _editor;
    private FlowCanvas? _canvas;
    private FlowSettings? _settings;
    private IReadOnlyDictionary<string, string> _units = new Dictionary<string, string>();
    private IReadOnlyList<WorkflowDefinition> _calledFrom = [];
    private ITimer? _retry;
    private (int Draft, string Flow)? _open;
    private ProblemPlace? _focused;
    private bool _isMissing;
    private bool _isInspecting;
    private bool _isListing;

    [Parameter, EditorRequired]
    public int DraftId { get; set; }

    [Parameter, EditorRequired]
    public required string FlowId { get; set; }

    /// <summary>The workflows through which this one was come to, by definition id, outermost first.</summary>
    [Parameter]
    public IReadOnlyList<string> Via { get; set; } = [];

    /// <summary>The step to show first; null for none.</summary>
    [Parameter]
    public string? Step { get; set; }

    [Parameter, EditorRequired]
    public required CurrentUser User { get; set; }

    public void Dispose()
    {
        Feed.Edited -= OnEdited;
        _retry?.Dispose();
        if (_session is not null)
        {
            _session.Changed -= OnSession;
        }
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_open == (DraftId, FlowId))
        {
            return;
        }

        if (_session is null || _session.Draft.Id != DraftId)
        {
            var draft = await Drafts.FindAsync(DraftId);
            if (draft is null)
            {
                _isMissing = true;
                return;
            }

            if (_session is not null)
            {
                _session.Changed -= OnSession;
            }

            _session = new FlowSession(Drafts, Bundles, draft, User, Time);
            _session.Changed += OnSession;
        }

        _open = (DraftId, FlowId);
        _editor = _session.FindEditor(FlowId);
        _isMissing = _editor is null;
        _calledFrom = [.. Via.Select(id => _session.FindEditor(id)?.Definition).OfType<WorkflowDefinition>()];
        if (_editor is null)
        {
            return;
        }

        if (Step is not null)
        {
            _editor.GoTo(Step);
        }

        _units = await Queries.GetUnitNamesAsync(_editor.Definition);
        await _session.CheckAsync();
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            Feed.Edited += OnEdited;
        }
    }

    private IReadOnlyList<Problem> Own => [.. _session!.Problems.Where(problem => problem.Path.StartsWith($"definitions/{FlowId}/", StringComparison.Ordinal) || problem.Path == $"definitions/{FlowId}")];

    private int Errors => Own.Count(problem => problem.IsError);

    private string ProblemsText => (Errors, Own.Count - Errors) switch
    {
        (0, 0) => Text["NoProblems"],
        (0, var hints) => Text["HintCount", hints],
        (var errors, 0) => Text["ErrorCount", errors],
        var (errors, hints) => $"{Text["ErrorCount", errors]} · {Text["HintCount", hints]}",
    };

    private string? Busy => _session!.State switch
    {
        SaveState.Saving => Text["Saving"].Value,
        SaveState.Failed => Text["NotSaved"].Value,
        SaveState.Closed => Text["DraftClosed"].Value,
        SaveState.Saved => null,
    };

    private static string Separator => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh" ? "、" : ", ";

    private void OnSession()
    {
        if (_session!.State == SaveState.Failed)
        {
            _retry?.Dispose();
            _retry = Time.CreateTimer(_ => _ = InvokeAsync(_session.SendAsync), null, Again, Timeout.InfiniteTimeSpan);
        }

        _ = InvokeAsync(StateHasChanged);
    }

    private void OnEdited(DraftEdited edited)
    {
        if (edited.DraftId == DraftId)
        {
            _ = InMyLanguageAsync(() => _session?.RefreshAsync(edited.Version) ?? Task.CompletedTask);
        }
    }

    private async Task Inspect()
    {
        _isInspecting = true;
        if (_settings is not null)
        {
            await _settings.FocusAsync();
        }
    }

    private void ToggleInspector() => _isInspecting = !_isInspecting;

    private void ToggleProblems() => _isListing = !_isListing;

    private void OnInspectorKey(KeyboardEventArgs key)
    {
        if (key.Key == "Escape")
        {
            _isInspecting = false;
            _canvas!.Focus();
        }
    }

    private void GoTo(ProblemPlace place)
    {
        _focused = place.Input is null ? null : place;
        if (place.Node is { } node && node != _editor!.Definition.Root)
        {
            _canvas!.Show(node.Id);
        }
        else
        {
            _editor!.Select(FlowSelection.None);
        }

        if (place.Input is not null)
        {
            _isInspecting = true;
        }
    }

    // What was pressed is gone with the problem; the keyboard goes back to the canvas, where an undo is heard.
    private void Mend(Func<WorkflowDefinition, WorkflowDefinition> edit)
    {
        _editor!.Do(edit, Text["EditMend"]);
        _canvas?.Focus();
    }

    private void OpenFlow(string id)
    {
        var back = Via.ToList().IndexOf(id);
        var via = back >= 0 ? Via.Take(back) : Via.Append(FlowId);
        var query = string.Join(',', via.Select(Uri.EscapeDataString));
        Navigator.NavigateTo($"/admin/flows/{Uri.EscapeDataString(id)}?draft={DraftId}{(query.Length > 0 ? "&via=" + query : "")}");
    }
}
