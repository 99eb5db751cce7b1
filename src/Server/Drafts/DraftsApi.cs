using System.Text;
using GridFlow.Server.Bundles;
using GridFlow.Server.Security;
using GridFlow.Workflows.Bundles;
using GridFlow.Workflows.Definitions;
using GridFlow.Workflows.Drafts;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace GridFlow.Server.Drafts;

/// <summary>A draft as a script sees it.</summary>
public sealed record DraftResponse(int Id, string Name, int BaseNumber, int Version, DraftStatus Status, string ChangedBy, DateTimeOffset ChangedAt, DateTimeOffset? PublishAt, int? PublishedAs, int Changes);

/// <summary>Begins a draft; with the content of a bundle file, one that would make it the next bundle.</summary>
public sealed record BeginDraftRequest(string? Name);

/// <summary>Values to change in a draft, each with what it was before.</summary>
public sealed record EditDraftRequest(IReadOnlyList<CellChange>? Changes);

/// <summary>For values that were changed in the draft and in a newer bundle: paths at which the draft's holds, and at which the bundle's.</summary>
public sealed record TakeInRequest(IReadOnlyList<string>? Mine, IReadOnlyList<string>? Theirs);

/// <summary>Why, and for when.</summary>
public sealed record PublishDraftRequest(string? Reason, DateTimeOffset? At);

/// <summary>What keeps a draft from being published.</summary>
public sealed record ProblemResponse(string Path, string Code, LocalizedText Message, bool IsError);

public static class DraftsApi
{
    // In bytes: a table of some hundred thousand rows, and a block of some thousand pasted into it.
    private const long LargestBundle = 64 * 1024 * 1024;
    private const long LargestEdit = 8 * 1024 * 1024;

    public static void MapDrafts(this RouteGroupBuilder api)
    {
        var drafts = api.MapGroup("/drafts").RequireAuthorization(nameof(Permission.Edit)).WithTags("Drafts");
        drafts.MapGet("/", ListAsync).WithName("ListDrafts").WithSummary("Drafts that are not over");
        drafts.MapPost("/", BeginAsync).WithName("BeginDraft").WithSummary("Begin a draft from the bundle in force");
        drafts.MapPost("/import", ImportAsync).WithName("ImportDraft").Accepts<System.Text.Json.JsonElement>("application/json").WithMetadata(new RequestSizeLimitAttribute(LargestBundle))
            .WithSummary("Begin a draft that would make the bundle in the body the next one; ?name= what to call it");
        drafts.MapGet("/{id:int}", FindAsync).WithName("GetDraft").WithSummary("A draft as it stands");
        drafts.MapGet("/{id:int}/content", ContentAsync).WithName("DownloadDraft").WithSummary("The whole draft as one file");
        drafts.MapGet("/{id:int}/problems", ProblemsAsync).WithName("CheckDraft").WithSummary("Everything that keeps a draft from being published");
        drafts.MapGet("/{id:int}/changes", ChangesAsync).WithName("CompareDraft").WithSummary("Every value a draft changes");
        drafts.MapPost("/{id:int}/edits", EditAsync).WithName("EditDraft").WithMetadata(new RequestSizeLimitAttribute(LargestEdit)).WithSummary("Change values of a draft: all of them, or none where one is no longer what it was");
        drafts.MapPost("/{id:int}/take-in", TakeInAsync).WithName("TakeInDraft").WithSummary("Take what was published meanwhile into a draft; mine and theirs decide the values changed in both");
        drafts.MapPost("/{id:int}/request", RequestAsync).WithName("RequestDraft").WithSummary("Ask that somebody publish a draft");
        drafts.MapPost("/{id:int}/reopen", ReopenAsync).WithName("ReopenDraft").WithSummary("Take back, or send back, what waits to be published");
        drafts.MapPost("/{id:int}/publish", PublishAsync).WithName("PublishDraft").WithSummary("Put a draft in force, now or at a time").RequireAuthorization(nameof(Permission.Publish));
        drafts.MapDelete("/{id:int}", DiscardAsync).WithName("DiscardDraft").WithSummary("Give a draft up");
    }

