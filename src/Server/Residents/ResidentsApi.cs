using GridFlow.Server.Cases;
using GridFlow.Workflows.Cases;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;

namespace GridFlow.Server.Residents;

/// <summary>A report: what is the matter (10 to 5000 characters), where, and how to reach the reporter.</summary>
/// <remarks>Area is the code of a town, village or grid; Key a GUID, under which a report sent again is taken in once.</remarks>
public sealed record ReportRequest(string? Detail, string? Area, string? Place, CaseNature? Nature, string? Name, string? Phone, string? Email, Guid? Key);

/// <summary>The number, and the code by which it is followed; the code is null when the report was taken in before.</summary>
public sealed record ReportResponse(string Number, string? Code);

public sealed record FollowRequest(string? Number, string? Code);

/// <summary>A judgement. Stars are 1 to 5, or left out.</summary>
public sealed record RateRequest(string? Number, string? Code, bool? Solved, bool? Satisfied, int? Stars, string? Comment);

public sealed record ReasonRequest(string? Number, string? Code, string? Reason);

public sealed record ActResponse(string Number, ActAnswer Answer, string Message);

/// <summary>What the residents' pages do, for other clients: no account, a number and its code.</summary>
public static class ResidentsApi
{
    public const string Path = "/api/public";

    public static void MapResidents(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/public").WithTags("Residents").AllowAnonymous();
        group.MapPost("/reports", ReportAsync).WithName("PublicReport").WithSummary("Report something; answers with the number and the code to follow it by")
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status429TooManyRequests);
        group.MapPost("/follow", FollowAsync).WithName("PublicFollow").WithSummary("Where a case stands, for who has its code");
        group.MapPost("/rate", RateAsync).WithName("PublicRate").WithSummary("Judge how a case was handled");
        group.MapPost("/reopen", ReopenAsync).WithName("PublicReopen").WithSummary("Have a closed case taken up again");
        group.MapPost("/withdraw", WithdrawAsync).WithName("PublicWithdraw").WithSummary("Take back an open case");
    }

    private static async Task<Results<Created<ReportResponse>, Ok<ReportResponse>, ValidationProblem, ProblemHttpResult>> ReportAsync(
        ReportRequest request, CaseCommands commands, PlaceQueries places, ResidentLimits limits, IStringLocalizer<ResidentsText> text, HttpContext context, CancellationToken cancellationToken)
    {
        var form = new ReportForm
        {
            Detail = request.Detail,
            Area = request.Area,
            Place = request.Place,
            Nature = request.Nature?.ToString(),
            Name = request.Name,
            Phone = request.Phone,
            Email = request.Email,
        };
        var problems = form.Check(text, needsArea: await places.AnyAsync(cancellationToken));
        if (problems.Count > 0)
        {
            return Refuse(problems);
        }

        if (!limits.AllowsReport(context))
        {
            return TooMany(limits, text);
        }

        return await commands.ReportAsync(form.ToReport(CaseChannel.Web, request.Key ?? Guid.NewGuid()), Workflows.Engine.Actor.Reporter, cancellationToken) switch
        {
            ReportResult.Accepted accepted => TypedResults.Created($"/follow/{accepted.Number}", new ReportResponse(accepted.Number, accepted.Code)),
            ReportResult.TakenInBefore before => TypedResults.Ok(new ReportResponse(before.Number, null)),
            ReportResult.Invalid { TextKey: "ReportUnknownArea" } => Refuse([new FieldProblem(nameof(ReportForm.Area), text["AreaUnknown"])]),
            _ => Refuse([new FieldProblem(nameof(ReportForm.Detail), text["DetailLong", form.Detail?.Length ?? 0, NewReport.MaxDetail])]),
        };
    }

    private static async Task<Results<Ok<FollowedCase>, ProblemHttpResult>> FollowAsync(
        FollowRequest request, ResidentQueries queries, ResidentLimits limits, IStringLocalizer<ResidentsText> text, HttpContext context, CancellationToken cancellationToken)
    {
        var number = ResidentQueries.Normalise(request.Number);
        return await AskAsync(number, request.Code, queries, limits, text, context, cancellationToken) is { } refusal
            ? refusal
            : TypedResults.Ok((await queries.FindAsync(number, cancellationToken))!);
    }

    private static async Task<Results<Ok<ActResponse>, Conflict<ActResponse>, ValidationProblem, ProblemHttpResult>> RateAsync(
        RateRequest request, ResidentActs acts, ResidentQueries queries, ResidentLimits limits, IStringLocalizer<ResidentsText> text, HttpContext context, CancellationToken cancellationToken)
    {
        if (request.Solved is not { } solved)
        {
            return Refuse([new FieldProblem(nameof(request.Solved), text["SolvedEmpty"])]);
        }

        if (request.Satisfied is not { } satisfied)
        {
            return Refuse([new FieldProblem(nameof(request.Satisfied), text["SatisfiedEmpty"])]);
        }

        if (request.Stars is < 1 or > 5)
        {
            return Refuse([new FieldProblem(nameof(request.Stars), text["StarsWrong"])]);
        }

        if (request.Comment?.Length > ResidentActs.MaxComment)
        {
            return Refuse([new FieldProblem(nameof(request.Comment), text["FieldLong", ResidentActs.MaxComment])]);
        }

        var number = ResidentQueries.Normalise(request.Number);
        return await AskAsync(number, request.Code, queries, limits, text, context, cancellationToken) is { } refusal
            ? refusal
            : Answer(number, await acts.RateAsync(number, solved, satisfied, request.Stars ?? 0, request.Comment, cancellationToken), text);
    }

    private static Task<Results<Ok<ActResponse>, Conflict<ActResponse>, ValidationProblem, ProblemHttpResult>> ReopenAsync(
        ReasonRequest request, ResidentActs acts, ResidentQueries queries, ResidentLimits limits, IStringLocalizer<ResidentsText> text, HttpContext context, CancellationToken cancellationToken) =>
        ActAsync(request, acts.ReopenAsync, queries, limits, text, context, cancellationToken);

    private static Task<Results<Ok<ActResponse>, Conflict<ActResponse>, ValidationProblem, ProblemHttpResult>> WithdrawAsync(
        ReasonRequest request, ResidentActs acts, ResidentQueries queries, ResidentLimits limits, IStringLocalizer<ResidentsText> text, HttpContext context, CancellationToken cancellationToken) =>
        ActAsync(request, acts.WithdrawAsync, queries, limits, text, context, cancellationToken);

    private static async Task<Results<Ok<ActResponse>, Conflict<ActResponse>, ValidationProblem, ProblemHttpResult>> ActAsync(
        ReasonRequest request, Func<string, string?, CancellationToken, Task<ActAnswer>> act, ResidentQueries queries, ResidentLimits limits, IStringLocalizer<ResidentsText> text,
        HttpContext context, CancellationToken cancellationToken)
    {
        if (request.Reason?.Length > ResidentActs.MaxComment)
        {
            return Refuse([new FieldProblem(nameof(request.Reason), text["FieldLong", ResidentActs.MaxComment])]);
        }

        var number = ResidentQueries.Normalise(request.Number);
        return await AskAsync(number, request.Code, queries, limits, text, context, cancellationToken) is { } refusal
            ? refusal
            : Answer(number, await act(number, request.Reason, cancellationToken), text);
    }

    private static async Task<ProblemHttpResult?> AskAsync(
        string number, string? code, ResidentQueries queries, ResidentLimits limits, IStringLocalizer<ResidentsText> text, HttpContext context, CancellationToken cancellationToken)
    {
        if (!limits.AllowsFollow(context))
        {
            return TooMany(limits, text);
        }

        return await queries.MayFollowAsync(number, code, cancellationToken) ? null : TypedResults.Problem(text["CodeWrong"], statusCode: StatusCodes.Status404NotFound);
    }

    private static Results<Ok<ActResponse>, Conflict<ActResponse>, ValidationProblem, ProblemHttpResult> Answer(string number, ActAnswer answer, IStringLocalizer<ResidentsText> text)
    {
        var response = new ActResponse(number, answer, text[$"Done{answer}"]);
        return answer is ActAnswer.MovedOn or ActAnswer.RatedBefore or ActAnswer.GoesOnForOthers ? TypedResults.Conflict(response) : TypedResults.Ok(response);
    }

    private static ValidationProblem Refuse(IReadOnlyList<FieldProblem> problems) => TypedResults.ValidationProblem(
        problems.GroupBy(problem => char.ToLowerInvariant(problem.Field[0]) + problem.Field[1..]).ToDictionary(field => field.Key, field => field.Select(problem => problem.Message).ToArray()));

    private static ProblemHttpResult TooMany(ResidentLimits limits, IStringLocalizer<ResidentsText> text) =>
        TypedResults.Problem(text["TooMany", limits.WindowMinutes], statusCode: StatusCodes.Status429TooManyRequests);
}
