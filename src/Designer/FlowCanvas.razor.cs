using System.Collections.Immutable;
using System.Globalization;
using GridFlow.Designer.Canvas;
using GridFlow.Designer.Editing;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Drafts;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace GridFlow.Designer;

/// <summary>
/// A workflow to draw in. Whatever moves under the pointer is moved by the browser; what comes of it arrives here as one
/// message (<see cref="CanvasGestures"/>) and becomes one edit.
/// </summary>
public sealed partial class FlowCanvas : IAsyncDisposable
{
    private readonly string _id = $"canvas-{Guid.NewGuid():N}";
    private FlowDrawing _drawing = new([], [], default);
    private StepWords? _words;
    private (ActivityNode Container, string Language, FlowTraffic? Traffic, IReadOnlyDictionary<string, string>? Units)? _drawn;
    private FlowEditor? _listening;
    private HashSet<string> _selectedNodes = [];
    private HashSet<FlowLink> _selectedLinks = [];
    private CanvasNotes? _notes;
    private CanvasWords? _told;
    private CanvasActions? _actions;
    private ImmutableArray<OutcomeChip> _chips = [];
    private ElementReference _root;
    private CanvasBrowser? _browser;
    private bool _isAttached;
    private bool _isGone;
    private int _focusAsked;
    private CanvasWindow _panel;
    private LineBegun? _from;
    private string _said = "";
    private string? _refused;

    [Inject]
    public required IJSRuntime Browser { get; init; }

    /// <summary>What is shown, and edited unless the canvas is read-only.</summary>
    [Parameter, EditorRequired]
    public required FlowEditor Editor { get; set; }

    [Parameter]
    public bool IsReadOnly { get; set; }

    /// <summary>What is wrong with the workflow; others' problems are passed over.</summary>
    [Parameter]
    public IReadOnlyList<Problem> Problems { get; set; } = [];

    /// <summary>How many cases stand at each step, by activity id; null shows no numbers.</summary>
    [Parameter]
    public IReadOnlyDictionary<string, NodeCount>? Counts { get; set; }

    /// <summary>What went through the workflow: lines by how much, outcomes with their share; null shows nothing of it.</summary>
    [Parameter]
    public FlowTraffic? Traffic { get; set; }

    /// <summary>What became of steps since another version, by activity id, and of lines, by <c>source&gt;target</c>.</summary>
    [Parameter]
    public IReadOnlyDictionary<string, NodeMark>? Marks { get; set; }

    /// <summary>Names of departments and areas that the definition names, by unit key.</summary>
    [Parameter]
    public IReadOnlyDictionary<string, string>? UnitNames { get; set; }

    /// <summary>The workflows of the bundle: what can be called, and opened where it is called.</summary>
    [Parameter]
    public IReadOnlyList<WorkflowDefinition> Flows { get; set; } = [];

    /// <summary>The workflows through which this one was come to, outermost first.</summary>
    [Parameter]
    public IReadOnlyList<WorkflowDefinition> CalledFrom { get; set; } = [];

    /// <summary>What was copied, here or elsewhere.</summary>
    [Parameter]
    public FlowClipboard? Clipboard { get; set; }

    /// <summary>Whose clipboard it is.</summary>
    [Parameter]
    public string Person { get; set; } = "";

    /// <summary>The details of what is chosen are asked for.</summary>
    [Parameter]
    public EventCallback OnInspect { get; set; }

    /// <summary>Another workflow is to be opened in place of this one, by its definition id.</summary>
    [Parameter]
    public EventCallback<string> OnOpenFlow { get; set; }

    /// <summary>In a read-only canvas: a step was chosen, by its activity id.</summary>
    [Parameter]
    public EventCallback<string> OnStepChosen { get; set; }

    /// <summary>Brings a step into view and chooses it; for lists beside the canvas.</summary>
    public void Show(string activityId)
    {
        Editor.GoTo(activityId);
        Focus();
    }

