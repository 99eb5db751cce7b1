using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace GridFlow.Server.Residents;

public sealed partial class RatingForm
{
    private IReadOnlyList<FieldProblem> _problems = [];
    private string? _notice;

    [Inject]
    public required ResidentActs Acts { get; init; }

    [Inject]
    public required ResidentLimits Limits { get; init; }

    [Inject]
    public required NavigationManager Navigator { get; init; }

    [CascadingParameter]
    public required HttpContext Http { get; set; }

    [Parameter, EditorRequired]
    public required FollowedCase Case { get; set; }

    [Parameter, EditorRequired]
    public required string Page { get; set; }

    [SupplyParameterFromForm(FormName = "rate")]
    private Judgement? Form { get; set; }

    private async Task RateAsync()
    {
        _problems = [.. Check()];
        if (_problems.Count > 0)
        {
            Http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        if (!Limits.AllowsFollow(Http))
        {
            Http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            _notice = Text["TooMany", Limits.WindowMinutes];
            return;
        }

        var stars = int.TryParse(Form!.Stars, CultureInfo.InvariantCulture, out var given) && given is >= 1 and <= 5 ? given : 0;
        var answer = await Acts.RateAsync(Case.Number, Form.Solved == "yes", Form.Satisfied == "yes", stars, Form.Comment);
        Navigator.NavigateTo($"/follow/{Case.Number}?done={answer}");
    }

    private IEnumerable<FieldProblem> Check()
    {
        if (Form?.Solved is not ("yes" or "no"))
        {
            yield return new FieldProblem(nameof(Judgement.Solved), Text["SolvedEmpty"]);
        }

        if (Form?.Satisfied is not ("yes" or "no"))
        {
            yield return new FieldProblem(nameof(Judgement.Satisfied), Text["SatisfiedEmpty"]);
        }

        if (Form?.Comment?.Length > ResidentActs.MaxComment)
        {
            yield return new FieldProblem(nameof(Judgement.Comment), Text["FieldLong", ResidentActs.MaxComment]);
        }
    }

    private sealed class Judgement
    {
        public string? Solved { get; set; }

        public string? Satisfied { get; set; }

        public string? Stars { get; set; }

        public string? Comment { get; set; }
    }
}
