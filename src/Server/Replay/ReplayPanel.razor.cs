using System.Globalization;
using GridFlow.Server.Drafts;
using GridFlow.Server.Security;
using GridFlow.Workflows.Drafts;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace GridFlow.Server.Replay;

public sealed partial class ReplayPanel : IDisposable
{
    private const int Week = 7;
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(300);
    private readonly CancellationTokenSource _gone = new();
    private List<(string Key, ReplayPeriod Period)> _presets = [];
    private ReplayRun? _run;
    private DateOnly _from;
    private DateOnly _to;
    private int _count;

    [Parameter, EditorRequired]
    public required Draft Draft { get; set; }

    /// <summary>The first day, as yyyy-MM-dd; last month's where it is none.</summary>
    [Parameter]
    public string? From { get; set; }

    /// <summary>The last day.</summary>
    [Parameter]
    public string? To { get; set; }

    [Inject]
    public required ReplayRuns Runs { get; init; }

    [Inject]
    public required RecordedCases Cases { get; init; }

    [Inject]
    public required TimeProvider Time { get; init; }

    [CascadingParameter]
    public required Task<AuthenticationState> AuthenticationState { get; set; }

    private bool IsBusy => _run is { IsOver: false };

    private ReplayPeriod Chosen => new(_from, _to);

    protected override async Task OnInitializedAsync()
    {
        var now = Time.GetUtcNow();
        var presets = new List<(string Key, ReplayPeriod Period)> { ("LastMonth", ReplayPeriod.LastMonth(now)), ("LastWeek", ReplayPeriod.LastDays(now, Week)) };
        if (await Cases.FindSpanAsync(CancellationToken.None) is { } all)
        {
            presets.Add(("AllCases", all));
        }

        _presets = presets;
        _run = Runs.Find((await AuthenticationState.GetUserAsync()).AccountId, Draft.Id);
        var begin = _run?.Order.Period ?? await FirstWithCasesAsync();
        (_from, _to) = (Read(From) ?? begin.From, Read(To) ?? begin.To);
        await CountAsync();
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender && IsBusy)
        {
            _ = WatchAsync(_run!);
        }
    }

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    // A replay ends where the handling workflow begins; what changed beyond is told by how many cases it would meet.
    private List<(string Flow, int Cases)> ChangedFlows(ReplayResult result) =>
    [
        .. Draft.Content.Definitions.Where(flow => result.Tally.Workflows.ContainsKey(flow.DefinitionId)
            && (Draft.Base.FindDefinition(flow.DefinitionId) is not { } before || !FlowChanges.Between(before, flow).IsEmpty))
            .Select(flow => (flow.Name.ToString(), result.Tally.Workflows[flow.DefinitionId].After)),
    ];

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateOnly? Read(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    // Where nothing was accepted last month, as on a new installation, what there is says more than an empty page.
    private async Task<ReplayPeriod> FirstWithCasesAsync()
    {
        foreach (var (_, period) in _presets)
        {
            if (await Cases.CountAsync(period, CancellationToken.None) > 0)
            {
                return period;
            }
        }

        return _presets[0].Period;
    }

    private Task Choose(ReplayPeriod period)
    {
        (_from, _to) = (period.From, period.To);
        return CountAsync();
    }

    private Task Take(object? value, bool isFrom)
    {
        if (Read(value as string) is { } day)
        {
            (_from, _to) = isFrom ? (day, _to) : (_from, day);
        }

        return CountAsync();
    }

    private async Task CountAsync() => _count = Chosen.IsInOrder ? await Cases.CountAsync(Chosen, CancellationToken.None) : 0;

    private async Task RunAsync()
    {
        if (!IsBusy && Chosen.IsInOrder)
        {
            _run = Runs.Begin(new ReplayOrder(Draft.Content, Chosen, await AuthenticationState.GetUserAsync()), Draft.Id, Draft.Version);
            _ = WatchAsync(_run);
        }
    }

    // At least once after it has begun: a short one is over before this page has shown that it runs.
    private async Task WatchAsync(ReplayRun run)
    {
        try
        {
            using var beat = new PeriodicTimer(Beat, Time);
            bool isOver;
            do
            {
                await beat.WaitForNextTickAsync(_gone.Token);
                isOver = run.IsOver;
                await InvokeAsync(StateHasChanged);
            }
            while (!isOver);
        }
        catch (OperationCanceledException)
        {
            // The page is gone; the replay goes on.
        }
    }
}
