using GridFlow.Designer;
using GridFlow.Designer.Editing;
using GridFlow.Server.Cases;
using GridFlow.Server.Security;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Definitions;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace GridFlow.Server.Flows;

/// <summary>A workflow in force, with the cases that stand in it now.</summary>
public sealed partial class LiveFlow : IDisposable
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);
    private FlowView? _flow;
    private FlowEditor? _editor;
    private StepWords? _words;
    private ActivityNode? _chosen;
    private IReadOnlyList<WorkflowDefinition> _flows = [];
    private IReadOnlyList<Problem> _problems = [];
    private IReadOnlyDictionary<string, string> _units = new Dictionary<string, string>();
    private TrafficView? _traffic;
    private WorkflowDefinition? _asked;
    private ITimer? _refresh;
    private int _isDue;

    [Inject]
    public required FlowQueries Queries { get; init; }

    [Inject]
    public required TrafficQueries Traffic { get; init; }

    [Inject]
    public required ChangeFeed Feed { get; init; }

    [Inject]
    public required TimeProvider Time { get; init; }

    [Inject]
    public required NavigationManager Navigator { get; init; }

    [CascadingParameter]
    public required Task<AuthenticationState> AuthenticationState { get; set; }

    [Parameter]
    public string Id { get; set; } = "";

    /// <summary>The step to show first; null for none.</summary>
    [Parameter]
    public string? Step { get; set; }

    // Every step of which there is something to tell: cases now, or how long it took those of late.
    private IReadOnlyDictionary<string, NodeCount> Counts => _traffic is not { } traffic ? _flow!.Steps
        : _flow!.Steps.Keys.Union(traffic.Traffic.Medians.Keys).ToDictionary(
            step => step,
            step => _flow.Steps.GetValueOrDefault(step) with { Median = traffic.Traffic.Medians.TryGetValue(step, out var median) ? median : null });

    public void Dispose()
    {
        Feed.Changed -= Note;
        _refresh?.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        var user = await AuthenticationState.GetUserAsync();
        var (_, flows) = await Queries.ListAsync(user);
        _flow = flows.FirstOrDefault(flow => flow.Definition.DefinitionId == Id);
        if (_flow is null)
        {
            Navigator.NotFound();
            return;
        }

        _flows = [.. flows.Select(flow => flow.Definition)];
        _problems = await Queries.CheckAsync(_flow.Definition);
        _units = await Queries.GetUnitNamesAsync(_flow.Definition);
        _words = new StepWords(Designer, _units);
        if (_editor?.Definition.Id != _flow.Definition.Id)
        {
            _editor = new FlowEditor(_flow.Definition);
            (_chosen, _traffic) = (null, null);
            if (Step is not null)
            {
                _editor.GoTo(Step);
            }
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            Feed.Changed += Note;
            _refresh = Time.CreateTimer(_ => _ = InvokeAsync(RefreshAsync), null, Quiet, Quiet);
        }

        // Once the picture is there: what went through it takes longer to find out.
        if (_flow is { Definition: var definition } && !ReferenceEquals(_asked, definition))
        {
            _asked = definition;
            var traffic = await Traffic.FindAsync(definition, await AuthenticationState.GetUserAsync());
            if (ReferenceEquals(_asked, definition))
            {
                _traffic = traffic;
                StateHasChanged();
            }
        }
    }

    // Cases may come in by the hundred in a second; the numbers are asked for at most once.
    private void Note(CaseChange change) => Interlocked.Exchange(ref _isDue, 1);

    private async Task RefreshAsync()
    {
        if (Interlocked.Exchange(ref _isDue, 0) == 1)
        {
            _flow = await Queries.FindAsync(Id, await AuthenticationState.GetUserAsync()) ?? _flow;
            StateHasChanged();
        }
    }

    private void Choose(string step) => _chosen = _flow!.Definition.FindActivity(step);

    private void OpenFlow(string id) => Navigator.NavigateTo($"/admin/flows/{Uri.EscapeDataString(id)}");

    private string NameOf(Problem problem) => _flow!.Definition.FindActivity(problem.Path.Split('/') is [_, _, var activity, ..] ? activity : "") is { } node ? StepWords.Title(node) : _flow.Definition.Name.ToString();
}
