using GridFlow.Server.Organisation;
using GridFlow.Server.Persistence;
using GridFlow.Server.Security;
using GridFlow.Workflows.Cases;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace GridFlow.Server.Accounts;

public sealed record NewAccount(string UserName, string Name, string? NameEn, string Password);

public sealed record NewPost(string UnitKey, Role Role);

/// <summary>The problem is a sentence in the reader's language; null when it was done.</summary>
public sealed record AccountResult(string? AccountId, string? Problem);

/// <summary>
/// Makes and changes accounts. Each call has its own scope, for Identity's managers hold a context
/// and a circuit lives longer than that should. Whoever keeps the people of an area gives posts there and changes
/// accounts whose posts all lie there; nobody can reach above themselves.
/// </summary>
public sealed class AccountCommands(
    IServiceScopeFactory scopes,
    IDbContextFactory<GridFlowDbContext> database,
    OrganisationQueries organisation,
    IStringLocalizer<AccountsText> text)
{
    public async Task<AccountResult> CreateAsync(NewAccount wanted, IReadOnlyList<NewPost> posts, CurrentUser by)
    {
        if (string.IsNullOrWhiteSpace(wanted.Name) || wanted.Name.Length > 100 || wanted.NameEn?.Length > 100)
        {
            return new AccountResult(null, text["ProblemName"]);
        }

        if (posts.FirstOrDefault(post => post.UnitKey.Length > UnitKey.MaxLength) is { } tooLong)
        {
            return new AccountResult(null, text["ProblemUnit", tooLong.UnitKey]);
        }

        foreach (var post in posts)
        {
            if (!await organisation.UnitExistsAsync(post.UnitKey))
            {
                return new AccountResult(null, text["ProblemUnit", post.UnitKey]);
            }

            if (!await ReachesAsync(by, post.UnitKey))
            {
                return OutOfReach;
            }
        }

        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        var account = new Account
        {
            UserName = wanted.UserName.Trim(),
            Name = wanted.Name.Trim(),
            NameEn = string.IsNullOrWhiteSpace(wanted.NameEn) ? null : wanted.NameEn.Trim(),
        };
        account.Posts.AddRange(posts.Distinct().Select(post => new Post { AccountId = account.Id, UnitKey = post.UnitKey, Role = post.Role }));
        var result = await users.CreateAsync(account, wanted.Password);
        return result.Succeeded ? new AccountResult(account.Id, null) : new AccountResult(null, Explain(result, users));
    }

    public async Task<AccountResult> AddPostAsync(string accountId, NewPost wanted, CurrentUser by)
    {
        if (wanted.UnitKey.Length > UnitKey.MaxLength || !await organisation.UnitExistsAsync(wanted.UnitKey))
        {
            return new AccountResult(null, text["ProblemUnit", wanted.UnitKey]);
        }

        if (!await ReachesAsync(by, wanted.UnitKey) || !await ReachesAccountAsync(by, accountId))
        {
            return OutOfReach;
        }

        await using (var db = await database.CreateDbContextAsync())
        {
            if (!await db.Users.AnyAsync(user => user.Id == accountId))
            {
                return new AccountResult(null, text["ProblemAccount"]);
            }

            if (await db.Posts.AnyAsync(post => post.AccountId == accountId && post.UnitKey == wanted.UnitKey && post.Role == wanted.Role))
            {
                return new AccountResult(accountId, null);
            }

            db.Add(new Post { AccountId = accountId, UnitKey = wanted.UnitKey, Role = wanted.Role });
            await db.SaveChangesAsync();
        }

        return await EndSessionsAsync(accountId);
    }

    public async Task<AccountResult> RemovePostAsync(string accountId, long postId, CurrentUser by)
    {
        if (!await ReachesAccountAsync(by, accountId))
        {
            return OutOfReach;
        }

        await using (var db = await database.CreateDbContextAsync())
        {
            await db.Posts.Where(post => post.Id == postId && post.AccountId == accountId).ExecuteDeleteAsync();
        }

        return await EndSessionsAsync(accountId);
    }

    public async Task<AccountResult> SetPasswordAsync(string accountId, string password, CurrentUser by)
    {
        if (!await ReachesAccountAsync(by, accountId))
        {
            return OutOfReach;
        }

        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        if (await users.FindByIdAsync(accountId) is not { } account)
        {
            return new AccountResult(null, text["ProblemAccount"]);
        }

        foreach (var validator in users.PasswordValidators)
        {
            var valid = await validator.ValidateAsync(users, account, password);
            if (!valid.Succeeded)
            {
                return new AccountResult(null, Explain(valid, users));
            }
        }

        await users.RemovePasswordAsync(account);
        var result = await users.AddPasswordAsync(account, password);
        return result.Succeeded ? new AccountResult(accountId, null) : new AccountResult(null, Explain(result, users));
    }

    /// <summary>A disabled account can neither sign in nor use its tokens, and loses its open sessions within a minute.</summary>
    public async Task<AccountResult> SetDisabledAsync(string accountId, bool disabled, CurrentUser by)
    {
        if (!await ReachesAccountAsync(by, accountId))
        {
            return OutOfReach;
        }

        await using (var scope = scopes.CreateAsyncScope())
        {
            var users = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
            if (await users.FindByIdAsync(accountId) is not { } account)
            {
                return new AccountResult(null, text["ProblemAccount"]);
            }

            await users.SetLockoutEndDateAsync(account, disabled ? DateTimeOffset.MaxValue : null);
        }

        return await EndSessionsAsync(accountId);
    }

    private AccountResult OutOfReach => new(null, text["ProblemOutOfReach"]);

    private async Task<bool> ReachesAsync(CurrentUser by, string unitKey) =>
        await organisation.FindUnitPathAsync(unitKey) is { } path && by.Can(Permission.ManageOrganisation, path);

    private async Task<bool> ReachesAccountAsync(CurrentUser by, string accountId)
    {
        await using var db = await database.CreateDbContextAsync();
        foreach (var unit in await db.Posts.Where(post => post.AccountId == accountId).Select(post => post.UnitKey).Distinct().ToListAsync())
        {
            if (!await ReachesAsync(by, unit))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Posts travel in the cookie: a new stamp ends every session, and the next sign-in brings the new ones.</summary>
    private async Task<AccountResult> EndSessionsAsync(string accountId)
    {
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        if (await users.FindByIdAsync(accountId) is not { } account)
        {
            return new AccountResult(null, text["ProblemAccount"]);
        }

        await users.UpdateSecurityStampAsync(account);
        return new AccountResult(accountId, null);
    }

    private string Explain(IdentityResult result, UserManager<Account> users) => result.Errors.First().Code switch
    {
        nameof(IdentityErrorDescriber.DuplicateUserName) => text["ProblemUserNameTaken"],
        nameof(IdentityErrorDescriber.InvalidUserName) => text["ProblemUserName"],
        nameof(IdentityErrorDescriber.PasswordTooShort) => text["ProblemPasswordShort", users.Options.Password.RequiredLength],
        _ => result.Errors.First().Description,
    };
}
