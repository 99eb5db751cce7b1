using GridFlow.Server.Security;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Engine;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace GridFlow.Server.Cases;

public sealed partial class ReportPage
{
    private static readonly CaseChannel[] Channels = [CaseChannel.Patrol, CaseChannel.Visit, CaseChannel.Informant, CaseChannel.Counter];
    private CurrentUser? _user;
    private string _detail = "";
    private string? _area;
    private string? _place;
    private string _name = "";
    private string _phone = "";
    private CaseChannel _channel = CaseChannel.Patrol;
    private ReportResult.Accepted? _accepted;
    private string? _code;
    private string? _next;
    private string? _problem;
    private bool _isBusy;
    private bool _isReady;

    [Inject]
    public required CaseCommands Commands { get; init; }

    [Inject]
    public required ActWords Acts { get; init; }

    [CascadingParameter]
    public required Task<AuthenticationState> AuthenticationState { get; set; }

    protected override async Task OnInitializedAsync()
    {
        _user = await AuthenticationState.GetUserAsync();

        // Whoever walks a grid reports from it; it can still be changed.
        _area = _user.Posts.Where(post => post.Gives(Permission.Report)).Select(post => UnitKey.AreaOf(post.UnitKey)).FirstOrDefault(code => code is { Length: > 0 });
        _isReady = true;
    }

    private async Task SendAsync()
    {
        if (_isBusy)
        {
            return;
        }

        if (_area is null)
        {
            _problem = Words["ReportUnknownArea"];
            return;
        }

        _isBusy = true;
        _problem = null;
        try
        {
            var hasReporter = !string.IsNullOrWhiteSpace(_name + _phone);
            var report = new NewReport
            {
                Detail = _detail,
                AreaCode = _area,
                Place = string.IsNullOrWhiteSpace(_place) ? null : _place.Trim(),
                Channel = _channel,
                HasReporter = hasReporter,
                ReporterName = _name.Trim(),
                ReporterPhone = _phone.Trim(),
            };
            switch (await Commands.ReportAsync(report, new Actor(_user!.AccountId, _user.Name)))
            {
                case ReportResult.Accepted accepted:
                    _accepted = accepted;
                    _code = hasReporter ? accepted.Code : null;
                    _next = await Acts.NowAsync(accepted.Number, _user);
                    break;
                case ReportResult.Invalid invalid:
                    _problem = Words[invalid.TextKey];
                    break;
            }
        }
        finally
        {
            _isBusy = false;
        }
    }

    private void Again()
    {
        (_detail, _place, _name, _phone, _accepted, _code) = ("", null, "", "", null, null);
    }
}
