using Microsoft.AspNetCore.Components;

namespace GridFlow.Server.Residents;

public sealed partial class FollowPage
{
    private FollowedCase? _case;
    private IReadOnlyList<FieldProblem> _problems = [];
    private string? _notice;

    [Inject]
    public required ResidentQueries Queries { get; init; }

    [Inject]
    public required ResidentLimits Limits { get; init; }

    [Inject]
    public required CaseAccess Access { get; init; }

    [Inject]
    public required NavigationManager Navigator { get; init; }

    [CascadingParameter]
    public required HttpContext Http { get; set; }

    [Parameter]
    public string? Number { get; set; }

    [SupplyParameterFromForm(FormName = "open")]
    private FollowForm? Form { get; set; }

    /// <summary>What was just done, for the sentence that says so after the redirect.</summary>
    [SupplyParameterFromQuery(Name = "done")]
    private string? Done { get; set; }

    private string Here => "/" + Navigator.ToBaseRelativePath(Navigator.Uri).Split('#')[0];

    private string? PostedHandler => HttpMethods.IsPost(Http.Request.Method) && Http.Request.HasFormContentType ? Http.Request.Form["_handler"].ToString() : null;

    protected override async Task OnInitializedAsync()
    {
        Http.Response.Headers.CacheControl = "no-cache, no-store";
        _notice = ResidentForms.RefusalOf(Http) switch
        {
            FormRefusal.None => null,
            FormRefusal.TooLarge => Text["TooLarge", ResidentForms.MaxBody / 1024].Value,
            FormRefusal.Stale => Text["Stale"].Value,
        };
        var number = ResidentQueries.Normalise(Number);
        if (number.Length > 0 && PostedHandler != "open" && Access.IsGranted(Http, number))
        {
            _case = await Queries.FindAsync(number);
        }
    }

    private async Task OpenAsync()
    {
        var number = ResidentQueries.Normalise(Form?.Number);
        if (number.Length == 0 || string.IsNullOrWhiteSpace(Form?.Code))
        {
            Refuse(StatusCodes.Status400BadRequest, [.. Missing(number)]);
            return;
        }

        if (!Limits.AllowsFollow(Http))
        {
            Http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            _notice = Text["TooMany", Limits.WindowMinutes];
            return;
        }

        if (!await Queries.MayFollowAsync(number, Form.Code))
        {
            // The same words for a wrong number and a wrong code: nobody learns here which numbers exist.
            Refuse(StatusCodes.Status400BadRequest, [new FieldProblem(nameof(FollowForm.Code), Text["CodeWrong"])]);
            return;
        }

        Access.Grant(Http, number);
        Navigator.NavigateTo($"/follow/{number}");
    }

    private IEnumerable<FieldProblem> Missing(string number)
    {
        if (number.Length == 0)
        {
            yield return new FieldProblem(nameof(FollowForm.Number), Text["NumberEmpty"]);
        }

        if (string.IsNullOrWhiteSpace(Form?.Code))
        {
            yield return new FieldProblem(nameof(FollowForm.Code), Text["CodeEmpty"]);
        }
    }

    private string? Wrong(string field) => _problems.Any(problem => problem.Field == field) ? "true" : null;

    private void AskAgain()
    {
        Http.Response.StatusCode = StatusCodes.Status403Forbidden;
        _notice = Text["AskAgain"];
    }

    private void Refuse(int status, IReadOnlyList<FieldProblem> problems)
    {
        Http.Response.StatusCode = status;
        _problems = problems;
    }

    private sealed class FollowForm
    {
        public string? Number { get; set; }

        public string? Code { get; set; }
    }
}