    private static async Task<Ok<IReadOnlyList<DraftListRow>>> ListAsync(DraftStore store, CancellationToken cancellationToken) =>
        TypedResults.Ok(await store.ListAsync(cancellationToken));

    private static async Task<Ok<DraftResponse>> BeginAsync(DraftStore store, CurrentUser user, BeginDraftRequest? request, CancellationToken cancellationToken) =>
        TypedResults.Ok(Response(await store.BeginAsync(request?.Name ?? "", user, cancellationToken)));

    private static async Task<Results<Ok<DraftResponse>, ProblemHttpResult>> ImportAsync(
        DraftStore store, CurrentUser user, HttpRequest request, string? name, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(request.Body, Encoding.UTF8);
        try
        {
            return TypedResults.Ok(Response(await store.BeginAsync(name ?? "", BundleJson.Read(0, await reader.ReadToEndAsync(cancellationToken)), user, cancellationToken)));
        }
        catch (DefinitionFormatException problem)
        {
            return TypedResults.Problem(title: $"{problem.Path}: {problem.Problem}", statusCode: StatusCodes.Status422UnprocessableEntity);
        }
    }

    private static async Task<Results<Ok<DraftResponse>, NotFound>> FindAsync(DraftStore store, int id, CancellationToken cancellationToken) =>
        await store.FindAsync(id, cancellationToken) is { } draft ? TypedResults.Ok(Response(draft)) : TypedResults.NotFound();

    private static async Task<Results<FileContentHttpResult, NotFound>> ContentAsync(DraftStore store, int id, CancellationToken cancellationToken) =>
        await store.FindAsync(id, cancellationToken) is { } draft
            ? TypedResults.File(Encoding.UTF8.GetBytes(BundleJson.Write(draft.Content)), "application/json", $"gridflow-draft-{id}.json")
            : TypedResults.NotFound();

    private static async Task<Results<Ok<IReadOnlyList<ProblemResponse>>, NotFound>> ProblemsAsync(DraftStore store, BundleStore bundles, int id, CancellationToken cancellationToken) =>
        await store.FindAsync(id, cancellationToken) is { } draft
            ? TypedResults.Ok(Problems(await bundles.CheckAsync(draft.Content, cancellationToken)))
            : TypedResults.NotFound();

    private static async Task<Results<Ok<IReadOnlyList<CellChange>>, NotFound>> ChangesAsync(DraftStore store, int id, CancellationToken cancellationToken) =>
        await store.FindAsync(id, cancellationToken) is { } draft ? TypedResults.Ok(draft.Changes) : TypedResults.NotFound();

    private static async Task<Results<Ok<DraftResponse>, NotFound, Conflict<IReadOnlyList<EditConflict>>, ProblemHttpResult>> EditAsync(
        DraftStore store, IStringLocalizer<DraftsText> text, CurrentUser user, int id, EditDraftRequest request, CancellationToken cancellationToken)
    {
        if (request.Changes is not { } changes || changes.Any(change => change is not { Path.Length: > 0 } || (change.Before is null && change.After is null)))
        {
            return TypedResults.Problem(title: text["NoChanges"], statusCode: StatusCodes.Status422UnprocessableEntity);
        }

        try
        {
            return await store.EditAsync(id, changes, user, cancellationToken) switch
            {
                EditResult.Kept kept => TypedResults.Ok(Response(kept.Draft)),
                EditResult.Conflicting conflicting => TypedResults.Conflict(conflicting.Conflicts),
                EditResult.Closed { Status: null } => TypedResults.NotFound(),
                _ => Problem(text, DraftRefusal.NotOpen),
            };
        }
        catch (DefinitionFormatException problem)
        {
            return TypedResults.Problem(title: $"{problem.Path}: {problem.Problem}", statusCode: StatusCodes.Status422UnprocessableEntity);
        }
    }

