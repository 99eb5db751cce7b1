using System.Globalization;
using GridFlow.Server.Accounts;
using GridFlow.Server.Security;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Web;

namespace GridFlow.Server.Bundles;

public sealed partial class BundlesPage
{
    private const int PageSize = 20;
    private IReadOnlyList<BundleHistoryRow> _rows = [];
    private PeopleNames _people = PeopleNames.AsWritten;
    private TimeZoneInfo _zone = TimeZoneInfo.Utc;
    private ElementReference _heading;
    private BundleChanges? _difference;
    private string _reason = "";
    private string? _done;
    private string? _problem;
    private int? _asked;
    private int _inForce;
    private int _total;
    private int _skip;
    private bool _mayPublish;
    private bool _isMissing;
    private bool _toFocus;

    [Inject]
    public required BundleQueries Queries { get; init; }

    [Inject]
    public required BundleCommands Commands { get; init; }

    [Inject]
    public required BundleStore Store { get; init; }

    [Inject]
    public required AccountQueries Accounts { get; init; }

    [CascadingParameter]
    public required Task<AuthenticationState> AuthenticationState { get; set; }

    protected override async Task OnInitializedAsync()
    {
        _mayPublish = (await AuthenticationState.GetUserAsync()).Can(Permission.Publish);
        _zone = (await Store.GetCurrentAsync(CancellationToken.None)).Calendar.Zone;
        await LoadAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_toFocus)
        {
            _toFocus = false;
            await _heading.FocusAsync();
        }
    }

    private async Task LoadAsync()
    {
        (_total, _rows) = await Queries.ListAsync(_skip, PageSize);
        _people = await Accounts.GetNamesOfAsync(_rows.Select(row => row.Bundle.Author));
    }

    private Task TurnAsync(int by)
    {
        _skip = Math.Max(0, _skip + by);
        return LoadAsync();
    }

    private async Task AskAsync(int number)
    {
        (_done, _problem, _reason, _isMissing) = (null, null, "", false);
        (_inForce, _difference) = await Queries.CompareAsync(number);
        (_asked, _toFocus) = (number, true);
    }

    private async Task RollBackAsync()
    {
        _isMissing = string.IsNullOrWhiteSpace(_reason);
        if (_isMissing || _asked is not { } number)
        {
            return;
        }

        var (published, problem) = await Commands.RollBackAsync(number, _reason, await AuthenticationState.GetUserAsync());
        _done = published is { } newest ? Text["Done", number, newest].Value : null;
        _problem = problem is { } refused ? Text[refused.ToString(), number].Value : null;
        (_asked, _skip) = (null, 0);
        await LoadAsync();
    }

    private void Cancel() => _asked = null;

    private void CancelOnEscape(KeyboardEventArgs key) => _asked = key.Key == "Escape" ? null : _asked;

    private string Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, _zone).ToString(
        CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh" ? "yyyy年M月d日 HH:mm" : "d MMM yyyy HH:mm", CultureInfo.CurrentCulture);
}
