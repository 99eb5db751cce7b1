using System.Text.Json;
using GridFlow.Server.Inbox;
using GridFlow.Server.Security;
using GridFlow.Server.Shell;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Engine;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace GridFlow.Server.Cases;

/// <summary>A report as a script of the staff enters it.</summary>
public sealed record NewCaseRequest(
    string Detail, string? Title, CaseChannel? Channel, CaseNature? Nature, string? AreaCode, string? Place, string? Category, string? Key,
    string? ReporterName, string? ReporterPhone, string? ReporterEmail);

/// <summary>A report taken in. The code is for the resident and is told only here; null when nobody waits for an answer.</summary>
public sealed record ReportAccepted(string Number, string? Code, string Text);

/// <summary>How a work item went: an outcome of its form, the answers by field name, a word on it.</summary>
public sealed record CompleteRequest(string Outcome, Dictionary<string, JsonElement>? Fields, string? Comment);

/// <summary>A remark.</summary>
/// <param name="Text">What it says.</param>
/// <param name="IsPublic">The resident may read it.</param>
/// <param name="Key">Up to 64 characters of the caller's own: sent again with the same key, because no answer was heard, it is written once.</param>
public sealed record CommentRequest(string Text, bool IsPublic, string? Key = null);

/// <summary>What happened, in the language of the request.</summary>
public sealed record ActDone(string Text);

public static class CasesApi
{
    public static void MapCases(this RouteGroupBuilder api)
    {
        var inbox = api.MapGroup("/inbox").WithTags("Inbox").RequireAuthorization(nameof(Permission.ViewCases));
        inbox.MapGet("/", ListInboxAsync).WithName("ListInbox").WithSummary("Open work: mine, my unit's, or all in reach; overdue first, then due soonest");
        inbox.MapGet("/counts", async (InboxQueries queries, CurrentUser user, CancellationToken cancellationToken) =>
            TypedResults.Ok(await queries.CountAsync(user, cancellationToken))).WithName("CountInbox").WithSummary("How much is open");

        var cases = api.MapGroup("/cases").WithTags("Cases");
        cases.MapGet("/", ListAsync).WithName("ListCases").WithSummary("Cases one may see, a page at a time").RequireAuthorization(nameof(Permission.ViewCases));
        cases.MapGet("/{number}", FindAsync).WithName("GetCase").WithSummary("A case with its open work").RequireAuthorization(nameof(Permission.ViewCases));
        cases.MapGet("/{number}/history", HistoryAsync).WithName("GetCaseHistory").WithSummary("What happened, newest first, in the language of the request")
            .RequireAuthorization(nameof(Permission.ViewCases));
        cases.MapPost("/", ReportAsync).WithName("ReportCase").WithSummary("Enter a report").RequireAuthorization(nameof(Permission.Report));
        cases.MapPost("/{number}/comments", CommentAsync).WithName("AddComment").WithSummary("Add a remark").RequireAuthorization(nameof(Permission.ViewCases));

        var items = api.MapGroup("/work-items").WithTags("Work items").RequireAuthorization(nameof(Permission.ViewCases));
        items.MapPost("/{id}/claim", async (string id, CaseCommands commands, ActAnswers answers, CurrentUser user, CaseWords words, CancellationToken cancellationToken) =>
            await answers.AnswerAsync(await commands.ClaimAsync(id, user, cancellationToken), id, words["DoneClaimed"], cancellationToken))
            .WithName("ClaimWorkItem").WithSummary("Sign for a work item");
        items.MapPost("/{id}/release", async (string id, CaseCommands commands, ActAnswers answers, CurrentUser user, CaseWords words, CancellationToken cancellationToken) =>
            await answers.AnswerAsync(await commands.ReleaseAsync(id, user, cancellationToken), id, words["DoneReleased"], cancellationToken))
            .WithName("ReleaseWorkItem").WithSummary("Give a signed work item back to the unit");
        items.MapPost("/{id}/complete", CompleteAsync).WithName("CompleteWorkItem").WithSummary("Complete a work item with one of its outcomes");
    }

    private static async Task<Results<Ok<InboxList>, ProblemHttpResult>> ListInboxAsync(
        InboxQueries queries, IStringLocalizer<ShellText> text, CurrentUser user, string? tab, bool? overdue, CaseTier? tier, [FromQuery(Name = "text")] string? words, string? flow, string? step, bool? incidents, int? page, int? size, CancellationToken cancellationToken)
    {
        // As in the address of the page: mine, unit or reach.
        if (!Enum.TryParse<InboxTab>(tab ?? nameof(InboxTab.Unit), ignoreCase: true, out var wanted) || !Enum.IsDefined(wanted))
        {
            return TypedResults.Problem(text["ApiMalformed"], statusCode: StatusCodes.Status400BadRequest);
        }

        var filter = new InboxFilter { Overdue = overdue == true, Incidents = incidents == true, Tier = tier, Text = words, Flow = flow, Step = step };
        return TypedResults.Ok(await queries.ListAsync(user, wanted, filter, Page(page), Size(size, InboxQueries.PageSize), cancellationToken));
    }

    private static async Task<Ok<CaseList>> ListAsync(CaseQueries queries, CaseLists lists, CurrentUser user, [AsParameters] CaseListRequest request, CancellationToken cancellationToken)
    {
        var (filter, size) = (request.ToFilter(), Size(request.Size, CaseQueries.PageSize));
        if (CaseCursor.Parse(request.After) is not { } after)
        {
            return TypedResults.Ok(await queries.ListAsync(user, filter, Page(request.Page), size, cancellationToken));
        }

        var slice = await lists.ListAsync(user, filter, after, size, cancellationToken);
        return TypedResults.Ok(new CaseList(slice.Rows, (await lists.CountAsync(user, filter, cancellationToken)).Count, 1, size) { Next = slice.Next?.ToString() });
    }

