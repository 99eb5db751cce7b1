using System.Globalization;
using GridFlow.Server.Bundles;
using GridFlow.Server.Security;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Migration;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace GridFlow.Server.BundleMigration;

public sealed partial class MigrationPage : IDisposable
{
    private const int RunsShown = 10;
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(400);
    private readonly CancellationTokenSource _gone = new();
    private IReadOnlyList<KeyValuePair<int, int>> _counts = [];
    private IReadOnlyList<BundleListRow> _all = [];
    private IReadOnlyList<MigrationRunState> _runs = [];
    private IReadOnlyDictionary<string, string> _titles = new Dictionary<string, string>();
    private List<MigrationObstacle> _wrong = [];
    private ActivityMapping _mapping = ActivityMapping.Empty;
    private MappingProposal? _proposal;
    private MigrationForecast? _forecast;
    private Bundle? _old;
    private Bundle? _new;
    private TimeZoneInfo _zone = TimeZoneInfo.Utc;
    private string? _workflow;
    private string _reason = "";
    private string? _report;
    private double? _looked;
    private bool _isMissing;
    private bool _isUndoing;
    private bool _isWatching;
    private int _from;
    private int _to;

    [Inject]
    public required MigrationRuns Runs { get; init; }

    [Inject]
    public required MigrationJobs Jobs { get; init; }

    [Inject]
    public required MigrationCases Cases { get; init; }

    [Inject]
    public required BundleStore Bundles { get; init; }

    [Inject]
    public required TimeProvider Time { get; init; }

    [CascadingParameter]
    public required Task<AuthenticationState> AuthenticationState { get; set; }

    private bool IsBusy => _looked is not null || _isUndoing || _runs.Any(run => run.Live is not null);

    private string Hours => Runs.UndoWindow.TotalHours.ToString("0.#", CultureInfo.CurrentCulture);

    protected override async Task OnInitializedAsync()
    {
        _zone = (await Bundles.GetCurrentAsync(CancellationToken.None)).Calendar.Zone;
        await LoadAsync();
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (!_isWatching && _runs.Any(run => run.Live is not null))
        {
            _isWatching = true;
            _ = WatchAsync();
        }
    }

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    private async Task LoadAsync()
    {
        _counts = await Runs.CountByBundleAsync();
        _all = await Bundles.ListAsync();
        var runs = new List<MigrationRunState>();
        foreach (var row in await Runs.ListAsync(RunsShown))
        {
            var refusals = await Runs.RefusalsAsync(row.Id, MigrationRuns.Named);
            runs.Add(new MigrationRunState(row, await Runs.ProgressAsync(row.Id), Jobs.Find(row.Id), refusals, await Bundles.GetAsync(row.FromBundle, CancellationToken.None)));
        }

        _runs = runs;
        if (_counts.Count > 0 && _all.Count > 1 && !IsBusy && _counts.All(count => count.Key != _from))
        {
            // What is most likely wanted: from what most cases still follow to what is in force.
            var from = _counts.Where(count => count.Key != _all[0].Number).OrderByDescending(count => count.Value).Select(count => count.Key).FirstOrDefault(_counts[0].Key);
            var report = _report;
            await ChooseAsync(from, from == _all[0].Number ? _all[1].Number : _all[0].Number, null);
            _report = report;
        }
    }

    // A run goes on by itself; this only looks how far it is, until it is over or the page is left.
    private async Task WatchAsync()
    {
        try
        {
            using var beat = new PeriodicTimer(Beat, Time);
            while (_runs.Any(run => run.Live is not null) && await beat.WaitForNextTickAsync(_gone.Token))
            {
                await InvokeAsync(async () =>
                {
                    await LoadAsync();
                    StateHasChanged();
                });
            }
        }
        catch (OperationCanceledException)
        {
            // The page is gone.
        }
        finally
        {
            _isWatching = false;
        }
    }

    private async Task ChooseAsync(int from, int to, string? workflow)
    {
        (_from, _to, _workflow) = (from, to == from ? _all.First(bundle => bundle.Number != from).Number : to, string.IsNullOrEmpty(workflow) ? null : workflow);
        (_old, _new) = (await Bundles.GetAsync(_from, CancellationToken.None), await Bundles.GetAsync(_to, CancellationToken.None));
        _proposal = MappingProposal.Between(_old, _new);
        await CorrectAsync(_proposal.ToMapping());
    }

    private Task CorrectAsync(ActivityMapping mapping)
    {
        (_mapping, _forecast, _report) = (mapping, null, null);
        _wrong = [.. _mapping.Check(_old!, _new!)];
        return Task.CompletedTask;
    }

    private async Task PreviewAsync()
    {
        _report = null;
        _looked = 0;
        try
        {
            var progress = new Progress<double>(share => _ = InvokeAsync(() =>
            {
                _looked = _looked is null ? null : share;
                StateHasChanged();
            }));
            _forecast = await Runs.ForecastAsync(Order(), progress, _gone.Token);
            _titles = await Cases.TitlesAsync([.. _forecast.Cases.Select(one => one.InstanceId)], await AuthenticationState.GetUserAsync());
        }
        finally
        {
            _looked = null;
        }
    }

    private async Task MoveAsync()
    {
        _isMissing = string.IsNullOrWhiteSpace(_reason);
        if (_isMissing || IsBusy)
        {
            return;
        }

        Jobs.Begin(await Runs.OrderAsync(Order(), _reason.Trim(), await AuthenticationState.GetUserAsync()));
        (_forecast, _reason) = (null, "");
        await LoadAsync();
    }

    private async Task Resume(string run)
    {
        Jobs.Begin(run);
        await LoadAsync();
    }

    private async Task UndoAsync(string run)
    {
        _isUndoing = true;
        StateHasChanged();
        try
        {
            var result = await Runs.UndoAsync(run, Text["UndoReason"], await AuthenticationState.GetUserAsync(), new Progress<double>(), _gone.Token);
            _report = Text[result.Refused == 0 ? "Undone" : "UndoneSome", result.Undone, result.Refused];
        }
        finally
        {
            _isUndoing = false;
        }

        await LoadAsync();
    }

    private bool MayUndo(MigrationRunState run) => run.Live is null && run.Progress.MayUndo && Time.GetUtcNow() - (run.Row.FinishedAt ?? run.Row.StartedAt) <= Runs.UndoWindow;

    private MigrationOrder Order() => new(_from, _to, _workflow, _mapping);

    private static int Number(object? value) => int.Parse((string)value!, CultureInfo.InvariantCulture);

    private string Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, _zone).ToString(
        CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh" ? "M月d日 HH:mm" : "d MMM HH:mm", CultureInfo.CurrentCulture);
}

/// <summary>A run as the page shows it.</summary>
/// <param name="Row">What was ordered.</param>
/// <param name="Progress">How far it is by the books.</param>
/// <param name="Live">How far it is while it is carried out here; null when it is not.</param>
/// <param name="Refusals">What it could not do.</param>
/// <param name="From">The bundle it moves from, which names the steps.</param>
public sealed record MigrationRunState(MigrationRunRow Row, MigrationProgress Progress, MigrationProgress? Live, IReadOnlyList<MigrationRefusal> Refusals, Bundle From);