    private static async Task<Results<Ok<DraftResponse>, NotFound, Conflict<IReadOnlyList<EditConflict>>, ProblemHttpResult>> TakeInAsync(
        DraftStore store, IStringLocalizer<DraftsText> text, CurrentUser user, int id, TakeInRequest? request, CancellationToken cancellationToken) =>
        await store.RebaseAsync(id, request?.Mine ?? [], request?.Theirs ?? [], user, cancellationToken) switch
        {
            EditResult.Kept kept => TypedResults.Ok(Response(kept.Draft)),
            EditResult.Conflicting conflicting => TypedResults.Conflict(conflicting.Conflicts),
            EditResult.Closed { Status: null } => TypedResults.NotFound(),
            _ => Problem(text, DraftRefusal.NotOpen),
        };

    private static async Task<IResult> PublishAsync(
        DraftPublisher publisher, IStringLocalizer<DraftsText> text, CurrentUser user, int id, PublishDraftRequest request, CancellationToken cancellationToken) =>
        Result(text, await publisher.PublishAsync(id, request.Reason, request.At, user, cancellationToken));

    private static async Task<IResult> RequestAsync(
        DraftPublisher publisher, IStringLocalizer<DraftsText> text, CurrentUser user, int id, PublishDraftRequest request, CancellationToken cancellationToken) =>
        Result(text, await publisher.RequestAsync(id, request.Reason, request.At, user, cancellationToken));

    private static async Task<IResult> ReopenAsync(
        DraftPublisher publisher, IStringLocalizer<DraftsText> text, CurrentUser user, int id, PublishDraftRequest? request, CancellationToken cancellationToken) =>
        Result(text, await publisher.ReopenAsync(id, request?.Reason, user, cancellationToken));

    private static async Task<IResult> DiscardAsync(DraftPublisher publisher, IStringLocalizer<DraftsText> text, CurrentUser user, int id, CancellationToken cancellationToken) =>
        Result(text, await publisher.DiscardAsync(id, user, cancellationToken));

    private static IResult Result(IStringLocalizer<DraftsText> text, DraftOutcome outcome) => outcome switch
    {
        DraftOutcome.Published published => TypedResults.Ok(new Routing.PublishedResponse(published.Number)),
        DraftOutcome.Scheduled scheduled => TypedResults.Ok(new { scheduled.At }),
        DraftOutcome.Done => TypedResults.NoContent(),
        DraftOutcome.Outdated outdated => TypedResults.Problem(title: text["Outdated", outdated.InForce], statusCode: StatusCodes.Status409Conflict),
        DraftOutcome.Faulty faulty => TypedResults.Problem(title: text["Faulty", faulty.Problems.Count(problem => problem.IsError)], statusCode: StatusCodes.Status422UnprocessableEntity, extensions: [new("problems", Problems(faulty.Problems))]),
        DraftOutcome.Refused refused => Problem(text, refused.Why),
        _ => throw new InvalidOperationException(outcome.ToString()),
    };

    private static ProblemHttpResult Problem(IStringLocalizer<DraftsText> text, DraftRefusal why) => TypedResults.Problem(
        title: text["Refusal" + why, DraftPublisher.LongestReason],
        statusCode: why switch
        {
            DraftRefusal.NotFound => StatusCodes.Status404NotFound,
            DraftRefusal.NotOpen or DraftRefusal.NotRequested or DraftRefusal.ChangedMeanwhile => StatusCodes.Status409Conflict,
            DraftRefusal.OwnWork => StatusCodes.Status403Forbidden,
            _ => StatusCodes.Status422UnprocessableEntity,
        });

    private static IReadOnlyList<ProblemResponse> Problems(IEnumerable<Problem> problems) =>
        [.. problems.Select(problem => new ProblemResponse(problem.Path, problem.Code, problem.Message, problem.IsError))];

    private static DraftResponse Response(Draft draft) => new(
        draft.Id, draft.Name, draft.Base.Number, draft.Version, draft.Status, draft.ChangedBy, draft.ChangedAt, draft.Publication.At, draft.Publication.PublishedAs, draft.Changes.Count);
}