    protected override void OnParametersSet()
    {
        if (!ReferenceEquals(_listening, Editor))
        {
            if (_listening is not null)
            {
                _listening.Changed -= OnChanged;
            }

            _listening = Editor;
            _drawn = null;
            _actions = new CanvasActions(Editor, Text, () => _drawing);
            Editor.Changed += OnChanged;
        }

        _words = new StepWords(Text, UnitNames) { Traffic = Traffic };
        _notes = new CanvasNotes(Text, Editor.Definition, Problems, Counts, Marks);
        _told = null;
        Redraw();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _browser = await CanvasBrowser.AttachAsync(Browser, "./" + Assets["_content/GridFlow.Designer/FlowCanvas.razor.js"], _root, new CanvasGestures(this), IsReadOnly);
            _isAttached = _browser is not null;
            if (_isGone && _browser is not null)
            {
                await _browser.DisposeAsync();
                return;
            }

            StateHasChanged();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _isGone = true;
        if (_listening is not null)
        {
            _listening.Changed -= OnChanged;
        }

        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }
    }

    internal Task OnCircuitAsync(Func<Task> work) => InvokeAsync(work);

    /// <summary>Gives the keyboard back to the canvas, as soon as the browser has drawn what is to be focused.</summary>
    public void Focus()
    {
        _focusAsked++;
        StateHasChanged();
    }

    private void OnChanged() => _ = InvokeAsync(() =>
    {
        Redraw();
        StateHasChanged();
    });

    private void Redraw()
    {
        var container = Editor.Container;
        var language = CultureInfo.CurrentUICulture.Name;
        if (_drawn is not { } drawn || !ReferenceEquals(drawn.Container, container) || drawn.Language != language || !ReferenceEquals(drawn.Traffic, Traffic) || !ReferenceEquals(drawn.Units, UnitNames))
        {
            _drawing = FlowDrawer.Draw(container, _words!, _drawn?.Container.Id == container.Id ? _drawing : null);
            _drawn = (container, language, Traffic, UnitNames);
            _told = null;
        }

        _told ??= new CanvasWords(Text, _words!, container, _drawing, _notes!.Badges, _notes!.Of, IsReadOnly);

        _selectedNodes = [.. Editor.Selection.Nodes];
        _selectedLinks = [.. Editor.Selection.Links];
        _chips = IsReadOnly || SelectedDrawn is not { } chosen || container.Type != FlowEdits.Flowchart ? [] : OutcomeChips.Place(
            chosen, [.. FlowEdits.PortsOf(Step(chosen.Id)).Select(port => (port, _told.Port(Step(chosen.Id), port)))], FlowEdits.OpenPorts(container, Step(chosen.Id)).Contains);
    }

    private string Hint => _id + "-hint";

    private string StageLabel => Text["CanvasLabel", Editor.Definition.Name, _drawing.Nodes.Length];

    private DrawnNode? SelectedDrawn => Editor.Selection.Node is { } id ? _drawing.Nodes.FirstOrDefault(node => node.Id == id) : null;

    private DrawnEdge? SelectedEdge => Editor.Selection.Link is { } link ? _drawing.Edges.FirstOrDefault(edge => edge.Source == link.Source && edge.Target == link.Target) : null;

    private IReadOnlyList<WorkflowDefinition> Callable => [.. Flows.Where(flow => flow.DefinitionId != Editor.Definition.DefinitionId)];

    private WorkflowDefinition? CalledBy(ActivityNode node) => node.Inputs.TryGetValue("workflowDefinitionId", out var called) ? Flows.FirstOrDefault(flow => flow.DefinitionId == called.Text) : null;

    private bool CanOpen(string id) => _told?.Find(id) is { } node && node.Id != Editor.Container.Id && (StepSlots.IsContainer(node) || (CalledBy(node) is not null && OnOpenFlow.HasDelegate));

    private ActivityNode Step(string id) => _told!.Find(id)!;

    internal Task ChooseAsync(FlowSelection selection)
    {
        Editor.Select(selection);
        return IsReadOnly && selection.Node is { } id ? OnStepChosen.InvokeAsync(id) : Task.CompletedTask;
    }

    internal Task EditAsync(Func<CanvasActions, bool> edit)
    {
        if (!IsReadOnly)
        {
            _refused = null;
            Say(edit(_actions!) ? Editor.UndoName : null);
        }

        return Task.CompletedTask;
    }

    internal async Task AddAsync(NewStepChoice choice, CanvasPoint at, FlowLink? on)
    {
        if (!IsReadOnly)
        {
            await AddAsync(choice, at, on, null);
        }
    }

    internal async Task ConnectAsync(string source, string? port, string? target, CanvasPoint? at)
    {
        if (IsReadOnly || Editor.Container.Activities.FirstOrDefault(node => node.Id == source) is not { } from)
        {
            return;
        }

        var open = FlowEdits.OpenPorts(Editor.Container, from).ToList();
        port ??= open.Count == 1 || FlowEdits.PortsOf(from).Count == 1 ? open.Concat(FlowEdits.PortsOf(from)).First() : null;
        _from = new LineBegun(source, port, target, at);
        if (port is null)
        {
            await ShowAsync(CanvasWindow.Port);
        }
        else if (target is null)
        {
            await ShowAsync(CanvasWindow.Add);
        }
        else
        {
            await EditAsync(actions => actions.Connect(source, port, target));
        }
    }

    internal Task PressAsync(string command, string? step)
    {
        switch (command)
        {
            case "inspect":
                return OnInspect.InvokeAsync();
            case "search":
                return ShowAsync(CanvasWindow.Search);
            case "open" when (step ?? Editor.Selection.Node) is { } id:
                return OpenAsync(id);
            case "leave" when Editor.Trail is [.., var outer, _]:
                Editor.Open(outer.Id);
                return Task.CompletedTask;
            case "help":
                return ShowAsync(CanvasWindow.Help);
        }

        if (IsReadOnly)
        {
            return Task.CompletedTask;
        }

        switch (command)
        {
            case "add":
                _from = null;
                return ShowAsync(CanvasWindow.Add);
            case "connect" when Editor.Selection.Node is not null:
                return ShowAsync(CanvasWindow.Ways);
            case "undo":
                return Replayed(Editor.UndoName, Editor.Undo(), "Undone");
            case "redo":
                return Replayed(Editor.RedoName, Editor.Redo(), "Redone");
            case "copy":
                return Copy();
            case "cut":
                _ = Copy();
                return EditAsync(actions => actions.Delete());
            case "paste":
                return EditAsync(actions => Clipboard is not null && actions.Paste(Clipboard.Read(Person)));
            case "duplicate":
                return EditAsync(actions => actions.Paste(actions.Copy()));
            case "delete":
                return EditAsync(actions => actions.Delete());
            case "all":
                return ChooseAsync(FlowSelection.Of(_drawing.Nodes.Select(node => node.Id)));
            default:
                return EditAsync(actions => actions.Arrange(command));
        }
    }

    private bool CanPaste => Clipboard?.Read(Person).Length > 0;

    private string AddTitle => _from is { Port: { } port } from && _told?.Find(from.Source) is { } node ? Text["AddBehind", _told.Port(node, port), _words!.Name(node)]
        : Editor.Selection.Link is not null ? Text["AddOnLine"]
        : SelectedDrawn is { } chosen ? Text["AddAfter", chosen.Name] : Text["AddStep"];

    private async Task AddAsync(NewStepChoice choice) =>
        await AddAsync(choice, _panel == CanvasWindow.Add ? _from?.At : null, null, _panel == CanvasWindow.Add && _from is { Port: { } port } from ? (from.Source, port) : null);

    private async Task AddAsync(NewStepChoice choice, CanvasPoint? at, FlowLink? on, (string Source, string Port)? from)
    {
        var calls = choice.Flow is null ? null : Flows.FirstOrDefault(flow => flow.DefinitionId == choice.Flow);
        var added = _actions!.Add(choice.Type, calls, at, on, from);
        Say(added is null ? Text["NoRoom"] : Text["Added", _words!.Name(Editor.Definition.FindActivity(added)!)]);
        await CloseAsync();
    }

    private async Task PortChosenAsync(string port)
    {
        var (source, _, target, at) = _from!;
        _panel = CanvasWindow.None;
        await ConnectAsync(source, port, target, at);
        if (_panel == CanvasWindow.None)
        {
            await CloseAsync();
        }
    }

    private Task OpenAsync(string id)
    {
        if (_told?.Find(id) is not { } node || !CanOpen(id))
        {
            return OnInspect.InvokeAsync();
        }

        if (StepSlots.IsContainer(node))
        {
            Editor.Open(id);
            return Task.CompletedTask;
        }

        return OnOpenFlow.InvokeAsync(CalledBy(node)!.DefinitionId);
    }

    private async Task FoundAsync(string id)
    {
        Editor.GoTo(id);
        await CloseAsync();
    }

    private void Lead((string Port, string? Target) way)
    {
        if (Editor.Selection.Node is { } source)
        {
            _ = EditAsync(actions => actions.Lead(source, way.Port, way.Target));
        }
    }

    private Task ShowAsync(CanvasWindow panel)
    {
        _panel = panel;
        StateHasChanged();
        return Task.CompletedTask;
    }

    private Task CloseAsync()
    {
        _panel = CanvasWindow.None;
        _from = null;
        Focus();
        return Task.CompletedTask;
    }

    private Task Replayed(string? name, ImmutableArray<CellChange> conflicts, string done)
    {
        _refused = conflicts.IsEmpty ? null : Text["NotUndone", name ?? ""].Value;
        Say(conflicts.IsEmpty && name is not null ? Text[done, name].Value : null);
        return Task.CompletedTask;
    }

    private Task Copy()
    {
        if (_actions!.Copy() is { Length: > 0 } fragment)
        {
            Clipboard?.Write(Person, fragment);
            Say(Text["Copied", Editor.Selection.Nodes.Length]);
        }

        return Task.CompletedTask;
    }

    // Read out by screen readers; the same sentence twice would not be.
    private void Say(string? sentence)
    {
        _said = sentence is null ? "" : sentence == _said ? sentence + " " : sentence;
        StateHasChanged();
    }

    private static string N(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);
}
