using System.Security.Claims;
using GridFlow.Server.Absences;
using GridFlow.Server.Accounts;
using GridFlow.Server.Persistence;
using GridFlow.Workflows.Cases;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace GridFlow.Server.Security;

/// <summary>Puts name and posts into the principal, so that no page asks the database who its reader is.</summary>
internal sealed class AccountClaims(
    UserManager<Account> users,
    IOptions<IdentityOptions> options,
    IDbContextFactory<GridFlowDbContext> database,
    TimeProvider time) : UserClaimsPrincipalFactory<Account>(users, options)
{
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(Account user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        identity.TryRemoveClaim(identity.FindFirst(identity.NameClaimType));
        identity.AddClaim(new Claim(identity.NameClaimType, user.Name));
        if (user.NameEn is { Length: > 0 } nameEn)
        {
            identity.AddClaim(new Claim(CurrentUser.NameEnClaim, nameEn));
        }

        foreach (var post in await FindPostsAsync(user.Id))
        {
            identity.AddClaim(new Claim(CurrentUser.PostClaim, post.ToString()));
        }

        return identity;
    }

    private async Task<List<UserPost>> FindPostsAsync(string accountId)
    {
        await using var db = await database.CreateDbContextAsync();
        var now = time.GetUtcNow();
        var posts = await db.Posts.AsNoTracking().Where(post => post.AccountId == accountId).OrderBy(post => post.Id).Select(post => new Held(post.UnitKey, post.Role, null, null)).ToListAsync();

        // Whoever stands in has the posts of who is away, but for those that keep the portal itself: they are no unit's work.
        posts.AddRange(await db.Set<AbsenceRow>().AsNoTracking().Where(absence => absence.StandInId == accountId && absence.From <= now && absence.Until > now)
            .Join(db.Users, absence => absence.AccountId, account => account.Id, (absence, account) => account)
            .SelectMany(account => account.Posts, (account, post) => new { account.Id, account.Name, post.UnitKey, post.Role, Order = post.Id })
            .Where(post => post.Role != Role.Administrator && post.Role != Role.Editor).OrderBy(post => post.Order)
            .Select(post => new Held(post.UnitKey, post.Role, post.Id, post.Name)).ToListAsync());
        var codes = posts.Select(post => UnitKey.AreaOf(post.UnitKey)).OfType<string>().ToList();
        var paths = await db.Areas.AsNoTracking().Where(area => codes.Contains(area.Code)).ToDictionaryAsync(area => area.Code, area => area.Path);

        // "Everywhere" is the area without a code: the path that every path starts with.
        paths[""] = "/";

        // A post in an area that is no more reaches nothing; it must not turn into a post in a department.
        return [.. posts
            .Select(post => (post, code: UnitKey.AreaOf(post.UnitKey)))
            .Where(entry => entry.code is null || paths.ContainsKey(entry.code))
            .Select(entry => new UserPost(entry.post.UnitKey, entry.post.Role, entry.code is null ? null : paths[entry.code]) { ForId = entry.post.ForId, For = entry.post.For })];
    }

    private sealed record Held(string UnitKey, Role Role, string? ForId, string? For);
}
