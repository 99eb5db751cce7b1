using GridFlow.Designer;
using GridFlow.Server.Cases;
using GridFlow.Server.Security;
using GridFlow.Workflows.Bundles;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace GridFlow.Server.Flows;

public sealed partial class FlowPage : IDisposable
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);
    private FlowView? _flow;
    private IReadOnlyList<Problem> _problems = [];
    private IReadOnlyDictionary<string, string> _units = new Dictionary<string, string>();
    private ITimer? _refresh;
    private int _isDue;

    [Inject]
    public required FlowQueries Queries { get; init; }

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

    public void Dispose()
    {
        Feed.Changed -= Note;
        _refresh?.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        var user = await AuthenticationState.GetUserAsync();
        _flow = await Queries.FindAsync(Id, user);
        if (_flow is null)
        {
            Navigator.NotFound();
            return;
        }

        _problems = await Queries.CheckAsync(_flow.Definition);
        _units = await Queries.GetUnitNamesAsync(_flow.Definition);
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            Feed.Changed += Note;
            _refresh = Time.CreateTimer(_ => _ = InvokeAsync(RefreshAsync), null, Quiet, Quiet);
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

    private string? HrefOf(string activityId) => _flow!.Steps.ContainsKey(activityId) ? FlowSteps.CasesAt(Id, activityId) : null;

    private string NameOf(Problem problem) => _flow!.Definition.FindActivity(problem.Path.Split('/') is [_, _, var activity, ..] ? activity : "") is { } node ? StepWords.Title(node) : _flow.Definition.Name.ToString();
}