    private static async Task<Results<Ok<CaseDetail>, ProblemHttpResult>> FindAsync(
        CaseQueries queries, CaseWords words, CurrentUser user, string number, CancellationToken cancellationToken) =>
        await queries.FindAsync(number, user, cancellationToken) is { } found ? TypedResults.Ok(found) : NotFound(words);

    private static async Task<Results<Ok<IReadOnlyList<TimelineEntry>>, ProblemHttpResult>> HistoryAsync(
        TimelineQueries queries, CaseWords words, CurrentUser user, string number, CancellationToken cancellationToken) =>
        await queries.FindAsync(number, user, cancellationToken) is { } found ? TypedResults.Ok(found) : NotFound(words);

    private static async Task<Results<Created<ReportAccepted>, Ok<ReportAccepted>, ProblemHttpResult>> ReportAsync(
        CaseCommands commands, CaseWords words, CurrentUser user, NewCaseRequest request, CancellationToken cancellationToken)
    {
        var report = new NewReport
        {
            Title = request.Title ?? "",
            Detail = request.Detail ?? "",
            Channel = request.Channel ?? CaseChannel.Patrol,
            Nature = request.Nature ?? CaseNature.Request,
            // Without a place a case would be in nobody's reach: whoever enters it answers for an area.
            AreaCode = request.AreaCode ?? user.ScopeOf(Permission.Report).AreaPaths.Select(SearchAreas.CodeOf).FirstOrDefault(),
            Place = request.Place,
            Category = request.Category,
            Key = request.Key,
            ReporterName = request.ReporterName ?? "",
            ReporterPhone = request.ReporterPhone ?? "",
            ReporterEmail = request.ReporterEmail ?? "",
            HasReporter = !string.IsNullOrWhiteSpace(request.ReporterName + request.ReporterPhone + request.ReporterEmail),
        };
        return await commands.ReportAsync(report, new Actor(user.AccountId, user.Name), cancellationToken) switch
        {
            ReportResult.Accepted accepted => TypedResults.Created(
                $"/api/cases/{accepted.Number}", new ReportAccepted(accepted.Number, report.HasReporter ? accepted.Code : null, words["DoneTakenIn", accepted.Number])),
            ReportResult.TakenInBefore before => TypedResults.Ok(new ReportAccepted(before.Number, null, words["DoneTakenBefore", before.Number])),
            ReportResult.Invalid invalid => TypedResults.Problem(words[invalid.TextKey], statusCode: StatusCodes.Status422UnprocessableEntity),
            var other => throw new InvalidOperationException($"A report cannot end in {other}."),
        };
    }

    private static async Task<IResult> CompleteAsync(
        string id, CaseCommands commands, CaseQueries queries, ActAnswers answers, CurrentUser user, CaseWords words, CompleteRequest request, CancellationToken cancellationToken)
    {
        var outcome = request.Outcome ?? "";
        var fields = FormAnswers.Read(request.Fields);
        var result = await commands.CompleteAsync(id, outcome, fields, request.Comment, user, cancellationToken);
        var label = result is ActResult.Done ? await queries.GetOutcomeLabelAsync(id, outcome, cancellationToken) : outcome;
        return await answers.AnswerAsync(result, id, words["DoneOutcome", label], cancellationToken);
    }

    private static async Task<IResult> CommentAsync(
        string number, CaseCommands commands, ActAnswers answers, CurrentUser user, CaseWords words, CommentRequest request, CancellationToken cancellationToken)
    {
        var text = request.Text?.Trim() ?? "";
        if (text.Length is 0 or > CaseWords.MaxComment)
        {
            return TypedResults.Problem(words[text.Length == 0 ? "CommentEmpty" : "CommentTooLong", CaseWords.MaxComment], statusCode: StatusCodes.Status422UnprocessableEntity);
        }

        return await answers.AnswerAsync(await commands.CommentAsync(number, text, request.IsPublic, user, string.IsNullOrWhiteSpace(request.Key) ? null : request.Key, cancellationToken), null, words["DoneCommentAdded"], cancellationToken);
    }

    private static ProblemHttpResult NotFound(CaseWords words) => TypedResults.Problem(words["NotFoundCase"], statusCode: StatusCodes.Status404NotFound);

    private static int Page(int? page) => Math.Clamp(page ?? 1, 1, 100_000);

    private static int Size(int? size, int otherwise) => Math.Clamp(size ?? otherwise, 1, CaseQueries.MaxPageSize);
}

/// <summary>The filter of a list of cases as it stands in an address.</summary>
public sealed record CaseListRequest(
    string? Text, CaseStatus? Status, CaseStage? Stage, CaseTier? Tier, string? Category, string? Area, string? Unit, bool? Overdue, string? Sponsor, string? Flow, string? Step, string? Sort, int? Page, int? Size, string? After)
{
    public CaseFilter ToFilter() => new()
    {
        Text = Text,
        Status = Status,
        Stage = Stage,
        Tier = Tier,
        Category = Category,
        Area = Area,
        Unit = Unit,
        Overdue = Overdue == true,
        Sponsor = Sponsor,
        Flow = Flow,
        Step = Step,
        DueFirst = Sort == "due",
    };
}
