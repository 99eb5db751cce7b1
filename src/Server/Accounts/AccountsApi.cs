using GridFlow.Server.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace GridFlow.Server.Accounts;

public sealed record CreateAccountRequest(string UserName, string Name, string? NameEn, string Password, IReadOnlyList<NewPost>? Posts);

public static class AccountsApi
{
    private const int MaxPage = 200;

    public static void MapAccounts(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/accounts").RequireAuthorization(nameof(Permission.ManageOrganisation)).WithTags("Accounts");
        group.MapGet("/", ListAsync).WithName("ListAccounts").WithSummary("Accounts with their posts, a page at a time");
        group.MapPost("/", CreateAsync).WithName("CreateAccount").WithSummary("Make an account");
        group.MapPost("/{id}/posts", AddPostAsync).WithName("AddPost").WithSummary("Give a person a role in a unit");
        group.MapDelete("/{id}/posts/{postId:long}", RemovePostAsync).WithName("RemovePost").WithSummary("Take a post away");
    }

    private static async Task<Ok<AccountPage>> ListAsync(
        AccountQueries queries, string? text, int? skip, int? take, CancellationToken cancellationToken) =>
        TypedResults.Ok(await queries.ListAsync(text, Math.Max(0, skip ?? 0), Math.Clamp(take ?? 50, 1, MaxPage), cancellationToken));

    private static async Task<Results<Created<AccountResult>, ValidationProblem>> CreateAsync(AccountCommands commands, CurrentUser user, CreateAccountRequest request)
    {
        var result = await commands.CreateAsync(
            new NewAccount(request.UserName, request.Name, request.NameEn, request.Password), request.Posts ?? [], user);
        return result.Problem is null ? TypedResults.Created($"/api/accounts/{result.AccountId}", result) : Problem(result);
    }

    private static async Task<Results<Ok<AccountResult>, ValidationProblem>> AddPostAsync(AccountCommands commands, CurrentUser user, string id, NewPost post)
    {
        var result = await commands.AddPostAsync(id, post, user);
        return result.Problem is null ? TypedResults.Ok(result) : Problem(result);
    }

    private static async Task<Results<NoContent, ValidationProblem>> RemovePostAsync(AccountCommands commands, CurrentUser user, string id, long postId)
    {
        var result = await commands.RemovePostAsync(id, postId, user);
        return result.Problem is null ? TypedResults.NoContent() : Problem(result);
    }

    private static ValidationProblem Problem(AccountResult result) =>
        TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["account"] = [result.Problem!] });
}
