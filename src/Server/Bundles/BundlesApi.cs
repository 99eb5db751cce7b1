using System.Text;
using GridFlow.Server.Accounts;
using GridFlow.Server.Security;
using GridFlow.Workflows.Bundles;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;

namespace GridFlow.Server.Bundles;

/// <summary>A published bundle, with what it changed against the one before.</summary>
public sealed record BundleResponse(
    int Number, DateTimeOffset PublishedAt, string Author, string Reason, int? RolledBackTo, bool IsInForce,
    IReadOnlyList<int> RowsAdded, IReadOnlyList<int> RowsChanged, IReadOnlyList<int> RowsRemoved);

public sealed record RollBackRequest(string? Reason);

public static class BundlesApi
{
    private const int MaxPage = 100;

    public static void MapBundles(this RouteGroupBuilder api)
    {
        var bundles = api.MapGroup("/bundles").RequireAuthorization(nameof(Permission.Publish)).WithTags("Bundles");
        bundles.MapGet("/", ListAsync).WithName("ListBundles").WithSummary("What was published when, by whom and why; newest first");
        bundles.MapGet("/{number:int}/content", DownloadAsync).WithName("DownloadBundle").WithSummary("A published bundle as one file");
        bundles.MapPost("/{number:int}/roll-back", RollBackAsync).WithName("RollBackBundle").WithSummary("Publish the content of an older bundle under a new number");
    }

    private static async Task<Ok<IReadOnlyList<BundleResponse>>> ListAsync(BundleQueries queries, AccountQueries accounts, int? skip, int? take, CancellationToken cancellationToken)
    {
        var (_, rows) = await queries.ListAsync(Math.Max(0, skip ?? 0), Math.Clamp(take ?? 20, 1, MaxPage), cancellationToken);
        var people = await accounts.GetNamesOfAsync(rows.Select(row => row.Bundle.Author), cancellationToken);
        return TypedResults.Ok<IReadOnlyList<BundleResponse>>([.. rows.Select(row => new BundleResponse(
            row.Bundle.Number, row.Bundle.PublishedAt, people.Of(row.Bundle.Author), row.Bundle.Reason, row.Bundle.RolledBackTo, row.IsInForce,
            [.. row.Changes?.Routing.Added.Select(added => added.Number) ?? []],
            [.. row.Changes?.Routing.Changed.Select(changed => changed.After.Number) ?? []],
            [.. row.Changes?.Routing.Removed.Select(removed => removed.Number) ?? []]))]);
    }

    private static async Task<Results<FileContentHttpResult, NotFound>> DownloadAsync(BundleStore bundles, int number, CancellationToken cancellationToken)
    {
        try
        {
            return TypedResults.File(Encoding.UTF8.GetBytes(BundleJson.Write(await bundles.GetAsync(number, cancellationToken))), "application/json", $"gridflow-bundle-{number}.json");
        }
        catch (KeyNotFoundException)
        {
            return TypedResults.NotFound();
        }
    }

    private static async Task<Results<Ok<Routing.PublishedResponse>, ProblemHttpResult>> RollBackAsync(
        BundleCommands commands, IStringLocalizer<BundlesText> text, CurrentUser user, int number, RollBackRequest request, CancellationToken cancellationToken)
    {
        var (published, problem) = await commands.RollBackAsync(number, request.Reason, user, cancellationToken);
        return published is { } newest
            ? TypedResults.Ok(new Routing.PublishedResponse(newest))
            : TypedResults.Problem(
                title: text[problem!.Value.ToString(), problem == RollBackProblem.ReasonLong ? BundleCommands.LongestReason : number],
                statusCode: problem == RollBackProblem.NotFound ? StatusCodes.Status404NotFound : StatusCodes.Status422UnprocessableEntity);
    }
}
