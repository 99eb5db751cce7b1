using System.Security.Claims;
using GridFlow.Server.Accounts;
using GridFlow.Workflows.Cases;
using GridFlow.Workflows.Engine;
using Microsoft.AspNetCore.Components.Authorization;

namespace GridFlow.Server.Security;

/// <summary>
/// Who is asking, as queries and commands take it. Pages get it from their cascaded authentication state
/// (<c>await AuthenticationState.GetUserAsync()</c>); API handlers declare a parameter of this type.
/// </summary>
public sealed record CurrentUser(string AccountId, string Name, string? NameEn, IReadOnlyList<UserPost> Posts)
{
    public const string NameEnClaim = "gridflow:name-en";
    public const string PostClaim = "gridflow:post";
    private const string StandInMark = "（代";
    private const char StandInEnd = '）';

    /// <summary>Whoever runs verbs on the machine itself: may do everything, everywhere.</summary>
    public static readonly CurrentUser Operator = new("operator", "operator", null, [new UserPost(UnitKey.Everywhere, Role.Administrator, "/")]);

    public string DisplayName => LocalName.Of(Name, NameEn);

    /// <summary>Keys of the units the person holds a post in; an inbox shows the work of exactly these.</summary>
    public IEnumerable<string> UnitKeys => Posts.Select(post => post.UnitKey).Distinct(StringComparer.Ordinal);

    /// <summary>Whether any post of the person gives the permission, wherever that is.</summary>
    public bool Can(Permission permission) => Posts.Any(post => post.Gives(permission));

    /// <summary>Whether the permission reaches an area, given by its path.</summary>
    public bool Can(Permission permission, string areaPath) =>
        Posts.Any(post => post.Gives(permission) && post.AreaPath is { } root && areaPath.StartsWith(root, StringComparison.Ordinal));

    /// <summary>Whether the person holds a post in the unit itself, optionally in one role.</summary>
    public bool Holds(string unitKey, Role? role = null) =>
        Posts.Any(post => post.UnitKey == unitKey && (role is null || post.Role == role));

    /// <summary>Whom the person stands in for in a unit; null where they hold a post of their own, or none.</summary>
    public string? StandsInFor(string unitKey) =>
        Posts.Any(post => post.UnitKey == unitKey && post.For is null) ? null : Posts.FirstOrDefault(post => post.UnitKey == unitKey)?.For;

    /// <summary>Whether an account is the person's own, or of somebody they stand in for: what that account has signed for is theirs to do.</summary>
    public bool Is(string? accountId) => accountId is not null && (accountId == AccountId || Posts.Any(post => post.ForId == accountId));

    /// <summary>The accounts of <see cref="Is"/>.</summary>
    public IReadOnlyList<string> AccountIds => [.. Posts.Select(post => post.ForId).OfType<string>().Prepend(AccountId).Distinct(StringComparer.Ordinal)];

    /// <summary>Who stood in and for whom, when the name of an actor tells both.</summary>
    public static (string By, string For)? ReadStandIn(string actorName) =>
        actorName.Split(StandInMark) is [var by, var absent] ? (by, absent.TrimEnd(StandInEnd)) : null;

    /// <summary>
    /// As whom the person acts. Who stands in says so in their name. What the absent one has signed for stays signed for by them,
    /// so it is done under their account, and the name tells both.
    /// </summary>
    public Actor ActorIn(string? unit, string? claimedById = null)
    {
        var absent = claimedById != AccountId ? Posts.FirstOrDefault(post => post.ForId is not null && post.ForId == claimedById) : null;
        var name = absent?.For ?? (unit is null ? null : StandsInFor(unit));
        return new Actor(absent?.ForId ?? AccountId, name is null ? Name : $"{Name}{StandInMark}{name}{StandInEnd}", unit);
    }

    /// <summary>How far a permission reaches: what every row filter starts from.</summary>
    public Scope ScopeOf(Permission permission)
    {
        var posts = Posts.Where(post => post.Gives(permission)).ToList();
        return new Scope(
            [.. posts.Select(post => post.AreaPath).OfType<string>().Distinct(StringComparer.Ordinal)],
            [.. posts.Where(post => post.AreaPath is null).Select(post => post.UnitKey).Distinct(StringComparer.Ordinal)]);
    }

    /// <summary>Throws for an anonymous principal: deny by default keeps those from getting here.</summary>
    public static CurrentUser From(ClaimsPrincipal principal) =>
        TryFrom(principal) ?? throw new UnauthorizedAccessException("Nobody is signed in.");

    public static CurrentUser? TryFrom(ClaimsPrincipal principal) =>
        principal.FindFirstValue(ClaimTypes.NameIdentifier) is { } id
            ? new CurrentUser(
                id,
                principal.Identity?.Name ?? id,
                principal.FindFirstValue(NameEnClaim),
                [.. principal.FindAll(PostClaim).Select(claim => UserPost.Parse(claim.Value))])
            : null;

    /// <summary>Lets a minimal API handler take the user as a parameter.</summary>
    public static ValueTask<CurrentUser?> BindAsync(HttpContext context) => ValueTask.FromResult(TryFrom(context.User));
}

/// <summary>A post as it travels in the cookie. The path is that of the area; null for a department.</summary>
public sealed record UserPost(string UnitKey, Role Role, string? AreaPath)
{
    /// <summary>Who holds the post and is away; null for a post of one's own.</summary>
    public string? For { get; init; }

    /// <summary>The account of who is away.</summary>
    public string? ForId { get; init; }

    public bool Gives(Permission permission) => Permissions.Of(Role).Contains(permission);

    public override string ToString() => For is null ? $"{Role}|{UnitKey}|{AreaPath}" : $"{Role}|{UnitKey}|{AreaPath}|{ForId}|{For}";

    public static UserPost Parse(string text) => text.Split('|', 5) switch
    {
        [var role, var unitKey, var path] => new UserPost(unitKey, Enum.Parse<Role>(role), path.Length > 0 ? path : null),
        [var role, var unitKey, var path, var id, var name] => new UserPost(unitKey, Enum.Parse<Role>(role), path.Length > 0 ? path : null) { ForId = id, For = name },
        _ => throw new FormatException($"'{text}' is no post."),
    };
}

/// <summary>Rows are in scope when their area path starts with one of the paths, or their unit is one of the departments.</summary>
public sealed record Scope(IReadOnlyList<string> AreaPaths, IReadOnlyList<string> DepartmentKeys)
{
    public bool IsEmpty => AreaPaths.Count == 0 && DepartmentKeys.Count == 0;
}

public static class AuthenticationStateExtensions
{
    /// <summary>
    /// Who reads the page. When the session ended while it was open there is nobody any more: what asks is called off, which pages take
    /// without a word, and <see cref="Shell.SessionEnd"/> shows the sign-in.
    /// </summary>
    public static async Task<CurrentUser> GetUserAsync(this Task<AuthenticationState> state) =>
        CurrentUser.TryFrom((await state).User) ?? throw new OperationCanceledException("Nobody is signed in any more.");
}
