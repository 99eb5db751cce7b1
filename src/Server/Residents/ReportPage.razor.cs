using GridFlow.Server.Cases;
using GridFlow.Server.Organisation;
using GridFlow.Workflows.Cases;
using Microsoft.AspNetCore.Components;

namespace GridFlow.Server.Residents;

public sealed partial class ReportPage
{
    private const string Probe = "gridflow-seen";
    private static readonly CaseNature[] Natures = [CaseNature.Request, .. Enum.GetValues<CaseNature>().Where(nature => nature != CaseNature.Request)];

    private ReportForm _form = new();
    private IReadOnlyList<FieldProblem> _problems = [];
    private string? _notice;
    private bool _isQrCode;
    private PlaceList? _places;
    private Place? _given;
    private Receipt? _receipt;
    private FollowedCase? _case;

    [Inject]
    public required ReportDesk Desk { get; init; }

    [Inject]
    public required ResidentQueries Queries { get; init; }

    [Inject]
    public required PlaceQueries Places { get; init; }

    [Inject]
    public required OrganisationQueries Organisation { get; init; }

    [Inject]
    public required ResidentLimits Limits { get; init; }

    [Inject]
    public required CaseAccess Access { get; init; }

    [Inject]
    public required NavigationManager Navigator { get; init; }

    [CascadingParameter]
    public required HttpContext Http { get; set; }

    [SupplyParameterFromForm]
    private ReportForm? Form { get; set; }

    /// <summary>The place of a QR code.</summary>
    [SupplyParameterFromQuery(Name = "area")]
    private string? AreaCode { get; set; }

    private string Here => "/" + Navigator.ToBaseRelativePath(Navigator.Uri).Split('#')[0];

    protected override async Task OnInitializedAsync()
    {
        _form = Form ?? new ReportForm { Area = AreaCode, Nature = nameof(CaseNature.Request) };
        _form.Key = ReportForm.KeyOf(_form.Key).ToString();
        _places = await Places.ListAsync(_form.AreaSearch);
        await FindGivenAsync();
        if (ResidentForms.RefusalOf(Http) == FormRefusal.TooLarge)
        {
            _notice = Text["TooLarge", ResidentForms.MaxBody / 1024];
        }

        if (Form is null)
        {
            // Shows at the post whether this browser keeps cookies at all.
            Http.Response.Cookies.Append(Probe, "1", new CookieOptions { HttpOnly = true, IsEssential = true, SameSite = SameSiteMode.Lax, Secure = Http.Request.IsHttps });
        }
    }

    private async Task SendAsync()
    {
        if (_form.IsSearch)
        {
            _notice = _places is { Towns.Count: 0 } ? Text["AreaNotFound", _form.AreaSearch ?? ""].Value : null;
            return;
        }

        _problems = _form.Check(Text, needsArea: _places is { IsEmpty: false });
        if (_problems.Count > 0)
        {
            Http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        if (!Limits.AllowsReport(Http))
        {
            Http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            _notice = Text["TooMany", Limits.WindowMinutes];
            return;
        }

        switch (await Desk.SubmitAsync(_form.ToReport(_isQrCode ? CaseChannel.QrCode : CaseChannel.Web, _form.ContentKey)))
        {
            case ReportResult.Accepted accepted:
                await FinishAsync(new Receipt(accepted.Number, accepted.Code));
                break;
            case ReportResult.TakenInBefore before:
                await FinishAsync(new Receipt(before.Number, null));
                break;
            case ReportResult.Invalid invalid:
                Http.Response.StatusCode = StatusCodes.Status400BadRequest;
                _problems = [Explain(invalid)];
                break;
        }
    }

    private async Task FinishAsync(Receipt receipt)
    {
        if (Http.Request.Cookies.Count > 0)
        {
            Access.KeepReceipt(Http, receipt);
            if (receipt.Code is not null)
            {
                Access.Grant(Http, receipt.Number);
            }

            Navigator.NavigateTo("/received");
            return;
        }

        // Without cookies the code would be lost on the way to the next page. A reload then posts again and is told the same.
        Http.Response.Headers.CacheControl = "no-cache, no-store";
        _case = await Queries.FindAsync(receipt.Number);
        _receipt = receipt;
    }

    private FieldProblem Explain(ReportResult.Invalid invalid) => invalid.TextKey == "ReportUnknownArea"
        ? new FieldProblem(nameof(ReportForm.Area), Text["AreaUnknown"])
        : new FieldProblem(nameof(ReportForm.Detail), Text["DetailLong", _form.Detail?.Length ?? 0, NewReport.MaxDetail]);

    // A QR code may name a grid or a stairwell, which the list of villages does not have.
    private async Task FindGivenAsync()
    {
        if (string.IsNullOrEmpty(AreaCode))
        {
            return;
        }

        _isQrCode = _places!.Towns.Any(town => town.Places.Any(place => place.Code == AreaCode));
        if (_isQrCode)
        {
            return;
        }

        if (await Organisation.GetLineAsync(AreaCode) is { Count: > 0 } line)
        {
            // The whole line does not fit on a phone; the village and the innermost place are how people say it.
            var names = line.Where(area => area.Level == AreaLevel.Village).Append(line[^1]).Select(area => area.DisplayName).Distinct();
            _given = new Place(AreaCode, string.Join(" · ", names));
            _isQrCode = true;
        }
        else if (Form is null)
        {
            _notice = Text["QrUnknown"];
        }
    }

    private string? Wrong(string field) => _problems.Any(problem => problem.Field == field) ? "true" : null;
}
