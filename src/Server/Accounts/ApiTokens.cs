using GridFlow.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace GridFlow.Server.Accounts;

public sealed class ApiTokens(IDbContextFactory<GridFlowDbContext> database, TimeProvider time)
{
    /// <summary>A busy script must not write at every request: the last use is kept to the minute.</summary>
    private static readonly TimeSpan LastUsePrecision = TimeSpan.FromMinutes(1);

    /// <summary>Returns the secret, which nobody can read again, or null when there is no such account.</summary>
    public async Task<string?> CreateAsync(string userName, string tokenName, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var normalised = userName.ToUpperInvariant();
        var accountId = await db.Users.Where(user => user.NormalizedUserName == normalised)
            .Select(user => user.Id).SingleOrDefaultAsync(cancellationToken);
        if (accountId is null)
        {
            return null;
        }

        var secret = ApiToken.NewSecret();
        db.Add(new ApiToken { AccountId = accountId, Hash = ApiToken.HashOf(secret), Name = tokenName, CreatedAt = time.GetUtcNow() });
        await db.SaveChangesAsync(cancellationToken);
        return secret;
    }

    public async Task<Account?> FindAccountAsync(string secret, CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var hash = ApiToken.HashOf(secret);
        var token = await db.ApiTokens.Include(token => token.Account)
            .SingleOrDefaultAsync(token => token.Hash == hash && token.RevokedAt == null, cancellationToken);
        if (token?.Account is not { IsDisabled: false } account)
        {
            return null;
        }

        var now = time.GetUtcNow();
        if (token.LastUsedAt is not { } last || now - last > LastUsePrecision)
        {
            await db.ApiTokens.Where(row => row.Id == token.Id)
                .ExecuteUpdateAsync(row => row.SetProperty(t => t.LastUsedAt, now), cancellationToken);
        }

        return account;
    }
}
