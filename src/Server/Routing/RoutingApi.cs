using System.Globalization;
using GridFlow.Server.Bundles;
using GridFlow.Server.Organisation;
using GridFlow.Server.Security;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Calendars;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Routing;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace GridFlow.Server.Routing;

/// <summary>The table in force.</summary>
public sealed record RoutingResponse(int Number, IReadOnlyList<RoutingRow> Rows);

/// <summary>A new table, and the bundle it was changed from.</summary>
public sealed record PublishRoutingRequest(int? BaseNumber, string? Reason, IReadOnlyList<RoutingRowRequest>? Rows);

/// <summary>A row as a script sends it: what is missing is for the checker to name, not for the parser.</summary>
public sealed record RoutingRowRequest(
    int Number, string? Lead, IReadOnlyList<string>? Assisting, string? Category, string? Area, IReadOnlyList<string>? Keywords, CaseTier? Tier,
    CaseNature? Nature, CaseChannel? Channel, CaseUrgency? Urgency, TimeOnly? From, TimeOnly? Until, CaseTier? StartTier, string? Workflow,
    TimeLimit? Limit, int? Priority, string? Note)
{
    public RoutingRow ToRow() => new()
    {
        Number = Number,
        Lead = Lead ?? "",
        Assisting = [.. Assisting ?? []],
        Category = Category,
        Area = Area,
        Keywords = [.. Keywords ?? []],
        Tier = Tier,
        Nature = Nature,
        Channel = Channel,
        Urgency = Urgency,
        From = From,
        Until = Until,
        StartTier = StartTier,
        Workflow = Workflow,
        Limit = Limit,
        Priority = Priority,
        Note = Note ?? "",
    };
}

/// <summary>A published bundle.</summary>
public sealed record PublishedResponse(int Number);

/// <summary>Which row catches a message, in data and in words.</summary>
public sealed record ExplainResponse(
    int Number, int? Row, IReadOnlyList<RoutingReason> Reasons, IReadOnlyList<string> Because, IReadOnlyList<int> Passed,
    string? Category, string? Lead, IReadOnlyList<string> Assisting, CaseTier? Tier, string? Workflow, TimeLimit? Limit);

public static class RoutingApi
{
    public static void MapRoutingTable(this RouteGroupBuilder api)
    {
        var routing = api.MapGroup("/routing").WithTags("Routing");
        routing.MapGet("/", GetAsync).WithName("GetRouting").WithSummary("The routing table in force");
        routing.MapGet("/explain", ExplainAsync).WithName("ExplainRouting").WithSummary("Which row catches a message, and why");
        routing.MapPut("/", PublishAsync).WithName("PublishRouting").WithSummary("Publish a changed routing table; it holds for the next case")
            .RequireAuthorization(nameof(Permission.Publish));
    }

    private static async Task<Ok<RoutingResponse>> GetAsync(RoutingQueries queries, CancellationToken cancellationToken)
    {
        var bundle = await queries.GetCurrentAsync(cancellationToken);
        return TypedResults.Ok(new RoutingResponse(bundle.Number, bundle.Routing.Rows));
    }

    private static async Task<Results<Ok<PublishedResponse>, ProblemHttpResult>> PublishAsync(
        RoutingCommands commands, IStringLocalizer<RoutingText> text, CurrentUser user, PublishRoutingRequest request, CancellationToken cancellationToken)
    {
        if (request is not { BaseNumber: { } baseNumber, Rows: { } rows })
        {
            return Unprocessable(text["ErrBody"]);
        }

        if (string.IsNullOrWhiteSpace(request.Reason) || request.Reason.Length > RoutingCommands.LongestReason)
        {
            return Unprocessable(string.IsNullOrWhiteSpace(request.Reason) ? text["ReasonMissing"] : text["ReasonLong", RoutingCommands.LongestReason]);
        }

        return await commands.PublishAsync(baseNumber, [.. rows.Select(row => row.ToRow())], request.Reason, user, cancellationToken) switch
        {
            PublishResult.Published published => TypedResults.Ok(new PublishedResponse(published.Number)),
            PublishResult.Outdated outdated => TypedResults.Problem(text["ErrOutdated", outdated.InForce], statusCode: StatusCodes.Status409Conflict,
                extensions: new Dictionary<string, object?> { ["number"] = outdated.InForce }),
            PublishResult.Refused refused => Unprocessable(text["ErrRefused"], refused.Problems),
            _ => throw new InvalidOperationException("An unknown result of publishing."),
        };
    }

    private static async Task<Results<Ok<ExplainResponse>, ProblemHttpResult>> ExplainAsync(
        RoutingQueries queries, OrganisationQueries organisation, IStringLocalizer<RoutingText> text,
        [FromQuery] string title, [FromQuery] string? detail, [FromQuery] string? category, [FromQuery] string? area, [FromQuery] CaseTier? tier,
        [FromQuery] CaseNature? nature, [FromQuery] CaseChannel? channel, [FromQuery] CaseUrgency? urgency, [FromQuery] TimeOnly? time, CancellationToken cancellationToken)
    {
        var bundle = await queries.GetCurrentAsync(cancellationToken);
        if (category is not null && bundle.Categories.Find(category) is null)
        {
            return Unprocessable(text["ErrCategory", category]);
        }

        if (area is not null && await organisation.FindAreaAsync(area, cancellationToken) is null)
        {
            return Unprocessable(text["ErrArea", area]);
        }

        var rows = bundle.Routing.Rows;
        var result = await queries.TryAsync(bundle, rows, new TryOut(title, detail ?? "", category, area, tier, nature, channel, urgency, time), cancellationToken);
        var words = new RoutingWords(text, await queries.GetNamesAsync(bundle, rows, cancellationToken: cancellationToken));
        return TypedResults.Ok(new ExplainResponse(
            bundle.Number, result.Row?.Number, result.Reasons, [.. result.Reasons.Select(words.Reason)], result.Passed, result.Category,
            result.Lead, result.Assisting, result.Tier, result.Workflow, result.Limit));
    }

    private static ProblemHttpResult Unprocessable(string title, IReadOnlyList<Problem>? problems = null) => TypedResults.Problem(
        problems is null ? null : string.Join('\n', problems.Select(problem => problem.Message.For(CultureInfo.CurrentUICulture))),
        title: title, statusCode: StatusCodes.Status422UnprocessableEntity,
        extensions: problems is null ? null : new Dictionary<string, object?>
        {
            ["problems"] = problems.Select(problem => new { problem.Path, problem.Code, Message = problem.Message.For(CultureInfo.CurrentUICulture), problem.IsError }).ToList(),
        });
}
